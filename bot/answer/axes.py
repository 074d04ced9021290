"""Indicators of several plans, put on axes: only those that count the same share one, the others stand apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.aligned import ByPlan, aligned
from bot.answer.named import says_name, shared
from bot.answer.quote import pairs
from bot.answer.told import Told, number
from bot.answer.unlike import Unlike, scoped, unlike
from bot.model import Citation
from ingest.corpus import Corpus
from ingest.model import Indicator, Kind, Plan
from ingest.rows import cell_spans


@dataclass(frozen=True, slots=True)
class Axis:
    """What may be drawn on one scale. `apart`: why it may not be on the first one; None for that itself."""

    told: tuple[Told, ...]
    apart: Unlike | None = None

    @property
    def is_shared(self) -> bool:
        return len({one.plan.id for one in self.told}) > 1


def axes(plans: Sequence[Plan], topic: str, cited: Sequence[Citation]) -> tuple[Axis, ...]:
    """The axis of most plans first; empty where nothing that is named or cited counts anything.

    `cited`: what the answer to the topic rests on; of an indicator it is the very words that state it.
    """
    by_plan: ByPlan = [(plan, _told(plan, topic, cited)) for plan in plans]
    found = [one for _, ones in aligned(by_plan, topic) for one in _with_rivals(ones)]
    groups = _grouped(_once(found))
    if not groups:
        return ()
    first = max(groups, key=lambda group: len({one.plan.id for one in group}))
    others = [Axis(tuple(group), why_apart(first[0], group[0])) for group in groups if group is not first]
    return (Axis(tuple(first)), *others)


def why_apart(first: Told, other: Told) -> Unlike:
    """What keeps two indicators from one axis."""
    one, two = first.indicator, other.indicator
    if one.achieved is not two.achieved:
        return Unlike.STATE
    return unlike(one, two) or Unlike.VALUE


def in_conflict(one: Told) -> tuple[Indicator, ...]:
    """What the same plan says otherwise of the same thing for the same year; a year not given may be any."""
    own = one.indicator
    beside = [other for each in one.plan.conflicts if own in each.indicators for other in each.indicators]
    return tuple(other for other in beside if _said(other) != _said(own) and _may_be_of_one_year(other, own))


def cell_of(one: Told, corpus: Corpus, *, base: bool = False) -> Citation:
    """The table's cell of a value; of a sentence, the stretch that states the indicator."""
    own, clause = one.indicator, corpus.clause(one.indicator.clause_id)
    year, value = (own.base_year, own.base_value) if base else (own.target_year or own.base_year, own.target)
    for start, end, column in cell_spans(clause) if clause.kind is Kind.ROW else ():
        if value and str(year) in column and value in clause.text[start:end]:
            return Citation(one.plan, clause, start, end)
    return Citation(one.plan, clause, own.start, own.end)


def _said(one: Indicator) -> tuple[str | None, str]:
    return one.target, one.qualifier


def _may_be_of_one_year(one: Indicator, other: Indicator) -> bool:
    return one.target_year == other.target_year or None in (one.target_year, other.target_year)


def _told(plan: Plan, topic: str, cited: Sequence[Citation]) -> list[Told]:
    """The indicators of a plan that the topic names most fully, else those whose own words are cited."""
    own = [one for one in cited if one.plan.id == plan.id]
    said = pairs(topic)
    named = {
        one: len(said & pairs(scoped(one.name))) for one in plan.indicators if says_name(one, plan.indicators, topic)
    }
    best = [one for one, score in named.items() if score == max(named.values())]
    kept = best or [one for one in plan.indicators if any(_is_stated_by(one, citation) for citation in own)]
    score = shared(kept, topic)
    return [Told(plan, one, 1.0 + score[one]) for one in kept]


def _is_stated_by(one: Indicator, citation: Citation) -> bool:
    """A row says one thing alone; of a sentence that says several, the indicator's own stretch is cited."""
    if citation.clause.id != one.clause_id:
        return False
    return citation.clause.kind is Kind.ROW or (citation.start, citation.end) == (one.start, one.end)


def _with_rivals(told: Sequence[Told]) -> list[Told]:
    return [*told, *(Told(one.plan, other, 0.0) for one in told for other in in_conflict(one))]


def _once(told: Sequence[Told]) -> list[Told]:
    """A target that text and table repeat is shown once, by what gives its base too."""
    kept: dict[tuple[str, ...], Told] = {}
    for one in told:
        i = one.indicator
        same = (one.plan.id, scoped(i.name), i.unit, i.target or "", i.qualifier, str(i.target_year))
        before = kept.get(same)
        if before is None or (before.indicator.base_year is None and i.base_year is not None):
            kept[same] = one
    return list(kept.values())


def _grouped(told: Sequence[Told]) -> list[list[Told]]:
    groups: list[list[Told]] = []
    for one in told:
        group = next((group for group in groups if any(_is_beside(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _is_beside(one: Told, other: Told) -> bool:
    """Of one plan that contradicts itself both numbers are seen beside each other."""
    if other.indicator in in_conflict(one):
        return True
    if one.indicator.achieved is not other.indicator.achieved or unlike(one.indicator, other.indicator):
        return False
    return is_drawn(one.indicator) and is_drawn(other.indicator)


def is_drawn(one: Indicator) -> bool:
    """Whether it gives a plain number, which a bar can be as long as."""
    return number(one.target) is not None or number(one.base_value) is not None
