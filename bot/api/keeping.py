"""How routes come to what is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from bot.api import problems
from bot.api.callers import current_caller
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.records.archive import Archive
from bot.records.audit import By
from bot.records.receipts import Receipt, RecordsUnavailable

NO_STORE = {"Cache-Control": "no-store"}  # what somebody asked stays in no cache on the way


@contextmanager
def kept_by(parts: Parts) -> Iterator[Archive]:
    """The records, if there are any; Problem when there are none or they fail."""
    if parts.records is None:
        raise Problem(problems.RECORDS_UNAVAILABLE, "本服务未启用回执与评价。")
    try:
        yield parts.records
    except RecordsUnavailable as error:
        log.warning("records_unavailable", reason=error.reason)
        raise Problem(problems.RECORDS_UNAVAILABLE) from error


def own_receipt(parts: Parts, answer_id: str) -> Receipt | None:
    """A receipt that the caller may see; None where there is none of that id. Raises Problem."""
    with kept_by(parts) as records:
        kept = records.receipt(answer_id)
    if kept is not None and not parts.callers.may_read(current_caller(), kept.caller):
        raise Problem(problems.SCOPE_NEEDED, "这不是以此密钥得到的回答，查看须有 staff 权限。")
    return kept


def by(request: Request) -> By:
    """Who calls, for the audit trail."""
    return By(current_caller().name, request.state.request_id)
