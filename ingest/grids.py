"""Lines → rows of cells, in the three layouts tables come in.

TAB-separated cells, a row a line (markdown tables arrive so too); one cell a line under 序号 … 1 … 2 …; one cell a
line under column headings whose number says how long a row is, with or without blank lines between rows.
"""

from dataclasses import dataclass
from itertools import pairwise

from ingest.amounts import NOT_GIVEN, cell_amount
from ingest.clean import Line
from ingest.columns import ATTRIBUTE_CELL, NUMBERS, Role, column, is_head, name_index
from ingest.marks import Mark, find_mark
from ingest.traced import Traced

NOTHING = Traced("", ())
CELL_MAX = 40  # characters of a cell in the first row
SHORT = 12  # characters of a value that is no amount: 持续提升
COLUMNS_MAX = 16
HEADS_MIN = 3
PROSE_MAX = 400  # characters of a cell on a line of its own

Row = list[Traced]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as found, the head among them; `end` is the index of the first line after them."""

    end: int
    rows: list[Row]


def find_grid(lines: list[Line], start: int, *, expected: bool) -> Grid | None:
    """The grid whose first line is `lines[start]`. Where a caption makes one `expected`, less is asked of its head."""
    return _tab_grid(lines, start, expected) or _numbered_grid(lines, start) or _stacked_grid(lines, start, expected)


def widest(rows: list[Row]) -> int:
    return max(len(row) for row in rows)


def filled(row: Row) -> list[Traced]:
    return [cell for cell in row if len(cell)]


def _is_tabbed(line: Line) -> bool:
    return "\t" in line.raw.text.lstrip()


def _tab_grid(lines: list[Line], start: int, expected: bool) -> Grid | None:
    if not _is_tabbed(lines[start]) or len(filled(lines[start].cells)) < 2:
        return None
    end = start + 1
    while end < len(lines) and _is_tabbed(lines[end]) and lines[end].gap in (0, lines[start + 1].gap):
        found = find_mark(lines[end].text)
        if found and found.mark is Mark.BOX:
            break
        end += 1
    piped = all(line.raw.text.startswith("\t") and line.raw.text.endswith("\t") for line in lines[start:end])
    rows = _trimmed([line.cells for line in lines[start:end]])
    if not piped and (sum(len(filled(row)) > 1 for row in rows) < 2 or not _reads_as_table(rows, expected)):
        return None
    return Grid(end, _joined(rows))


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


def reads_as_head(row: Row) -> bool:
    cells = filled(row)
    heads = sum(is_head(cell.text) for cell in cells)
    return heads >= 2 and heads * 2 >= len(cells)


def _joined(rows: list[Row]) -> list[Row]:
    """Rows that a line break inside a cell cut in two: 2020年⏎（基期） are one cell when the widths then agree."""
    widths = [len(row) for row in rows if len(filled(row)) == len(row)]
    width = max(set(widths), key=widths.count, default=0)
    done: list[Row] = []
    for row in rows:
        last = done[-1] if done else []
        fits = last and len(last) < width and len(last) + len(row) - 1 == width
        if fits and len(row) > 1 and row[0].text.startswith("（"):
            done[-1] = [*last[:-1], last[-1] + row[0], *row[1:]]
        else:
            done.append(row)
    return done


def _numbered_grid(lines: list[Line], start: int) -> Grid | None:
    """序号, further headings, then 1 and its cells, 2 and its cells …, each on a line."""
    if lines[start].text not in NUMBERS:
        return None
    first = next((i for i in range(start + 2, min(start + COLUMNS_MAX, len(lines))) if lines[i].text == "1"), None)
    if first is None or any(len(line.text) > CELL_MAX or line.text.endswith("。") for line in lines[start:first]):
        return None
    head = _bracketed([line.body for line in lines[start:first]])
    starts = [first]
    while (following := _next_number(lines, starts[-1], len(starts) + 1, len(head))) is not None:
        starts.append(following)
    starts.append(_last_end(lines, starts[-1], len(head)))
    rows = [_fitted([line.body for line in lines[a:b]], len(head)) for a, b in pairwise(starts)]
    return Grid(starts[-1], [head, *rows]) if all(len(row) > 1 for row in rows) else None


def _bracketed(head: Row) -> Row:
    """（基期） on a line of its own belongs to the heading above it."""
    done: Row = []
    for cell in head:
        if done and cell.text.startswith("（"):
            done[-1] = done[-1] + cell
        else:
            done.append(cell)
    return done


def _next_number(lines: list[Line], at: int, number: int, width: int) -> int | None:
    """Where the row `number` begins: a row's width on if its number stands there, else where it stands first."""
    stop = _stop(lines, at + 1, at + 4 * width)
    likely = at + width
    if likely < stop and lines[likely].text == str(number):
        return likely
    return next((index for index in range(at + 2, stop) if lines[index].text == str(number)), None)


def _last_end(lines: list[Line], start: int, width: int) -> int:
    return min(start + width, _stop(lines, start + 1, start + width))


def _stop(lines: list[Line], start: int, most: int) -> int:
    """The next heading or overlong line, at which no row goes on."""
    for index in range(start, min(most, len(lines))):
        found = find_mark(lines[index].text)
        if (found and found.mark is not Mark.ITEM) or len(lines[index].text) > PROSE_MAX:
            return index
    return min(most, len(lines))


def _fitted(cells: Row, width: int) -> Row:
    """A row of `width` cells: of too many lines those are joined that most look cut."""
    row = list(cells)
    while len(row) > width > 1:
        at = max(range(1, len(row) - 1), key=lambda i: _cut(row[i].text, row[i + 1].text), default=0)
        row[at : at + 2] = [Traced.lines(row[at : at + 2])]
    if len(row) < width and ATTRIBUTE_CELL.fullmatch(row[-1].text):
        row[-1:] = [*[NOTHING] * (width - len(row)), row[-1]]
    return row


def _cut(above: str, below: str) -> int:
    """How much two lines look like one cell."""
    found = find_mark(below)
    listed = 50 if found or below.startswith("（") else 0
    return listed + min(len(above), 30) + min(len(below), 30) + (20 if above.endswith(("，", "、", "；")) else 0)


def _stacked_grid(lines: list[Line], start: int, expected: bool) -> Grid | None:
    """Column headings on lines of their own, then the cells in their order."""
    head_end = _head_end(lines, start)
    head = _bracketed([line.body for line in lines[start:head_end]])
    least = 2 if expected and lines[start].tabbed else HEADS_MIN
    if len(head) < least or not any(column(cell.text).role is Role.NAME for cell in head):
        return _blocks(lines, start) if expected else None
    labels = [cell.text for cell in head]
    rows, at = [], head_end
    while (end := _chunk_end(lines, start, head_end, at, len(head))) and _fits(lines[at:end], labels):
        rows.append([line.body for line in lines[at:end]])
        at = end
    if not rows or (len(rows) < 2 and not expected and not _has_values(labels)):
        return _blocks(lines, start) if expected else None
    return Grid(at, [head, *rows])


def _head_end(lines: list[Line], start: int) -> int:
    end = start
    while end < len(lines) and end - start < COLUMNS_MAX and is_head(lines[end].text.strip("（）")):
        if end > start + 1 and lines[end].gap != lines[start + 1].gap:
            break
        end += 1
    return end


def _chunk_end(lines: list[Line], start: int, head_end: int, at: int, width: int) -> int:
    """The end of the row that begins at `at` when blank lines stand where they stood before; else 0."""
    end = at + width
    if end > len(lines) or lines[at].gap != lines[head_end].gap:
        return 0
    within = lines[start + 1].gap
    return end if all(line.gap == within for line in lines[at + 1 : end]) else 0


def _fits(cells: list[Line], labels: list[str]) -> bool:
    """Whether each cell is what its column heading says: a value, a unit, an attribute."""
    name = name_index(labels)
    for index, (line, label) in enumerate(zip(cells, labels, strict=True)):
        found, role = find_mark(line.text), column(label).role
        if len(line.text) > PROSE_MAX or (found and found.mark is not Mark.ITEM):
            return False
        if role in (Role.BASE, Role.TARGET, Role.YEAR) and not _is_value(line.text):
            return False
        if role is Role.UNIT and len(line.text) > SHORT:
            return False
        if index == name and (len(line.text) > CELL_MAX or line.text.endswith("。") or cell_amount(line.text)):
            return False
    return True


def _is_value(text: str) -> bool:
    return text in NOT_GIVEN or cell_amount(text) is not None or (len(text) <= SHORT and not text.endswith("。"))


def _has_values(labels: list[str]) -> bool:
    return any(column(label).role in (Role.BASE, Role.TARGET, Role.YEAR) for label in labels)


def _blocks(lines: list[Line], start: int) -> Grid | None:
    """TAB-indented cells, one a line, with blank lines between rows of one length, whatever the headings are."""
    rows: list[Row] = []
    end = start
    for line in lines[start:]:
        if not line.tabbed or len(line.text) > CELL_MAX or "。" in line.text:
            break
        if line.gap or not rows:
            rows.append([])
        rows[-1].append(line.body)
        end += 1
    whole = len(rows) >= 2 and len(rows[0]) >= 2 and len({len(row) for row in rows}) == 1
    return Grid(end, rows) if whole else None
