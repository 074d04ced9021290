"""A table's rows as units of the outline: each a sentence of its own, made with the head.

引导培育诚信计量自我承诺单位（家）｜2020年：506｜2025年：850｜属性：预期性
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from ingest.cells import NOTHING, Row, filled
from ingest.columns import Role, column, is_head, name_index
from ingest.model import Kind
from ingest.parts import BoxPart
from ingest.traced import Traced

NOTE = re.compile(r"(?:备?注|说明|数据来源|资料来源|来源)\d{0,2}[：:.]|注\d[.、]|[＊*※]")
UNIT = "单位"
GROUP_MIN = 3  # columns: a lone cell in fewer is a row


class RowReader:
    """Rows of one table, its head known. `unit` is said once for all of them, above the head."""

    def __init__(self, head: list[Row], labels: list[Traced], unit: Traced | None) -> None:
        self.heads = [[cell.text for cell in filled(row)] for row in head]
        self.labels = labels
        self.roles = [column(label.text).role for label in labels]
        self.unit = None if Role.UNIT in self.roles else unit
        self.at = name_index([label.text for label in labels])
        self.named = self.at < len(labels) and is_head(labels[self.at].text)

    def read(self, rows: list[Row]) -> Iterator[BoxPart]:
        """Rows with what stands over them: a title across the table, a head repeated on the next page.

        What stands after the last row comes as a part without paragraphs.
        """
        above: tuple[Traced, ...] = ()
        group, name = "", NOTHING
        whole = [row for row in rows if filled(row)]
        for row, following in zip_longest(whole, whole[1:]):
            cells = filled(row)
            if self._is_over_rows(cells):
                above = (*above, *cells)
                if [cell.text for cell in cells] not in self.heads:
                    group = "" if NOTE.match(cells[0].text) else cells[0].text
                continue
            own = self._own_name(row)
            name = own if len(own) or not self.named else name
            shares = not len(own) or (following is not None and self._shares(following))
            yield BoxPart(
                Kind.ROW,
                tuple(line for cell in cells for line in cell.split("\n")),
                name=(name if len(name) else cells[0]).text + (self._detail(row) if shares else ""),
                numbering=above,
                line=self._line(row, name),
                cells=self._cells(row, name),
                group=group,
            )
            above = ()
        if above:
            yield BoxPart(Kind.ROW, (), numbering=above)

    def _is_over_rows(self, cells: list[Traced]) -> bool:
        """A title or a note across all columns, or the head again."""
        texts = [cell.text for cell in cells]
        return texts in self.heads or (len(self.labels) >= GROUP_MIN and len(set(texts)) == 1)

    def _name_at(self, row: Row) -> int:
        """Where a row's name stands; one that goes across the columns of 类别 and 指标 begins in the first of them."""
        empty = self.named and 0 < self.at < len(row) and not len(row[self.at]) and len(row[self.at - 1])
        return self.at - 1 if empty and self.roles[self.at - 1] in (Role.OTHER, Role.NAME) else self.at

    def _own_name(self, row: Row) -> Traced:
        at = self._name_at(row)
        return row[at] if at < len(row) else NOTHING

    def _shares(self, row: Row) -> bool:
        """Whether a row goes under the name of the one above, in a merged cell."""
        return self.named and not len(self._own_name(row)) and not self._is_over_rows(filled(row))

    def _detail(self, row: Row) -> str:
        """What tells rows of one name apart: 最高 and 工作 under 计量标准."""
        if not {Role.BASE, Role.TARGET, Role.YEAR} & set(self.roles):
            return ""
        after = range(self.at + 1, min(len(row), len(self.roles)))
        return next((row[i].text for i in after if len(row[i]) and self.roles[i] in (Role.OTHER, Role.NAME)), "")

    def _pairs(self, row: Row) -> list[tuple[int, Traced, Traced]]:
        both = zip_longest(self.labels, row, fillvalue=NOTHING)
        return [(index, label, cell) for index, (label, cell) in enumerate(both) if len(cell)]

    def _cells(self, row: Row, name: Traced) -> tuple[tuple[str, str], ...]:
        cells = [(label.text, cell.text) for _, label, cell in self._pairs(row)]
        if len(name) and not len(self._own_name(row)):
            cells.insert(0, (self.labels[self.at].text, name.text))
        return (*cells, (UNIT, self.unit.text)) if self.unit else tuple(cells)

    def _line(self, row: Row, name: Traced) -> Traced:
        """The name first. One that stands in the row above, or a unit of all, is repeated from there."""
        pairs = self._pairs(row)
        text = name if len(name) else pairs[0][2]
        told = self._name_at(row) if len(self._own_name(row)) else None if len(name) else pairs[0][0]
        last = max(cell.origins[-1] for _, _, cell in pairs)
        for index, label, cell in pairs:
            if index != told:
                text = _with_cell(text, label, cell, last)
        if self.unit:
            text += Traced(f"｜{UNIT}：", (self.unit.origins[0],) * (len(UNIT) + 2)) + self.unit
        return text


def _with_cell(text: Traced, label: Traced, cell: Traced, last: int) -> Traced:
    """The marks between cells come from beside a cell; beside the last one there may be nothing."""
    before, at = min(text.origins[-1] + 1, last), cell.origins[0]
    return text + Traced("｜", (before,)) + (label + Traced("：", (at,)) if len(label) else label) + cell
