"""A scripted OpenAI-compatible endpoint on loopback: real HTTP, real server-sent events, told what to say."""

import json
import re
import select
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from types import TracebackType
from typing import Any, Self

CLAUSE = re.compile(r"^<<<(\w+) 条款\[(\d+)\]（(.+?)）\n(.*?)\n>>>\1$", re.DOTALL | re.MULTILINE)
QUESTION = re.compile(r"^<<<(\w+) (?:问题|追问)\n(.*?)\n>>>\1$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause as the prompt shows it."""

    handle: int
    place: str
    text: str

    @property
    def sentences(self) -> list[str]:
        body = re.sub(r"^[^。，：]{1,40}：", "", self.text)  # its heading
        return [part for part in re.findall(r"[^。]+。", body.replace("\n", "")) if "责任单位" not in part]


@dataclass(frozen=True, slots=True)
class Request:
    """What the endpoint was sent."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that the model would read."""
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def clauses(self) -> list[Shown]:
        asked = self.body["messages"][-1]["content"]  # an example is shown before it
        return [Shown(int(handle), place, text) for _, handle, place, text in CLAUSE.findall(asked)]

    @property
    def question(self) -> str:
        return str(QUESTION.findall(self.text)[-1][1])

    @property
    def rewrites(self) -> bool:
        return " 追问\n" in self.text


@dataclass(frozen=True, slots=True)
class Reply:
    """`pieces` are sent one event each; numbers among them are seconds to wait. bytes go out as they are."""

    pieces: Iterable[str | float | bytes] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish: str | None = "stop"  # finish_reason of the last chunk; None for none
    done: bool = True  # whether [DONE] is sent
    cut: bool = False  # whether the connection is reset instead of ended
    silent: float = 0.0  # seconds before the status line
    whole: bytes | None = None  # JSON instead of a stream


Script = Callable[[Request], Reply]


class ScriptedServer:
    """Answers requests with `script`, or with `queue` first. Everything it saw is kept."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or (lambda _: Reply(["无依据"]))
        self.queue: list[Reply] = []
        self.requests: list[Request] = []
        self.sent_at: list[float] = []  # time.monotonic() of each piece of text
        self.left = threading.Event()  # a client went before its reply was complete
        self._closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Of", (Handler,), {"scripted": self}))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply_to(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.queue.pop(0) if self.queue else self.script(request)

    def wait(self, connection: socket.socket, seconds: float) -> bool:
        """Whether the client is still there after `seconds`."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0 and not self._closing.is_set():
            readable, _, _ = select.select([connection], [], [], min(left, 0.05))
            if readable and not connection.recv(1, socket.MSG_PEEK):
                return False
        return not self._closing.is_set()


class Handler(BaseHTTPRequestHandler):
    """`scripted` is set by a subclass a server."""

    scripted: ScriptedServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.scripted.left.set()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.scripted.reply_to(Request(self.path, headers, body))
        try:
            self._send(reply)
        except OSError:
            self.scripted.left.set()
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        self._wait(reply.silent)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 200:
            return self._json(json.dumps({"error": {"message": f"no: {self.headers['authorization']}"}}).encode())
        if reply.whole is not None:
            return self._json(reply.whole)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in reply.pieces:
            self._piece(piece)
        if reply.cut:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return None
        self._chunk(_event(None, reply.finish) if reply.finish else b"")
        self._chunk(b"data: [DONE]\n\n" if reply.done else b"")
        self.wfile.write(b"0\r\n\r\n")
        return None

    def _json(self, document: bytes) -> None:
        """A refusal, as real ones with a message that repeats the key; or a reply that does not stream."""
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(document)))
        self.end_headers()
        self.wfile.write(document)

    def _piece(self, piece: str | float | bytes) -> None:
        if isinstance(piece, bytes):
            self._chunk(piece)
        elif isinstance(piece, str):
            self._chunk(_event(piece, None))
            self.scripted.sent_at.append(monotonic())
        else:
            self._wait(piece)

    def _wait(self, seconds: float) -> None:
        if not self.scripted.wait(self.connection, seconds):
            raise ConnectionError("the client left, or the test is over")

    def _chunk(self, data: bytes) -> None:
        if data:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _event(text: str | None, finish: str | None) -> bytes:
    delta = {} if text is None else {"role": "assistant", "content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"
