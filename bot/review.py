"""What a person should see of a document before it goes live: what was understood, what not, what is different."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.offers import Offer
from ingest.changes import FACTS, Changes, compare
from ingest.model import Kind, Plan

LONG = 3_000  # characters of a clause in which a heading was probably not seen
MUCH = 0.2  # of a document that is left out


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline."""

    path: str
    kind: Kind
    heading: str
    depth: int
    characters: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in no clause, by its reason."""

    reason: str
    times: int
    characters: int


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at; `what` names it, `code` is stable."""

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Review:
    """`replaces` is what is live under the same id, if anything; `changes` are against it."""

    plan: Plan
    replaces: Plan | None
    changes: Changes | None
    outline: tuple[Heading, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Warned, ...]


def review(offer: Offer, live: Plan | None) -> Review:
    plan = offer.plan
    changes = compare(live, plan) if live else None
    warnings = (*_warnings(plan), *([Warned("unchanged", live.id)] if live and changes and changes.is_none else []))
    return Review(plan, live, changes, _outline(plan), _left_out(plan), warnings)


def _outline(plan: Plan) -> tuple[Heading, ...]:
    return tuple(
        Heading(one.path, one.kind, one.heading, len(one.headings), len(one.text))
        for one in plan.clauses
        if one.kind is not Kind.ROW
    )


def _left_out(plan: Plan) -> tuple[LeftOut, ...]:
    times, characters = Counter[str](), Counter[str]()
    for one in plan.discards:
        times[one.reason] += 1
        characters[one.reason] += one.end - one.start
    return tuple(LeftOut(reason, count, characters[reason]) for reason, count in sorted(times.items()))


def _warnings(plan: Plan) -> Iterator[Warned]:
    yield from (Warned("not_said", name) for name in FACTS[:4] if getattr(plan.metadata, name) is None)
    paths = Counter(clause.path for clause in plan.clauses)
    yield from (Warned("same_address", path) for path, times in paths.items() if times > 1)
    yield from (Warned("long_clause", one.path) for one in plan.clauses if len(one.text) > LONG)
    yield from (Warned("conflict", one.name) for one in plan.conflicts)
    lost = sum(one.end - one.start for one in plan.discards if one.reason != "blank")
    if lost > MUCH * len(plan.source):
        yield Warned("much_left_out", f"{lost / len(plan.source):.0%}")
