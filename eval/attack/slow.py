"""Bodies without end, and callers who send too slowly: all are let go in time, and nobody else waits for them."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from eval.attack.trial import Trial
from eval.load.connection import Connection, Reply, let_go, read_reply, written
from eval.load.servers import Program, Server, serving

PART = "slow"
MB = 1024 * 1024
CHUNK = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
HEAD = b"POST /v1/ask HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a server must keep. Seconds and MB are measured at the caller's end."""

    let_go: float = 45.0  # until a caller is closed who sends a byte a second
    others: float = 1.0  # what /healthz may take meanwhile
    callers: int = 50  # who are slow at the same time
    taken_mb: float = 8.0  # of a body or head without end, until refused
    pause: float = 1.0  # between two bytes of a slow caller


BOUNDS = Bounds()


def slow(program: Program, folder: Path, bounds: Bounds = BOUNDS) -> list[Trial]:
    """Raises ServerFailed."""
    with serving(program, folder) as server:
        return asyncio.run(try_all(server, bounds))


async def try_all(server: Server, bounds: Bounds) -> list[Trial]:
    endless = {
        "a body said to be 1 GB": (HEAD + b"Content-Length: 1073741824\r\n\r\n", b"a" * 65_536),
        "a body without length": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", CHUNK),
        "a head without end": (HEAD, b"X-A: " + b"a" * 60_000 + b"\r\n"),
        "one header without end": (HEAD + b"X-A: ", b"a" * 65_536),
    }
    trials = [await _endless(server, name, *parts, bounds) for name, parts in endless.items()]
    dripping = {
        "a head byte by byte": (HEAD[:20], b"a"),
        "a body byte by byte": (HEAD + b"Content-Length: 9000\r\n\r\n", b"a"),
        "a body that never comes": (HEAD + b"Content-Length: 9000\r\n\r\n", b""),
        "a connection and no word": (b"", b""),
    }
    together = await asyncio.gather(*(_drip(server, name, *parts, bounds) for name, parts in dripping.items()))
    return [*trials, *together]


async def _endless(server: Server, name: str, begin: bytes, more: bytes, bounds: Bounds) -> Trial:
    """Sends until refused. The bytes count that the caller got rid of, some of which lie in buffers."""
    reader, writer = await asyncio.open_connection(server.address.host, server.address.port)
    sent, limit = 0, bounds.taken_mb * MB
    answer = asyncio.create_task(_refusal(reader))
    with suppress(OSError):
        writer.write(begin)
        while sent <= limit and not answer.done():
            writer.write(more)
            async with asyncio.timeout(bounds.let_go):
                await writer.drain()
            sent += len(more)
            await asyncio.sleep(0)
    reply = await _within(answer, bounds.others)
    await let_go(writer)
    refused = reply is None or 400 <= reply.status < 500
    seen = f"{sent / MB:.1f} MB sent, {'closed' if reply is None else f'status {reply.status}'}"
    return Trial(PART, name, refused and sent <= limit, seen)


async def _refusal(reader: asyncio.StreamReader) -> Reply | None:
    """What came before the server closed."""
    try:
        return await read_reply(reader)
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None


async def _within(answer: "asyncio.Task[Reply | None]", seconds: float) -> Reply | None:
    """Status 0 when neither an answer nor an end came."""
    done, _ = await asyncio.wait([answer], timeout=seconds)
    if done:
        return answer.result()
    answer.cancel()
    return Reply(0, {}, b"")


async def _drip(server: Server, name: str, begin: bytes, more: bytes, bounds: Bounds) -> Trial:
    """Many callers who are slow alike, and how long another waits for the simplest of answers meanwhile."""
    began = perf_counter()
    callers = [asyncio.create_task(_slow_caller(server, begin, more, bounds)) for _ in range(bounds.callers)]
    watching, longest = Connection(server.address), 0.0
    while not all(caller.done() for caller in callers):
        asked = perf_counter()
        reply = await watching.ask(written("GET", "/healthz"), bounds.let_go)
        longest = max(longest, perf_counter() - asked if reply.good else bounds.let_go)
        await asyncio.sleep(bounds.pause)
    await watching.close()
    closed = sum(caller.result() for caller in callers)
    said = (
        f"{closed} of {len(callers)} let go after {perf_counter() - began:.0f} s, others waited {longest:.2f} s at most"
    )
    return Trial(PART, name, closed == len(callers) and longest <= bounds.others, said)


async def _slow_caller(server: Server, begin: bytes, more: bytes, bounds: Bounds) -> bool:
    """Whether the server ended it in time."""
    reader, writer = await asyncio.open_connection(server.address.host, server.address.port)
    try:
        async with asyncio.timeout(bounds.let_go):
            dripping = asyncio.create_task(_write(writer, begin, more, bounds.pause))
            try:
                while await reader.read(1024):  # a refusal may come before the end
                    pass
            finally:
                dripping.cancel()
        return True
    except OSError as error:  # reset by the server, or the time is up
        return not isinstance(error, TimeoutError)
    finally:
        await let_go(writer)


async def _write(writer: asyncio.StreamWriter, begin: bytes, more: bytes, pause: float) -> None:
    writer.write(begin)
    with suppress(OSError):
        while True:
            await asyncio.sleep(pause)
            writer.write(more)
            await writer.drain()
