"""Receipts of answers, and what people thought of them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Request, Response

from bot.api import examples, idempotency, present, problems, schema
from bot.api.callers import current_caller
from bot.api.keeping import NO_STORE, kept_by, own_receipt
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import FeedbackRequest
from bot.records.receipts import Feedback, moment

MISSING = (problems.UNKNOWN_ANSWER, problems.RECORDS_UNAVAILABLE)
AnswerId = Annotated[str, Path(openapi_examples=examples.ANSWER_IDS)]
Rated = Annotated[FeedbackRequest, Body(openapi_examples=examples.FEEDBACK)]


def record_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["回执与评价"])

    @router.get(
        "/answers/{answer_id}",
        summary="回执",
        responses=examples.responses(examples.RECEIPT, *MISSING, problems.SCOPE_NEEDED),
    )
    def answer_receipt(answer_id: AnswerId, response: Response) -> schema.Receipt:
        kept = own_receipt(parts, answer_id)
        if kept is None:
            raise Problem(problems.UNKNOWN_ANSWER)
        response.headers.update(NO_STORE)
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
        with kept_by(parts) as records:
            kept = records.rate(_feedback(parts, request))
        if not kept:
            raise Problem(problems.UNKNOWN_ANSWER)
        return schema.FeedbackKept(answer_id=request.answer_id, useful=request.useful)

    return router


def _feedback(parts: Parts, request: FeedbackRequest) -> Feedback:
    """Whose rating it is: the user's, if one is named, else that of whoever called."""
    user = parts.callers.secret.of_user(request.user_id) if request.user_id else ""
    caller = f"user-{user}" if user else current_caller().source
    given_at = moment(datetime.now(UTC))
    return Feedback(request.answer_id, request.useful, request.comment or "", given_at, user, caller)
