"""Which questions, in which wording, with which sentences, a step of the first stage sees."""

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Intent
from eval.judge.examples import Example, Verdict
from eval.judge.recipe import Understanding
from eval.judge.stretches import Stretches
from vectorstore.index import Query

JUDGED_LIKE = 0.5  # another question's passage this much like a right one is not read as wrong


@dataclass(frozen=True, slots=True)
class Draw:
    """An example as it is asked this time, one right passage of it if it has any, and wrong ones."""

    example: Example
    query: Query
    right: int | None
    wrong: tuple[int, ...]

    @property
    def passages(self) -> tuple[int, ...]:
        return self.wrong if self.right is None else (self.right, *self.wrong)

    def verdict(self, passage: int) -> Verdict:
        return self.example.verdict if passage == self.right else Verdict.APART


class Draws:
    """Batches of examples of one plan, in an order of chance, over and over."""

    def __init__(self, examples: Sequence[Example], recipe: Understanding, rng: random.Random) -> None:
        self.recipe, self.rng = recipe, rng
        self._by_plan: dict[str, list[Example]] = {}
        for example in minding(examples, recipe.minded):
            self._by_plan.setdefault(example.plan, []).append(example)
        self._openings = [example.labelled.query for example in examples if not example.labelled.row.history]
        self._waiting: list[list[Example]] = []

    def batch(self) -> list[Draw]:
        if not self._waiting:
            self._waiting = self._shuffled()
        return [self._draw(example) for example in self._waiting.pop()]

    def _shuffled(self) -> list[list[Example]]:
        """Batches of one plan each; a rest of less than half a batch is left for another time."""
        size, batches = self.recipe.batch, []
        for examples in self._by_plan.values():
            mixed = self.rng.sample(examples, len(examples))
            cut = [mixed[start : start + size] for start in range(0, len(mixed), size)]
            batches += [batch for batch in cut if len(batch) > size // 2 or len(mixed) <= size // 2]
        self.rng.shuffle(batches)
        return batches

    def _draw(self, example: Example) -> Draw:
        right = self.rng.choice(example.positives) if example.positives else None
        most = self.recipe.wrong_alone if right is None else self.recipe.wrong_beside_right
        wrong = []
        if example.near and self.rng.random() < self.recipe.near:
            wrong.append(self.rng.choice(example.near))
        hard = [passage for passage in example.hard if passage not in wrong]
        wrong += self.rng.sample(hard, min(len(hard), most - len(wrong)))
        return Draw(example, self._wording(example), right, tuple(wrong))

    def _wording(self, example: Example) -> Query:
        """A follow-up is sometimes made whole; a first question sometimes follows one of another topic."""
        labelled, chance = example.labelled, self.rng.random()
        if labelled.query.before:
            return labelled.whole if labelled.whole and chance < self.recipe.made_whole else labelled.query
        if chance < self.recipe.distracted and labelled.row.route is not Intent.SMALL_TALK and self._openings:
            return replace(labelled.query, before=(self.rng.choice(self._openings).text,))
        return labelled.query


def minding(examples: Iterable[Example], minded: Collection[str]) -> list[Example]:
    """Those of the writers that are minded stand there twice."""
    return [example for example in examples for _ in range(2 if example.labelled.writer in minded else 1)]


def others(draw: Draw, passages: Sequence[int], stretches: Stretches, most: int, rng: random.Random) -> list[int]:
    """Passages of the batch's other questions that are wrong for this one too."""
    example = draw.example
    found = [
        passage
        for passage in passages
        if passage not in draw.passages
        and passage not in example.spared
        and passage not in example.positives
        and not stretches.says_the_same(passage, example.positives, JUDGED_LIKE)
    ]
    return rng.sample(found, min(most, len(found)))
