"""Labelled questions → examples: of one plan (or of all, when none is named), what answers and what only looks so."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.model import Intent
from eval.judge.rows import Answerable, Labelled, Row, plan_of
from eval.judge.splits import HELD_PLAN
from eval.judge.stretches import Stretches
from ingest.corpus import NATIONAL
from vectorstore.index import Query

ANY_PLAN = ""
LIKE = 0.6  # a passage this much like a right one says the same
LIKE_ANYWHERE = 0.3  # when all plans are searched, another plan's wording of it is no wrong answer either
UNSURE = 0.3  # weight of a named plan that is not said to hold an answer, nor to hold none
LACKING = 0.6  # weight of a plan that is not among those that were labelled as having what “which plans” asks for


class Verdict(IntEnum):
    """The judge's three outputs."""

    APART = 0  # does not bear
    BEARS = 1
    STATES = 2  # says what is asked


@dataclass(frozen=True, slots=True)
class Example:
    """A question put to one plan. Passages are numbers of `Stretches.passages`."""

    labelled: Labelled
    plan: str  # ANY_PLAN: all are searched
    verdict: Verdict  # of `positives`; all others are APART
    positives: tuple[int, ...]
    spared: frozenset[int]  # neither right nor wrong
    near: tuple[int, ...]  # labelled as looking right and being wrong
    weight: float
    hard: tuple[int, ...] = ()  # found by the search and wrong

    @property
    def query(self) -> Query:
        """As it is searched."""
        return replace(self.labelled.query, plans=frozenset([self.plan]) if self.plan else None)


def asked_anywhere(labelled: Labelled) -> Example:
    """A question on which nothing bears, put to all plans at once."""
    return Example(labelled, ANY_PLAN, Verdict.APART, (), frozenset(), (), 1.0)


def examples_of(labelled: Labelled, stretches: Stretches, rng: random.Random, anywhere: bool = False) -> list[Example]:
    """One for each plan that is named or supports. A question that names no plan and has no answer is put to any one.

    `anywhere` puts a question that names none to all plans at once too. “Which plans” asks every city's plan;
    the national one too where it is labelled, for many ask of cities.
    """
    plans, searched = list(labelled.plans), [one for one in stretches.corpus.plans if one.id in stretches.searched]
    if _asks_every(labelled.row):
        plans += [one.id for one in searched if one.id not in plans and one.level != NATIONAL]
    if not labelled.row.plans:
        if anywhere:
            plans.append(ANY_PLAN)
        elif not plans:
            plans.append(rng.choice([plan.id for plan in searched if plan.id != HELD_PLAN]))
    return [_example(labelled, stretches, plan) for plan in plans]


def trained(examples: Iterable[Example], stretches: Stretches) -> list[Example]:
    """Without the held plan: its examples are left out, and its passages in those that search all plans."""
    held = frozenset(stretches.by_plan.get(HELD_PLAN, ()))
    return [_without(example, held) for example in examples if example.plan != HELD_PLAN]


def with_hard(example: Example, ranked: Sequence[int], stretches: Stretches, most: int) -> Example:
    """`ranked`, what the search found, as wrong passages: without those that are right, spared, or say the same."""
    above = LIKE if example.plan else LIKE_ANYWHERE
    held = frozenset(stretches.by_plan.get(HELD_PLAN, ())) if not example.plan else frozenset()
    wrong = [
        row
        for row in ranked
        if row not in example.positives
        and row not in example.spared
        and row not in held
        and not stretches.says_the_same(row, example.positives, above)
    ]
    return replace(example, hard=tuple(wrong[:most]))


def _example(labelled: Labelled, stretches: Stretches, plan: str) -> Example:
    row = labelled.row

    def here(passage: int) -> bool:
        return not plan or stretches.passages[passage].plan_id == plan

    positives = () if row.answerable is Answerable.NO else tuple(filter(here, stretches.supporting(row)))
    spared = frozenset(filter(here, stretches.spared(row)))
    if plan and _asks_every(row) and not positives:
        said = stretches.supporting(row)
        alike = (one for one in stretches.by_plan[plan] if stretches.says_the_same(one, said, LIKE_ANYWHERE))
        spared = spared.union(alike)  # it may have been overlooked
    near = stretches.of_clauses(clause for clause in row.near if plan in (ANY_PLAN, plan_of(clause)))
    return Example(
        labelled=labelled,
        plan=plan,
        verdict=_verdict(row.answerable) if positives else Verdict.APART,
        positives=positives,
        spared=spared,
        near=tuple(one for one in near if one not in spared),
        weight=_weight(row, positives),
    )


def _asks_every(row: Row) -> bool:
    """Which plans have it: then all that have it are labelled."""
    return row.route is Intent.WHICH and not row.plans and row.answerable is not Answerable.NO


def _weight(row: Row, positives: Sequence[int]) -> float:
    if positives or row.answerable is Answerable.NO:
        return 1.0
    return LACKING if _asks_every(row) else UNSURE


def _verdict(answerable: Answerable) -> Verdict:
    return {Answerable.YES: Verdict.STATES, Answerable.PART: Verdict.BEARS, Answerable.NO: Verdict.APART}[answerable]


def _without(example: Example, held: frozenset[int]) -> Example:
    positives = tuple(row for row in example.positives if row not in held)
    return replace(
        example,
        positives=positives,
        verdict=example.verdict if positives else Verdict.APART,
        near=tuple(row for row in example.near if row not in held),
        weight=example.weight if positives or not example.positives else UNSURE,
    )
