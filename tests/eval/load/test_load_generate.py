"""Load: how many ask, when they ask, and from when their waiting is counted. No times are asserted but by order."""

import asyncio
import json
from collections.abc import Iterator
from itertools import count, repeat
from random import Random
from typing import Any

import pytest

from eval.load.connection import Address, asking, let_go
from eval.load.generate import Load, Sample, _schedule, closed, open_loop, paced
from eval.load.servers import HOST, free_port
from tests.bot.api.live import served

QUESTION = asking("/v1/ask", {"question": "x"})


class Service:
    """Answers with `status` when `pause` seconds are over; notes how many it answers at once, and to whom."""

    def __init__(self, pause: float = 0.0, status: int = 200) -> None:
        self.pause, self.status = pause, status
        self.now = self.most = self.served = 0
        self.clients: set[tuple[str, int]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        await receive()
        self.now += 1
        self.served += 1
        self.most = max(self.most, self.now)
        self.clients.add(tuple(scope["client"]))
        await asyncio.sleep(self.pause)
        self.now -= 1
        body = json.dumps({"ok": True}).encode()
        headers = [(b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def address_of(url: str, source: str = "") -> Address:
    return Address(HOST, int(url.rpartition(":")[2]), source)


def requests() -> Iterator[bytes]:
    return repeat(QUESTION)


def test_each_client_waits_for_its_answer_on_its_own_connection() -> None:
    service = Service(pause=0.01)
    with served(service) as url:
        samples = asyncio.run(closed(Load([address_of(url)], 5, 0.3), requests()))
    assert service.most == len(service.clients) == 5
    assert len(samples) == service.served > 10
    assert all(sample.good and sample.ms >= 9 for sample in samples)


def test_what_was_asked_in_time_is_waited_for() -> None:
    with served(Service(pause=0.4)) as url:
        samples = asyncio.run(closed(Load([address_of(url)], 2, 0.1), requests()))
    assert [sample.good for sample in samples] == [True, True]
    assert all(sample.at > 0.1 for sample in samples), "so that it can be left out of what was done in time"


def test_waiting_has_an_end() -> None:
    with served(Service(pause=1.5)) as url:
        (sample,) = asyncio.run(closed(Load([address_of(url)], 1, 0.1, patience=0.2), requests()))
    assert sample.status == 0


def test_addresses_are_taken_in_turn() -> None:
    one, other = Service(pause=0.01), Service(pause=0.01)
    with served(one) as first, served(other) as second:
        asyncio.run(closed(Load([address_of(first), address_of(second)], 5, 0.2), requests()))
    assert (len(one.clients), len(other.clients)) == (3, 2)


def test_a_client_may_come_from_another_address() -> None:
    service = Service()
    with served(service) as url:
        asyncio.run(closed(Load([address_of(url, "127.0.0.2")], 1, 0.1), requests()))
    assert {host for host, _ in service.clients} == {"127.0.0.2"}


def test_refusals_are_samples_too() -> None:
    with served(Service(status=429)) as url:
        samples = asyncio.run(closed(Load([address_of(url)], 1, 0.1), requests()))
    assert {sample.status for sample in samples} == {429}
    assert not any(sample.good for sample in samples)


def test_schedules_are_drawn_beforehand_and_keep_the_rate() -> None:
    times = _schedule(Random(1), rate=200.0, seconds=10.0)
    assert times == _schedule(Random(1), 200.0, 10.0) != _schedule(Random(2), 200.0, 10.0)
    assert times == sorted(times)
    assert times[-1] < 10.0
    assert len(times) == pytest.approx(2_000, rel=0.1)


def test_open_load_asks_as_often_as_drawn_however_slow_the_answers() -> None:
    """A service of one answer in 0.1 s gets all that is due, and waiting is counted from when it was due."""
    service = Service(pause=0.1)
    with served(service) as url:
        samples = asyncio.run(open_loop(Load([address_of(url)], 1, 0.5), requests(), rate=40.0, seed=3))
    due = _schedule(Random("3:0"), 40.0, 0.5)
    assert len(samples) == service.served == len(due)
    assert max(sample.ms for sample in samples) > 300, "the last of the queue waited for all before it"


def test_paced_clients_ask_once_in_a_while() -> None:
    service = Service()
    with served(service) as url:
        samples = asyncio.run(paced(Load([address_of(url)], 2, 0.4), requests(), every=0.1))
    assert len(samples) == service.served == 8


def test_a_server_that_ends_is_no_error_of_the_load() -> None:
    """What comes of it is in the samples."""
    numbers = count()

    async def run() -> list[Sample]:
        async def drop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"}")
            next(numbers)
            await let_go(writer)

        async with await asyncio.start_server(drop, HOST, 0) as server:
            address = Address(HOST, server.sockets[0].getsockname()[1])
            return await closed(Load([address], 1, 0.1), requests())

    samples = asyncio.run(run())
    assert next(numbers) >= 2
    assert {sample.status for sample in samples} == {0}


def test_nobody_there_is_said_at_once() -> None:
    with pytest.raises(OSError, match="Connect call failed"):
        asyncio.run(closed(Load([Address(HOST, free_port())], 1, 0.1), requests()))
