"""What came of a question: the port every stage of training and the served models are measured through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.model import Intent
from ingest.model import Passage
from vectorstore.chroma import ExactDense
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoding
from vectorstore.index import PassageIndex, Query, embedding_text
from vectorstore.lexical import LexicalIndex

CANDIDATES = 12  # as many as the bot reads of one plan

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """`rows` are the candidate passages; `verdicts` (rows, 3) sum to 1: apart, bears, states."""

    rows: tuple[int, ...]
    verdicts: Floats
    intents: Mapping[Intent, float]
    asks: Mapping[str, float]

    @property
    def bears(self) -> Floats:
        found: Floats = self.verdicts[:, 1] + self.verdicts[:, 2]
        return found

    @property
    def states(self) -> Floats:
        found: Floats = self.verdicts[:, 2]
        return found

    @property
    def best(self) -> int | None:
        """The candidate that would be quoted first."""
        return self.rows[int((self.bears + self.states).argmax())] if self.rows else None

    @property
    def intent(self) -> Intent:
        return max(self.intents, key=lambda intent: self.intents[intent])


class Understanding(Protocol):
    def read(self, query: Query) -> Reading:
        """Candidates of the query's plans, judged; the question, routed."""


class HeldStates:
    """Token states of passages in memory; implements `vectorstore.states.PassageStates`."""

    def __init__(self, encodings: Sequence[Encoding]) -> None:
        self.encodings = encodings

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        return [self.encodings[row] for row in rows]


def index_of(passages: Sequence[Passage], embedder: Embedder, encodings: Sequence[Encoding]) -> PassageIndex:
    """The served search, in memory, over passages that are already encoded."""
    vectors = ExactDense(np.stack([encoding.vector for encoding in encodings]))
    return PassageIndex(passages, LexicalIndex.build(passages), vectors, embedder, "training", HeldStates(encodings))


def texts_of(passages: Sequence[Passage]) -> list[str]:
    """What a model reads of each."""
    return [embedding_text(passage) for passage in passages]
