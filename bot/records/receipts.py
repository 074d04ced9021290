"""Receipts: what was asked and said, on which corpus. And the port that keeps them."""

import hashlib
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.lately import Lately
from bot.model import Answer, Citation, Mode, Status
from bot.service import Asked
from ingest.errors import StoreError

REMEMBERED = 512  # answers that are given again


class RecordsUnavailable(StoreError):
    """Receipts and feedback cannot be kept or read now; answering goes on without them."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"Records at '{where}' are unavailable: {reason}. Check disk space, locks and DATABASE_URL.")


@dataclass(frozen=True, slots=True)
class ReceiptStatement:
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReceiptCitation:
    """`text_sha256` is over the whole clause as it stood, so that a later change shows."""

    index: int
    clause_id: str
    start: int
    end: int
    quote: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """`asked_at` is ISO 8601 in UTC with milliseconds, which sorts as text.

    `user` is the keyed hash of the caller's own id for who asked, `caller` the key it was asked with; empty for none.
    """

    answer_id: str
    question: str
    status: Status
    statements: tuple[ReceiptStatement, ...]
    citations: tuple[ReceiptCitation, ...]
    notes: tuple[str, ...]
    mode: Mode
    model: str
    corpus_version: str
    asked_at: str
    user: str = ""
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A caller has one rating for an answer: the last."""

    answer_id: str
    useful: bool
    comment: str
    given_at: str
    user: str = ""
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is kept of one user, oldest first."""

    receipts: tuple[Receipt, ...]
    feedback: tuple[Feedback, ...]


class Records(Protocol):
    """Where receipts and feedback are kept. Every method raises RecordsUnavailable when it cannot do its part."""

    def keep(self, receipt: Receipt) -> None:
        """Keep a receipt; its id must be new."""

    def receipt(self, answer_id: str) -> Receipt | None:
        """The receipt, or None when there is none."""

    def rate(self, feedback: Feedback) -> bool:
        """Keep a rating, in place of the caller's earlier one; False when there is no such answer."""

    def close(self) -> None:
        """Let go of files and connections."""


@runtime_checkable
class KeepsSoon(Protocol):
    """Records that keep many receipts at a time."""

    def keep_soon(self, receipt: Receipt) -> "Future[None]":
        """As `keep`, without waiting: done when it is kept; ends in RecordsUnavailable when it cannot be."""


def moment(at: datetime) -> str:
    """An aware datetime as receipts write it: `2026-11-21T08:30:00.000+00:00` for UTC."""
    return at.isoformat(timespec="milliseconds")


_Said = tuple[tuple[ReceiptStatement, ...], tuple[ReceiptCitation, ...]]
_SAID: Lately[_Said] = Lately(REMEMBERED)


def write_receipt(asked: Asked, corpus_version: str, at: datetime, user: str = "", caller: str = "") -> Receipt:
    """`at` is in UTC."""
    answer = asked.answer
    statements, citations = _SAID.of(answer, lambda: _said(answer))
    return Receipt(
        answer_id=asked.answer_id,
        question=asked.question.text,
        status=answer.status,
        statements=statements,
        citations=citations,
        notes=answer.notes,
        mode=answer.mode,
        model=answer.model,
        corpus_version=corpus_version,
        asked_at=moment(at),
        user=user,
        caller=caller,
    )


def _said(answer: Answer) -> _Said:
    statements = (ReceiptStatement(each.text, tuple(sorted(answer.numbers(each)))) for each in answer.statements)
    return tuple(statements), tuple(_cited(index, each) for index, each in enumerate(answer.citations, start=1))


def _cited(index: int, citation: Citation) -> ReceiptCitation:
    digest = hashlib.sha256(citation.clause.text.encode()).hexdigest()
    return ReceiptCitation(index, citation.clause.id, citation.start, citation.end, citation.quote, digest)
