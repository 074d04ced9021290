"""Connections of the server, each bounded in size, number and time. The one file that imports uvicorn.

Its faster parser, httptools, bounds no head and no wait: a caller may send 80 MB of one header, or a byte a minute.
h11 bounds the head alone and halves what a process serves, so the bounds are kept here, around the parser's callbacks.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.api import problems
from bot.api.problems import ProblemType
from ingest.errors import MetrologyError

STOP_SECONDS = 3  # for who is still being answered when the server is stopped
REASONS = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one connection may take. Sizes in bytes, times in seconds."""

    head: int = 16 * 1024
    message: int = 28 * 1024 * 1024  # head, body and trailers on the wire; a document may have 24 MiB, all else less
    connections: int = 1_000
    head_seconds: float = 10.0  # from the connection, or the first byte of a further request, to the end of its head
    body_seconds: float = 30.0
    idle_seconds: int = 15  # between two requests; longer than a proxy's pause, shorter than a scanner's patience
    write_seconds: float = 30.0  # that a caller may leave what was sent to him unread


BOUNDS = Bounds()


class HeadTooLarge(MetrologyError):
    """Stops the parser in the middle of a head."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection. What goes over a bound is told in a problem document, as far as the caller still listens."""

    def __init__(self, *arguments: Any, bounds: Bounds, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.bounds = bounds
        self._in_head, self._in_message = True, False
        self._wire = self._fields = 0
        self._waiting: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.bounds.connections:
            self._refuse(problems.BUSY)
        else:
            self._wait(self.bounds.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if not self._in_message:  # further bytes on an idle connection, be they no request yet
            self._in_head = True
            self._begin_waiting()
        self._wire += len(data)
        super().data_received(data)
        if self._in_head and self._wire > self.bounds.head:
            self._refuse(problems.HEAD_TOO_LARGE)
        elif self._wire > self.bounds.message:
            self._refuse(problems.BODY_TOO_LARGE)

    def on_message_begin(self) -> None:
        self._in_head = self._in_message = True
        self._fields = 0
        self._begin_waiting()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._wait(self.bounds.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop_waiting()
        self._in_message, self._wire = False, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  the parser's own words are English
        self._refuse(problems.HEAD_TOO_LARGE if self._fields > self.bounds.head else problems.MALFORMED_REQUEST)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self._unread or self.loop.call_later(self.bounds.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _count(self, length: int) -> None:
        """Trailers count too: they are of the same request."""
        self._fields += length
        if self._fields > self.bounds.head:
            raise HeadTooLarge

    def _begin_waiting(self) -> None:
        if self._waiting is None:
            self._wait(self.bounds.head_seconds)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(seconds, self._waited)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _waited(self) -> None:
        """Too long, unless it is we who do not read on, or the answer to the request before is still being given."""
        answering = self._in_head and self._answering
        if self.flow.read_paused or answering:
            self._wait(self.bounds.body_seconds)
        else:
            self._refuse(problems.REQUEST_TIMEOUT)

    @property
    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self, kind: ProblemType) -> None:
        self._stop_waiting()
        if self.transport.is_closing():
            return
        begun = self._answering and self.cycle.response_started
        if not begun:
            self.transport.write(_refusal(kind))
        self.transport.close()


def _refusal(kind: ProblemType) -> bytes:
    """A whole response; there is no request id yet."""
    document = {"type": kind.uri, "title": kind.title, "status": kind.status, "detail": kind.detail}
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = [
        f"HTTP/1.1 {kind.status} {REASONS.get(kind.status, kind.title)}",
        f"content-type: {problems.MEDIA_TYPE}",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "connection: close",
        *(["retry-after: 1"] if kind is problems.BUSY else []),
    ]
    return "\r\n".join([*headers, "", ""]).encode() + body


def server_of(
    app: Any, host: str, port: int, *, stop_seconds: int, trusted: Sequence[str] = (), bounds: Bounds = BOUNDS
) -> uvicorn.Server:
    """A server that is not yet started. `trusted`: proxies whose word is taken for where a request comes from."""
    protocol = partial(BoundedProtocol, bounds=bounds)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=cast(type[asyncio.Protocol], protocol),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=list(trusted),
        timeout_keep_alive=bounds.idle_seconds,
        timeout_graceful_shutdown=stop_seconds,
    )
    return uvicorn.Server(config)
