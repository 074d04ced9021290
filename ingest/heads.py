"""A table's head: which rows belong to it, and the one heading each column has when cells are merged or broken."""

import re

from ingest.amounts import NOT_GIVEN, cell_amount
from ingest.cells import NOTHING, Row, filled, reads_as_head
from ingest.columns import is_sub_head, year_of
from ingest.traced import Traced

PART_MAX = 8  # characters of a heading under another


def head_rows(rows: list[Row]) -> int:
    """How many rows the head has; none when the first row is data already."""
    first = [cell.text for cell in filled(rows[0])]
    if len(rows) == 1 or (not reads_as_head(rows[0]) and any(_is_figure(text) for text in first)):
        return 0
    count = 1
    while count < len(rows) - 1 and _goes_on(rows[count], rows[count - 1]):
        count += 1
    return count


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?%?", text) is not None and not re.fullmatch(r"(?:19|20)\d\d", text)


def _goes_on(row: Row, above: Row) -> bool:
    """Whether a row still belongs to the head: years under 目标值, （基期） under 2020年, the numbers of columns."""
    cells = [cell.text for cell in filled(row)]
    if len(cells) > 1 and cells == [str(number) for number in range(1, len(cells) + 1)]:
        return len(cells) == len(filled(above))
    upper = [cell.text for cell in above] + [""] * len(row)
    own = [cell.text for cell, label in zip(row, upper, strict=False) if len(cell) and cell.text != label]
    return all(is_sub_head(text) for text in own) or _parts(row, above)


def _parts(row: Row, above: Row) -> bool:
    """累计 beside 2025年 under 目标值, 城区 under 2020年: words under merged cells alone, nothing under the name."""
    if len(row) != len(above) or not len(above[0]) or len(row[0]):
        return False
    merged = [
        len(head) and index + 1 < len(above) and not len(above[index + 1]) and len(row[index]) and len(row[index + 1])
        for index, head in enumerate(above)
    ]
    under = all(len(above[index]) == 0 or merged[index] for index, cell in enumerate(row) if len(cell))
    words = [cell.text for cell in filled(row)]
    short = all(len(text) <= PART_MAX and (not cell_amount(text) or year_of(text)) for text in words)
    return any(merged) and under and short and not any(text in NOT_GIVEN for text in words)


def column_labels(rows: list[Row], width: int) -> list[Traced]:
    """One heading a column: merged cells stand for all they span, lines of one heading are joined."""
    labels = [NOTHING] * width
    filled_up = [[*row, *[NOTHING] * (width - len(row))] for row in rows if not _counts(row)]
    for number, row in enumerate(filled_up):
        below = filled_up[number + 1] if number + 1 < len(filled_up) else None
        spanning = NOTHING
        for index, cell in enumerate(row):
            spanning = cell if len(cell) else spanning
            shown = spanning if below and len(below[index]) else cell
            if len(shown) and not labels[index].text.endswith(shown.text):
                labels[index] = labels[index] + shown
    return labels


def _counts(row: Row) -> bool:
    """1 2 3 4 under the headings: numbers of columns."""
    cells = [cell.text for cell in filled(row)]
    return cells == [str(number) for number in range(1, len(cells) + 1)]
