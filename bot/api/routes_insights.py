"""GET /v1/admin/insights: for staff, whom the gate lets in."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from bot.api import examples, problems
from bot.api.insights_schema import Insights
from bot.api.keeping import NO_STORE, kept_by
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import Day
from bot.records.exchanges import Exchange, period, today
from bot.records.insights import gather

_QUESTION: dict[str, Any] = {
    "question": "缺斤短两罚多少钱？",
    "times": 3,
    "disliked": 1,
    "status": "partial",
    "reason": "detail_missing",
    "clause_id": "quanzhou:三(四)17",
    "answer_id": "a-7f3c9e51",
    "last_asked_at": "2026-03-15T01:02:03.456+00:00",
}
_STATUSES = {"answered": 40, "partial": 3, "not_found": 2, "out_of_scope": 1}
_GROUP = {"times": 3, "disliked": 1, "questions": [_QUESTION]}
EXAMPLE: dict[str, Any] = {
    "period": {"first": "2026-03-01", "last": "2026-03-15"},
    "asked": 46,
    "days": [{"name": "2026-03-15", "asked": 46, "statuses": _STATUSES, "disliked": 1}],
    "statuses": _STATUSES,
    "plans": [{"name": "quanzhou", "asked": 43, "statuses": {**_STATUSES, "not_found": 0}, "disliked": 1}],
    "reasons": {"detail_missing": 3, "no_clause": 2, "off_topic": 1},
    "questions": [_QUESTION],
    "by_clause": [{"name": "quanzhou:三(四)17", "heading": "加强计量执法", **_GROUP}],
    "by_topic": [{"name": _QUESTION["question"], "heading": "", **_GROUP}],
    "left_out": 0,
}
DESCRIPTION = (
    "未能（完全）作答和被评为无用的问题，按最接近的条款和主题归组；每日、各状态、各规划的问答数与未能作答的缘由。"
    "不填 `from`、`to` 即最近三十天；日期按北京时间，两端都在内。只读记录，不重新作答；追问只有其本身的文字。"
)
First = Annotated[Day | None, Query(alias="from", openapi_examples={"march": {"value": "2026-03-01"}})]
Last = Annotated[Day | None, Query(alias="to", openapi_examples={"march": {"value": "2026-03-31"}})]


def insight_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1/admin", tags=["管理"])

    @router.get(
        "/insights",
        summary="问了什么，什么没能答上",
        description=DESCRIPTION,
        responses=examples.responses(
            EXAMPLE, problems.INVALID_REQUEST, problems.MODEL_UNAVAILABLE, problems.RECORDS_UNAVAILABLE
        ),
    )
    def insights(response: Response, first: First = None, last: Last = None) -> Insights:
        wanted = period(_date(first), _date(last), today())
        if wanted.last < wanted.first:
            raise Problem(problems.INVALID_REQUEST, "to 不能早于 from。")
        if parts.texts is None:
            raise Problem(problems.MODEL_UNAVAILABLE, "本服务未载入编码模型。")
        response.headers.update(NO_STORE)
        found = gather(_read(parts, *wanted.bounds), wanted, parts.bot.corpus, parts.texts)
        return Insights.model_validate(found)

    return router


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _read(parts: Parts, start: str, end: str) -> list[Exchange]:
    """The exchanges; Problem when none are kept or they cannot be read."""
    with kept_by(parts) as records:
        return [*records.exchanges(start, end)]
