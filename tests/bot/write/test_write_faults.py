"""A model that fails: what it left out the clauses say, within the caller's time."""

import time
from collections.abc import Callable

import pytest

from bot.local import LocalBot
from bot.model import Mode
from bot.write.wording import CUT_SHORT, TOO_SLOW, UNAVAILABLE
from tests.bot.write import scripts
from tests.bot.write.conftest import OpenBot, tell
from tests.bot.write.server import Reply, Request, Script, ScriptedServer

DEDUCTION = "厦门新购计量器具能一次性扣除吗"
SEVERAL = "四个城市怎么做诚信计量示范"


def cut_after(count: int) -> Callable[[Request], Reply]:
    """So many honest sentences, then a broken connection."""
    return lambda request: Reply(["".join(scripts.told(one) for one in request.clauses[:count]), "厦"], cut=True)


def test_what_a_broken_stream_left_out_the_clauses_say(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    endpoint.script = cut_after(2)
    asked, plain = open_bot(endpoint.url).ask(SEVERAL), plain_bot.ask(SEVERAL).answer
    assert asked.answer.mode is Mode.LLM
    assert {one.clause.id for one in asked.answer.citations} >= {one.clause.id for one in plain.citations}
    assert asked.answer.statements[2:] == plain.statements[2:]
    assert CUT_SHORT in asked.answer.notes
    assert asked.tally is not None
    assert asked.tally.failure == "ModelUnavailable"


@pytest.mark.parametrize(
    ("script", "note"),
    [
        (lambda _: Reply(status=500), UNAVAILABLE),
        (lambda _: Reply(status=401), UNAVAILABLE),
        (lambda _: Reply([b"data: {broken\n\n"]), UNAVAILABLE),
        (scripts.empty, UNAVAILABLE),
        (lambda _: Reply(silent=60.0), TOO_SLOW),
    ],
)
def test_a_failing_model_leaves_the_extractive_answer(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, script: Script, note: str
) -> None:
    endpoint.script = script
    bot, plain = open_bot(endpoint.url, budget=1.5, read=0.5), plain_bot.ask(DEDUCTION).answer
    demanded = bot.ask(DEDUCTION, mode="llm").answer
    assert demanded.statements == plain.statements
    assert demanded.mode is Mode.EXTRACTIVE
    assert demanded.notes == (*plain.notes, note)


@pytest.mark.parametrize(
    "script",
    [
        lambda _: Reply(silent=60.0),
        scripts.stalled(scripts.honest, after=3),
        scripts.slowly(scripts.honest, between=0.5),
        scripts.endless,
        scripts.endless_blank,
        lambda _: Reply(status=429, headers={"Retry-After": "1"}),
        lambda _: Reply(status=503),
        lambda _: Reply([b": still here\n\n", 0.1] * 1000),
    ],
    ids=["silent", "stalled", "slow", "endless", "endless blank", "429", "503", "dripping"],
)
def test_no_fault_takes_longer_than_the_message_may(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, script: Script
) -> None:
    endpoint.script = script
    bot = open_bot(endpoint.url, budget=1.2, read=30)
    bot.ask(DEDUCTION, mode="extractive")
    began = time.monotonic()
    answer = bot.ask(SEVERAL).answer
    took = time.monotonic() - began
    tell(f"budget 1200 ms, answered in {took * 1000:.0f} ms")
    assert took < 9, "far below what the model would have taken"
    plans = {one.plan.id for one in plain_bot.ask(SEVERAL).answer.citations}
    assert {one.plan.id for one in answer.citations} >= plans


def test_without_time_the_model_is_not_asked(endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot) -> None:
    answer = open_bot(endpoint.url, budget=0.1).ask(DEDUCTION).answer
    assert endpoint.requests == []
    assert answer.statements == plain_bot.ask(DEDUCTION).answer.statements
    assert TOO_SLOW in answer.notes
