"""Whether the cases can be met at all: their clauses exist, and their facts stand in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.answers.case import Case
from eval.answers.judgement import ClauseText
from eval.answers.said import fold, holds_any


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a case that the corpus does not bear out."""

    case_id: str
    held: bool
    unknown_clause: str = ""  # no such clause
    unfounded_fact: tuple[str, ...] = ()  # in none of the gold clauses: computed, an address, or a slip


def check_cases(cases: Sequence[Case], clause_text: ClauseText) -> tuple[Doubt, ...]:
    """Doubts in the order of the cases. Facts of cases without gold are not looked for."""
    doubts = []
    for case in cases:
        named = sorted(case.acceptable)
        doubts += [Doubt(case.id, case.held, unknown_clause=name) for name in named if clause_text(name) is None]
        golds = [fold(clause_text(name) or "") for group in case.gold_groups for name in group]
        if golds:
            doubts += [Doubt(case.id, case.held, unfounded_fact=group) for group in _unfounded(case, golds)]
    return tuple(doubts)


def _unfounded(case: Case, golds: Sequence[str]) -> list[tuple[str, ...]]:
    return [group for group in case.fact_groups if not holds_any(golds, group)]
