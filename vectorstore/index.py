"""The index: lexical and dense search over passages, fused to one list of passages or of their clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from ingest.errors import StoreError
from ingest.model import Passage
from vectorstore.alike import Alike, ClauseVectors
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoding
from vectorstore.exact import EXACT_MAX, KeptDense, best_rows
from vectorstore.fuse import TOP, dense_weight, fuse, z_scores
from vectorstore.lexical import LexicalIndex
from vectorstore.states import PassageStates
from vectorstore.tokenize import query_tokens

BEFORE_MAX = 2  # earlier questions that are read with a question
BEFORE_WEIGHT = 0.5  # of their words
SHARING = 8_000  # passages that share most with the question, where those searched are many times more
SCOPES = 64  # sets of plans whose rows are remembered: one may be all that are in force


class Channel(StrEnum):
    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question's own words, and what was asked before it when it leaves something out."""

    text: str
    before: tuple[str, ...] = ()  # earlier questions, oldest first
    plans: frozenset[str] | None = None  # only these plans; None means all

    @property
    def reading(self) -> str:
        """What a model reads: the question, then what was asked before it, latest first."""
        return self.text + "".join(f" 前文：{earlier}" for earlier in reversed(self.before[-BEFORE_MAX:]))


@dataclass(frozen=True, slots=True)
class Found:
    """A passage by its row. Scores are higher-is-better; `dense` is a cosine, -1 to 1."""

    row: int
    passage: Passage
    score: float
    lexical: float
    dense: float


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


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """Rows that share a word with a question, ascending, and how much."""

    rows: NDArray[np.intp]
    scores: NDArray[np.float32]


class ClauseIndex(Protocol):
    """What the bot needs of an index."""

    corpus_version: str

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        """Best clauses first; ties break on clause id; empty when nothing matches at all."""

    def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:
        """Best passages first; ties break on the order of the plans."""

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        """What the judge reads of these passages."""

    def close(self) -> None:
        """Let go of files and connections."""


class PassageIndex:
    """The two channels over one list of passages; row i of either is passage i."""

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: KeptDense,
        embedder: Embedder,
        corpus_version: str = "",
        states: PassageStates | None = None,
    ) -> None:
        self.passages, self.lexical, self.dense, self.embedder = passages, lexical, dense, embedder
        self.corpus_version = corpus_version
        self._states = states
        self._rows = _rows_by_plan(passages)
        self._dense_weight = dense_weight(len(passages))
        self._among = lru_cache(maxsize=SCOPES)(self._rows_of)
        self._clauses = ClauseVectors(passages, dense, self._among)

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        best: dict[str, Hit] = {}
        for found in self._ranked(query, max(TOP, limit * 3), channel):
            if found.passage.clause_id not in best:
                best[found.passage.clause_id] = _hit(found)
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.clause_id))[:limit]

    def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:
        return self._ranked(query, max(TOP, limit * 3), channel)[:limit]

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        if self._states is None:
            raise StoreError("This index has no token states. Run `metrology build`.")
        return self._states.of(rows)

    def alike(self, clause_id: str, plans: Sequence[str]) -> list[Alike]:
        """Implements `vectorstore.alike.FindsAlike`."""
        return self._clauses.alike(clause_id, plans)

    def _ranked(self, query: Query, depth: int, channel: Channel) -> list[Found]:
        rows = self._allowed(query.plans)
        worded = self._worded(query, rows) if channel is not Channel.DENSE else None
        lexical = dict(best_rows(worded.scores, depth, worded.rows)) if worded else {}
        near = self._near(worded, rows) if worded and channel is Channel.HYBRID else rows
        dense = dict(self._dense(query, depth, near)) if channel is not Channel.LEXICAL else {}
        if channel is Channel.HYBRID:
            scores = fuse([(1.0, z_scores(list(lexical.items()))), (self._dense_weight, z_scores(list(dense.items())))])
        else:
            scores = lexical or dense
        return [
            Found(row, self.passages[row], score, lexical.get(row, 0.0), dense.get(row, 0.0))
            for row, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        ]

    def close(self) -> None:
        self.dense.close()

    def _allowed(self, plans: frozenset[str] | None) -> NDArray[np.intp] | None:
        return None if plans is None else self._among(plans)

    def _rows_of(self, plans: frozenset[str]) -> NDArray[np.intp]:
        wanted = [self._rows[plan] for plan in sorted(plans) if plan in self._rows]
        return np.sort(np.concatenate(wanted)) if wanted else np.array([], dtype=np.intp)

    def _worded(self, query: Query, rows: NDArray[np.intp] | None) -> Worded:
        weights = query_tokens(query.text)
        for earlier in query.before[-BEFORE_MAX:]:
            for token, part in query_tokens(earlier).items():
                weights[token] = max(weights.get(token, 0.0), part * BEFORE_WEIGHT)
        scores = self.lexical.scores(weights)
        found = np.flatnonzero(scores) if rows is None else rows[scores[rows] > 0]
        return Worded(found, scores[found])

    def _near(self, worded: Worded, rows: NDArray[np.intp] | None) -> NDArray[np.intp] | None:
        """Rows whose vectors are compared: of very many, those that share most with the question.

        To compare these one by one takes a tenth of what graphs over all take, and loses a hundredth of what is found.
        """
        size = len(self.passages) if rows is None else len(rows)
        if size <= EXACT_MAX or not len(worded.rows):
            return rows
        if len(worded.rows) <= SHARING:
            return worded.rows
        return np.sort(worded.rows[np.argpartition(-worded.scores, SHARING)[:SHARING]])

    def _dense(self, query: Query, limit: int, rows: NDArray[np.intp] | None) -> list[tuple[int, float]]:
        vector = self.embedder.embed_queries([query.reading])[0]
        return self.dense.top(vector, limit, rows) if vector.any() else []


def _hit(found: Found) -> Hit:
    passage = found.passage
    return Hit(
        clause_id=passage.clause_id,
        plan_id=passage.plan_id,
        score=found.score,
        lexical=found.lexical,
        dense=found.dense,
        start=passage.start,
        end=passage.end,
    )


def embedding_text(passage: Passage) -> str:
    """What a model reads of a passage: its headings stand for what the sentence leaves unsaid."""
    return f"{passage.lead}：{passage.text}" if passage.lead else passage.text


class Texts(Sequence[str]):
    """What a model reads of passages, put together when it is read."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def __len__(self) -> int:
        return len(self._passages)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [embedding_text(passage) for passage in self._passages[at]]
        return embedding_text(self._passages[at])


def _rows_by_plan(passages: Iterable[Passage]) -> dict[str, NDArray[np.intp]]:
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(passage.plan_id, []).append(row)
    return {plan: np.array(found, dtype=np.intp) for plan, found in rows.items()}
