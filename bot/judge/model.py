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
BATCH = 8  # sentences of like length run at once


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
        """(n, 3), rows sum to 1. Sentences of like length are read together, so that little is padding."""
        if not sentences:
            return np.zeros((0, 3), dtype=np.float32)
        order = sorted(range(len(sentences)), key=lambda row: len(sentences[row].states))
        found = np.zeros((len(sentences), 3), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            found[rows] = self._run(question, [sentences[row] for row in rows])
        return found

    def _run(self, question: Encoding, sentences: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(sentence.states) for sentence in sentences)
        states = np.zeros((len(sentences), longest, question.states.shape[1]), dtype=np.float32)
        mask = np.zeros((len(sentences), longest), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            states[row, : len(sentence.states)] = sentence.states
            mask[row, : len(sentence.states)] = 1
        vectors = np.stack([sentence.vector for sentence in sentences])
        inputs = {"q": question.states[None], "qv": question.vector[None], "x": states, "xm": mask, "xv": vectors}
        return self._model.run(inputs)[0]
