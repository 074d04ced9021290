"""Clauses that speak of the same: by the vectors that are stored of their sentences, no model reads anything.

A clause's vector is the mean of its sentences'. It is compared with the sentences of each other plan, and the clauses
of the best of these are compared as wholes: a sentence that happens to say the same makes no clause alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.exact import KeptDense, Vectors

CANDIDATES = 8  # sentences of a plan whose clauses are compared as wholes
MOST_PLANS = 16  # that are gone through one by one
AMONG_ALL = 200  # sentences of more plans among which their nearest are looked for

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Alike:
    """A clause, how much it is alike (a cosine, -1 to 1), and its sentence that is most so."""

    clause_id: str
    plan_id: str
    cosine: float
    start: int
    end: int


@runtime_checkable
class FindsAlike(Protocol):
    """An index that knows which clauses speak of the same."""

    def alike(self, clause_id: str, plans: Sequence[str]) -> list[Alike]:
        """The clause of each of `plans` that is most alike, in their order; of more than MOST_PLANS, of the nearest.

        Empty for a clause that says nothing by itself, or is not there.
        """


class ClauseVectors:
    """Implements `FindsAlike` over passages whose vectors are kept."""

    def __init__(
        self, passages: Sequence[Passage], dense: KeptDense, rows_of: Callable[[frozenset[str]], Rows]
    ) -> None:
        """`rows_of` knows the rows of plans."""
        self.passages, self.dense, self._rows_of = passages, dense, rows_of

    def alike(self, clause_id: str, plans: Sequence[str]) -> list[Alike]:
        own = self._rows.get(clause_id)
        if own is None:
            return []
        mean = _mean(self.dense.of(own))
        nearest = self._nearest(mean, plans)
        return [found for plan in plans if (found := self._best(mean, nearest.get(plan, {})))]

    def _nearest(self, mean: Vectors, plans: Sequence[str]) -> dict[str, dict[str, int]]:
        """By plan: the clauses of its nearest sentences, and the nearest of each."""
        if len(plans) > MOST_PLANS:
            return self._by_plan(self.dense.top(mean, AMONG_ALL, self._rows_of(frozenset(plans))))
        found: dict[str, dict[str, int]] = {}
        for plan in plans:
            found |= self._by_plan(self.dense.top(mean, CANDIDATES, self._rows_of(frozenset((plan,)))))
        return found

    def _by_plan(self, best: Iterable[tuple[int, float]]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for row, _ in best:
            passage = self.passages[row]
            found.setdefault(passage.plan_id, {}).setdefault(passage.clause_id, row)
        return found

    def _best(self, mean: Vectors, sentences: dict[str, int]) -> Alike | None:
        """Of equal ones the first by its id."""
        scored = [(float(mean @ _mean(self.dense.of(self._rows[clause_id]))), clause_id) for clause_id in sentences]
        if not scored:
            return None
        score, clause_id = min(scored, key=lambda pair: (-pair[0], pair[1]))
        passage = self.passages[sentences[clause_id]]
        return Alike(clause_id, passage.plan_id, score, passage.start, passage.end)

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        """Of each clause."""
        found: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            found.setdefault(passage.clause_id, []).append(row)
        return {clause_id: np.array(rows, dtype=np.intp) for clause_id, rows in found.items()}


def _mean(vectors: Vectors) -> Vectors:
    """Of length 1; a zero vector where they cancel each other out."""
    mean: Vectors = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length else mean
