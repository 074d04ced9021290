"""Lexical index over passages: BM25 with character bigrams, characters and words.

What a token weighs depends on all passages, what a passage holds on it alone: only the latter is stored, so that a
passage that is added changes no file of the others.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.postings import Postings, hashed

K1, B = 0.9, 0.4  # passages are short and even in length; the usual 1.5/.75 over-punish the longer ones

Rows = NDArray[np.intp]


class LexicalIndex:
    """BM25 scores of all passages for a weighted bag of tokens."""

    def __init__(self, parts: Sequence[tuple[Postings, Rows]]) -> None:
        """Postings, and the rows of the index their own rows stand for."""
        self._parts = tuple(parts)
        self.size = sum(part.size for part, _ in self._parts)
        total = sum(int(part.lengths.sum(dtype=np.int64)) for part, _ in self._parts)
        mean = total / self.size if total else 1.0
        self._norms = [K1 * (1 - B + B * part.lengths.astype(np.float32) / np.float32(mean)) for part, _ in self._parts]

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> "LexicalIndex":
        postings = Postings.of(passages)
        return cls([(postings, np.arange(postings.size))])

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """One score per passage, 0 where nothing matches; a token's BM25 part counts times its weight."""
        total = np.zeros(self.size, dtype=np.float32)
        if not query:
            return total
        spans = self._spans(list(query))
        having = sum((ends - starts for starts, ends in spans), np.zeros(len(query), dtype=np.int64))
        idf = np.log(1 + (self.size - having + 0.5) / (having + 0.5))
        weights = (np.array(list(query.values())) * idf).astype(np.float32)
        for (part, rows), norms, (starts, ends) in zip(self._parts, self._norms, spans, strict=True):
            runs = [slice(start, end) for start, end in zip(starts, ends, strict=True) if end > start]
            if not runs:
                continue
            held = np.concatenate([part.rows[run] for run in runs])
            counts = np.concatenate([part.counts[run] for run in runs]).astype(np.float32)
            worth = np.repeat(weights, ends - starts) * (counts / (counts + norms[held]))
            total[rows] = np.bincount(held, weights=worth, minlength=part.size)
        return total

    def _spans(self, query: Sequence[str]) -> list[tuple[Rows, Rows]]:
        """Of each part: where the rows of each token begin and end."""
        wanted, found = hashed(query), []
        for part, _ in self._parts:
            at = np.searchsorted(part.tokens, wanted)
            there = at < len(part.tokens)
            there[there] = part.tokens[at[there]] == wanted[there]
            at = np.where(there, at, 0)
            starts = part.starts[at].astype(np.intp)
            ends = np.where(there, part.starts[np.minimum(at + 1, len(part.starts) - 1)], starts).astype(np.intp)
            found.append((starts, ends))
        return found
