"""Documents handed in, looked at, accepted, rejected, removed. An administrator's affair."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.openapi.models import Example

from bot.api import desk_schema, examples, present_desk, problems
from bot.api.keeping import by
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.problems import Problem, echo
from bot.curator import DraftDecided, LastPlan, PlanHeld
from bot.desk import Desk, TooManyDrafts
from bot.offers import Described
from bot.records.receipts import RecordsUnavailable
from ingest.errors import BadSetting, IngestError, StoreError, UnknownEntry
from vectorstore.store import IndexUnwritable
from vectorstore.versions import IndexBusy

LISTED_MAX = 500
KINDS = (
    (PlanHeld, problems.PLAN_HELD),
    (LastPlan, problems.LAST_PLAN),
    (DraftDecided, problems.DRAFT_DECIDED),
    (TooManyDrafts, problems.TOO_MANY_DRAFTS),
    (IndexBusy, problems.INDEX_BUSY),
    (IndexUnwritable, problems.STORAGE_FAILED),
    (RecordsUnavailable, problems.RECORDS_UNAVAILABLE),
    (IngestError, problems.UNREADABLE_DOCUMENT),
)
_DRAFT: dict[str, Any] = {
    "draft_id": "5f0c9a31b7de",
    "plan_id": "zhangzhou-2024",
    "file": "漳州意见.docx",
    "replaces": "",
    "sha256": "342b370a6992b189c0b37144f1743d7519e4c3571e3a2e0d81558ec81c7f7725",
    "made_at": "2026-03-15T01:02:03.456+00:00",
    "made_by": "3f2a9c1b7d4e",
    "status": "pending",
    "decided_at": "",
    "decided_by": "",
    "note": "",
}
_DONE: dict[str, Any] = {
    "action": "added",
    "plan_ids": ["zhangzhou-2024"],
    "corpus_version": "5d0c2b6f9a1e4c37",
    "version": "20260315T010305-1b2c3d4e",
    "seconds": 1.2,
    "switched": True,
}
_STEP: dict[str, Any] = {
    "at": "2026-03-15T01:03:05.000+00:00",
    "who": "3f2a9c1b7d4e",
    "action": "added",
    "plan_id": "zhangzhou-2024",
    "draft_id": "5f0c9a31b7de",
    "before": "9a1e4c375d0c2b6f",
    "after": "5d0c2b6f9a1e4c37",
    "note": "",
}
_HANDED_IN = {
    "new": Example(
        summary="一份新文件",
        value={"file": "notice.txt", "content": "5p+Q5biC6YCa55+lCuS4gOOAgeaAu+S9k+imgeaxggrliqDlvLrorqHph4/jgII="},
    )
}
_DECIDED = {"why": Example(summary="附缘由", value={"note": "已与原件核对。"})}
_UNAVAILABLE = (problems.RECORDS_UNAVAILABLE, problems.NO_DESK)
_CHANGING = (problems.INDEX_BUSY, problems.STORAGE_FAILED, *_UNAVAILABLE)
DraftId = Annotated[str, Path(max_length=32, openapi_examples={"one": Example(value=_DRAFT["draft_id"])})]
PlanId = Annotated[str, Path(max_length=63, openapi_examples=examples.PLAN_IDS)]
Document = Annotated[desk_schema.DocumentRequest, Body(openapi_examples=_HANDED_IN)]
Decision = Annotated[desk_schema.DecisionRequest, Body(openapi_examples=_DECIDED)]
Wanted = Annotated[Literal["", "pending", "accepted", "rejected"], Query(description="只列这一状态的。")]
Limit = Annotated[int, Query(ge=1, le=LISTED_MAX)]
Of = Annotated[str, Query(max_length=63, description="只列这份文件的。")]


def desk_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["文件的更改"])

    @router.post(
        "/plans",
        summary="送来一份文件（稿件）",
        status_code=201,
        responses=examples.responses(
            {**_DRAFT, "review": None},
            *problems.READING,
            problems.UNREADABLE_DOCUMENT,
            problems.TOO_MANY_DRAFTS,
            *_UNAVAILABLE,
            success=201,
        ),
    )
    def hand_in(request: Document, http: Request) -> desk_schema.DraftDetail:
        described = Described(request.plan_id or "", request.name or "", request.region or "", request.level or "")
        doer = by(http)
        with _at(parts) as desk:
            kept, seen = desk.hand_in(request.content, request.file, described, doer.who, doer.request_id)
        return present_desk.draft_detail(kept, seen)

    @router.get("/drafts", summary="稿件", responses=examples.responses([_DRAFT], *_UNAVAILABLE))
    def drafts(status: Wanted = "", limit: Limit = 100) -> list[desk_schema.Draft]:
        with _at(parts) as desk:
            return [present_desk.draft(one) for one in desk.listed(status, limit)]

    @router.get(
        "/drafts/{draft_id}",
        summary="一份稿件：读懂了什么，与现有版本有何不同",
        responses=examples.responses({**_DRAFT, "review": None}, problems.UNKNOWN_DRAFT, *_UNAVAILABLE),
    )
    def draft(draft_id: DraftId) -> desk_schema.DraftDetail:
        with _at(parts) as desk:
            return present_desk.draft_detail(*desk.look(draft_id))

    deciding = (*problems.READING, problems.UNKNOWN_DRAFT, problems.DRAFT_DECIDED)

    @router.post(
        "/drafts/{draft_id}/accept",
        summary="采用：上线",
        responses=examples.responses(_DONE, *deciding, problems.PLAN_HELD, *_CHANGING),
    )
    def accept_draft(draft_id: DraftId, request: Decision, http: Request) -> desk_schema.Done:
        doer = by(http)
        with _at(parts) as desk:
            return present_desk.done(desk.accept(draft_id, doer.who, request.note, doer.request_id))

    @router.post(
        "/drafts/{draft_id}/reject",
        summary="退回",
        responses=examples.responses({**_DRAFT, "status": "rejected"}, *deciding, *_UNAVAILABLE),
    )
    def reject_draft(draft_id: DraftId, request: Decision, http: Request) -> desk_schema.Draft:
        doer = by(http)
        with _at(parts) as desk:
            return present_desk.draft(desk.reject(draft_id, doer.who, request.note, doer.request_id))

    @router.delete(
        "/plans/{plan_id}",
        summary="撤下一份文件",
        responses=examples.responses(
            {**_DONE, "action": "removed"}, problems.UNKNOWN_PLAN, problems.LAST_PLAN, *_CHANGING
        ),
    )
    def remove_plan(plan_id: PlanId, http: Request) -> desk_schema.Done:
        doer = by(http)
        with _at(parts) as desk:
            return present_desk.done(desk.curator.remove([plan_id], doer.who, request_id=doer.request_id))

    @router.get("/changes", summary="更改的日志，由新到旧", responses=examples.responses([_STEP], *_UNAVAILABLE))
    def changes(plan_id: Of = "", limit: Limit = 100) -> list[desk_schema.Step]:
        with _at(parts) as desk:
            return present_desk.steps(desk.log(limit, plan_id))

    return router


@contextmanager
def _at(parts: Parts) -> Iterator[Desk]:
    """The desk; what it raises as the problems that callers know."""
    if parts.desk is None:
        raise Problem(problems.NO_DESK)
    try:
        yield parts.desk
    except UnknownEntry:
        raise
    except (IngestError, BadSetting, StoreError) as error:
        log.warning("not_changed", error=type(error).__name__, message=str(error))
        raise problem_of(error) from error


def problem_of(error: IngestError | BadSetting | StoreError) -> Problem:
    """Reasons name the document, never where it lay meanwhile."""
    if isinstance(error, BadSetting):
        errors = [{"field": error.name, "message": f"Expected {error.expected}."}]
        return Problem(problems.INVALID_REQUEST, f"{error.name} 不符合要求：{echo(str(error.value))}。", errors=errors)
    return Problem(next((kind for one, kind in KINDS if isinstance(error, one)), problems.NOT_READY))
