"""The API over HTTP: the one file of the page that imports httpx and httpx_sse."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from copy import copy
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError
from pydantic import ValidationError

from ui.api_errors import ApiGarbled, ApiProblem, ApiTimeout, ApiUnreachable
from ui.plan_time import TimedPlan
from ui.replies import Citation, Draft, Label, PlanEntry, Reading, Reply, Statement, Taken

NO_FEEDBACK = (404, 405, 503)  # no such route, or answers are not kept here
Shape = TypeVar("Shape", bound=Reading)


class AskClient:
    """A thread-safe client; one serves the whole page.

    `timeout` in seconds. Proxies of the environment are not used: the API is this machine or one named on purpose.
    """

    def __init__(
        self,
        api_url: str,
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
        token: str = "",
        key: str = "",
    ) -> None:
        """`token` shows an API in the same process that it is the page that asks, `key` one elsewhere."""
        self.api_url = api_url.rstrip("/")
        self._timeout = timeout
        shown = {"X-Metrology-Page": token, "Authorization": f"Bearer {key}" if key else ""}
        self._headers = {name: value for name, value in shown.items() if value}
        self._http = httpx.Client(
            base_url=self.api_url,
            timeout=httpx.Timeout(timeout, connect=min(5.0, timeout)),
            transport=transport,
            trust_env=False,
        )

    def speaking_for(self, visitor: str) -> "AskClient":
        """The same client, asking for the visitor at this address: the API counts what each asks."""
        other = copy(self)
        if self._headers and visitor:
            other._headers = {**self._headers, "X-Metrology-Visitor": visitor}
        return other

    def tell(
        self, question: str, *, session_id: str | None = None, plan_id: str | None = None
    ) -> Generator[Draft | Reply, None, None]:
        """The answer as it comes: drafts of a sentence more each, then the whole, which stands. Raises ApiError."""
        body: dict[str, Any] = {"question": question}
        if session_id:
            body["session_id"] = session_id
        if plan_id:
            body["plans"] = [plan_id]
        draft = Draft()
        with closing(self._events("/v1/ask/stream", body)) as events:
            for event in events:
                if event.event == "done":
                    yield self._read(Reply, self._data(event))
                    return
                draft = self._drafted(draft, event)
                if event.event == "statement" and draft.is_cited:
                    yield draft
        raise ApiGarbled(self.api_url, "the stream ended before the answer was whole")

    def ask(self, question: str, plan_ids: tuple[str, ...]) -> Reply:
        """The whole answer in the plans' own words, no model's. Raises ApiError."""
        body = {"question": question, "plans": list(plan_ids), "mode": "extractive"}
        return self._read(Reply, self._send("POST", "/v1/ask", body))

    def corpus_version(self) -> str:
        """Of the documents that are answered from. Raises ApiError, also while the API is not ready."""
        found = self._send("GET", "/readyz")
        return str(found.get("corpus_version") or "") if isinstance(found, dict) else ""

    def plans(self) -> tuple[PlanEntry, ...]:
        """All plans, in the API's order. Raises ApiError."""
        found = self._send("GET", "/v1/plans")
        rows = found.get("plans") if isinstance(found, dict) else found
        if not isinstance(rows, list):
            raise ApiGarbled(f"{self.api_url}/v1/plans", "no list of plans in it")
        return tuple(self._read(PlanEntry, row) for row in rows)

    def plan(self, plan_id: str, as_of: str = "") -> TimedPlan:
        """A plan with its clauses, and whether it was in force on an ISO day.

        Raises ApiError; an unknown plan is ApiProblem with status 404.
        """
        day = f"?as_of={quote(as_of, safe='')}" if as_of else ""
        return self._read(TimedPlan, self._send("GET", f"/v1/plans/{quote(plan_id, safe='')}{day}"))

    def get(self, shape: type[Shape], path: str, query: Mapping[str, object] | None = None) -> Shape:
        """What a route of the API says, read as `shape`. Raises ApiError."""
        asked = f"?{urlencode(query, doseq=True)}" if query else ""
        return self._read(shape, self._send("GET", f"{path}{asked}"))

    def rate(self, answer_id: str, *, useful: bool, comment: str = "") -> bool:
        """Sends feedback, a later one in place of an earlier; False when this API takes none. Raises ApiError."""
        given: dict[str, Any] = {"answer_id": answer_id, "useful": useful}
        try:
            self._send("POST", "/v1/feedback", {**given, "comment": comment} if comment else given)
        except ApiProblem as problem:
            if problem.status in NO_FEEDBACK:
                return False
            raise
        return True

    def take(self, answer_ids: Sequence[str], wanted: str, site: str) -> Taken:
        """Answers as a file in a format; `site` is where its links lead. Raises ApiError."""
        body = {"answer_ids": list(answer_ids), "format": wanted}
        return self._taken("POST", "/v1/answers/export", body, site)

    def take_plan(self, plan_id: str, wanted: str, as_of: str, site: str) -> Taken:
        """A plan as a file, else as `take`; `as_of` as of `plan`. Raises ApiError."""
        asked = urlencode({"format": wanted, **({"as_of": as_of} if as_of else {})})
        return self._taken("GET", f"/v1/plans/{quote(plan_id, safe='')}/export?{asked}", None, site)

    def close(self) -> None:
        self._http.close()

    def _taken(self, method: str, path: str, body: dict[str, Any] | None, site: str) -> Taken:
        response = self._answered(method, path, body, {"X-Metrology-Site": site})
        named = (response.headers.get(name, "") for name in ("content-type", "content-disposition"))
        return Taken(response.content, *named)

    def _answered(
        self, method: str, path: str, body: dict[str, Any] | None = None, more: Mapping[str, str] | None = None
    ) -> httpx.Response:
        with self._translated(path):
            response = self._http.request(method, path, json=body, headers={**self._headers, **(more or {})})
        if response.is_error:
            raise _problem(response)
        return response

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        response = self._answered(method, path, body)
        if not response.content:
            return {}
        try:
            return response.json()
        except ValueError as error:
            raise ApiGarbled(str(response.url), "it is not JSON") from error

    def _events(self, path: str, body: dict[str, Any]) -> Generator[ServerSentEvent, None, None]:
        """The events of a stream; closing it hangs up."""
        with self._translated(path), self._http.stream("POST", path, json=body, headers=self._headers) as response:
            if response.is_error:
                response.read()
                raise _problem(response)
            try:
                yield from EventSource(response).iter_sse()
            except SSEError as error:
                raise ApiGarbled(str(response.url), "it is no event stream") from error

    def _drafted(self, draft: Draft, event: ServerSentEvent) -> Draft:
        """`draft` with what an event adds; an event of an unknown kind adds nothing."""
        match event.event:
            case "label":
                told = self._read(Label, self._data(event))
                return draft.model_copy(update={"label": told.label, "generated": told.generated})
            case "citation":
                return draft.model_copy(
                    update={"citations": (*draft.citations, self._read(Citation, self._data(event)))}
                )
            case "statement":
                said = self._read(Statement, self._data(event))
                return draft.model_copy(update={"statements": (*draft.statements, said)})
        return draft

    def _data(self, event: ServerSentEvent) -> Any:
        try:
            return event.json()
        except ValueError as error:
            raise ApiGarbled(self.api_url, f"event '{event.event}' is not JSON") from error

    @contextmanager
    def _translated(self, path: str) -> Iterator[None]:
        try:
            yield
        except httpx.ReadTimeout as error:
            raise ApiTimeout(f"{self.api_url}{path}", self._timeout) from error
        except httpx.HTTPError as error:
            raise ApiUnreachable(self.api_url, str(error) or type(error).__name__) from error

    def _read(self, shape: type[Shape], found: object) -> Shape:
        try:
            return shape.model_validate(found)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or shape.__name__
            raise ApiGarbled(self.api_url, f"{shape.__name__}: {where}: {first['msg']}") from error


def _problem(response: httpx.Response) -> ApiProblem:
    """RFC 9457 document or a bare status → ApiProblem."""
    try:
        document = response.json()
    except ValueError:
        document = {}
    if not isinstance(document, dict):
        document = {}
    detail = document.get("detail")
    wait = response.headers.get("retry-after", "")
    return ApiProblem(
        response.status_code,
        str(document.get("title") or response.reason_phrase),
        detail if isinstance(detail, str) else "",
        retry_after=int(wait) if wait.isdecimal() else None,
        request_id=str(document.get("request_id") or ""),
        members=document,
    )
