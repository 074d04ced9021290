"""Dense search over several segments. Vectors are compared one by one while that is quick; then Chroma searches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.exact import DenseIndex, Vectors, best_rows, cosines

FEW = 5_000  # vectors that are compared one by one in any index: quicker than a graph is asked

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment's vectors, and the rows of the index they stand for. Without a graph they are always compared."""

    vectors: Vectors
    rows: Rows
    graph: DenseIndex | None = None


class SegmentedDense:
    """Implements `vectorstore.exact.KeptDense`. `closes` lets go of its parts, which others may use too."""

    def __init__(self, parts: Sequence[Part], size: int, closes: Callable[[], None]) -> None:
        self._parts, self.size, self._closes = tuple(parts), size, closes

    def top(self, query: Vectors, limit: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        if limit < 1 or (rows is not None and not len(rows)):
            return []
        scores = np.full(self.size, -np.inf, dtype=np.float32)
        wanted = np.zeros(self.size, dtype=bool)
        wanted[slice(None) if rows is None else rows] = True
        found: list[tuple[int, float]] = []
        for part in self._parts:
            own = None if rows is None else np.flatnonzero(wanted[part.rows])
            if own is not None and not len(own):
                continue
            if part.graph is None or (own is not None and len(own) <= FEW):
                scores[part.rows if own is None else part.rows[own]] = cosines(part.vectors, query, own)
            else:
                nearest = part.graph.top(query, limit, None if own is None or len(own) == len(part.rows) else own)
                found += [(int(part.rows[row]), score) for row, score in nearest]
        compared = np.flatnonzero(scores > -np.inf)
        found += best_rows(scores[compared], limit, compared)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def of(self, rows: Rows) -> Vectors:
        found = np.zeros((len(rows), self._parts[0].vectors.shape[1] if self._parts else 0), dtype=np.float32)
        for part in self._parts:
            own = np.full(self.size, -1, dtype=np.intp)
            own[part.rows] = np.arange(len(part.rows))
            here = own[rows] >= 0
            found[here] = part.vectors[own[rows][here]]
        return found

    def close(self) -> None:
        """Twice is no error."""
        closes, self._closes = self._closes, _nothing
        closes()


def _nothing() -> None:
    pass
