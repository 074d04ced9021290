"""Which segments a version is made of: those that still fit as they are, and what must be written.

What is added is written with those segments that are no larger than it is: each passage is written again only as often
as an index doubles, and an index of any size has few small segments.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.model import Passage
from vectorstore.segment import LARGEST, Contents, Held


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan's passages: their hash, and how to get at them. `stated`: whether their token states are kept."""

    plan_id: str
    hashed: str
    passages: Callable[[], Sequence[Passage]] = field(compare=False)
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plan's passages lie already."""

    contents: Contents
    held: Held


@dataclass(frozen=True, slots=True)
class Piece:
    """A plan in a segment that is to be written; without a source its passages are read."""

    wanted: Wanted
    source: Source | None
    count: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Segments that stay, and the pieces of those to be written."""

    kept: tuple[Contents, ...]
    groups: tuple[tuple[Piece, ...], ...]

    @property
    def fresh(self) -> int:
        """Passages that no segment has."""
        return sum(piece.count for group in self.groups for piece in group if piece.source is None)


def arranged(wanted: Sequence[Wanted], segments: Iterable[Contents], largest: int = LARGEST) -> Arrangement:
    """`segments` in the order in which they are preferred."""
    asked = {one.plan_id: one for one in wanted}
    kept, sources = _fitting(asked, segments)
    pool = [one for one in wanted if all(one.plan_id not in each.plans for each in kept)]
    pieces = {one.plan_id: _piece(one, sources.get(one.plan_id)) for one in pool}
    size = sum(piece.count for piece in pieces.values())
    if size:
        for small in sorted(kept, key=lambda each: each.size):
            if small.size > size or small.size + size > largest:
                break
            kept.remove(small)
            size += small.size
            pieces |= {plan_id: _piece(asked[plan_id], Source(small, held)) for plan_id, held in small.plans.items()}
    ordered = [pieces[one.plan_id] for one in wanted if one.plan_id in pieces]
    return Arrangement(tuple(kept), tuple(_cut(ordered, largest)))


def _fitting(asked: dict[str, Wanted], segments: Iterable[Contents]) -> tuple[list[Contents], dict[str, Source]]:
    """Segments all of whose plans are wanted as they are; and where the others' passages lie."""
    kept, sources, taken = list[Contents](), dict[str, Source](), set[str]()
    for each in segments:
        fit = {plan_id: one for plan_id, one in each.plans.items() if _is(asked.get(plan_id), one)}
        for plan_id, one in fit.items():
            sources.setdefault(plan_id, Source(each, one))
        if fit and len(fit) == len(each.plans) and taken.isdisjoint(fit):
            kept.append(each)
            taken |= fit.keys()
    return kept, sources


def _is(wanted: Wanted | None, held: Held) -> bool:
    return wanted is not None and wanted.hashed == held.hashed


def _piece(wanted: Wanted, source: Source | None) -> Piece:
    return Piece(wanted, source, source.held.count if source else len(wanted.passages()))


def _cut(pieces: Sequence[Piece], largest: int) -> Iterable[tuple[Piece, ...]]:
    group, size = list[Piece](), 0
    for piece in pieces:
        if group and size + piece.count > largest:
            yield tuple(group)
            group, size = [], 0
        if piece.count:
            group.append(piece)
            size += piece.count
    if group:
        yield tuple(group)
