"""Lexical index over passages: BM25 with character bigrams, characters and words. The one place that imports bm25s."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.tokenize import tokens

K1, B = 0.9, 0.4  # passages are short and even in length; the usual 1.5/.75 over-punish the longer ones
HEADING_BOOST = 2  # a heading counts as if the passage said it twice more


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 scores of all passages for a weighted bag of tokens."""

    model: bm25s.BM25
    vocabulary: Mapping[str, int]
    size: int

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> "LexicalIndex":
        vocabulary: dict[str, int] = {}
        rows: list[list[int]] = []
        for passage in passages:
            found = tokens(passage.text) + tokens(passage.heading) * HEADING_BOOST + tokens(passage.context)
            rows.append([vocabulary.setdefault(token, len(vocabulary)) for token in found])
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index((rows, vocabulary), create_empty_token=False, show_progress=False)
        return cls(model, model.vocab_dict, len(rows))

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """One score per passage, 0 where nothing matches; a token's BM25 part counts times its weight."""
        total = np.zeros(self.size, dtype=np.float32)
        data, indices, starts = (self.model.scores[key] for key in ("data", "indices", "indptr"))
        for token, weight in query.items():
            column = self.vocabulary.get(token)
            if column is not None:
                span = slice(starts[column], starts[column + 1])
                total[indices[span]] += weight * data[span]
        return total

    def save(self, folder: Path) -> None:
        self.model.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Memory-mapped, so that several workers share one copy. Raises OSError or ValueError when damaged."""
        try:
            model = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)
        except (EOFError, TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"Lexical index at '{folder}' cannot be read: {error}.") from error
        held, columns = model.scores["num_docs"], len(model.scores["indptr"]) - 1
        if held != size or columns != len(model.vocab_dict):
            raise ValueError(
                f"Lexical index at '{folder}' holds {held} passages, {columns} tokens; {size} were written."
            )
        return cls(model, model.vocab_dict, size)
