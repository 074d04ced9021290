"""The page's first picture stands in its HTML: drawn before the framework's scripts are there, and usable without them.

The framework's own HTML is an empty frame, white until everything has come. Its style sheet holds up drawing, so it
moves behind the first picture; its description of itself for search engines and chat windows goes.
"""

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import wording
from ui.take_routes import MOST, PATH
from ui.templates import ASSETS, asset_url, render, site_path

SCRIPTS = ("take.js", "talks.js", "votes.js", "away.js", "page.js")
STYLES = ("page.css", "answer.css", "take.css")
_META = re.compile(r'<meta\s{1,9}(?:property="og:|name="twitter:)[^>]{0,400}>')
_SHEET = re.compile(r'<link rel="stylesheet"[^>]{0,200}>')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]{0,200}>')
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

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
            page = _completed(MutableHeaders(scope=started[0]), started[0]["status"], bytes(body), Headers(scope=scope))
            await send(started[0])
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, complete)


def _completed(headers: MutableHeaders, status: int, body: bytes, asked: Headers) -> bytes:
    """The body to send, headers set to fit it; squeezed for who can read that, for it is sent before anything shows."""
    if status != 200 or not headers.get("content-type", "").startswith("text/html"):
        return body
    page = with_first_picture(body.decode()).encode()
    headers.add_vary_header("Accept-Encoding")
    if "gzip" in asked.get("accept-encoding", ""):
        page = gzip.compress(page, 6)
        headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(page))
    return page


def with_first_picture(html: str) -> str:
    """The framework's HTML with ours in it."""
    html = _META.sub("", _MANIFEST.sub("", html)).replace('lang="en"', f'lang="{wording.LANG}"', 1)
    sheets = _SHEET.findall(html)
    html = _SHEET.sub("", html).replace("<head>", "<head>" + _head(), 1)
    first = render("first.html", audiences=wording.AUDIENCES)
    return _BODY.sub(lambda body: body.group() + first + "".join(sheets), html, count=1)


def _words(phrases: Mapping[str, str] = PHRASES) -> dict[str, Any]:
    """For the scripts, in the language that is spoken."""
    return {name: getattr(wording, phrase) for name, phrase in phrases.items()}


def _head() -> str:
    told = {**_words(), "take": {**_words(TAKE), "path": site_path(PATH), "most": MOST}}
    words = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    scripts = "".join(f'<script src="{asset_url(name)}" defer></script>' for name in SCRIPTS)
    icon = f'<link rel="icon" type="image/svg+xml" href="{asset_url("icon.svg")}">'
    title = f"<title>{wording.TITLE}</title>"
    return f'{title}{icon}{_styles()}<script type="application/json" id="words">{words}</script>{scripts}'


@cache
def _styles() -> str:
    return "".join(f"<style data-page>{(ASSETS / name).read_text(encoding='utf-8')}</style>" for name in STYLES)
