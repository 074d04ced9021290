"""The one place where it is decided who comes in, to what, and how often."""

from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Request

from bot.api import problems
from bot.api.bodies import again, whole
from bot.api.callers import Caller, Callers, calling, shown_key
from bot.api.log import bound, log
from bot.api.problems import Problem, Shapes
from bot.api.signing import Signed, is_signed, signer
from bot.records.keys import Scope
from bot.records.quotas import Standing
from bot.records.receipts import RecordsUnavailable

# The longest beginning that fits says what is needed; what is not named here is for all.
NEEDS: Mapping[str, Scope | None] = {
    "/v1/": Scope.ASK,
    "/mcp": Scope.ASK,
    "/metrics": Scope.STAFF,
    "/staff": None,  # has a door of its own: a browser shows no key with each request
    "/v1/admin/": Scope.STAFF,
    "/v1/admin/audit": Scope.ADMIN,
    "/v1/users/": Scope.ADMIN,
    "/v1/drafts": Scope.ADMIN,
    "/v1/changes": Scope.ADMIN,
    "/v1/wechat/": None,  # signed by the platform that calls it
    "/v1/wecom/": None,  # likewise
}
# What is for all to read is for an administrator to change.
CHANGES = (("POST", "/v1/plans"), ("DELETE", "/v1/plans/"))
MAX_SIGNED = 4 * 1024 * 1024  # bytes of a signed body: it is read before it is known who sends it
BODILESS = ("GET", "HEAD")
WAITERS = 16  # for Redis or the database, besides the threads that answer: a refusal waits for no answer
REALM = {"WWW-Authenticate": 'Bearer realm="metrology"'}


def needed(path: str, method: str = "GET") -> Scope | None:
    if any(method == changing and path.startswith(beginning) for changing, beginning in CHANGES):
        return Scope.ADMIN
    fitting = [beginning for beginning in NEEDS if path.startswith(beginning)]
    return NEEDS[max(fitting, key=len)] if fitting else None


class Gate:
    """Inside what bounds bodies: signed ones are read whole."""

    def __init__(self, app: ASGIApp, callers: Callers, shapes: Shapes) -> None:
        self.app, self.callers, self.shapes = app, callers, shapes
        self._waiters = CapacityLimiter(WAITERS)

    async def __call__(self, scope: Request, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", "")) if scope["type"] == "http" else ""
        wanted = needed(path, scope.get("method", ""))
        if wanted is None:
            await self.app(scope, receive, send)
            return
        standing: Standing | None = None
        try:
            caller, receive = await self._known(scope, receive)
            self._admit(caller, wanted)
            standing = await self._spent(caller)
        except Problem as problem:
            log.info("refused", problem=problem.kind.slug)
            await problems.refusal(scope, problem, self.shapes, _headers(problem))(scope, receive, send)
            return
        with calling(caller), bound(caller=caller.name):
            await self.app(scope, receive, _telling(send, standing) if standing else send)

    async def _known(self, scope: Request, receive: Receive) -> tuple[Caller, Receive]:
        """Who calls, and the body again where it had to be read. While there is no key, none is looked at."""
        headers, keyring = Headers(scope=scope), self.callers.keyring
        if keyring.is_due:
            try:
                await to_thread.run_sync(keyring.refresh, limiter=self._waiters)
            except RecordsUnavailable as error:
                log.error("keys_unavailable", reason=error.reason)
                raise Problem(problems.RECORDS_UNAVAILABLE, "暂时无法核对密钥，请稍后再试。") from error
        if keyring.is_empty:
            return self.callers.anyone(headers, _address(scope)), receive
        if is_signed(headers):
            body = b"" if scope["method"] in BODILESS else await whole(receive, MAX_SIGNED)
            if body is None:
                raise Problem(problems.BODY_TOO_LARGE, f"带签名的请求体最多 {MAX_SIGNED} 字节。", limit=MAX_SIGNED)
            signed = _signed(scope, headers, body)
            caller = await to_thread.run_sync(signer, self.callers, headers, signed, limiter=self._waiters)
            return caller, again(body, receive)
        key = shown_key(headers)
        return self.callers.holder(key, headers) if key else self.callers.anyone(headers, _address(scope)), receive

    def _admit(self, caller: Caller, wanted: Scope) -> None:
        """While there is no key all is open but what an administrator does."""
        if self.callers.keyring.is_empty and wanted is not Scope.ADMIN:
            return
        if caller.scope is None:
            raise Problem(problems.KEY_NEEDED)
        if not caller.may(wanted):
            raise Problem(problems.SCOPE_NEEDED, f"此密钥的权限为 {caller.scope}，需要 {wanted}。")

    async def _spent(self, caller: Caller) -> Standing | None:
        if not self.callers.are_counted or not caller.source:
            return None
        quotas, who, allowance = self.callers.quotas, caller.source, caller.allowance
        if quotas.waits:
            standing = await to_thread.run_sync(quotas.spend, who, allowance, limiter=self._waiters)
        else:
            standing = quotas.spend(who, allowance)
        if standing and not standing.allowed:
            detail = f"请求过于频繁，请在 {standing.reset} 秒后再试。"
            raise Problem(problems.QUOTA_EXCEEDED, detail, limit=standing.limit, retry_after=standing.reset)
        return standing


def _headers(problem: Problem) -> dict[str, str]:
    if problem.kind is problems.QUOTA_EXCEEDED:
        wait, limit = str(problem.members["retry_after"]), str(problem.members["limit"])
        return {"Retry-After": wait, "RateLimit-Limit": limit, "RateLimit-Remaining": "0", "RateLimit-Reset": wait}
    return REALM if problem.status == 401 else {}


def _telling(send: Send, standing: Standing) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["RateLimit-Limit"] = str(standing.limit)
            headers["RateLimit-Remaining"] = str(standing.remaining)
            headers["RateLimit-Reset"] = str(standing.reset)
            headers["RateLimit-Policy"] = standing.policy
        await send(message)

    return told


def _address(scope: Request) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _signed(scope: Request, headers: Headers, body: bytes) -> Signed:
    """The path without what a proxy put before it."""
    path = scope.get("raw_path") or scope["path"].encode()
    target = path.split(b"?")[0].removeprefix(scope.get("root_path", "").encode())
    query = scope.get("query_string", b"")
    whole = (target + b"?" + query if query else target).decode("ascii", "replace")
    return Signed(scope["method"], whole, headers.get("x-timestamp", ""), headers.get("x-nonce", ""), body)
