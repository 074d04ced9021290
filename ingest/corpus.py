"""All plans at hand, with the look-ups every later folder needs."""

from collections.abc import Iterable
from functools import cached_property

from ingest.errors import UnknownEntry
from ingest.model import Clause, Plan

NATIONAL = "national"


class Corpus:
    """Plans in their fixed order, and clauses by id."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.plans = tuple(plans)
        self._plans = {plan.id: plan for plan in self.plans}
        self._clauses = {clause.id: clause for plan in self.plans for clause in plan.clauses}

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
    def national(self) -> Plan | None:
        """The national plan, the fallback when a city's plan is silent."""
        return next((plan for plan in self.plans if plan.level == NATIONAL), None)

    @cached_property
    def text(self) -> str:
        """All clause texts and headings, for asking whether a phrase occurs at all."""
        return "\n".join(part for clause in self._clauses.values() for part in (clause.heading, clause.text))
