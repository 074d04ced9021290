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
        recipe, reading, weight = self.recipe, self._wording(example), example.weight
        drawn = [Pairing(reading, self._right(example), example.verdict, weight)] if example.positives else []
        wrong = recipe.wrong_alone if not drawn else int(self.rng.random() < recipe.beside)
        return drawn + [Pairing(reading, text, Verdict.APART, weight) for text in self._wrong(example, wrong)]

    def _wording(self, example: Example) -> str:
        labelled = example.labelled
        whole = labelled.whole if self.rng.random() < self.recipe.made_whole else None
        return (whole or labelled.query).reading

    def _right(self, example: Example) -> tuple[int, ...]:
        return self._as_quoted(self.rng.choice(example.positives), example.positives)

    def _wrong(self, example: Example, count: int) -> list[tuple[int, ...]]:
        """At most `count` texts, each of another clause: as labelled, or as found, what lies nearest most often."""
        passages, clauses = self.stretches.passages, set[str]()
        texts = []
        for _ in range(count):
            near, hard = (
                [one for one in of if passages[one].clause_id not in clauses] for of in (example.near, example.hard)
            )
            if not near and not hard:
                break
            by_label = near and (not hard or self.rng.random() < self.recipe.near)
            chosen = (
                self.rng.choice(near) if by_label else hard[int(len(hard) * self.rng.random() ** self.recipe.nearest)]
            )
            clauses.add(passages[chosen].clause_id)
            texts.append(self._as_quoted(chosen, near + hard))
        return texts

    def _as_quoted(self, chosen: int, others: Sequence[int]) -> tuple[int, ...]:
        """A passage, or with it those of `others` that are of its clause, or any one of its clause."""
        clause = self.stretches.passages[chosen].clause_id
        alike = {one for one in others if self.stretches.passages[one].clause_id == clause}
        if len(alike) > 1 and self.rng.random() < self.recipe.joined:
            return tuple(sorted(alike)[: self.recipe.most])
        return self._with_neighbour(chosen)

    def _with_neighbour(self, passage: int) -> tuple[int, ...]:
        if self.rng.random() >= self.recipe.neighbour:
            return (passage,)
        others = [one for one in self.stretches.beside(passage) if one != passage]
        return tuple(sorted({passage, self.rng.choice(others)})) if others else (passage,)
