"""Which candidates bear on a question, and how far each states what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.judge.cross import CrossEncoder, Reading
from bot.judge.model import JudgeModel
from bot.model import Question
from bot.question.read import query_of
from bot.retrieve.find import Candidate
from ingest.model import Clause, Passage, Plan
from vectorstore.encoder import Encoder, Floats
from vectorstore.index import ClauseIndex, embedding_text

SURE = 1e-4  # probabilities nearer to 0 or 1 are taken as this near


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate read with the question. `bears` and `states` are probabilities; what states also bears.

    `score`, between 0 and 1, orders candidates: `bears`, moved by how near the sentence's vector is to the question's.
    """

    candidate: Candidate
    bears: float
    states: float
    score: float

    @property
    def plan(self) -> Plan:
        return self.candidate.plan

    @property
    def clause(self) -> Clause:
        return self.candidate.clause

    @property
    def passage(self) -> Passage:
        return self.candidate.passage


class SentenceJudge:
    """Reads the question once and each candidate's stored states."""

    def __init__(
        self, encoder: Encoder, model: JudgeModel, index: ClauseIndex, cross: CrossEncoder | None = None
    ) -> None:
        """Without `cross`, what sentences state is what each of them does by itself."""
        self.encoder, self.model, self.index, self.cross = encoder, model, index, cross

    def read(self, question: Question, candidates: Sequence[Candidate]) -> list[Judged]:
        """Best first; ties keep the order of the search."""
        if not candidates or not question.folded:
            return []
        asked = self.encoder.query(query_of(question).reading)
        sentences = self.index.states([candidate.row for candidate in candidates])
        found = self.model.read(asked, sentences)
        bears = found[:, 1] + found[:, 2]
        scores = _nearer(bears, np.stack([one.vector for one in sentences]) @ asked.vector, self.model.thresholds.near)
        rows = zip(candidates, bears, found[:, 2], scores, strict=True)
        judged = [Judged(candidate, float(bear), float(state), float(score)) for candidate, bear, state, score in rows]
        return sorted(judged, key=lambda one: -one.score)

    def together(self, question: Question, sentences: Sequence[Judged]) -> Reading | None:
        """Of `sentences` of one clause, read as they would be quoted."""
        if self.cross is None:
            return None
        return self.cross.read(query_of(question).reading, tuple(embedding_text(one.passage) for one in sentences))


def weighed(one: float, other: float, weight: float) -> float:
    """Between two probabilities, by their log-odds: `weight` of the other's."""
    ours, theirs = log_odds(np.array([one, other]))
    return float(probability((1 - weight) * ours + weight * theirs))


def log_odds(probabilities: NDArray[Any]) -> NDArray[Any]:
    sure = np.clip(probabilities, SURE, 1 - SURE)
    odds: NDArray[Any] = np.log(sure / (1 - sure))
    return odds


def probability(odds: NDArray[Any]) -> NDArray[Any]:
    """Of log-odds."""
    found: NDArray[Any] = 1 / (1 + np.exp(-odds))
    return found


def _nearer(bears: Floats, cosines: Floats, weight: float) -> Floats:
    """The odds of bearing times exp(weight × the cosine's z-score among the candidates), as a probability again."""
    spread = float(cosines.std()) or 1.0
    return probability(log_odds(bears) + weight * (cosines - cosines.mean()) / spread)
