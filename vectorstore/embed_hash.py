"""An embedder that knows spelling only: for tests, and to try the pipeline without a model."""

import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vectorstore.embed_rows import unit_rows


class HashEmbedder:
    """Characters and pairs of neighbours, hashed to signed places. The same everywhere, always."""

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.id = f"hash:{dimension}"

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1; all zero for an empty text."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in [*text, *map("".join, pairwise(text))]:
                place = zlib.crc32(token.encode())
                row[place % self.dimension] += 1 if place & 1 << 31 else -1
        return unit_rows(rows)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_queries(texts)
