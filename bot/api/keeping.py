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
from bot.records.receipts import RecordsUnavailable

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


def by(request: Request) -> By:
    """Who calls, for the audit trail."""
    return By(current_caller().name, request.state.request_id)
