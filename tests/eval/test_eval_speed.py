import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from bot.model import Intent
from eval.speed.resources import build_seconds, resident_mb
from eval.speed.run import Speed, choose, run, tell
from eval.speed.stages import Took, measure
from ingest.model import Plan
from tests.bot.scripted import STATES, ScriptedBot
from tests.eval.builders import labelled_case
from vectorstore.encoder import DIMENSION, Encoder, Encoding

GOLD = "xiamen:四24"
TAX = labelled_case(id="tax", question="厦门新买的计量器具能一次性税前扣除吗")
ADDRESS = labelled_case(id="address", question="厦门第21条说什么", route="outline")
FOLLOW_UP = labelled_case(id="more", question="能一次性扣除吗", history=["泉州有什么措施"])


@pytest.fixture
def bot() -> ScriptedBot:
    bot = ScriptedBot()
    bot.on("一次性", {GOLD: STATES, "quanzhou:四(二)": STATES})
    return bot


def test_a_question_is_timed_whole_and_by_its_parts(bot: ScriptedBot) -> None:
    took = measure(bot, bot.reader.encoder, TAX)
    assert not took.looked_up
    assert min(took.ask, took.read, took.find, took.bears, took.answer, took.encoder, took.judge) > 0
    assert took.models == took.encoder + took.judge


def test_a_look_up_has_no_pass_of_the_judge(bot: ScriptedBot) -> None:
    took = measure(bot, bot.reader.encoder, ADDRESS)
    assert took.looked_up
    assert took.judge == 0


def test_a_follow_up_is_measured_as_such_every_time(bot: ScriptedBot) -> None:
    """What was asked before is read with it, and the answer before it is not asked twice."""
    for _ in range(2):
        bot.script.read.clear()
        measure(bot, bot.reader.encoder, FOLLOW_UP)
        assert len({reading for reading in bot.script.read if reading.startswith("能一次性扣除吗")}) == 1
        assert bot.script.read[-1] == "能一次性扣除吗 前文：有什么措施"


def test_nothing_remembered_is_used_twice(bot: ScriptedBot) -> None:
    measure(bot, bot.reader.encoder, TAX)
    assert bot.reader.encoder.query.cache_info().hits == 0


def test_the_list_is_fixed_and_a_fifth_of_it_is_looked_up() -> None:
    cases = [labelled_case(id=f"q{number}") for number in range(50)]
    cases += [labelled_case(id=f"m{number}", route=Intent.METADATA) for number in range(20)]
    chosen = choose(cases, 20, seed=1)
    assert chosen == choose(cases, 20, seed=1)
    assert [case.row.route for case in chosen].count(Intent.METADATA) == 4
    assert len(choose(cases[:50], 20, seed=1)) == 20, "others take the place of what is not there"


def took(ask: float = 100.0, looked_up: bool = False) -> Took:
    return Took(ask, read=35.0, find=10.0, bears=45.0, answer=10.0, encoder=30.0, judge=20.0, looked_up=looked_up)


SPEED = Speed((took(), took(), took(300.0)), (took(2.0, looked_up=True),), {1: 9.96, 2: 15.0}, 412.4, 31.06)


def test_the_figures_are_told_with_what_limits_them() -> None:
    said: list[str] = []
    tell(SPEED, said.append)
    text = "\n".join(said)
    lines = [line.split() for line in text.splitlines()]
    assert ["whole", "ask", "100.0"] in [line[:3] for line in lines]
    assert ["look-up", "2.0"] in [line[:2] for line in lines]
    assert "ask ÷ (encoder + judge): 2.000" in text
    assert "answers a second, by threads: 10.0 on 1, 15.0 on 2" in text
    assert "memory of the process: 412 MB" in text
    assert "built in 31.1 s" in text
    assert "what limits it: the encoder's pass 30%; then judging, beside its pass 25%, the judge's pass 20%" in text


def test_shares_are_of_the_whole() -> None:
    assert sum(SPEED.shares.values()) == pytest.approx(1.0)
    assert Speed((), (), {}, 1.0, None).shares == {}


def test_a_run_measures_and_writes_it_down(bot: ScriptedBot, tmp_path: Path) -> None:
    said: list[str] = []
    told: list[tuple[str, int, int]] = []
    asked = partial(run, bot, (TAX, ADDRESS, FOLLOW_UP), said.append, build=False, path=tmp_path / "out" / "speed.json")
    speed = asked(progress=lambda *step: told.append(step))
    assert (len(speed.judged), len(speed.looked_up), speed.build_s) == (2, 1, None)
    assert set(speed.per_second) == {1, 2, 4}
    assert told[-1] == ("questions", 3, 3)
    content = json.loads((tmp_path / "out" / "speed.json").read_text(encoding="utf-8"))
    assert len(content["judged"]) == 2
    assert content["ratio"]["count"] == 2


def test_memory_is_some() -> None:
    assert 10 < resident_mb() < 100_000


class EvenEncoder(Encoder):
    """Reads every text alike."""

    def __init__(self) -> None:
        self.id = "even"
        self._student = None

    def _passage(self, text: str) -> Encoding:  # noqa: ARG002
        return Encoding(np.full((2, DIMENSION), 0.1, np.float32), np.full(DIMENSION, DIMENSION**-0.5, np.float32))


def test_an_index_is_built_and_thrown_away(plans: dict[str, Plan]) -> None:
    assert build_seconds((plans["jinhua"],), EvenEncoder()) > 0
