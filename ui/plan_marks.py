"""What is marked in a clause's text, and the text cut where a mark begins or ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Sort(StrEnum):
    QUOTE = "quote"  # what an answer cites
    HIT = "hit"  # what was looked for; its value is its number, from 1
    CITE = "cite"  # another document is named; its value is that document's address
    UNIT = "unit"  # a responsible unit; its value is its role


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points of a clause's text, end exclusive."""

    start: int
    end: int
    sort: Sort
    value: str = ""


Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Text over which no mark begins or ends. `opens`: the hit begins here."""

    text: str
    quoted: bool = False
    hit: int = 0
    opens: bool = False
    link: str = ""
    role: str = ""


Line = tuple[Run, ...]


def runs(text: str, start: int, end: int, marks: Iterable[Mark]) -> Line:
    """`text[start:end]` cut at its marks; nothing empty is left.

    >>> runs("abcdef", 1, 6, [Mark(2, 4, Sort.QUOTE)])
    (Run(text='b', ...), Run(text='cd', quoted=True, ...), Run(text='ef', ...))
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end, *(min(max(edge, start), end) for mark in inside for edge in (mark.start, mark.end))}
    return tuple(_run(text, begin, stop, inside) for begin, stop in pairwise(sorted(edges)))


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


def _run(text: str, start: int, end: int, marks: Sequence[Mark]) -> Run:
    over = {mark.sort: mark for mark in marks if mark.start <= start and mark.end >= end}
    hit, cite, unit = over.get(Sort.HIT), over.get(Sort.CITE), over.get(Sort.UNIT)
    return Run(
        text[start:end],
        quoted=Sort.QUOTE in over,
        hit=int(hit.value) if hit else 0,
        opens=hit is not None and hit.start == start,
        link=cite.value if cite else "",
        role=unit.value if unit else "",
    )
