"""Lines → rows of cells, in the three layouts tables come in.

TAB-separated cells, a row a line (markdown tables arrive so too); one cell a line under 序号 … 1 … 2 …; one cell a
line under column headings whose number says how long a row is, with or without blank lines between rows.
"""

from ingest.cells import CELL_MAX, Grid, Row, filled, reads_as_head, widest
from ingest.clean import Line
from ingest.columns import is_head
from ingest.marks import Mark, find_mark
from ingest.stacks import numbered_grid, stacked_grid

HEADING_MAX = 8  # characters of a heading in the midst of rows; longer ones may be data that name a 部门 or a 目标


def find_grid(lines: list[Line], start: int, *, expected: bool) -> Grid | None:
    """The grid whose first line is `lines[start]`. Where a caption makes one `expected`, less is asked of its head."""
    return _tab_grid(lines, start, expected) or numbered_grid(lines, start) or stacked_grid(lines, start, expected)


def _is_tabbed(line: Line) -> bool:
    return "\t" in line.raw.text.lstrip()


def _tab_grid(lines: list[Line], start: int, expected: bool) -> Grid | None:
    if not _may_begin(lines, start, expected):
        return None
    end = start + 1
    while end < len(lines) and _is_tabbed(lines[end]) and lines[end].gap in (0, lines[start + 1].gap):
        found = find_mark(lines[end].text)
        if (found and found.mark is Mark.BOX) or (end > start + 1 and opens_another(lines, end)):
            break
        end += 1
    piped = all(_is_piped(line) for line in lines[start:end])
    rows = _trimmed([line.cells for line in lines[start:end]])
    if not piped and (sum(len(filled(row)) > 1 for row in rows) < 2 or not _reads_as_table(rows, expected)):
        return None
    return Grid(end, _joined(rows))


def _may_begin(lines: list[Line], start: int, expected: bool) -> bool:
    """Whether a TAB-separated table may begin here: a run of rows is looked at from its first row alone."""
    line = lines[start]
    first = filled(line.cells) if _is_tabbed(line) else []
    follows = start > 0 and not line.gap and _is_tabbed(lines[start - 1]) and len(filled(lines[start - 1].cells)) > 1
    if len(first) < 2 or (follows and not opens_another(lines, start)):
        return False
    return expected or len(first) > 2 or _is_piped(line) or reads_as_head(first)


def opens_another(lines: list[Line], index: int) -> bool:
    """Whether a row is the head of another table right under one: nothing but short headings, after a row of data.

    What stood above already is the table's own head, repeated on a new page.
    """
    if index + 1 >= len(lines) or not all(_is_tabbed(line) for line in lines[index - 1 : index + 2]):
        return False
    above, row, below = (filled(line.cells) for line in lines[index - 1 : index + 2])
    if len(row) < 2 or not _are_headings(row) or _are_headings(above) or _are_headings(below):
        return False
    begin = index - 1
    while begin and _is_tabbed(lines[begin - 1]):
        begin -= 1
    texts = [cell.text for cell in row]
    return all([cell.text for cell in filled(line.cells)] != texts for line in lines[begin:index])


def _are_headings(row: Row) -> bool:
    return all(len(cell) <= HEADING_MAX and is_head(cell.text) for cell in row)


def _is_piped(line: Line) -> bool:
    return line.raw.text.startswith("\t") and line.raw.text.endswith("\t")


def _trimmed(rows: list[Row]) -> list[Row]:
    """Without the empty cells that stand at the edges of all rows."""
    if not any(len(row[0]) for row in rows):
        rows = [row[1:] for row in rows]
    width = max(max((i for i, cell in enumerate(row, start=1) if len(cell)), default=0) for row in rows)
    return [row[:width] for row in rows]


def _reads_as_table(rows: list[Row], expected: bool) -> bool:
    """Not numbered paragraphs with a TAB after the number, nor a contents list."""
    if any(len(cell) > CELL_MAX for cell in rows[0]):
        return False
    marked = sum(_is_mark(row[0].text) for row in rows)
    if marked * 2 > len(rows):
        return False
    return expected or reads_as_head(rows[0]) or all(len(filled(row)) > 2 for row in rows)


def _is_mark(text: str) -> bool:
    """一、 or 1. alone, or a heading."""
    found = find_mark(text)
    return found is not None and (found.end == len(text) or found.mark is not Mark.ITEM)


def _joined(rows: list[Row]) -> list[Row]:
    """Rows that a line break inside a cell cut in two: 2020年⏎（基期） are one cell when the widths then agree."""
    width = widest(rows)
    done: list[Row] = []
    for row in rows:
        last = done[-1] if done else []
        fits = last and len(last) + len(row) - 1 <= width
        if fits and len(row) > 1 and row[0].text.startswith("（"):
            done[-1] = [*last[:-1], last[-1] + row[0], *row[1:]]
        else:
            done.append(row)
    return done
