"""kill -9 of what the service stands on, in turn and under load: it goes on, and is whole again by itself."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from eval.attack.dependency import Dependency
from eval.attack.trial import Trial
from eval.attack.writing import ANSWERS, ASK, FEEDBACK, Ledger, missing, write_until
from eval.load.connection import Address, Connection, asking, written
from eval.load.servers import Program, Server, ServerFailed, free_port, serving, start, wait_until_ready

PART = "outage"
RESTARTS_WITHIN = 60.0  # for the dependency itself
ANSWERED = 10.0  # the longest that a reply may take meanwhile


@dataclass(frozen=True, slots=True)
class Outage:
    seconds: float = 5.0  # of load before and of being gone
    clients: int = 4
    recovered: float = 5.0  # what the service may take once the dependency is back


def outage(service: Program, needed: Dependency, folder: Path, requests: Iterator[bytes], how: Outage) -> list[Trial]:
    """One dependency killed and brought back on its port. Raises ServerFailed."""
    program = needed.program(folder)
    if program is None:
        return [Trial(PART, needed.name, True, "not installed: left out")]
    port = free_port()
    standing = Program(
        service.name,
        service.command,
        {**service.environment, needed.setting: needed.url(port)},
        service.ready,
    )
    with ExitStack() as stack:
        stood_on = stack.enter_context(serving(program, folder, port))
        server = stack.enter_context(serving(standing, folder))
        run = Run(needed.name, server, Ledger())
        return asyncio.run(run.through(program, stood_on, folder, requests, how))


@dataclass
class Run:
    """One service and what it acknowledged."""

    name: str
    server: Server
    ledger: Ledger
    over: bool = False

    async def through(
        self, program: Program, stood_on: Server, folder: Path, requests: Iterator[bytes], how: Outage
    ) -> list[Trial]:
        address = self.server.address
        writing = asyncio.create_task(write_until(address, requests, self.ledger, lambda: self.over, how.clients))
        again: Server | None = None
        try:
            await asyncio.sleep(how.seconds)
            before = dict(self.ledger.statuses)
            stood_on.kill()
            await asyncio.sleep(how.seconds)
            again = await asyncio.to_thread(restart, program, folder, stood_on.port)
            took = await recovery(address, how.recovered + 2 * how.seconds)
            self.over = True
            await writing
            lost = await missing(address, self.ledger.answers)
        finally:
            self.over = True
            writing.cancel()
            if again:
                again.stop()
        return self.judged(before, took, lost, how.recovered)

    def judged(self, before: dict[str, int], took: float | None, lost: list[str], within: float = 5.0) -> list[Trial]:
        told = "not at all" if took is None else f"{took:.1f} s after it was back"
        recovered = took is not None and took <= within and self.server.running
        answers = self.ledger.answers
        faults = [f"{count} × {what}" for what, count in self.ledger.wrong.items()]
        if self.ledger.longest > ANSWERED:
            faults.append(f"a reply took {self.ledger.longest:.1f} s")
        if not before.get("ask 200"):
            faults.append(f"nothing was answered before it was killed: {before}")
        counts = ", ".join(f"{what}: {count}" for what, count in sorted(self.ledger.statuses.items()))
        return [
            Trial(PART, f"{self.name}: whole again", recovered, told),
            Trial(PART, f"{self.name}: replies meanwhile", not faults, "; ".join(faults) or counts),
            Trial(PART, f"{self.name}: receipts", not lost, f"{len(lost)} of {len(answers)} acknowledged answers lost"),
        ]


def restart(program: Program, folder: Path, port: int) -> Server:
    """A killed database may find what it left behind locked for a moment: tried again until it holds."""
    end = monotonic() + RESTARTS_WITHIN
    while True:
        server = start(program, folder, port)
        try:
            wait_until_ready(server, program, end - monotonic())
        except ServerFailed:
            server.stop()
            if monotonic() > end:
                raise
        else:
            return server


async def recovery(address: Address, within: float) -> float | None:
    """Seconds until everything works for a caller; None when it does not within that time."""
    began = monotonic()
    while (took := monotonic() - began) < within:
        if await works(address, within - took):
            return monotonic() - began
        await asyncio.sleep(0.1)
    return None


async def works(address: Address, seconds: float) -> bool:
    """It says that it is ready, answers, finds the receipt and takes a rating."""
    connection = Connection(address)
    try:
        ready = await connection.ask(written("GET", "/readyz"), seconds)
        asked = await connection.ask(asking(ASK, {"question": "厦门四24的原文是什么"}), seconds)
        content = asked.json() if ready.good and asked.good else None
        if not isinstance(content, dict):
            return False
        said = content["answer_id"]
        receipt = await connection.ask(written("GET", f"{ANSWERS}{said}"), seconds)
        rated = await connection.ask(asking(FEEDBACK, {"answer_id": said, "useful": True}), seconds)
        return receipt.good and rated.good
    finally:
        await connection.close()
