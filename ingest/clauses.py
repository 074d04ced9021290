"""Outline units → clauses, and the account of every source character."""

from itertools import pairwise

from ingest.model import Clause, Discard, Kind, ResponsibleUnit
from ingest.outline import marked_spans
from ingest.responsible import read_responsible_units
from ingest.traced import Traced, spans
from ingest.unit import Unit

UNPLACED = "unplaced"  # a character no rule knows; the shipped plans have none, a test says so


def build_clauses(plan_id: str, units: list[Unit]) -> tuple[Clause, ...]:
    """One clause per unit. A heading without text of its own is a clause whose text is the heading."""
    responsible = read_responsible_units([(unit.path, _text(unit).text) for unit in units])
    below = [len(after.headings) > len(unit.headings) for unit, after in pairwise(units)] + [False]
    return tuple(_clause(plan_id, unit, responsible, leads) for unit, leads in zip(units, below, strict=True))


def _clause(
    plan_id: str, unit: Unit, responsible: dict[str, tuple[ResponsibleUnit, ...]], leads_to_others: bool
) -> Clause:
    """A line without text under it is a heading only if other units stand under it; else it is all that is said."""
    text = _text(unit)
    bare = leads_to_others and not unit.paragraphs and unit.kind in (Kind.CHAPTER, Kind.SECTION, Kind.ITEM)
    heading = unit.heading or (unit.headings[-1] if unit.headings else unit.path)
    return Clause(
        plan_id=plan_id,
        path=unit.path,
        kind=Kind.HEADING if bare else unit.kind,
        heading=heading,
        headings=unit.headings,
        text=text.text,
        origins=text.origins,
        responsible_units=responsible.get(unit.path, ()),
        cells=unit.cells,
    )


def _text(unit: Unit) -> Traced:
    """Paragraphs joined by line breaks."""
    return unit.line or Traced.lines(unit.paragraphs or [unit.title or unit.numbering[0]])


def account(source: str, units: list[Unit], discards: list[Discard]) -> tuple[list[tuple[int, int]], list[Discard]]:
    """Give every source character one place.

    Returns the source spans of headings and the full list of discards: those given, the blanks and breaks left
    between the pieces, and whatever no rule placed.
    """
    owned = bytearray(len(source))
    for unit in units:
        own = [*unit.paragraphs, *([unit.title] if unit.title else []), *unit.numbering]
        for piece in own:
            for offset in piece.origins:
                owned[offset] = 1
    for discard in discards:
        for offset in range(discard.start, discard.end):
            owned[offset] = 1
    left = [offset for offset, taken in enumerate(owned) if not taken]
    blanks = [offset for offset in left if source[offset].isspace()]
    unplaced = [offset for offset in left if not source[offset].isspace()]
    everything = [*discards, *spans("blank", blanks), *spans(UNPLACED, unplaced)]
    return _heading_spans(units), sorted(everything, key=lambda discard: discard.start)


def _heading_spans(units: list[Unit]) -> list[tuple[int, int]]:
    """Source spans of numbers and headings that are not themselves the text of a clause."""
    own_text = {id(unit.title or unit.numbering[0]) for unit in units if not unit.paragraphs}
    pieces = [piece for piece in marked_spans(units) if id(piece) not in own_text]
    return [(d.start, d.end) for piece in pieces for d in spans("heading", piece.origins)]
