"""Who floods gives way: between two stretches of work, to those who ask no more than they are answered."""

import asyncio
from contextlib import AsyncExitStack
from threading import Event
from time import perf_counter

import pytest

from bot.api.turns import Turns
from vectorstore.courtesy import GIVE_WAY


def stretch() -> float:
    """The seconds for which the next stretch of work was held up."""
    began = perf_counter()
    GIVE_WAY.get()()
    return perf_counter() - began


async def queued(turns: Turns, caller: str) -> "asyncio.Task[None]":
    """A question of `caller` that waits for its turn."""

    async def ask() -> None:
        async with turns.turn(caller):
            return

    before = turns.waiting
    task = asyncio.create_task(ask())
    while turns.waiting == before:
        await asyncio.sleep(0)
    return task


def test_a_flood_waits_until_the_other_is_answered() -> None:
    async def test() -> None:
        turns, held, answered = Turns(2, courtesy=30.0), Event(), Event()

        def flood() -> bool:
            held.set()
            stretch()
            return answered.is_set()

        async with AsyncExitStack() as stack:
            quiet = await stack.enter_async_context(AsyncExitStack())
            await quiet.enter_async_context(turns.turn("quiet"))
            await stack.enter_async_context(turns.turn("flood"))
            waiting = await queued(turns, "flood")
            work = asyncio.create_task(asyncio.to_thread(flood))
            while not held.is_set():
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.05)
            assert not work.done()
            answered.set()
            turns._leave("quiet")
            assert await asyncio.wait_for(work, 10), "it went on only then"
            turns._working["quiet"] += 1  # what the context gives back
        await waiting

    asyncio.run(test())


@pytest.mark.parametrize(("who", "why"), [("quiet", "who does not flood waits for nobody"), ("", "nor one alone")])
def test_others_go_on(who: str, why: str) -> None:
    async def test() -> None:
        turns = Turns(2, courtesy=30.0)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(turns.turn("flood"))
            waiting = []
            if who:
                await stack.enter_async_context(turns.turn(who))
                waiting.append(await queued(turns, "flood"))
            assert await asyncio.to_thread(stretch) < 5, why
        await asyncio.gather(*waiting)

    asyncio.run(test())


def test_two_floods_do_not_wait_for_each_other() -> None:
    async def test() -> None:
        turns = Turns(2, courtesy=30.0)
        async with turns.turn("one"), turns.turn("two"):
            waiting = [await queued(turns, each) for each in ("one", "two")]
            assert await asyncio.to_thread(stretch) < 5
        await asyncio.gather(*waiting)

    asyncio.run(test())


def test_nobody_is_held_up_for_ever() -> None:
    async def test() -> None:
        turns = Turns(2, courtesy=0.1)
        async with turns.turn("quiet"), turns.turn("flood"):
            waiting = await queued(turns, "flood")
            first, second = [await asyncio.to_thread(stretch) for _ in range(2)]
            assert 0.05 < first < 5
            assert second < 0.05, "the patience of a question is used up once"
        await waiting

    asyncio.run(test())


def test_without_turns_there_is_nobody_to_give_way_to() -> None:
    assert stretch() < 5
