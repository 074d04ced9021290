"""GET /v1/admin/audit: who did what to keys, documents and users' data. For an administrator, whom the gate lets in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from bot.api import examples, problems
from bot.api.keeping import NO_STORE, kept_by
from bot.api.parts import Parts
from bot.records.audit import Sought

LISTED_MAX = 500
EXAMPLE: dict[str, Any] = {
    "id": "0b6f1d3c5e7a49f28c1d2e3f4a5b6c7d",
    "at": "2026-03-15T01:02:03.456+00:00",
    "who": "3f2a9c1b7d4e",
    "action": "user.deleted",
    "subject": "9d3e0c51f7a2b648",
    "request_id": "a1b2c3d4e5f60718",
    "note": "2 answers, 1 ratings",
}
DESCRIPTION = (
    "由新到旧：密钥的设立、停用、更换（`key.created` 等），文件的更改（`document.added` 等）、"
    "用户数据的导出、删除（`user.exported`、`user.deleted`），记录的清理（`records.pruned`）。"
    "只有密钥的标识，从无密钥本身；用户只以带密钥的散列出现，按 `user_id` 查。"
)


class AuditEntry(BaseModel):
    """谁在何时做了什么。"""

    id: str
    at: str
    who: str = Field(description="密钥的标识，或 cli:用户名（命令行）；不明时为空。")
    action: str
    subject: str = Field(description="密钥或文件的标识，或用户的散列。")
    request_id: str = Field(description="哪一次请求，与日志、X-Request-Id 相同；命令行为空。")
    note: str


class AuditQuery(BaseModel):
    action: str = Field("", max_length=32, description="只列这一类，如 key、document、user.deleted。")
    who: str = Field("", max_length=128, description="只列由其所为。")
    subject: str = Field("", max_length=200, description="只列与此有关：密钥或文件的标识。")
    user_id: str = Field("", max_length=128, description="只列与此用户有关。")
    before: str = Field("", max_length=32, description="接着往前翻：上一页最后一条的 id。")
    limit: int = Field(100, ge=1, le=LISTED_MAX)


def audit_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1/admin", tags=["管理"])

    @router.get(
        "/audit",
        summary="谁做了什么",
        description=DESCRIPTION,
        responses=examples.responses(
            [EXAMPLE],
            problems.KEY_NEEDED,
            problems.SCOPE_NEEDED,
            problems.INVALID_REQUEST,
            problems.RECORDS_UNAVAILABLE,
        ),
    )
    def audit(asked: Annotated[AuditQuery, Query()], response: Response) -> list[AuditEntry]:
        subject = parts.callers.secret.of_user(asked.user_id) if asked.user_id else asked.subject
        with kept_by(parts) as records:
            found = records.entries(Sought(asked.action, asked.who, subject, asked.before), asked.limit)
        response.headers.update(NO_STORE)
        return [AuditEntry.model_validate(one, from_attributes=True) for one in found]

    return router
