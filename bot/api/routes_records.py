"""Receipts of answers, and what people thought of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Request

from bot.api import examples, idempotency, present, problems, schema
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import FeedbackRequest
from bot.records.receipts import Feedback, Records, RecordsUnavailable, moment

MISSING = (problems.UNKNOWN_ANSWER, problems.RECORDS_UNAVAILABLE)
AnswerId = Annotated[str, Path(openapi_examples=examples.ANSWER_IDS)]
Rated = Annotated[FeedbackRequest, Body(openapi_examples=examples.FEEDBACK)]


def record_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["回执与评价"])

    @router.get("/answers/{answer_id}", summary="回执", responses=examples.responses(examples.RECEIPT, *MISSING))
    def answer_receipt(answer_id: AnswerId) -> schema.Receipt:
        with _open(parts) as records:
            kept = records.receipt(answer_id)
        if kept is None:
            raise Problem(problems.UNKNOWN_ANSWER)
        return present.receipt(kept)

    @router.post(
        "/feedback",
        summary="评价",
        status_code=201,
        responses=examples.responses(
            examples.FEEDBACK_KEPT, *problems.READING, *MISSING, *idempotency.ERRORS, success=201
        ),
    )
    def feedback(request: Rated, http: Request, key: idempotency.Key = None) -> schema.FeedbackKept:
        return idempotency.once(parts, http, key, request, schema.FeedbackKept, lambda: rate(request))

    def rate(request: FeedbackRequest) -> schema.FeedbackKept:
        given_at = moment(datetime.now(UTC))
        with _open(parts) as records:
            kept = records.rate(Feedback(request.answer_id, request.useful, request.comment or "", given_at))
        if not kept:
            raise Problem(problems.UNKNOWN_ANSWER)
        return schema.FeedbackKept(answer_id=request.answer_id, useful=request.useful)

    return router


@contextmanager
def _open(parts: Parts) -> Iterator[Records]:
    """The records, if there are any; Problem when there are none or they fail."""
    if parts.records is None:
        raise Problem(problems.RECORDS_UNAVAILABLE, "本服务未启用回执与评价。")
    try:
        yield parts.records
    except RecordsUnavailable as error:
        log.warning("records_unavailable", reason=error.reason)
        raise Problem(problems.RECORDS_UNAVAILABLE) from error
