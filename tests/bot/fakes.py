"""A bot over the shipped plans that needs no index: it quotes clauses which share words with the question."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from unicodedata import normalize
from zlib import crc32

import numpy as np

from bot.model import Answer, Citation, Mode, Question, Statement, Status
from bot.records.shared import InMemory, SharedUnavailable
from bot.service import Asked, Telling, Verdict
from bot.texts import Bearing
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from ingest.model import Clause
from vectorstore.encoder import DIMENSION, Floats
from vectorstore.index import Hit

NOTHING = Statement("所收规划中没有与此相关的条款。")


def shipped_corpus() -> Corpus:
    return Corpus(load_shipped_plans().plans)


@dataclass
class FakeTexts:
    """A character is a token; texts of the same first two characters have the same vector; shared pairs bear."""

    nearest_to: dict[str, str] = field(default_factory=dict)  # clause ids by a stretch of the question

    def count(self, text: str) -> int:
        return len(text)

    def vectors(self, texts: Sequence[str], asked: bool = False) -> Floats:
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, (crc32(text[:2].encode()) + asked) % DIMENSION] = 1
        return rows

    def bearing(self, question: str, documents: Sequence[str]) -> list[Bearing]:
        asked = {a + b for a, b in pairwise(question)}
        shares = [sum(pair in document for pair in asked) / max(len(asked), 1) for document in documents]
        return [Bearing(share, share / 2) for share in shares]

    def nearest(self, question: str) -> str:
        return next((clause_id for words, clause_id in self.nearest_to.items() if words in question), "")


@dataclass
class FakeBot:
    """`answers` are given in turn before anything is searched; an exception among them is raised."""

    corpus: Corpus = field(default_factory=shipped_corpus)
    corpus_version: str = "fake-corpus"
    answers: list[Answer | Exception] = field(default_factory=list)
    asked: list[tuple[str, str | None, tuple[str, ...] | None, str]] = field(default_factory=list)
    days: list[str] = field(default_factory=list)  # the days asked of, empty for today
    searched: list[str] = field(default_factory=list)  # the days searched for, empty for today
    glanced: list[tuple[str, str | None, tuple[str, ...] | None]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    texts: FakeTexts = field(default_factory=FakeTexts)

    def anew(self) -> "FakeBot":
        """As it was before anything was asked, for a service that several tests share."""
        self.asked.clear()
        self.answers.clear()
        return self

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        self.asked.append((text, session_id, plans, mode))
        self.days.append(as_of)
        given = self.answers.pop(0) if self.answers else self._answer(text, plans)
        if isinstance(given, Exception):
            raise given
        question = Question(text=text, folded=text, bare=text)
        return Asked(f"answer-{next(self.numbers)}", question, given, took_ms=1.25)

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,  # noqa: ARG002  it never takes any
        as_of: str = "",
    ) -> Telling:
        return Telling(_told(self.ask(text, session_id, plans, mode, as_of)))

    def glance(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, as_of: str = ""
    ) -> Asked:
        self.days.append(as_of)
        self.glanced.append((text, session_id, plans))
        near = tuple(citation for _, citation in self.search(text, plans, 3))
        answer = Answer(Status.PARTIAL, (Statement("来不及细读。"),), related=near)
        return Asked(f"glance-{next(self.numbers)}", Question(text=text, folded=text, bare=text), answer, took_ms=0.5)

    def forget(self, session_id: str) -> None:
        self.forgotten.append(session_id)

    def search(
        self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10, as_of: str = ""
    ) -> list[tuple[Hit, Citation]]:
        self.searched.append(as_of)
        pairs = {a + b for a, b in pairwise(text)}
        scored = [
            (sum(pair in clause.text for pair in pairs), clause)
            for plan in self.corpus.plans
            if plans is None or plan.id in plans
            for clause in plan.clauses
            if clause.searchable
        ]
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))[:limit]
        return [(_hit(clause, score), self.cite(clause.id)) for score, clause in best if score]

    def verify(self, clause_id: str, quote: str) -> Verdict:
        text = self.corpus.clause(clause_id).text
        for exact, folded in ((True, quote), (False, normalize("NFKC", quote))):
            start = (text if exact else normalize("NFKC", text)).find(folded)
            if start >= 0:
                return Verdict(True, start, start + len(folded), exact)
        return Verdict(False)

    def cite(self, clause_id: str, start: int = 0, end: int | None = None) -> Citation:
        """A citation of a shipped clause; of its first sentence unless told."""
        clause = self.corpus.clause(clause_id)
        stop = end or (clause.text.find("。") + 1) or len(clause.text)
        return Citation(self.corpus.plan(clause.plan_id), clause, start, stop)

    def _answer(self, text: str, plans: tuple[str, ...] | None) -> Answer:
        found = [citation for _, citation in self.search(text, plans, 3)]
        if not found:
            return Answer(Status.NOT_FOUND, (NOTHING,))
        statements = tuple(Statement(citation.quote, (citation,)) for citation in found[:2])
        return Answer(Status.ANSWERED, statements, related=tuple(found[2:]), mode=Mode.EXTRACTIVE)


class GoneShared(InMemory):
    """A Redis that is gone."""

    def put_new(self, key: str, value: bytes, seconds: float) -> bool:  # noqa: ARG002  nothing is kept
        raise SharedUnavailable("127.0.0.1:6379", "ConnectionError")


def _hit(clause: Clause, score: float) -> Hit:
    return Hit(clause.id, clause.plan_id, float(score), float(score), 0.0, 0, len(clause.text))


def _told(asked: Asked) -> Generator[Statement | Asked, None, None]:
    yield from asked.answer.statements
    yield asked
