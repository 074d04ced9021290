"""The dense port, and vectors in memory that are compared one by one."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EXACT_MAX = 100_000  # vectors; at 256 numbers each a comparison of all takes some 12 ms
MANY = 4  # one row of so many, and it is as quick to compare all

Vectors = NDArray[np.float32]


class DenseIndex(Protocol):
    """Cosine of a unit query with passages, by row number."""

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        """The `limit` best (row, score), best first; only among `rows` when given."""

    def close(self) -> None:
        """Let go of files and connections."""


class KeptDense(DenseIndex, Protocol):
    """One that has its vectors at hand."""

    def of(self, rows: NDArray[np.intp]) -> Vectors:
        """The vectors of these rows, in their order."""


class ExactDense:
    """Exact search over vectors held in memory; also the fake for tests."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        return best_rows(cosines(self.vectors, query, rows), limit, rows)

    def of(self, rows: NDArray[np.intp]) -> Vectors:
        return self.vectors[rows]

    def close(self) -> None:
        pass


def cosines(vectors: Vectors, query: Vectors, rows: NDArray[np.intp] | None) -> Vectors:
    """Of all, or of `rows`: many are not copied out first, which takes longer than to compare all."""
    if rows is None:
        return vectors @ query
    return vectors[rows] @ query if len(rows) * MANY < len(vectors) else (vectors @ query)[rows]


def best_rows(scores: Vectors, limit: int, rows: NDArray[np.intp] | None) -> list[tuple[int, float]]:
    """Best first, equal scores by row number, at the limit too."""
    if limit < 1:
        return []
    if len(scores) > limit:
        chosen = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
    else:
        chosen = np.arange(len(scores))
    ordered = chosen[np.lexsort((chosen, -scores[chosen]))][:limit]
    return [
        (int(ordered_row if rows is None else rows[ordered_row]), float(scores[ordered_row])) for ordered_row in ordered
    ]
