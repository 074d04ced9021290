"""Around every request: an id, safe headers, a count, a log line, and a bound on what is read."""

import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.bodies import again, whole
from bot.api.log import bound, log
from bot.api.metrics import Metrics
from bot.api.problems import BODY_TOO_LARGE, Problem, Shapes, refusal

REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
DATA_TYPES = ("application/json", "application/problem+json", "text/event-stream", "text/plain")
QUIET = frozenset(("/healthz", "/readyz", "/metrics"))  # asked every few seconds


class Observe:
    """Outermost. Pages mounted beside the API keep the policy they set themselves."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        offered = Headers(scope=scope).get("x-request-id", "")
        request_id = offered if REQUEST_ID.fullmatch(offered) else secrets.token_hex(8)
        status, began = 500, perf_counter()
        scope.setdefault("state", {}).update(request_id=request_id, began=began)

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _guard(MutableHeaders(scope=message), request_id)
            await send(message)

        with bound(request_id=request_id):
            try:
                await self.app(scope, receive, send_observed)
            finally:
                self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """The route's template, never the path or the query: they hold what was asked."""
        route = getattr(scope.get("route"), "path", "") or "other"
        self.metrics.request(route, scope["method"], status, seconds)
        if refused := scope["state"].get("problem"):
            self.metrics.refused(refused)
        note = log.debug if route in QUIET else log.info
        note("request", route=route, method=scope["method"], status=status, ms=round(seconds * 1000, 1))


def _guard(headers: MutableHeaders, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if headers.get("content-type", "").startswith(DATA_TYPES):
        headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")


class BodyLimit:
    """Reads a body up to `limit` bytes before anyone parses it; beyond, 413 as `shapes` have it at that path.

    Not under `besides`, which have limits of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        prefix: str = "/",
        besides: tuple[str, ...] = (),
        shapes: Shapes | None = None,
    ) -> None:
        self.app, self.limit, self.prefix, self.besides, self.shapes = app, limit, prefix, besides, shapes or {}

    def _reads(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            return False
        path: str = scope["path"]
        return path.startswith(self.prefix) and not path.startswith(self.besides)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._reads(scope):
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        too_long = declared.isdecimal() and int(declared[:20]) > self.limit
        body = None if too_long else await whole(receive, self.limit)
        if body is None:
            detail = f"请求体最多 {self.limit} 字节。"
            await refusal(scope, Problem(BODY_TOO_LARGE, detail, limit=self.limit), self.shapes)(scope, receive, send)
            return
        await self.app(scope, again(body, receive), send)
