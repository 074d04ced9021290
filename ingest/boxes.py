"""Boxes (专栏): how far one reaches, and what it holds: a list, one paragraph, or a table.

A list or paragraph is one block of lines without a blank line inside. A table may have any layout that tables have and
text before it; with the notes under it it ends the box.
"""

from dataclasses import dataclass, replace

from ingest.clean import Line
from ingest.grids import opens_another
from ingest.marks import Mark, find_mark, is_unfinished
from ingest.model import Kind
from ingest.parts import BoxPart
from ingest.tables import Table, table_at, with_notes
from ingest.traced import Traced


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
    for index in range(start + 1, end):
        table = table_at(lines, index, expected=index == start + 1)
        if table:
            return _with_tables(_listed(lines[start + 1 : index], index), lines, table)
    return _listed(lines[start + 1 : end], end)


def _with_tables(before: Box, lines: list[Line], table: Table | None) -> Box:
    """The box with its table, and with those right under that one, whose rows go on from its last."""
    box = before
    while table is not None:
        table = with_notes(table, lines)
        box = Box(table.end, (*box.header, *table.head), (*box.body, *table.notes), (*box.items, *table.rows))
        table = table_at(lines, table.end, expected=False) if opens_another(lines, table.end) else None
    return box


def _listed(content: list[Line], end: int) -> Box:
    """What is no table: the items of a list, or paragraphs."""
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
