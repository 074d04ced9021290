"""Few are worked for at once, everyone gets his share, and who waits too long is told so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.api import turns
from bot.api.problems import BUSY, TOO_MANY_AT_ONCE, Problem
from bot.api.turns import PRESENT_SECONDS, Turns


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def settled() -> None:
    """Everything that can go on has gone on."""
    for _ in range(20):
        await asyncio.sleep(0)


class Crowd:
    """Questions that are worked on until told to end; `begun` in the order of their turns."""

    def __init__(self, at_once: int, wait_seconds: float = 60) -> None:
        self.clock = Clock()
        self.turns = Turns(at_once, wait_seconds, self.clock)
        self.begun: list[str] = []
        self.refused: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._ends: list[asyncio.Event] = []

    def ask(self, caller: str, times: int = 1) -> None:
        self.tasks += [asyncio.create_task(self._one(caller)) for _ in range(times)]

    async def _one(self, caller: str) -> None:
        try:
            async with self.turns.turn(caller):
                self.begun.append(caller)
                self._ends.append(end := asyncio.Event())
                await end.wait()
        except Problem as problem:
            self.refused.append(problem.kind.slug)

    async def finish(self, number: int) -> None:
        """The turn that began as number `number` ends."""
        self._ends[number].set()
        await settled()


@asynccontextmanager
async def crowd(at_once: int, wait_seconds: float = 60) -> AsyncIterator[Crowd]:
    one = Crowd(at_once, wait_seconds)
    yield one
    for task in one.tasks:
        task.cancel()
    await asyncio.gather(*one.tasks, return_exceptions=True)
    assert (one.turns.waiting, one.turns._working.total()) == (0, 0), "nothing is left of those who went"


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


def test_alone_a_caller_has_all_there_is_and_no_more() -> None:
    async def test() -> None:
        async with crowd(4) as asking:
            asking.ask("a", 7)
            await settled()
            assert asking.begun == ["a"] * 4
            assert asking.turns.waiting == 3
            await asking.finish(2)
            assert asking.begun == ["a"] * 5

    run(test)


def test_with_another_there_each_has_half_and_the_newcomer_waits_for_one_end_at_most() -> None:
    async def test() -> None:
        async with crowd(2) as asking:
            asking.ask("flood", 50)
            await settled()
            asking.ask("other")
            await settled()
            assert asking.begun == ["flood", "flood"]
            await asking.finish(0)
            assert asking.begun == ["flood", "flood", "other"], "past forty-eight who came before"
            await asking.finish(2)
            assert asking.begun == ["flood", "flood", "other"], "one place stays free for who was here just now"
            asking.ask("other")
            await settled()
            assert asking.begun[3:] == ["other"], "at once"

    run(test)


def test_who_asked_long_ago_takes_no_share() -> None:
    async def test() -> None:
        async with crowd(2) as asking:
            asking.ask("other")
            await settled()
            await asking.finish(0)
            asking.clock.now = PRESENT_SECONDS + 1
            asking.ask("a", 2)
            await settled()
            assert asking.begun == ["other", "a", "a"]

    run(test)


def test_more_callers_than_places_take_turns() -> None:
    async def test() -> None:
        async with crowd(1) as asking:
            for caller in "aaabbc":
                asking.ask(caller)
            await settled()
            for number in range(5):
                await asking.finish(number)
            assert "".join(asking.begun) == "aabcab"

    run(test)


def test_who_waits_too_long_is_told_and_the_queue_goes_on() -> None:
    async def test() -> None:
        async with crowd(1, wait_seconds=0.05) as asking:
            asking.ask("a", 3)
            await asyncio.sleep(0.2)
            assert asking.refused == [BUSY.slug] * 2
            await asking.finish(0)
            asking.ask("b")
            await settled()
            assert asking.begun == ["a", "b"]

    run(test)


def test_who_leaves_while_waiting_is_not_called() -> None:
    async def test() -> None:
        async with crowd(1) as asking:
            asking.ask("a", 3)
            await settled()
            asking.tasks[1].cancel()
            await settled()
            await asking.finish(0)
            assert asking.begun == ["a", "a"]
            assert asking.turns.waiting == 0

    run(test)


def test_who_leaves_when_called_gives_his_turn_on() -> None:
    async def test() -> None:
        async with crowd(1) as asking:
            asking.ask("a", 3)
            await settled()
            asking._ends[0].set()
            while asking.turns.waiting == 2:
                await asyncio.sleep(0)
            asking.tasks[1].cancel()
            await settled()
            assert asking.begun == ["a", "a"], "the third has it"

    run(test)


@pytest.mark.parametrize(("callers", "refused"), [(1, TOO_MANY_AT_ONCE), (9, BUSY)])
def test_queues_are_bounded(monkeypatch: pytest.MonkeyPatch, callers: int, refused: object) -> None:
    monkeypatch.setattr(turns, "EACH_MAX", 10)
    monkeypatch.setattr(turns, "ALL_MAX", 30)

    async def test() -> None:
        async with crowd(1) as asking:
            for number in range(callers):
                asking.ask(f"caller {number}", 12)
            await settled()
            assert asking.turns.waiting == (10 if callers == 1 else 30)
            assert refused.slug in asking.refused  # type: ignore[attr-defined]
            assert len(asking.refused) + asking.turns.waiting + 1 == 12 * callers

    run(test)
