"""The clause index: lexical and dense search over passages, fused to one list of clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.chroma import DenseIndex, best_rows
from vectorstore.embed import Embedder
from vectorstore.fuse import TOP, dense_weight, fuse, z_scores
from vectorstore.lexical import LexicalIndex
from vectorstore.tokenize import query_tokens


class Channel(StrEnum):
    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question's own words, and plan words it stands for with their weights."""

    text: str
    expansions: tuple[tuple[str, float], ...] = ()
    plans: frozenset[str] | None = None  # only these plans; None means all


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved clause and its best passage. Scores are higher-is-better; `dense` is a cosine, -1 to 1."""

    clause_id: str
    plan_id: str
    score: float
    lexical: float
    dense: float
    start: int
    end: int


class ClauseIndex(Protocol):
    """What the bot needs of an index."""

    corpus_version: str

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        """Best clauses first; ties break on clause id; empty when nothing matches at all."""

    def close(self) -> None:
        """Let go of files and connections."""


class PassageIndex:
    """The two channels over one list of passages; row i of either is passage i."""

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        corpus_version: str = "",
    ) -> None:
        self.passages, self.lexical, self.dense, self.embedder = passages, lexical, dense, embedder
        self.corpus_version = corpus_version
        self._rows = _rows_by_plan(passages)
        self._dense_weight = dense_weight(len(passages))

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        rows = self._allowed(query.plans)
        depth = max(TOP, limit * 3)
        lexical = self._lexical(query, depth, rows) if channel is not Channel.DENSE else []
        dense = self._dense(query, depth, rows) if channel is not Channel.LEXICAL else []
        if channel is Channel.LEXICAL:
            fused = dict(lexical)
        elif channel is Channel.DENSE:
            fused = dict(dense)
        else:
            fused = fuse([(1.0, z_scores(lexical)), (self._dense_weight, z_scores(dense))])
        return self._best_clauses(fused, dict(lexical), dict(dense), limit)

    def close(self) -> None:
        self.dense.close()

    def _allowed(self, plans: frozenset[str] | None) -> NDArray[np.intp] | None:
        if plans is None:
            return None
        wanted = [self._rows[plan] for plan in sorted(plans) if plan in self._rows]
        return np.sort(np.concatenate(wanted)) if wanted else np.array([], dtype=np.intp)

    def _lexical(self, query: Query, limit: int, rows: NDArray[np.intp] | None) -> list[tuple[int, float]]:
        weights = query_tokens(query.text)
        for text, weight in query.expansions:
            for token, part in query_tokens(text).items():
                weights[token] = max(weights.get(token, 0.0), part * weight)
        scores = self.lexical.scores(weights)
        found = np.flatnonzero(scores) if rows is None else rows[scores[rows] > 0]
        return best_rows(scores[found], limit, found)

    def _dense(self, query: Query, limit: int, rows: NDArray[np.intp] | None) -> list[tuple[int, float]]:
        text = " ".join([query.text, *(text for text, weight in query.expansions if weight >= 0.5)])
        vector = self.embedder.embed_queries([text])[0]
        return self.dense.top(vector, limit, rows) if vector.any() else []

    def _best_clauses(
        self, fused: dict[int, float], lexical: dict[int, float], dense: dict[int, float], limit: int
    ) -> list[Hit]:
        best: dict[str, Hit] = {}
        for row, score in fused.items():
            passage = self.passages[row]
            if passage.clause_id not in best or score > best[passage.clause_id].score:
                best[passage.clause_id] = Hit(
                    clause_id=passage.clause_id,
                    plan_id=passage.plan_id,
                    score=score,
                    lexical=lexical.get(row, 0.0),
                    dense=dense.get(row, 0.0),
                    start=passage.start,
                    end=passage.end,
                )
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.clause_id))[:limit]


def embedding_text(passage: Passage) -> str:
    """What is embedded for a passage: its heading stands for what the sentence leaves unsaid."""
    return f"{passage.heading}。{passage.text}" if passage.heading not in passage.text else passage.text


def _rows_by_plan(passages: Iterable[Passage]) -> dict[str, NDArray[np.intp]]:
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(passage.plan_id, []).append(row)
    return {plan: np.array(found, dtype=np.intp) for plan, found in rows.items()}
