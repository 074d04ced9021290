"""The cross-encoder: a question and what is to be quoted, read together → does the one bear on the other, state it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.judge.model import FOLDER
from vectorstore.encoder import Encoder
from vectorstore.onnx import OnnxModel


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities that a text bears on a question and that it states what is asked; what states also bears."""

    bears: float
    states: float


class CrossEncoder:
    """Opens `cross.onnx`: the upper layers, over what the encoder's lower ones give. Safe to share between threads."""

    def __init__(self, encoder: Encoder, folder: Path = FOLDER) -> None:
        """Raises ModelUnavailable."""
        self._model, self._encoder = OnnxModel(folder / "cross.onnx"), encoder

    def read(self, question: str, sentences: tuple[str, ...]) -> Reading:
        """Of `sentences`, one after the other."""
        asked = self._encoder.query(question).below
        said = np.concatenate([self._encoder.passage(sentence).below for sentence in sentences])
        (found,) = self._model.run({"q": asked[None], "x": said[None]})
        _, bears, states = map(float, found[0])
        return Reading(bears + states, states)
