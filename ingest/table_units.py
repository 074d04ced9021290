"""Boxes' and tables' parts → units of the outline, each with its address."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from ingest.marks import run_in_heading
from ingest.model import Kind
from ingest.parts import BoxPart
from ingest.tables import TABLE, Table
from ingest.unit import Unit


def part_units(path: str, parts: Iterable[BoxPart], above: tuple[str, ...]) -> Iterator[Unit]:
    """The items or rows under `path`, numbered through where they bear no number."""
    for number, part in enumerate(parts, start=1):
        heading = part.name or next((run_in_heading(text.text) for text in part.paragraphs), "")
        inner = (*above, part.group) if part.group else above
        unit = Unit(part.kind, f"{path}/{part.number or number}", heading, inner, cells=part.cells, line=part.line)
        unit.numbering.extend(part.numbering)
        unit.paragraphs.extend(part.paragraphs)
        yield unit


def table_units(table: Table, path: str, above: tuple[str, ...]) -> Iterator[Unit]:
    """What the table bears as a title is a unit, each row one; a table without a title is its rows alone."""
    rows = list(table.rows)
    if len(table.label) or len(table.title) or table.notes or not rows:
        unit = Unit(Kind.TABLE, path, table.title.text or path, above, title=table.title)
        unit.numbering.extend(piece for piece in (table.label, *table.head) if len(piece))
        unit.paragraphs.extend(table.notes)
        yield unit
        above = (*above, unit.heading)
    else:
        rows[0] = replace(rows[0], numbering=(*table.head, *rows[0].numbering))
    yield from part_units(path, rows, above)


def table_path(name: str, base: str, owner: str, taken: Collection[str]) -> str:
    """表1; a second 表1 and what bears no number stand under the heading they are found at: 二(一)表, 二(一)表(2).

    `base` begins the paths of an annex. One that is 附表2 itself gives its rows its own number: 附表2/1.
    """
    numbered = name != TABLE
    own = [base.rstrip("/")] if base.startswith("附表") and not numbered else []
    names = own + ([base + name] if numbered else []) + [f"{owner or base}{name}"]
    tries = (*names, *(f"{names[-1]}({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if f"{one}/1" not in taken and (one in own or one not in taken))
