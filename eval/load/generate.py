"""Load in two ways: closed, where each client asks when it was answered, and open, where it asks when it is due."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

from eval.load.connection import NO_REPLY, Address, Connection

PATIENCE = 60.0  # seconds a client waits for an answer, and the most that a run lasts beyond its time


@dataclass(frozen=True, slots=True)
class Sample:
    """One request. `ms`: until answered, from when it was due. `at`: seconds from the start until then."""

    status: int  # 0: not answered
    ms: float
    at: float

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Load:
    """How a server is asked: by so many clients, spread over its addresses in turn, for so many seconds."""

    addresses: Sequence[Address]
    clients: int
    seconds: float
    patience: float = PATIENCE


async def closed(load: Load, requests: Iterator[bytes]) -> list[Sample]:
    """As much as the server can do for so many clients at once. What is asked in time is waited for beyond it."""

    async def client(ask: "Ask", end: float) -> None:
        while perf_counter() < end:
            await ask(next(requests), perf_counter())

    return await _run(load, [client] * load.clients)


async def open_loop(load: Load, requests: Iterator[bytes], rate: float, seed: int) -> list[Sample]:
    """`rate` requests a second in all, at times drawn beforehand. Who is late asks at once; his wait began when due."""
    schedules = [
        _schedule(random.Random(f"{seed}:{number}"), rate / load.clients, load.seconds)
        for number in range(load.clients)
    ]

    def of(schedule: list[float]) -> Client:
        async def client(ask: "Ask", end: float) -> None:
            begin = end - load.seconds
            for due in schedule:
                await asyncio.sleep(max(0.0, begin + due - perf_counter()))
                await ask(next(requests), begin + due)

        return client

    return await _run(load, [of(schedule) for schedule in schedules])


async def paced(load: Load, requests: Iterator[bytes], every: float) -> list[Sample]:
    """Each client asks once in `every` seconds."""

    async def client(ask: "Ask", end: float) -> None:
        begin = end - load.seconds
        for number in range(round(load.seconds / every)):
            await asyncio.sleep(max(0.0, begin + number * every - perf_counter()))
            await ask(next(requests), begin + number * every)

    return await _run(load, [client] * load.clients)


Ask = Callable[[bytes, float], Awaitable[None]]  # a request, and when it was due
Client = Callable[[Ask, float], Awaitable[None]]  # how to ask, and when to end


async def _run(load: Load, clients: Sequence[Client]) -> list[Sample]:
    """Connections are opened before the time runs."""
    connections = [Connection(address) for address in islice(_round(load.addresses), len(clients))]
    samples: list[Sample] = []
    try:
        for connection in connections:
            await connection.open()
        begin = perf_counter()
        end, last = begin + load.seconds, begin + load.seconds + load.patience

        def asker(connection: Connection) -> Ask:
            async def ask(request: bytes, due: float) -> None:
                left = last - perf_counter()
                reply = await connection.ask(request, min(left, load.patience)) if left > 0 else NO_REPLY
                now = perf_counter()
                samples.append(Sample(reply.status, (now - due) * 1000, now - begin))
                if not reply.status:
                    await asyncio.sleep(0.01)  # a server that is gone is not asked in a spin

            return ask

        await asyncio.gather(*(client(asker(one), end) for client, one in zip(clients, connections, strict=True)))
    finally:
        for connection in connections:
            await connection.close()
    return samples


def _round(addresses: Sequence[Address]) -> Iterator[Address]:
    while True:
        yield from addresses


def _schedule(lots: random.Random, rate: float, seconds: float) -> list[float]:
    """Times of independent requests, `rate` of them a second on average."""
    due, times = lots.expovariate(rate), []
    while due < seconds:
        times.append(due)
        due += lots.expovariate(rate)
    return times
