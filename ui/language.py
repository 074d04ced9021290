"""ASGI middleware: the language that an address asks for, or that the browser remembers from the last time."""

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import wording
from ui.spoken import LANGUAGES, PARAMETER, asked_language, speaking

REMEMBERED_SECONDS = 365 * 86_400
CHINESE_ALONE = ("/staff", "/v1/", "/docs")  # have no labels in another language


class Speaks:
    """Everything inside is said in the visitor's language. `root`: the path below which a proxy serves the page."""

    def __init__(self, app: ASGIApp, *, root: str = "") -> None:
        self.app, self._path = app, f"{root.rstrip('/')}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CHINESE_ALONE):
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"").decode("ascii", "replace")
        asked = parse_qs(query).get(PARAMETER, [""])[-1]

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._tell(MutableHeaders(scope=message), asked, scope["scheme"] == "https")
            await send(message)

        with speaking(asked_language(asked, remembered(Headers(scope=scope).get("cookie", ""))), query):
            await self.app(scope, receive, send_told)

    def _tell(self, headers: MutableHeaders, asked: str, secure: bool) -> None:
        """Pages alone are in a language; the choice is remembered with the page that shows it."""
        if not headers.get("content-type", "").startswith("text/html"):
            return
        headers.add_vary_header("Cookie")
        headers["content-language"] = wording.LANG
        if asked in LANGUAGES:
            kept = f"{PARAMETER}={asked}; Path={self._path}; Max-Age={REMEMBERED_SECONDS}; SameSite=Lax; HttpOnly"
            headers.append("set-cookie", f"{kept}; Secure" if secure else kept)


def remembered(cookies: str) -> str:
    """Of a `Cookie` header; empty for one that cannot be read."""
    try:
        found = SimpleCookie(cookies).get(PARAMETER)
    except CookieError:
        return ""
    return found.value if found else ""
