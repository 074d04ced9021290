"""The judge's weights: (question, sentence) → does not bear, bears, states what is asked. And its thresholds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from vectorstore.encoder import Encoding
from vectorstore.onnx import OnnxModel

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities and shares, chosen on what the manifest holds: curves of sentences, and answers."""

    bears: float  # from which a sentence is taken to speak of what is asked
    states: float  # from which it is taken to say it
    detail: (
        float  # the same, where the router hears a detail asked for that plans seldom give: a fee, a form, a telephone
    )
    beside: float  # share of the best clause's score from which another clause of the plan is quoted too
    quoted: float  # share of the best sentence's score from which another of its clause is quoted too
    anywhere: float = 0.0  # as `states`, where no plan is named: one of many sooner looks as if it said it by chance
    near: float = 1.0  # weight of a sentence's nearness to the question in the order of candidates
    peer: float = 0.85  # share of the best plan's score from which another is told beside it when none is named
    on_topic: float = 0.5  # probability that a sentence states it, from which the router's “off topic” is not believed
    together: float = 0.5  # weight of the cross-encoder's log-odds in what a clause says; the judge's have the rest


class JudgeModel:
    """Opens `judge.onnx` and `manifest.json`. Safe to share between threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Raises ModelUnavailable."""
        self._model = OnnxModel(folder / "judge.onnx")
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.thresholds = Thresholds(**manifest["thresholds"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(str(folder), f"manifest.json cannot be read ({error})") from error
        self.id = f"judge@{self._model.digest}"

    def read(self, question: Encoding, sentences: Sequence[Encoding]) -> NDArray[np.float32]:
        """(n, 3), rows sum to 1. Each sentence is run by itself: the scales of int8 depend on what shares a batch."""
        found = np.zeros((len(sentences), 3), dtype=np.float32)
        asked = {"q": question.states[None], "qv": question.vector[None]}
        for row, sentence in enumerate(sentences):
            mask = np.ones((1, len(sentence.states)), dtype=np.float32)
            said = {"x": sentence.states[None], "xm": mask, "xv": sentence.vector[None]}
            (found[row],) = self._model.run(asked | said)[0]
        return found
