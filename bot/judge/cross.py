"""The cross-encoder: a question and what is to be quoted, read together → does the one state what the other asks."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.judge.model import FOLDER
from vectorstore.encoder import Encoder
from vectorstore.onnx import OnnxModel

REMEMBERED = 512  # sentences, as the encoder's lower layers have them

Half = NDArray[np.float16]


class CrossEncoder:
    """Opens `cross.onnx`: the upper layers, over what the encoder's lower ones give. Safe to share between threads."""

    def __init__(self, encoder: Encoder, folder: Path = FOLDER) -> None:
        """Raises ModelUnavailable."""
        self._model, self._encoder = OnnxModel(folder / "cross.onnx"), encoder
        self._below = lru_cache(maxsize=REMEMBERED)(self._read_below)

    def states(self, question: str, sentences: tuple[str, ...]) -> float:
        """The probability that `sentences`, one after the other, state what is asked."""
        asked = self._encoder.query(question).below
        said = np.concatenate([self._below(sentence) for sentence in sentences]).astype(np.float32)
        (found,) = self._model.run({"q": asked[None], "x": said[None]})
        return float(found[0, 2])

    def _read_below(self, sentence: str) -> Half:
        return self._encoder.passage(sentence).below.astype(np.float16)
