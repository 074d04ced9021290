"""Callers who write: questions whose receipts are kept, and ratings. What was acknowledged must be there later."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from eval.attack.attempt import problem_faults
from eval.load.connection import Address, Connection, Reply, asking, written

ASK, FEEDBACK, ANSWERS = "/v1/ask", "/v1/feedback", "/v1/answers/"
PATIENCE = 20.0  # seconds
REFUSED = (429, 503)  # what a server may say that lacks a part of itself
UNKNOWN = 404  # and of an answer that said it was not kept: the records may be back before it is rated
NO_RECEIPT = "回执"  # in the note that it could not be kept
PAUSE = 0.02  # seconds between two tries while nothing answers


@dataclass
class Ledger:
    """What was acknowledged, and everything that came back."""

    answers: list[str] = field(default_factory=list)  # ids
    ratings: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)  # replies no server may give, by what is wrong
    longest: float = 0.0  # seconds

    def note(self, what: str, reply: Reply, took: float, also: tuple[int, ...] = ()) -> None:
        """`also`: statuses that are right here beside those of every refusal."""
        self.statuses[f"{what} {reply.status}"] += 1
        self.longest = max(self.longest, took)
        if reply.good or not reply.status:
            return
        right = reply.status in (*REFUSED, *also)
        found = problem_faults(reply) or ([] if right else [f"status {reply.status}"])
        self.wrong.update(f"{what}: {fault}" for fault in found)


async def write_until(
    address: Address, requests: Iterator[bytes], ledger: Ledger, stop: Callable[[], bool], clients: int
) -> None:
    """Each caller asks, then rates the answer, until `stop`."""

    async def caller() -> None:
        connection = Connection(address)
        while not stop():
            if answer := await _asked(connection, next(requests), ledger):
                await _rated(connection, answer, ledger)
            else:
                await asyncio.sleep(PAUSE)
        await connection.close()

    await asyncio.gather(*(caller() for _ in range(clients)))


async def _asked(connection: Connection, request: bytes, ledger: Ledger) -> dict[str, Any] | None:
    reply = await _timed(connection, request, "ask", ledger)
    content = reply.json() if reply.good else None
    if not isinstance(content, dict):
        return None
    if not says_unkept(content):
        ledger.answers.append(str(content.get("answer_id")))
    return content


def says_unkept(answer: dict[str, Any]) -> bool:
    """An answer may say in a note that its receipt could not be kept: then nothing was promised."""
    return any(NO_RECEIPT in str(note) for note in answer.get("notes", ()))


async def _rated(connection: Connection, answer: dict[str, Any], ledger: Ledger) -> None:
    said, also = str(answer.get("answer_id")), (UNKNOWN,) if says_unkept(answer) else ()
    reply = await _timed(connection, asking(FEEDBACK, {"answer_id": said, "useful": False}), "rate", ledger, also)
    if reply.good:
        ledger.ratings.append(said)


async def _timed(
    connection: Connection, request: bytes, what: str, ledger: Ledger, also: tuple[int, ...] = ()
) -> Reply:
    began = perf_counter()
    reply = await connection.ask(request, PATIENCE)
    ledger.note(what, reply, perf_counter() - began, also)
    return reply


async def missing(address: Address, answers: list[str]) -> list[str]:
    """Those of the acknowledged answers whose receipt is not found."""
    connection, lost = Connection(address), []
    for said in answers:
        reply = await connection.ask(written("GET", ANSWERS + said), PATIENCE)
        if not reply.good:
            lost.append(said)
    await connection.close()
    return lost
