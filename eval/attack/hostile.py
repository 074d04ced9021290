"""Sends hostile requests one after another, and looks after each whether what must hold held."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from eval.attack.attempt import SECONDS, Attempt, faults
from eval.attack.fuzz import ASK, GOOD, attempts
from eval.attack.trial import Trial
from eval.load.connection import Connection, Reply, written
from eval.load.servers import Program, Server, serving

PART = "fuzz"
GRACE = 2.0  # beyond SECONDS, to tell slow from never

Progress = Callable[[str, int, int], None]


@dataclass
class Target:
    """A server that is replaced when an attempt leaves it unable to answer, so that the next is judged by itself."""

    program: Program
    folder: Path
    stack: ExitStack
    server: Server
    patience: float = SECONDS + GRACE

    @classmethod
    def opened(cls, program: Program, folder: Path, stack: ExitStack) -> "Target":
        return cls(program, folder, stack, stack.enter_context(serving(program, folder)))

    def sent(self, request: bytes) -> tuple[Reply, float]:
        """The reply on a connection of its own, and the seconds it took."""
        return asyncio.run(_sent(self.server, request, self.patience))

    def logged(self, after: int = 0) -> str:
        with self.server.log.open("rb") as log:
            log.seek(after)
            return log.read().decode("utf-8", "replace")

    def size(self) -> int:
        return self.server.log.stat().st_size

    def replace(self) -> None:
        self.server.kill()
        self.server = self.stack.enter_context(serving(self.program, self.folder))


def fuzz(program: Program, folder: Path, seed: int, damaged: int, progress: Progress) -> list[Trial]:
    """Raises ServerFailed."""
    with ExitStack() as stack:
        target = Target.opened(program, folder, stack)
        tried = list(attempts(seed, damaged))
        trials = []
        for number, one in enumerate(tried, start=1):
            trials.append(attempted(target, one))
            progress(PART, number, len(tried))
        return [*trials, alive(target)]


def attempted(target: Target, tried: Attempt) -> Trial:
    before = target.size()
    reply, took = target.sent(tried.request)
    found = faults(tried, reply, took, target.logged(before))
    if not target.server.running:
        found.append("the server ended")
    if found and not _answers(target):
        found.append("nobody else was answered after it")
        target.replace()
    return Trial(PART, tried.name, not found, "; ".join(found))


async def _sent(server: Server, request: bytes, seconds: float) -> tuple[Reply, float]:
    connection, began = Connection(server.address), perf_counter()
    reply = await connection.ask(request, seconds)
    took = perf_counter() - began
    await connection.close()
    return reply, took


def _answers(target: Target) -> bool:
    reply, _ = target.sent(written("POST", ASK, GOOD))
    return reply.good


def alive(target: Target) -> Trial:
    """At the end a plain question is answered still, and its receipt is found: no table is gone."""
    reply, _ = target.sent(written("POST", ASK, GOOD))
    content = reply.json() if reply.good else None
    said = content.get("answer_id") if isinstance(content, dict) else None
    receipt, _ = target.sent(written("GET", f"/v1/answers/{said}"))
    seen = f"question {reply.status}, receipt {receipt.status}"
    return Trial(PART, "afterwards all is as before", reply.good and receipt.good, "" if receipt.good else seen)
