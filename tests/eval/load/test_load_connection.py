"""The caller that measures: it understands what servers send, and says so when nothing came."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from eval.load.connection import NO_REPLY, Address, Connection, Reply, asking, let_go, written
from eval.load.servers import HOST, free_port

Answer = Callable[[bytes], bytes]


@asynccontextmanager
async def answering(answer: Answer, closing: bool = False) -> AsyncIterator[tuple[Address, list[bytes]]]:
    """A server that gives bytes for heads, and a note of the heads."""
    heads: list[bytes] = []

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                heads.append(head)
                writer.write(answer(head))
                await writer.drain()
                if closing:
                    break
        except asyncio.IncompleteReadError:
            pass
        await let_go(writer)

    async with await asyncio.start_server(on_connection, HOST, 0) as server:
        yield Address(HOST, server.sockets[0].getsockname()[1]), heads
        await asyncio.sleep(0.01)


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def asked(answer: Answer, requests: int = 1, closing: bool = False, seconds: float = 5.0) -> tuple[Reply, int]:
    """The last reply, and how many requests came."""

    async def run() -> tuple[Reply, int]:
        async with answering(answer, closing) as (address, heads):
            connection, reply = Connection(address), NO_REPLY
            for _ in range(requests):
                reply = await connection.ask(written("GET", "/x"), seconds)
                await asyncio.sleep(0.01)
            await connection.close()
            return reply, len(heads)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("sent", "status", "body", "why"),
    [
        (OK, 200, b"{}", "by its length"),
        (
            b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n",
            201,
            b"abc",
            "chunks",
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, 200, b"{}", "leave to go on is no reply"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", "no body at all"),
        (b"HTTP/1.1 400 \r\nContent-Length: 0\r\n\r\n", 400, b"", "no reason"),
    ],
)
def test_replies_are_read(sent: bytes, status: int, body: bytes, why: str) -> None:
    reply, _ = asked(lambda _: sent)
    assert (reply.status, reply.body) == (status, body), why


def test_a_body_may_end_with_the_connection() -> None:
    reply, _ = asked(lambda _: b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it", closing=True)
    assert reply.body == b"all of it"


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_what_is_no_reply_is_none(sent: bytes) -> None:
    assert asked(lambda _: sent, closing=True)[0] is NO_REPLY


def test_a_connection_is_kept_and_opened_anew_when_the_server_closed_it() -> None:
    reply, requests = asked(lambda _: OK, requests=3, closing=True)
    assert (reply.status, requests) == (200, 3)


def test_waiting_ends() -> None:
    reply, requests = asked(lambda _: b"", seconds=0.05)
    assert (reply, requests) == (NO_REPLY, 1)


def test_nobody_there_is_no_reply() -> None:
    gone = Connection(Address(HOST, free_port()))
    assert asyncio.run(gone.ask(written("GET", "/"), 1.0)) is NO_REPLY


def test_requests_are_written_as_they_are() -> None:
    assert (
        written("GET", "/a b", headers=[("X", "1\r\nY: 2")])
        == b"GET /a b HTTP/1.1\r\nHost: bot\r\nX: 1\r\nY: 2\r\n\r\n"
    )
    head, _, body = asking("/v1/ask", {"question": "\ud83d"}).partition(b"\r\n\r\n")
    assert json.loads(body) == {"question": "\ud83d"}
    assert b"Content-Length: %d" % len(body) in head


def test_json_of_a_reply() -> None:
    assert Reply(200, {}, b'{"a": 1}').json() == {"a": 1}
    assert Reply(200, {}, b"<html>").json() is None
    assert [Reply(status, {}, b"").good for status in (0, 199, 200, 299, 300, 503)] == [False] * 2 + [True] * 2 + [
        False
    ] * 2
