"""Anyone's texts, read by the shipped models: counted, turned into vectors, judged against a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from bot.judge.model import JudgeModel
from bot.question.fold import fold
from vectorstore.encoder import DIMENSION, LONGEST_QUERY, Encoder, Encoding, Floats
from vectorstore.index import Channel, ClauseIndex, Query
from vectorstore.passages import sentence_spans

SHORTEST = 16  # characters of neighbouring sentences that are judged as one


@dataclass(frozen=True, slots=True)
class Bearing:
    """Probabilities that a document's best sentence bears on a question, and that it states what is asked."""

    bears: float
    states: float


class Texts(Protocol):
    """What clients want of the models beside answers."""

    def count(self, text: str) -> int:
        """How many tokens a text is."""

    def vectors(self, texts: Sequence[str], asked: bool = False) -> Floats:
        """(n, DIMENSION), rows of length 1; `asked`: the texts are what people ask, else what is searched."""

    def bearing(self, question: str, documents: Sequence[str]) -> list[Bearing]:
        """One a document, in their order."""

    def nearest(self, question: str) -> str:
        """The id of the clause whose sentence's vector is nearest to the question's; empty when there is none."""


@runtime_checkable
class WithTexts(Protocol):
    """A bot whose models may be used by themselves."""

    @property
    def texts(self) -> Texts: ...


class ShippedTexts:
    """Implements `Texts`. Safe to share between threads.

    A text longer than the encoder reads at once is read stretch by stretch: its vector is their mean, weighed by
    their tokens. The judge knows sentences, so a document bears as far as the best of its sentences does.
    """

    def __init__(self, encoder: Encoder, judge: JudgeModel, index: ClauseIndex) -> None:
        self._encoder, self._judge, self._index = encoder, judge, index

    def count(self, text: str) -> int:
        return self._encoder.count(text)

    def vectors(self, texts: Sequence[str], asked: bool = False) -> Floats:
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        return np.stack([_mean(self._asked(text) if asked else self._searched(text)) for text in texts])

    def bearing(self, question: str, documents: Sequence[str]) -> list[Bearing]:
        asked = self._encoder.query(fold(question))
        read = [[one for part in _sentences(text) for one in self._searched(part)] for text in documents]
        found = self._judge.read(asked, [one for of_document in read for one in of_document])
        ends = np.cumsum([len(of_document) for of_document in read])
        return [_best(found[end - len(of_document) : end]) for end, of_document in zip(ends, read, strict=True)]

    def nearest(self, question: str) -> str:
        folded = fold(question)
        hits = self._index.search(Query(folded), 1, Channel.DENSE) if folded else []
        return hits[0].clause_id if hits else ""

    def _asked(self, text: str) -> list[Encoding]:
        return [self._encoder.query(part) for part in self._encoder.stretches(fold(text), LONGEST_QUERY)]

    def _searched(self, text: str) -> list[Encoding]:
        return self._encoder.passages(self._encoder.stretches(text))


def _sentences(text: str) -> list[str]:
    """At least one; short ones go together."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if spans and end - spans[-1][0] <= SHORTEST:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [text[start:end] for start, end in spans] or [text]


def _mean(encodings: Sequence[Encoding]) -> Floats:
    if len(encodings) == 1:
        return encodings[0].vector
    weights = np.array([len(one.states) for one in encodings], dtype=np.float32)
    mean: Floats = weights @ np.stack([one.vector for one in encodings])
    return mean / np.linalg.norm(mean)


def _best(rows: Floats) -> Bearing:
    bears = rows[:, 1] + rows[:, 2]
    best = int(bears.argmax())
    return Bearing(float(bears[best]), float(rows[best, 2]))
