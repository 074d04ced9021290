"""Files whose address names their content: squeezed once, kept in memory, and kept by browsers for good.

The one file that imports brotli, which comes with the page's framework.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 256  # files that are kept
LARGEST = 1024 * 1024  # bytes of a file that is kept
FOR_GOOD = "public, max-age=31536000, immutable"
SQUEEZABLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
LEVELS = {"br": 9, "gzip": 9}  # higher ones take seconds for what the first visitor waits for
UNCONDITIONAL = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")


@dataclass(frozen=True, slots=True)
class File:
    media_type: str
    coding: str
    body: bytes


class Lasting:
    """ASGI: an application some of whose files last."""

    def __init__(self, app: ASGIApp, lasts: Callable[[Scope], bool], most: int = MOST) -> None:
        self.app, self._lasts, self._most = app, lasts, most
        self._kept: dict[tuple[str, str], File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not self._lasts(scope):
            await self.app(scope, receive, send)
            return
        coding = coding_of(Headers(scope=scope).get("accept-encoding", ""))
        file = self._kept.get((scope["path"], coding))
        if file is None:
            file = await self._read(scope, receive, send, coding)
        if file is not None:
            await _tell(file, scope["method"], send)

    async def _read(self, scope: Scope, receive: Receive, send: Send, coding: str) -> File | None:
        """None where what was found is no such file: it has been sent as it is."""
        headers = [pair for pair in scope["headers"] if pair[0] not in UNCONDITIONAL]
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            if message["type"] in ("http.response.start", "http.response.body"):
                messages.append(message)

        await self.app({**scope, "method": "GET", "headers": headers, "extensions": {}}, receive, collect)
        start, body = messages[0], b"".join(one.get("body", b"") for one in messages[1:])
        media_type = MutableHeaders(scope=start).get("content-type", "")
        if start["status"] != 200 or len(body) > LARGEST or not media_type.startswith(SQUEEZABLE):
            for message in messages:
                await send(message)
            return None
        file = File(media_type, coding, await run_sync(squeezed, body, coding))
        if len(self._kept) < self._most:
            self._kept[scope["path"], coding] = file
        return file


def coding_of(accepted: str) -> str:
    """The best of what a browser reads; empty: as it is.

    >>> coding_of("gzip, deflate, br;q=0.9")
    'br'
    """
    named = {one.partition(";")[0].strip() for one in accepted.lower().split(",") if one[-3:].strip() != "q=0"}
    return next((coding for coding in LEVELS if coding in named), "")


def squeezed(body: bytes, coding: str) -> bytes:
    match coding:
        case "br":
            return bytes(brotli.compress(body, quality=LEVELS[coding]))
        case "gzip":
            return gzip.compress(body, LEVELS[coding], mtime=0)
    return body


async def _tell(file: File, method: str, send: Send) -> None:
    headers = MutableHeaders()
    headers["content-type"] = file.media_type
    headers["content-length"] = str(len(file.body))
    headers["cache-control"] = FOR_GOOD
    headers["vary"] = "Accept-Encoding"
    if file.coding:
        headers["content-encoding"] = file.coding
    await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
    await send({"type": "http.response.body", "body": file.body if method == "GET" else b""})
