"""What can go wrong between the page and the API: the tree of the page's errors."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """The API did not do its part.

    ApiError
    ├── ApiUnreachable(url, reason)     nothing answered
    ├── ApiTimeout(url, seconds)        no answer in time
    ├── ApiProblem(status, title, ...)  it answered with a problem document or a bare error status
    └── ApiGarbled(url, reason)         it answered, but not what the contract says
    """


class ApiUnreachable(ApiError):
    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"API at '{url}' is unreachable: {reason}. Is `metrology serve` running there?")


class ApiTimeout(ApiError):
    def __init__(self, url: str, seconds: float) -> None:
        self.url, self.seconds = url, seconds
        super().__init__(f"API at '{url}' gave no answer within {seconds:g} s. Raise the limit or try again.")


class ApiProblem(ApiError):
    """`retry_after` in seconds; `request_id` finds the case in the server's log; `members`: the whole document."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        retry_after: int | None = None,
        request_id: str = "",
        members: Mapping[str, Any] | None = None,
    ) -> None:
        self.status, self.title, self.detail = status, title, detail
        self.retry_after, self.request_id, self.members = retry_after, request_id, members or {}
        super().__init__(f"API answered {status} '{title}': {detail or 'no detail given'}")


class ApiGarbled(ApiError):
    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"API at '{url}' answered outside its contract: {reason}. Do page and API differ in version?")
