"""The page's first picture stands in its HTML: drawn before the framework's scripts are there, and usable without them.

The framework's own HTML is an empty frame, white until everything has come. Its style sheet holds up drawing, so it
moves behind the first picture; its description of itself for search engines and chat windows goes, and so does what
it loads for pages that fit a frame to it, as ours fits itself to the frame.
"""

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import wording
from ui.chunks import chunks
from ui.take_routes import MOST, PATH
from ui.templates import ASSETS, asset_url, render, site_path

SCRIPTS = ("early.js", "take.js", "talks.js", "votes.js", "away.js", "page.js")
STYLES = ("page.css", "answer.css", "take.css")
_META = re.compile(r'<meta\s{1,9}(?:property="og:|name="twitter:)[^>]{0,400}>')
_SHEET = re.compile(r'<link rel="stylesheet"[^>]{0,200}>')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]{0,200}>')
_THEME = re.compile(r'"theme_hash":\s?"(\w{1,80})"')
_RESIZER = re.compile(r"<script>[^<]{0,3000}iframeResizer\.contentWindow[^<]{0,400}</script>")
_BODY = re.compile(r"<body[^>]{0,400}>")
PHRASES = {
    "title": "HISTORY_TITLE",
    "none": "HISTORY_NONE",
    "where": "HISTORY_WHERE",
    "clear": "HISTORY_CLEAR",
    "cleared": "HISTORY_CLEARED",
    "remove": "HISTORY_REMOVE",
    "turns": "HISTORY_TURNS",
    "recent": "RECENT",
    "close": "CLOSE",
    "away": "AWAY",
    "awayMore": "AWAY_MORE",
    "retry": "AWAY_RETRY",
    "name": "TITLE",
    "language": "LANG",
    "asked": "ASKED",
    "waiting": "WAITING",
    "empty": "EMPTY_QUESTION",
}
TAKE = {
    "button": "EXPORT",
    "title": "EXPORT_TITLE",
    "one": "EXPORT_ONE",
    "talk": "EXPORT_TALK",
    "formats": "EXPORT_FORMATS",
    "began": "EXPORT_BEGAN",
    "note": "ONLY_THE_PLAN",
    "close": "CLOSE",
}


class FirstPaint:
    """ASGI middleware: completes the page at `/`, and nothing else."""

    def __init__(self, app: ASGIApp, *, framework: Path | None = None) -> None:
        """`framework`: the folder of its scripts and style sheets."""
        self.app, self._framework = app, framework

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            if message["type"] != "http.response.body":  # e.g. what a test client is told of templates
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers, status = MutableHeaders(scope=started[0]), started[0]["status"]
            page = _completed(headers, status, bytes(body), Headers(scope=scope), self._framework)
            await send(started[0])
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, complete)


def _completed(headers: MutableHeaders, status: int, body: bytes, asked: Headers, framework: Path | None) -> bytes:
    """The body to send, headers set to fit it; squeezed for who can read that, for it is sent before anything shows."""
    if status != 200 or not headers.get("content-type", "").startswith("text/html"):
        return body
    page = with_first_picture(body.decode(), framework).encode()
    headers.add_vary_header("Accept-Encoding")
    if "gzip" in asked.get("accept-encoding", ""):
        page = gzip.compress(page, 6)
        headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(page))
    return page


def with_first_picture(html: str, framework: Path | None = None) -> str:
    """The framework's HTML with ours in it, and with all that its scripts would ask for one after another."""
    ahead = _ahead(framework, html) if framework else []
    html = _RESIZER.sub("", _META.sub("", _MANIFEST.sub("", html))).replace('lang="en"', f'lang="{wording.LANG}"', 1)
    sheets = _SHEET.findall(html)
    html = _SHEET.sub("", html).replace("<head>", "<head>" + _head(ahead), 1)
    first = render("first.html", audiences=wording.AUDIENCES)
    return _BODY.sub(lambda body: body.group() + first + "".join(sheets), html, count=1)


def _ahead(framework: Path, html: str) -> list[str]:
    """Addresses of what the framework will ask for, one after another."""
    theme = _THEME.search(html)
    found = [site_path(f"/assets/{name}") for name in chunks(framework, html)]
    return [*found, f"{site_path('/theme.css')}?v={theme[1]}"] if theme else found


def _words(phrases: Mapping[str, str] = PHRASES) -> dict[str, Any]:
    """For the scripts, in the language that is spoken."""
    return {name: getattr(wording, phrase) for name, phrase in phrases.items()}


def _head(ahead: list[str]) -> str:
    told = {**_words(), "ahead": ahead, "take": {**_words(TAKE), "path": site_path(PATH), "most": MOST}}
    words = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    scripts = "".join(f'<script src="{asset_url(name)}" defer></script>' for name in SCRIPTS)
    icon = f'<link rel="icon" type="image/svg+xml" href="{asset_url("icon.svg")}">'
    title = f"<title>{wording.TITLE}</title>"
    return f'{title}{icon}{_styles()}<script type="application/json" id="words">{words}</script>{scripts}'


@cache
def _styles() -> str:
    return "".join(f"<style data-page>{(ASSETS / name).read_text(encoding='utf-8')}</style>" for name in STYLES)
