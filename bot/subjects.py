"""What plans can be compared by: indicators that several set, and headings that several have, as they name them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bot.answer.aligned import FITS, fits
from bot.answer.quote import pairs
from bot.answer.told import key
from ingest.corpus import Corpus
from ingest.model import Clause, DocumentKind, Indicator, Kind

MOST_PLANS = 12  # looked through; where more are held, the others' own words may be typed
LEAST, LONGEST = 4, 24  # characters of a name
HALF = 0.5  # of the longer name
HEADED = (Kind.HEADING, Kind.CHAPTER, Kind.SECTION, Kind.ITEM, Kind.ARTICLE)

Named = TypeVar("Named", Indicator, Clause)


@dataclass(frozen=True, slots=True)
class Subject:
    """`plans`: which name it, or nearly so, in the corpus's order."""

    name: str
    counted: bool  # an indicator, else a heading
    plans: tuple[str, ...]


@lru_cache(maxsize=2)
def subjects(corpus: Corpus) -> tuple[Subject, ...]:
    """Indicators before headings, those of most plans first."""
    plans = [plan for plan in corpus.plans if plan.kind is DocumentKind.PLAN][:MOST_PLANS]
    aims = [one for plan in plans for one in plan.indicators if not one.achieved]
    headed = [one for plan in plans for one in plan.clauses if one.kind in HEADED]
    counted = [Subject(name, True, ids) for name, ids in _grouped(aims, key, _are_counted_alike)]
    spoken = [Subject(name, False, ids) for name, ids in _grouped(headed, _heading, _are_headed_alike)]
    return tuple(sorted([*counted, *spoken], key=lambda one: (not one.counted, -len(one.plans))))


def _grouped(
    ones: Iterable[Named], name_of: Callable[[Named], str], alike: Callable[[Named, Named], bool]
) -> list[tuple[str, tuple[str, ...]]]:
    """What is called alike goes by the name of the first; beside it the plans that have it."""
    groups: list[tuple[Named, dict[str, None]]] = []
    for one in ones:
        if not LEAST <= len(name_of(one)) <= LONGEST:
            continue
        plans = next((plans for other, plans in groups if alike(other, one)), None)
        if plans is None:
            groups.append((one, {one.plan_id: None}))
        else:
            plans[one.plan_id] = None
    return [(name_of(first), tuple(plans)) for first, plans in groups]


def _are_counted_alike(one: Indicator, other: Indicator) -> bool:
    """One thing, of which the longer name says little more: 计量中心 is not 产业计量测试中心."""
    first, second = pairs(key(one)), pairs(key(other))
    return fits(one, other) and len(first & second) >= HALF * max(len(first), len(second))


def _heading(clause: Clause) -> str:
    return clause.heading


def _are_headed_alike(one: Clause, other: Clause) -> bool:
    first, second = pairs(one.heading), pairs(other.heading)
    return len(first & second) >= FITS * min(len(first), len(second))
