"""All plans at hand, with the look-ups every later folder needs."""

from collections.abc import Iterable
from functools import cached_property

from ingest.divisions import above
from ingest.errors import UnknownEntry
from ingest.model import Clause, DocumentKind, Plan, Standing
from ingest.standing import NATIONAL, place_of, placed

__all__ = ["NATIONAL", "Corpus"]


class Corpus:
    """Plans in their fixed order, and clauses by id."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.plans = placed(plans)
        self._plans = {plan.id: plan for plan in self.plans}
        self._clauses = {clause.id: clause for plan in self.plans for clause in plan.clauses}
        self._holding: dict[tuple[str, bool], tuple[str, ...]] = {}

    def plan(self, plan_id: str) -> Plan:
        """Raises UnknownEntry, naming the known plans."""
        try:
            return self._plans[plan_id]
        except KeyError:
            raise UnknownEntry("plan", plan_id, self._plans) from None

    def clause(self, clause_id: str) -> Clause:
        """Raises UnknownEntry."""
        try:
            return self._clauses[clause_id]
        except KeyError:
            raise UnknownEntry("clause", clause_id) from None

    def has_clause(self, clause_id: str) -> bool:
        return clause_id in self._clauses

    def order(self, plan_ids: Iterable[str]) -> tuple[str, ...]:
        """`plan_ids` without repeats, in the corpus's order."""
        wanted = set(plan_ids)
        return tuple(plan.id for plan in self.plans if plan.id in wanted)

    @cached_property
    def places(self) -> dict[str, tuple[str, ...]]:
        """Documents by the place they hold for, each in the corpus's order."""
        found: dict[str, list[str]] = {}
        for plan in self.plans:
            found.setdefault(place_of(plan), []).append(plan.id)
        return {place: tuple(ids) for place, ids in found.items()}

    def places_of(self, plan_ids: Iterable[str]) -> tuple[str, ...]:
        """The places of documents, each once."""
        return tuple(dict.fromkeys(place_of(self.plan(plan_id)) for plan_id in plan_ids))

    def over(self, region: str) -> tuple[tuple[str, ...], ...]:
        """What holds for a region that says nothing itself: documents of its city, its province, then the nation."""
        levels = [self.places.get(larger, ()) for larger in (*above(region), NATIONAL)]
        return tuple(level for level in levels if level)

    def standing(self, plan_id: str, day: str) -> Standing:
        """Whether a document is in force on an ISO day."""
        return self.plan(plan_id).validity.standing(day)

    def holding(self, day: str, ahead: bool) -> tuple[str, ...]:
        """Documents in force on an ISO day, and those that are not yet when `ahead`; asked for with every question."""
        held = self._holding  # other threads may put theirs in its place meanwhile
        if (day, ahead) not in held:
            self._holding = held = {(day, ahead): self._in_force(day, ahead)}  # of one day: mostly it is today
        return held[day, ahead]

    def _in_force(self, day: str, ahead: bool) -> tuple[str, ...]:
        wanted = (Standing.IN_FORCE, Standing.AHEAD) if ahead else (Standing.IN_FORCE,)
        return tuple(plan.id for plan in self.plans if plan.validity.standing(day) in wanted)

    @cached_property
    def timeless(self) -> bool:
        """Whether no document begins or ends to be in force on any day that is known."""
        return not any(plan.validity.since or plan.validity.until or plan.validity.superseded_by for plan in self.plans)

    @cached_property
    def text(self) -> str:
        """All clause texts and headings, for asking whether a phrase occurs at all."""
        return text_of(clause for plan in self.plans for clause in plan.clauses)

    @cached_property
    def topics(self) -> str:
        """The same of plans alone. In statutes 国家 acts (国家鼓励…); in plans it opens what they speak of."""
        plans = [plan for plan in self.plans if plan.kind is DocumentKind.PLAN]
        whole = len(plans) == len(self.plans)
        return self.text if whole else text_of(clause for plan in plans for clause in plan.clauses)


def text_of(clauses: Iterable[Clause]) -> str:
    """Texts and headings, a line each."""
    return "\n".join(part for clause in clauses for part in (clause.heading, clause.text))
