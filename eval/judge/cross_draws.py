"""Which texts a step of the cross-encoder's training reads with which questions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from eval.judge.draws import minding
from eval.judge.examples import Example, Verdict
from eval.judge.recipe import Cross
from eval.judge.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Pairing:
    """A question's wording, and passages of one clause that are read together with it, in the order of the text."""

    reading: str
    passages: tuple[int, ...]
    verdict: Verdict
    weight: float


class Pairings:
    """Batches of examples in an order of chance, over and over, as what is to be read with what."""

    def __init__(self, examples: Sequence[Example], stretches: Stretches, recipe: Cross, rng: random.Random) -> None:
        self.stretches, self.recipe, self.rng = stretches, recipe, rng
        self._examples = minding(examples, recipe.minded)
        self._waiting: list[Example] = []

    @property
    def examples(self) -> int:
        """How many, those that are minded twice."""
        return len(self._examples)

    def batch(self) -> list[Pairing]:
        while len(self._waiting) < self.recipe.batch:
            self._waiting += self.rng.sample(self._examples, len(self._examples))
        return [pairing for _ in range(self.recipe.batch) for pairing in self._drawn(self._waiting.pop())]

    def _drawn(self, example: Example) -> list[Pairing]:
        reading, weight = self._wording(example), example.weight
        drawn = [Pairing(reading, self._right(example), example.verdict, weight)] if example.positives else []
        if not drawn or self.rng.random() < self.recipe.beside:
            drawn += [
                Pairing(reading, self._with_neighbour(one), Verdict.APART, weight) for one in self._wrong(example)
            ]
        return drawn

    def _wording(self, example: Example) -> str:
        labelled = example.labelled
        whole = labelled.whole if self.rng.random() < self.recipe.made_whole else None
        return (whole or labelled.query).reading

    def _right(self, example: Example) -> tuple[int, ...]:
        """A right passage, or all of its clause."""
        chosen = self.rng.choice(example.positives)
        clause = self.stretches.passages[chosen].clause_id
        alike = [one for one in example.positives if self.stretches.passages[one].clause_id == clause]
        if len(alike) > 1 and self.rng.random() < self.recipe.joined:
            return tuple(sorted(alike)[: self.recipe.most])
        return self._with_neighbour(chosen)

    def _wrong(self, example: Example) -> list[int]:
        """One, if there is any: as labelled, or as found."""
        by_label = example.near and (not example.hard or self.rng.random() < self.recipe.near)
        wrong = example.near if by_label else example.hard
        return [self.rng.choice(wrong)] if wrong else []

    def _with_neighbour(self, passage: int) -> tuple[int, ...]:
        if self.rng.random() >= self.recipe.neighbour:
            return (passage,)
        others = [one for one in self.stretches.beside(passage) if one != passage]
        return tuple(sorted({passage, self.rng.choice(others)})) if others else (passage,)
