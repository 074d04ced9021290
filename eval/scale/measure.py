"""An index of some size: how long a server over it takes to start, to answer, and to answer from what is added."""

import asyncio
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from eval.load.connection import Address, Connection, asking, written
from eval.load.servers import Program, Server, ServerFailed, environment_of, serving
from eval.load.usage import usage
from eval.scale.statutes import Statute
from ingest.errors import EvalError

STARTS_WITHIN, ANSWERS_WITHIN, CHANGES_WITHIN = 1800.0, 120.0, 3600.0  # seconds
LOOK_S = 0.02

Commands = Callable[[Sequence[str]], list[str]]  # the arguments of `metrology` → a command to run


class ChangeFailed(EvalError):
    """A document could not be added or removed, or the server went on without it."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what} failed: {reason}. Mend that, then measure again.")


@dataclass(frozen=True, slots=True)
class Served:
    """Milliseconds of each answer; the other times in seconds. `switched_s`: after the command had returned."""

    start_s: float
    resident_mb: float
    asks: tuple[float, ...]
    searches: tuple[float, ...]
    add_s: float
    switched_s: float
    remove_s: float


def measure(program: Program, commands: Commands, data: Path, questions: Sequence[str], one: Statute) -> Served:
    """Starts a server over `data`, stops it. Raises ServerFailed, ChangeFailed."""
    began = time.monotonic()
    with serving(program, data, within=STARTS_WITHIN) as server:
        start = time.monotonic() - began
        asks, searches = asyncio.run(_asked(server.address, questions))
        resident = usage(server.process.pid).resident_mb
        document = data.parent / "one" / f"{one.id}.txt"
        document.parent.mkdir(exist_ok=True)
        document.write_text(one.text, encoding="utf-8")
        add, switched = _until(server, commands(["add", str(document)]), program, f"/v1/plans/{one.id}", 200)
        remove, _ = _until(server, commands(["remove", one.id]), program, f"/v1/plans/{one.id}", 404)
    return Served(start, resident, tuple(asks), tuple(searches), add, switched, remove)


async def _asked(address: Address, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """One after the other; the first is asked once before, for what is loaded on first use."""
    connection = Connection(address)

    async def took(request: bytes) -> float:
        began = time.perf_counter()
        reply = await connection.ask(request, ANSWERS_WITHIN)
        if not reply.good:
            raise ServerFailed("service", f"it answered with {reply.status}")
        return (time.perf_counter() - began) * 1000

    asks = [asking("/v1/ask", {"question": one}) for one in questions]
    searches = [written("GET", f"/v1/search?q={quote(one)}") for one in questions]
    try:
        for first in (asks[0], searches[0]):
            await took(first)
        return [await took(each) for each in asks], [await took(each) for each in searches]
    finally:
        await connection.close()


def _until(server: Server, command: list[str], program: Program, path: str, status: int) -> tuple[float, float]:
    """How long the command took, and how long after it the server says `status` of `path`."""
    environment, began = environment_of(program), time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=CHANGES_WITHIN, check=False)
    returned = time.monotonic()
    if done.returncode:
        raise ChangeFailed(" ".join(command[-2:]), done.stderr.strip()[-400:])
    while asyncio.run(_status(server.address, path)) != status:
        if time.monotonic() - returned > ANSWERS_WITHIN:
            raise ChangeFailed(path, f"the server did not answer {status} within {ANSWERS_WITHIN:g} s")
        time.sleep(LOOK_S)
    return returned - began, time.monotonic() - returned


async def _status(address: Address, path: str) -> int:
    connection = Connection(address)
    try:
        return (await connection.ask(written("GET", path), ANSWERS_WITHIN)).status
    finally:
        await connection.close()
