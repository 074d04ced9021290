"""Boxes (专栏): how far one reaches, and what it holds: a list, one paragraph, or a table.

Three layouts occur. A list or paragraph is one block of lines without a blank line inside. A table has TAB-separated
cells in one block, or one TAB-indented cell per line with a blank line between rows.
"""

from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.clean import Line
from ingest.marks import Mark, find_mark, is_unfinished
from ingest.model import Kind
from ingest.traced import Traced

CELL_MAX = 40
NOTHING = Traced("", ())
NAME_COLUMNS = ("指标", "名称", "项目", "内容")


@dataclass(frozen=True, slots=True)
class BoxPart:
    """An item or row of a box. `paragraphs` are what it has of the source: an item's text, a row's cells."""

    kind: Kind
    paragraphs: tuple[Traced, ...]
    number: str = ""
    name: str = ""
    numbering: tuple[Traced, ...] = ()
    line: Traced | None = None  # a row as one readable line
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box as read: `end` is the index of the first line after it."""

    end: int
    header: tuple[Traced, ...] = ()
    body: tuple[Traced, ...] = ()
    items: tuple[BoxPart, ...] = ()


def take_box(lines: list[Line], start: int, next_item: int) -> Box:
    """Read the box whose title is `lines[start]`; `next_item` is the number the text around it would go on with.

    A number the box already has does not open a second item of that number.
    """
    end = _box_end(lines, start, next_item)
    content = lines[start + 1 : end]
    grid = _grid(content)
    if grid:
        header, rows = grid[0], grid[1:]
        return Box(end, tuple(cell for cell in header if len(cell)), items=tuple(_row(header, row) for row in rows))
    items: list[BoxPart] = []
    body: list[Traced] = []
    for line in content:
        found = find_mark(line.text)
        if found and found.mark is Mark.ITEM and all(found.number != item.number for item in items):
            numbering = line.body.slice(0, found.end)
            wording = line.body.slice(found.end).strip()
            paragraphs = (wording,) if len(wording) else ()
            items.append(BoxPart(Kind.BOX_ITEM, paragraphs, found.number, numbering=(numbering,)))
        elif items:
            items[-1] = _prolonged(items[-1], line.body)
        else:
            body.append(line.body)
    return Box(end, body=tuple(body), items=tuple(items))


def _prolonged(part: BoxPart, rest: Traced) -> BoxPart:
    """The item with one more line: the rest of a cut sentence, else a paragraph."""
    last = part.paragraphs[-1:]
    if last and is_unfinished(last[0].text):
        return replace(part, paragraphs=(*part.paragraphs[:-1], last[0] + rest))
    return replace(part, paragraphs=(*part.paragraphs, rest))


def _box_end(lines: list[Line], start: int, next_item: int) -> int:
    expected = 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        found = find_mark(line.text)
        if found and found.mark is not Mark.ITEM:
            return index
        number = int(found.number) if found else 0
        if number == next_item != expected:
            return index
        together = index == start + 1 or line.gap == 0 or line.tabbed
        continues = found and number == expected and (number != next_item or _comes_again(lines, index, number))
        if not (together or continues):
            return index
        expected = number + 1 if found else expected
    return len(lines)


def _comes_again(lines: list[Line], start: int, number: int) -> bool:
    """Whether the text around the box has its own item of this number further down, before the next box or heading."""
    for line in lines[start + 1 :]:
        found = find_mark(line.text)
        if found and found.mark is not Mark.ITEM:
            return False
        if found and int(found.number) == number:
            return True
    return False


def _grid(content: list[Line]) -> list[list[Traced]]:
    """The table's rows with the header first; empty when the content is no table."""
    if len(content) >= 2 and all(sum(1 for cell in line.cells if len(cell)) > 1 for line in content):
        return [line.cells for line in content]
    rows: list[list[Traced]] = []
    for line in content:
        if line.gap or not rows:
            rows.append([])
        if not line.tabbed or len(line.text) > CELL_MAX or "。" in line.text:
            return []
        rows[-1].append(line.body)
    return rows if len(rows) >= 2 and len(rows[0]) >= 2 and len({len(row) for row in rows}) == 1 else []


def _row(header: list[Traced], row: list[Traced]) -> BoxPart:
    """A row as a sentence of its own: 指标名（家）｜2020年：506｜2025年：850｜属性：预期性.

    A cell without a column heading stands alone.
    """
    pairs = [(label, cell) for label, cell in zip_longest(header, row, fillvalue=NOTHING) if len(cell)]
    named = next((pair for pair in pairs if any(word in pair[0].text for word in NAME_COLUMNS)), pairs[0])
    text = named[1]
    for label, cell in pairs:
        if (label, cell) == named:
            continue
        before, at = text.origins[-1] + 1, cell.origins[0]
        text = text + Traced("｜", (before,)) + (label + Traced("：", (at,)) if len(label) else label) + cell
    cells = tuple((label.text, cell.text) for label, cell in pairs)
    return BoxPart(Kind.ROW, tuple(cell for _, cell in pairs), name=named[1].text, line=text, cells=cells)
