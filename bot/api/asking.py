"""One question from request to public answer: checked, timed, counted, and its receipt kept."""

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import TimeoutError as Waited
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import TypeVar

from bot import wording
from bot.api import problems, schema
from bot.api.callers import current_caller
from bot.api.deadline import RECEIPT_SECONDS, deadline_of, in_time, soon
from bot.api.log import fingerprint, log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest
from bot.model import Mode, Statement
from bot.records.masking import mask
from bot.records.receipts import KeepsSoon, Receipt, RecordsUnavailable, write_receipt
from bot.service import Asked, Telling
from bot.write.tally import Tally
from bot.write.wording import TOO_SLOW

Given = TypeVar("Given")


def answer(parts: Parts, request: AskRequest, began: float | None = None) -> schema.Answer:
    """Raises Problem for a question that cannot be asked. `began`: when the request came, by `perf_counter`."""
    question, plans, mode = _checked(parts, request)
    if deadline := deadline_of(request, began or perf_counter()):
        return publish(parts, request, in_time(parts, request, plans, deadline))
    if request.timeout_ms is None:
        session, as_of = session_of(request.session_id), request.as_of or ""
        return publish(parts, request, parts.bot.ask(question, session, plans, mode, as_of))
    told = _within(parts, request, plans, lambda: _last(_begun(parts, request, plans)))
    return publish(parts, request, told if isinstance(told, Asked) else _last(told))


async def answer_at_hand(parts: Parts, request: AskRequest) -> schema.Answer | None:
    """As `answer` where that costs nothing, in no thread and in nobody's turn; None where it must be worked for."""
    waits = parts.records is not None and parts.ledger is None
    if parts.at_hand is None or waits or request.session_id is not None:
        return None
    asked = parts.at_hand.at_hand(*_checked(parts, request), request.as_of or "")
    if asked is None:
        return None
    receipt = _receipt(parts, request, asked, _version(parts, asked))
    kept = parts.ledger is not None and await _kept_soon(parts, parts.ledger, receipt, request.deadline_ms is not None)
    return _told_of(parts, request, asked, kept)


def begin(parts: Parts, request: AskRequest, began: float | None = None) -> Telling:
    """The answer as it comes, or whole when it has a deadline; its last item is for `publish`. Raises as `answer`."""
    _, plans, _ = _checked(parts, request)
    if deadline := deadline_of(request, began or perf_counter()):
        return Telling(_as_told(in_time(parts, request, plans, deadline)))
    if request.timeout_ms is None:
        return _begun(parts, request, plans)
    return _within(parts, request, plans, lambda: _begun(parts, request, plans))


def publish(parts: Parts, request: AskRequest, asked: Asked) -> schema.Answer:
    """The public form of an answer that is now given: counted, logged, its receipt kept."""
    kept = parts.records is not None and _kept_in_time(parts, request, asked, _version(parts, asked))
    return _told_of(parts, request, asked, kept)


def _version(parts: Parts, asked: Asked) -> str:
    """Of the documents it was answered from."""
    return asked.corpus_version or parts.bot.corpus_version


def _told_of(parts: Parts, request: AskRequest, asked: Asked, kept: bool) -> schema.Answer:
    version, question = _version(parts, asked), mask(request.question)
    parts.metrics.answer(asked.answer)
    if parts.records is not None and not kept:
        asked = replace(asked, answer=replace(asked.answer, notes=(*asked.answer.notes, wording.RECEIPT_LOST)))
    log.info(
        "answered",
        answer_id=asked.answer_id,
        question=fingerprint(question),
        length=len(question),
        status=asked.answer.status.value,
        mode=asked.answer.mode.value,
        citations=len(asked.answer.citations),
        took_ms=round(asked.took_ms, 1),
        **_of_the_model(parts, asked.tally),
    )
    return parts.presented.answer(asked, version, request.max_bytes, kept)


def session_of(session_id: str | None) -> str | None:
    """The conversation a caller means: each has its own, whatever it calls them."""
    return current_caller().session(session_id)


def _checked(parts: Parts, request: AskRequest) -> tuple[str, tuple[str, ...] | None, str]:
    return parts.legible(request.question, "question"), parts.known_plans(request.plans), request.mode or "auto"


def _begun(parts: Parts, request: AskRequest, plans: tuple[str, ...] | None, mode: str | None = None) -> Telling:
    seconds = None if request.timeout_ms is None else request.timeout_ms / 1000
    chosen: str = mode or request.mode or "auto"
    session, as_of = session_of(request.session_id), request.as_of or ""
    return parts.bot.ask_stream(request.question, session, plans, chosen, seconds, as_of)


def _last(telling: Telling) -> Asked:
    for told in telling:
        if isinstance(told, Asked):
            return told
    raise RuntimeError("An answer ends with the whole of it.")


def _as_told(asked: Asked) -> Generator[Statement | Asked, None, None]:
    yield from asked.answer.statements
    yield asked


def _within(
    parts: Parts, request: AskRequest, plans: tuple[str, ...] | None, work: Callable[[], Given]
) -> Given | Telling:
    """What `work` gives in time, or else the clauses' own words, which need no model.

    A bot keeps the time it is given; this is for one that does not.
    """
    began = perf_counter()
    future = parts.waiters.submit(copy_context().run, work)
    try:
        return future.result(timeout=(request.timeout_ms or 0) / 1000)
    except Waited:
        future.cancel()
    if request.mode == Mode.EXTRACTIVE.value:
        raise Problem(problems.TIMEOUT, limit=request.timeout_ms)
    return Telling(_late(_begun(parts, request, plans, Mode.EXTRACTIVE), began))


def _late(telling: Telling, began: float) -> Generator[Statement | Asked, None, None]:
    """The same answer, with the note that it is not the model's."""
    for told in telling:
        if isinstance(told, Asked):
            noted = replace(told.answer, notes=(*told.answer.notes, TOO_SLOW))
            yield replace(told, answer=noted, took_ms=(perf_counter() - began) * 1000)
        else:
            yield told


def _of_the_model(parts: Parts, tally: Tally | None) -> dict[str, object]:
    """Counts for the log and the metrics, when a model was asked; never a word it wrote."""
    if tally is None:
        return {}
    parts.metrics.model(tally)
    return {
        "verified": tally.verified,
        "replaced": tally.replaced,
        "dropped": tally.dropped,
        "faults": dict(sorted(tally.faults.items())),
        "model_failure": tally.failure,
    }


def _kept_in_time(parts: Parts, request: AskRequest, asked: Asked, corpus_version: str) -> bool:
    """As `_has_receipt`; with a deadline it is not waited for to the end, and taken to be kept."""
    keep = partial(_has_receipt, parts, request, asked, corpus_version)
    return keep() if request.deadline_ms is None else soon(parts, keep)


def _has_receipt(parts: Parts, request: AskRequest, asked: Asked, corpus_version: str) -> bool:
    """An answer is given whether or not its receipt can be kept; a lost one is logged, counted and said."""
    if parts.records is None:
        return False
    receipt = _receipt(parts, request, asked, corpus_version)
    try:
        parts.records.keep(receipt)
    except RecordsUnavailable as error:
        _lost(parts, receipt, error.reason)
        return False
    return True


async def _kept_soon(parts: Parts, ledger: KeepsSoon, receipt: Receipt, hasty: bool) -> bool:
    """As `_kept_in_time`, while others are served; their receipts are kept in the same transaction."""
    keeping = asyncio.wrap_future(ledger.keep_soon(receipt))
    try:
        if not hasty:
            await keeping
        else:
            await asyncio.wait_for(asyncio.shield(keeping), RECEIPT_SECONDS)
    except RecordsUnavailable as error:
        _lost(parts, receipt, error.reason)
        return False
    except TimeoutError:
        keeping.add_done_callback(lambda late: late.exception())
    return True


def _receipt(parts: Parts, request: AskRequest, asked: Asked, corpus_version: str) -> Receipt:
    user = parts.callers.secret.of_user(request.user_id) if request.user_id else ""
    return write_receipt(asked, corpus_version, datetime.now(UTC), user, current_caller().name)


def _lost(parts: Parts, receipt: Receipt, reason: str) -> None:
    parts.metrics.receipt_lost()
    log.warning("receipt_lost", answer_id=receipt.answer_id, reason=reason)
