"""An ApiError → what to tell the citizen."""

from ui import wording
from ui.api_errors import ApiError, ApiGarbled, ApiProblem, ApiTimeout, ApiUnreachable

_BY_STATUS = {401: "NOT_ALLOWED", 403: "NOT_ALLOWED", 413: "TOO_LONG", 503: "NOT_READY", 504: "TIMEOUT"}  # the phrase


def explain(error: ApiError) -> str:
    """Chinese, complete sentences, no technical detail unless the API wrote it in Chinese."""
    match error:
        case ApiUnreachable():
            return wording.UNREACHABLE
        case ApiTimeout():
            return wording.TIMEOUT
        case ApiGarbled():
            return wording.GARBLED
        case ApiProblem():
            return _explain_problem(error)
        case _:
            return wording.BROKEN


def _explain_problem(problem: ApiProblem) -> str:
    if problem.status == 429:
        wait = problem.retry_after
        return wording.TOO_MANY + (wording.WAIT_SECONDS.format(seconds=wait) if wait else wording.WAIT_A_WHILE)
    if problem.status < 500:
        own = f"{wording.REJECTED}：{problem.detail}" if _chinese(problem.detail) else wording.REJECTED_UNSAID
        return _by_status(problem.status, own)
    message = _by_status(problem.status, wording.BROKEN)
    return message + (wording.CASE.format(case=problem.request_id) if problem.request_id else "")


def _by_status(status: int, otherwise: str) -> str:
    return str(getattr(wording, _BY_STATUS[status])) if status in _BY_STATUS else otherwise


def _chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)
