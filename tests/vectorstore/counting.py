"""An embedder that reads in no time and remembers what it read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.embed_hash import HashEmbedder


class Counting(HashEmbedder):
    """Remembers what it was given to read."""

    def __init__(self) -> None:
        super().__init__(16)
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.extend(texts)
        return super().embed_passages(texts)
