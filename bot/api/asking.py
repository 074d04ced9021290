"""One question from request to public answer: checked, timed, counted, and its receipt kept."""

from concurrent.futures import TimeoutError as Waited
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

from bot.api import problems, schema
from bot.api.log import fingerprint, log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest
from bot.model import Mode
from bot.receipts import RecordsUnavailable, write_receipt
from bot.service import Asked

TOO_SLOW = "大模型未在限时内作答，以上为原文摘录。"


def answer(parts: Parts, request: AskRequest) -> schema.Answer:
    """Raises Problem for a question that cannot be asked."""
    question = parts.legible(request.question, "question")
    plans = parts.known_plans(request.plans)
    mode = request.mode or "auto"
    asked = (
        parts.bot.ask(question, request.session_id, plans, mode)
        if request.timeout_ms is None
        else _ask_within(parts, request, plans, request.timeout_ms / 1000)
    )
    version = parts.bot.corpus_version
    parts.metrics.answer(asked.answer.status, asked.answer.mode)
    _keep_receipt(parts, asked, version)
    log.info(
        "answered",
        answer_id=asked.answer_id,
        question=fingerprint(question),
        length=len(question),
        status=asked.answer.status.value,
        mode=asked.answer.mode.value,
        citations=len(asked.answer.citations),
        took_ms=round(asked.took_ms, 1),
    )
    return parts.present.answer(asked, version)


def _ask_within(parts: Parts, request: AskRequest, plans: tuple[str, ...] | None, seconds: float) -> Asked:
    """An answer in time, or else the clauses' own words, which need no model."""
    mode: str = request.mode or "auto"
    began = perf_counter()
    future = parts.waiters.submit(parts.bot.ask, request.question, request.session_id, plans, mode)
    try:
        return future.result(timeout=seconds)
    except Waited:
        future.cancel()
    if mode == Mode.EXTRACTIVE:
        raise Problem(problems.TIMEOUT, limit=request.timeout_ms)
    asked = parts.bot.ask(request.question, request.session_id, plans, Mode.EXTRACTIVE)
    noted = replace(asked.answer, notes=(*asked.answer.notes, TOO_SLOW))
    return replace(asked, answer=noted, took_ms=(perf_counter() - began) * 1000)


def _keep_receipt(parts: Parts, asked: Asked, corpus_version: str) -> None:
    """An answer is given whether or not its receipt can be kept; a lost one is logged and counted."""
    if parts.records is None:
        return
    try:
        parts.records.keep(write_receipt(asked, corpus_version, datetime.now(UTC)))
    except RecordsUnavailable as error:
        parts.metrics.receipt_lost()
        log.warning("receipt_lost", answer_id=asked.answer_id, reason=error.reason)
