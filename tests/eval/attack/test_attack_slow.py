"""Slow and endless callers, against servers of a few lines that let them go or do not."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from eval.attack.slow import Bounds, try_all
from eval.load.connection import let_go
from eval.load.servers import HOST, Server

QUICK = Bounds(let_go=1.5, others=0.5, callers=3, taken_mb=8.0, pause=0.05)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
REFUSED = b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def bounded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes 1 MB and 0.3 s, no more."""
    taken = 0
    try:
        async with asyncio.timeout(0.3):
            while data := await reader.read(65_536):
                if data.startswith(b"GET /healthz"):
                    writer.write(OK)
                    return
                taken += len(data)
                if taken > 1_000_000:
                    writer.write(REFUSED)
                    await writer.drain()
                    return
    except (TimeoutError, OSError):
        return
    finally:
        writer.close()


async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes all there is, for as long as it comes; health is told."""
    try:
        while data := await reader.read(65_536):
            if data.startswith(b"GET /healthz"):
                writer.write(OK)
    except (OSError, asyncio.CancelledError):
        pass
    finally:
        await let_go(writer)


def tried(handler: Handler, tmp_path: Path) -> dict[str, tuple[bool, str]]:
    async def run() -> dict[str, tuple[bool, str]]:
        async with await asyncio.start_server(handler, HOST, 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            with subprocess.Popen([sys.executable, "-c", ""]) as process:
                server = Server("x", process, port, tmp_path / "log")
                trials = await try_all(server, QUICK)
            await asyncio.sleep(0.1)
        return {trial.name: (trial.held, trial.said) for trial in trials}

    return asyncio.run(run())


def test_a_server_with_bounds_holds(tmp_path: Path) -> None:
    trials = tried(bounded, tmp_path)
    assert len(trials) == 8
    assert {name: said for name, (held, said) in trials.items() if not held} == {}
    assert "3 of 3 let go" in trials["a connection and no word"][1]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_one_without_bounds_is_found_out(tmp_path: Path) -> None:
    trials = tried(patient, tmp_path)
    assert not any(held for held, _ in trials.values()), trials
    assert trials["a body said to be 1 GB"][1].startswith("8.")
    assert "0 of 3 let go" in trials["a body that never comes"][1]
