"""The reranker port: a second, slower look at the best few. Optional; nothing is reranked by default."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.embed_transformer import CrossEncoderReranker


class Reranker(Protocol):
    """Scores texts against a question; higher is better, the scale is the model's own."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts),). Raises the ModelError family."""


def open_reranker(spec: str) -> Reranker | None:
    """The cross-encoder `spec` names, e.g. `BAAI/bge-reranker-base` or a folder; None for an empty one."""
    return CrossEncoderReranker(spec.removeprefix("st:")) if spec else None
