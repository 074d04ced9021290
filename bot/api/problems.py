"""Everything that can go wrong at the border, as RFC 9457 problem documents.

`title` is English and never changes for a `type`; `detail` is Chinese and may be shown to the citizen.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from bot.api.fields import keepable
from bot.api.log import log
from bot.records.masking import mask
from ingest.errors import MetrologyError, ModelError, ModelTimeout, StoreError, UnknownEntry

MEDIA_TYPE = "application/problem+json"
MAX_ECHO = 80  # code points of a caller's own words that a problem repeats


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem; `slug` ends its address in the documentation."""

    slug: str
    status: int
    title: str
    detail: str  # Chinese, used when nothing more precise is known
    retry_after: int = 0  # seconds after which it may be over, told in a header; 0 for nobody knows

    @property
    def uri(self) -> str:
        return f"/docs#{self.slug}"


BLANK_TEXT = ProblemType("blank-text", 422, "Blank text", "内容不能为空。")
TEXT_TOO_LONG = ProblemType("text-too-long", 422, "Text too long", "内容过长。")
INVALID_REQUEST = ProblemType("invalid-request", 422, "Invalid request", "请求中有字段不符合要求。")
UNKNOWN_PLANS = ProblemType("unknown-plans", 422, "Unknown plans", "所选规划中有不认识的。")
TOO_FEW_PLANS = ProblemType("too-few-plans", 422, "Too few plans", "至少选两份规划才能对照。")
TOO_MANY_PLANS = ProblemType("too-many-plans", 422, "Too many plans", "一次对照的规划过多。")
UNKNOWN_PLAN = ProblemType("unknown-plan", 404, "Unknown plan", "没有这份规划。")
UNKNOWN_MODEL = ProblemType("unknown-model", 404, "Unknown model", "没有这个模型。")
UNSUPPORTED = ProblemType("unsupported-parameter", 400, "Unsupported parameter", "不支持这一参数。")
UNKNOWN_CLAUSE = ProblemType("unknown-clause", 404, "Unknown clause", "没有这一条款。")
UNKNOWN_ANSWER = ProblemType("unknown-answer", 404, "Unknown answer", "没有这次回答的记录。")
MALFORMED_JSON = ProblemType("malformed-json", 400, "Malformed JSON", "请求体不是有效的 JSON（UTF-8）。")
KEY_NEEDED = ProblemType("key-needed", 401, "API key needed", "请出示 API 密钥（Authorization: Bearer 或 X-API-Key）。")
UNKNOWN_KEY = ProblemType("unknown-key", 401, "Unknown API key", "没有这一 API 密钥，或已停用。")
BAD_SIGNATURE = ProblemType("bad-signature", 401, "Bad signature", "签名与请求不符。")
SCOPE_NEEDED = ProblemType("scope-needed", 403, "Scope needed", "此密钥没有这项权限。")
QUOTA_EXCEEDED = ProblemType("quota-exceeded", 429, "Quota exceeded", "请求过于频繁，请稍后再试。")
BODY_TOO_LARGE = ProblemType("body-too-large", 413, "Request body too large", "请求体过大。")
NOT_JSON = ProblemType("unsupported-media-type", 415, "Unsupported media type", "请以 application/json 发送。")
NOT_FOUND = ProblemType("not-found", 404, "Not found", "没有这个地址。")
KEY_REUSED = ProblemType(
    "idempotency-key-reused", 422, "Idempotency key reused", "这个 Idempotency-Key 已用于内容不同的请求。"
)
KEY_IN_USE = ProblemType(
    "idempotency-in-progress", 409, "Request in progress", "同一 Idempotency-Key 的请求还在处理，请稍后以原样重试。"
)
KEYS_UNAVAILABLE = ProblemType(
    "idempotency-unavailable", 503, "Idempotency unavailable", "暂时无法保证不重复处理，请稍后以原样重试。"
)
UNSIGNED = ProblemType("invalid-signature", 403, "Invalid signature", "签名不符或已过期。")
MALFORMED_XML = ProblemType("malformed-xml", 400, "Malformed XML", "请求体不是有效的消息（XML）。")
UNREADABLE_DOCUMENT = ProblemType(
    "unreadable-document", 422, "Unreadable document", "文件读不出条款：不是可读的格式，或题目之下没有正文。"
)
PLAN_HELD = ProblemType("plan-held", 409, "Plan held already", "已有这一标识的文件；请作为它的新版本送来，或另取标识。")
DRAFT_DECIDED = ProblemType("draft-decided", 409, "Draft decided already", "这份稿件已经处理过。")
TOO_MANY_DRAFTS = ProblemType("too-many-drafts", 409, "Too many drafts", "待定的稿件过多，请先处理。")
UNKNOWN_DRAFT = ProblemType("unknown-draft", 404, "Unknown draft", "没有这份稿件。")
LAST_PLAN = ProblemType("last-plan", 409, "Last plan", "至少要留下一份文件。")
INDEX_BUSY = ProblemType("index-busy", 503, "Index busy", "另一处正在更改所收文件，请稍后再试。")
STORAGE_FAILED = ProblemType("storage-failed", 507, "Storage failed", "无法写入：磁盘已满或只读。所收文件未变。")
NO_DESK = ProblemType("read-only", 503, "Read only", "本服务不接受文件的更改，请用 metrology add、replace、remove。")
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", 405, "Method not allowed", "此地址不支持这种请求方法。")
MALFORMED_REQUEST = ProblemType("malformed-request", 400, "Malformed request", "不是有效的 HTTP 请求。")
REQUEST_TIMEOUT = ProblemType("request-timeout", 408, "Request timed out", "请求未在限时内送达。")
HEAD_TOO_LARGE = ProblemType("head-too-large", 431, "Request head too large", "请求头过大。")
TOO_MANY_AT_ONCE = ProblemType("too-many-at-once", 429, "Too many at once", "您同时提出的请求过多，请稍后再试。", 1)
BUSY = ProblemType("busy", 503, "Busy", "服务繁忙，请稍后再试。", 1)
NOT_READY = ProblemType("not-ready", 503, "Not ready", "索引尚未就绪，请稍后再试。", 5)
MODEL_UNAVAILABLE = ProblemType("model-unavailable", 503, "Model unavailable", "大模型暂不可用，可改用 extractive。")
RECORDS_UNAVAILABLE = ProblemType("records-unavailable", 503, "Records unavailable", "回执与评价暂不可用。", 5)
TIMEOUT = ProblemType("timeout", 504, "Timed out", "未能在限时内作答。")
INTERNAL = ProblemType("internal", 500, "Internal error", "服务内部错误，请凭 request_id 联系管理员。")

READING = (MALFORMED_JSON, BODY_TOO_LARGE, NOT_JSON, INVALID_REQUEST)  # of any request with a body
ALL = tuple(value for value in list(globals().values()) if isinstance(value, ProblemType))
BY_STATUS = {400: MALFORMED_JSON, 404: NOT_FOUND, 405: METHOD_NOT_ALLOWED, 413: BODY_TOO_LARGE, 415: NOT_JSON}


class FieldError(BaseModel):
    field: str = Field(description="出错的字段，如 plans.0。")
    message: str


class ProblemDocument(BaseModel):
    """RFC 9457 问题说明。"""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[FieldError] | None = None
    limit: int | None = None
    known: list[str] | None = None


class Problem(MetrologyError):
    """Raised by routes; becomes a problem document. `members` are its extension members."""

    def __init__(self, kind: ProblemType, detail: str = "", **members: object) -> None:
        self.kind, self.detail, self.status = kind, detail or kind.detail, kind.status
        self.members = members
        super().__init__(f"{kind.slug}: {self.detail}")


def response(problem: Problem, request_id: str | None = None, headers: dict[str, str] | None = None) -> Response:
    document: dict[str, Any] = {
        "type": problem.kind.uri,
        "title": problem.kind.title,
        "status": problem.status,
        "detail": problem.detail,
        **({"request_id": request_id} if request_id else {}),
        **problem.members,
    }
    body = json.dumps(document, ensure_ascii=False).encode(errors="replace")
    return Response(body, problem.status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def echo(text: str) -> str:
    """A caller's own words, short, printable and without personal data."""
    kept = mask(keepable(text))
    return kept if len(kept) <= MAX_ECHO else f"{kept[:MAX_ECHO]}…"


def of_validation(error: RequestValidationError, content_type: str) -> Problem:
    """What pydantic found wrong, without echoing the values."""
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        position = next(each["loc"][-1] for each in found if each["type"] == "json_invalid")
        return Problem(MALFORMED_JSON, position=position)
    if isinstance(error.body, bytes) and "json" not in content_type:
        return Problem(NOT_JSON)
    errors = [{"field": _field(each["loc"]), "message": each["msg"]} for each in found[:20]]
    names = "、".join(dict.fromkeys(each["field"] for each in errors))
    return Problem(INVALID_REQUEST, f"请求中的 {names} 不符合要求。", errors=errors)


def _field(loc: tuple[int | str, ...]) -> str:
    inner = loc[1:] if len(loc) > 1 else loc  # the first part says only body, query or path
    return echo(".".join(str(part) for part in inner))


def of_metrology(error: MetrologyError) -> Problem:
    """Our own errors; their messages name paths and addresses, which are for the log."""
    if isinstance(error, UnknownEntry):
        kind = {"plan": UNKNOWN_PLAN, "clause": UNKNOWN_CLAUSE, "draft": UNKNOWN_DRAFT}.get(error.kind, NOT_FOUND)
        problem = Problem(kind, f"{kind.detail[:-1]}：{echo(error.value)}。")
        return problem if not error.known else Problem(kind, problem.detail, known=error.known)
    if isinstance(error, ModelTimeout):
        return Problem(TIMEOUT)
    if isinstance(error, ModelError):
        return Problem(MODEL_UNAVAILABLE)
    return Problem(NOT_READY if isinstance(error, StoreError) else INTERNAL)


Shape = Callable[[Problem, str | None, dict[str, str] | None], Response]
Shapes = Mapping[str, Shape]  # by the start of a path


def refusal(scope: Scope, problem: Problem, shapes: Shapes, headers: dict[str, str] | None = None) -> Response:
    """How a problem is worded at a request's path; that it was refused is noted for who counts."""
    state = scope.setdefault("state", {})
    state["problem"] = problem.kind.slug
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    shape = next((shape for prefix, shape in shapes.items() if path.startswith(prefix)), response)
    waits = {"Retry-After": str(problem.kind.retry_after)} if problem.kind.retry_after else {}
    return shape(problem, state.get("request_id"), {**waits, **(headers or {})})


def install(app: FastAPI, shapes: Shapes) -> None:
    """Every error of `app`, expected or not, leaves as a problem document; under a path of `shapes`, in its shape."""

    def send(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
        return refusal(request.scope, problem, shapes, headers)

    @app.exception_handler(Problem)
    def on_problem(request: Request, error: Problem) -> Response:
        return send(request, error)

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return send(request, of_validation(error, request.headers.get("content-type", "")))

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        unnamed = ProblemType("other", error.status_code, str(error.detail), "请求未能完成。")
        problem = Problem(BY_STATUS.get(error.status_code, unnamed))
        return send(request, problem, dict(error.headers or {}))

    @app.exception_handler(MetrologyError)
    def on_metrology(request: Request, error: MetrologyError) -> Response:
        problem = of_metrology(error)
        if problem.status >= 500:
            log.error("refused", error=type(error).__name__, message=str(error), problem=problem.kind.slug)
        return send(request, problem)

    @app.exception_handler(Exception)
    def on_surprise(request: Request, error: Exception) -> Response:
        log.error("failed", error=type(error).__name__, request_id=getattr(request.state, "request_id", None))
        return send(request, Problem(INTERNAL), {"X-Content-Type-Options": "nosniff"})
