"""Response headers: who may embed the page, and that nothing on it is loaded from elsewhere."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The page's framework compiles its templates in the browser, hence 'unsafe-eval'; every source is this server.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)


def frame_policy(ancestors: tuple[str, ...]) -> str:
    """Origins that may show this site in a frame → a `frame-ancestors` directive; this site itself always may.

    Raises ValueError for an entry that is not one origin: it would end the directive or the header.
    """
    for origin in ancestors:
        if not origin or not origin.isascii() or any(mark in origin for mark in " ;,\r\n\t"):
            raise ValueError(
                f"Frame ancestor '{origin}' is not an origin. Give one such as https://www.example.gov.cn."
            )
    return " ".join(("frame-ancestors 'self'", *ancestors))


class SafeHeaders:
    """ASGI middleware: policy headers on every response; a response's own content policy is kept and completed."""

    def __init__(self, app: ASGIApp, *, ancestors: tuple[str, ...] = ()) -> None:
        self.app = app
        self._framing = frame_policy(ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _complete(self, headers: MutableHeaders) -> None:
        html = headers.get("content-type", "").startswith("text/html")
        policy = headers.get("content-security-policy") or (PAGE_POLICY if html else "")
        if "frame-ancestors" not in policy:
            policy = "; ".join(part for part in (policy, self._framing) if part)
        headers["content-security-policy"] = policy
        headers.setdefault("x-content-type-options", "nosniff")
        headers.setdefault("referrer-policy", "same-origin")
