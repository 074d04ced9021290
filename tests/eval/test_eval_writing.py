"""What becomes of a model's sentences, asked through a server."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.model import Mode
from bot.write.tally import Tally
from eval.writing.run import SLOW, Sentence, Told, choose, measure, run
from tests.bot.write import scripts
from tests.bot.write.conftest import OpenBot, endpoint, open_bot, open_chat  # noqa: F401  # fixtures
from tests.bot.write.server import Reply, ScriptedServer

QUESTIONS = ("厦门新购计量器具能一次性扣除吗", "诚信计量自我承诺是什么", "今天天气怎么样")


def told(mode: Mode, tally: Tally, first: float | None = None) -> Told:
    return Told("问", mode, tally, (), first)


def test_figures_are_over_what_the_model_wrote() -> None:
    rows = [
        told(Mode.LLM, Tally(written=3, verified=2, attributed=1, dropped=1, faults=Counter({"unborne": 1})), 120.0),
        told(Mode.EXTRACTIVE, Tally(written=1, dropped=1)),
        told(Mode.EXTRACTIVE, Tally(declined=True)),
        told(Mode.EXTRACTIVE, Tally()),
    ]
    figures = {one.name: one for one in measure(rows)}
    assert figures["asked_of_the_model"].value == 0.75
    assert figures["answers_that_stand"].value == 0.5
    assert figures["sentences_said"].value == 0.5
    assert figures["sentences_attributed"].value == 0.25
    assert figures["first_sentence_p50_ms"].value == 120.0


def test_nothing_asked_is_no_figure() -> None:
    figures = {one.name: one for one in measure([])}
    assert figures["answers_that_stand"].value is None


class Talk:
    def __init__(self, *turns: str) -> None:
        self.turns = turns


def test_questions_that_stand_alone_are_spread_over_the_set() -> None:
    asked = [Talk(f"问{number}") for number in range(40)] + [Talk("先问", "再问")]
    assert choose(asked, 4) == ["问0", "问10", "问20", "问30"]
    assert choose(asked[:3], 9) == ["问0", "问1", "问2"]


def test_a_real_exchange_is_told_and_kept(endpoint: ScriptedServer, open_bot: OpenBot, tmp_path: Path) -> None:  # noqa: F811
    bot, said = open_bot(endpoint.url), list[str]()
    figures = run(bot, QUESTIONS, said.append, tmp_path / "told.json")
    assert figures["answers_that_stand"].value == 1.0
    assert figures["sentences_said"].value == 1.0
    assert figures["asked_of_the_model"].value == pytest.approx(2 / 3)
    assert (figures["first_sentence_p50_ms"].value or 0) > 0
    assert "verified" in "".join(said)
    rows = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert [row["question"] for row in rows] == list(QUESTIONS)
    (first, *_) = rows[0]["sentences"]
    assert set(first) == set(Sentence.__dataclass_fields__)
    assert first["cited"]
    assert rows[2]["sentences"] == []


def test_what_is_held_back_is_told_by_reason(
    endpoint: ScriptedServer,  # noqa: F811
    open_bot: OpenBot,  # noqa: F811
    tmp_path: Path,
) -> None:
    endpoint.script = lambda _: Reply(scripts.in_pieces("厦门将投入98765万元。[1]\n"))
    said: list[str] = []
    figures = run(open_bot(endpoint.url), QUESTIONS[:1], said.append, tmp_path / "told.json")
    assert figures["answers_that_stand"].value == 0.0
    assert "number" in "".join(said)
    assert SLOW not in said
    (row,) = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert row["tally"]["faults"] == {"number": 1}, "by kind, as it was counted"


@pytest.mark.parametrize(("reply", "slow"), [(Reply(status=500), False), (Reply(silent=3.0), True)])
def test_an_endpoint_that_fails_is_told_and_what_to_set(
    endpoint: ScriptedServer,  # noqa: F811
    open_bot: OpenBot,  # noqa: F811
    reply: Reply,
    slow: bool,
) -> None:
    endpoint.script = lambda _: reply
    said: list[str] = []
    run(open_bot(endpoint.url, read=1.0), QUESTIONS[:1], said.append)
    assert "replies that failed" in "".join(said)
    assert (said[-1] == SLOW) is slow
