"""Connections that want too much: endless heads, bytes that trickle, answers nobody reads, crowds."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.listen import BOUNDS, Bounds, server_of

QUICK = Bounds(head_seconds=0.5, body_seconds=0.6, write_seconds=0.5, idle_seconds=1, connections=4)
PATIENCE = 15  # seconds a test waits for what must come
START = b"POST /echo HTTP/1.1\r\nHost: x\r\n"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """How long the body was; /long never ends."""
    if scope["type"] != "http":
        return
    request = Request(scope, receive)
    if scope["path"] == "/long":
        await StreamingResponse(b"x" * 65_536 for _ in iter(int, 1))(scope, receive, send)
        return
    length = len(await request.body())
    await JSONResponse({"length": length, "client": scope["client"][0]})(scope, receive, send)


@contextmanager
def served(bounds: Bounds = QUICK, app: ASGIApp = echo, trusted: tuple[str, ...] = ()) -> Iterator[int]:
    """The port."""
    server = server_of(app, "127.0.0.1", 0, stop_seconds=1, bounds=bounds, trusted=trusted)
    thread = Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < until
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    found = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            found += piece
    return found


def reply(connection: socket.socket) -> bytes:
    """A reply's head and the object in its body, which may come apart."""
    found = b""
    while not found.endswith(b"}") and (piece := connection.recv(65_536)):
        found += piece
    return found


def sent(connection: socket.socket, content: bytes) -> None:
    with suppress(ConnectionError):  # closed before it took all
        connection.sendall(content)


def told(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


class TestHead:
    def test_80_mb_of_headers_stop_nobody(self) -> None:
        with served(BOUNDS) as port, connected(port) as flood:
            began = time.monotonic()
            sent(flood, START + b"X: " + b"x" * 80_000_000)
            assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=PATIENCE).is_success
            assert time.monotonic() - began < 12, "nineteen seconds, when heads had no bound"

    @pytest.mark.parametrize(
        ("head", "why"),
        [
            (START + b"X: " + b"x" * 20_000, "a header that has no end"),
            (START + b"X: " + b"x" * 20_000 + b"\r\n\r\n", "one that has"),
            (START + b"X: y\r\n" * 4_000 + b"\r\n", "many"),
            (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", "an address"),
            (b"G" * 20_000, "a method"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_more_than_16_kb_are_refused(self, head: bytes, why: str) -> None:
        with served() as port, connected(port) as connection:
            sent(connection, head)
            status, problem = told(received(connection))
            assert status == problem["status"]
            assert (status, problem["type"]) in [(431, "/docs#head-too-large"), (400, "/docs#malformed-request")], why

    def test_a_head_of_almost_16_kb_is_read_in_pieces_and_at_once(self) -> None:
        head = START + b"X: " + b"x" * (BOUNDS.head - 100) + b"\r\nContent-Length: 2\r\n\r\nab"
        with served() as port:
            for pieces in ([head], [head[:9_000], head[9_000:]]):
                with connected(port) as connection:
                    for piece in pieces:
                        connection.sendall(piece)
                        time.sleep(0.05)
                    assert told(received(connection))[1]["length"] == 2

    def test_trailers_are_bounded_too(self) -> None:
        with served() as port, connected(port) as connection:
            chunked = START + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
            sent(connection, chunked + b"X: y\r\n" * 4_000 + b"\r\n")
            assert told(received(connection))[0] in (400, 431)

    def test_nonsense_is_answered_with_a_problem(self) -> None:
        with served() as port, connected(port) as connection:
            connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
            status, problem = told(received(connection))
            assert (status, problem["title"]) == (400, "Malformed request")


class TestTime:
    @pytest.mark.parametrize(
        ("begun", "drop", "why"),
        [
            (b"", b"", "connected and silent"),
            (b"", b"\r\n", "line ends that begin nothing"),
            (START, b"X", "a head"),
            (START + b"Content-Length: 900\r\n\r\n", b"x", "a body"),
            (START + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", "a body in chunks"),
        ],
    )
    def test_who_sends_a_byte_now_and_then_is_let_go(self, begun: bytes, drop: bytes, why: str) -> None:
        with served() as port, connected(port) as connection:
            sent(connection, begun)
            began = time.monotonic()
            connection.settimeout(0.1)
            answer = b""
            while time.monotonic() < began + PATIENCE:
                sent(connection, drop)
                try:
                    piece = connection.recv(65_536)
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
                if not piece:
                    break
                answer += piece
            assert time.monotonic() - began < 5, why
            assert told(answer)[1]["type"] == "/docs#request-timeout"

    def test_an_idle_connection_is_closed_and_one_that_goes_on_is_kept(self) -> None:
        with served() as port, connected(port) as connection:
            for _ in range(3):
                connection.sendall(START + b"Content-Length: 1\r\n\r\na")
                assert b'"length":1' in reply(connection)
                time.sleep(0.3)
            assert received(connection) == b""

    def test_a_reader_who_reads_nothing_is_let_go(self) -> None:
        with served() as port, connected(port) as connection:
            connection.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(2)
            connection.settimeout(PATIENCE)
            assert len(received(connection)) < 30_000_000, "what was in the pipes, then the end"

    def test_a_body_without_end_is_cut(self) -> None:
        with served() as port, connected(port) as connection:
            sent(connection, b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            sent(connection, b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            began = time.monotonic()
            for _ in range(200):
                sent(connection, b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            received(connection)
            assert time.monotonic() - began < 5


def test_connections_are_counted() -> None:
    with served() as port:
        many = [connected(port) for _ in range(QUICK.connections)]
        with connected(port) as late:
            answer = received(late)
        status, problem = told(answer)
        assert (status, problem["type"]) == (503, "/docs#busy")
        assert b"retry-after: 1" in answer
        for one in many:
            one.close()
        time.sleep(0.2)
        assert httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).is_success, "room again"


@pytest.mark.parametrize(("trusted", "seen"), [((), "127.0.0.1"), (("127.0.0.1",), "203.0.113.9")])
def test_only_a_trusted_proxy_says_where_a_request_comes_from(trusted: tuple[str, ...], seen: str) -> None:
    with served(trusted=trusted) as port:
        url = f"http://127.0.0.1:{port}/"
        reply = httpx.get(url, headers={"X-Forwarded-For": "203.0.113.9"}, trust_env=False)
        assert reply.json()["client"] == seen
        assert "server" not in reply.headers


def test_two_requests_at_once_on_one_connection_are_answered_in_order() -> None:
    with served() as port, connected(port) as connection:
        connection.sendall(START + b"Content-Length: 1\r\n\r\na" + START + b"Content-Length: 2\r\n\r\nbb")
        answer = received(connection)
        assert answer.index(b'"length":1') < answer.index(b'"length":2')
