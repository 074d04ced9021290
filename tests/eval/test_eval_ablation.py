import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.judge.cross import CrossEncoder, Reading
from bot.model import Intent, Status
from eval.ablation.run import run
from eval.ablation.variants import QuoteOnly, variants
from eval.answers.asker import Asks
from eval.answers.judgement import clause_texts
from eval.answers.labelled import judge_labelled
from eval.answers.sets import QuestionSet
from tests.bot.scripted import NOTHING, STATES, ScriptedBot, ScriptedIndex, clause_ids
from tests.eval.builders import labelled_case
from vectorstore.index import Channel, Found, Query
from vectorstore.passages import cut_passages

TAX = "厦门新买的计量器具能一次性税前扣除吗"
GOLD = "xiamen:四24"
ROUTERLESS = ("search, lexical", "search, encoder", "search, both", "+ judge", "+ cross-encoder")


@pytest.fixture
def bot() -> ScriptedBot:
    bot = ScriptedBot()
    bot.on("一次性", {GOLD: STATES, "quanzhou:四(二)": STATES, "qingdao:四(三)": STATES})
    return bot


def ask(bot: Asks, *turns: str) -> tuple[Status, list[str]]:
    answer = [bot.ask(turn, " ".join(turns)).answer for turn in turns][-1]
    return answer.status, clause_ids(answer)


def test_they_stand_in_the_order_in_which_parts_are_added(bot: ScriptedBot) -> None:
    assert list(variants(bot)) == [*ROUTERLESS, "+ router"]


@pytest.mark.parametrize("name", ROUTERLESS[:3])
def test_the_search_alone_quotes_its_best_sentence_and_always_answers(bot: ScriptedBot, name: str) -> None:
    bot.on("冰箱", {GOLD: NOTHING})
    searching = variants(bot)[name]
    assert ask(searching, TAX) == (Status.ANSWERED, [GOLD])
    status, cited = ask(searching, "厦门计量冰箱")
    assert (status, len(cited)) == (Status.ANSWERED, 1), "though nothing bears on it"
    assert bot.script.read == [], "the judge is not asked"


def test_the_search_alone_quotes_the_best_of_each_plan_asked_about(bot: ScriptedBot) -> None:
    searching = variants(bot)["search, both"]
    assert ask(searching, "厦门和泉州一次性税前扣除") == (Status.ANSWERED, [GOLD, "quanzhou:四(二)"])


def test_the_judge_may_say_that_nothing_bears_on_it(bot: ScriptedBot) -> None:
    judging = variants(bot)["+ judge"]
    assert ask(judging, TAX)[0] is Status.ANSWERED
    assert ask(judging, "厦门计量器具多少钱")[0] is Status.NOT_FOUND


def test_the_cross_encoder_is_heard_from_its_row_on(bot: ScriptedBot) -> None:
    class Denying(CrossEncoder):
        def __init__(self) -> None:
            pass

        def read(self, question: str, sentences: tuple[str, ...]) -> Reading:  # noqa: ARG002
            return Reading(1.0, 0.0)

    bot.judge.sentences.cross = Denying()
    answers = {name: ask(one, TAX)[0] for name, one in variants(bot).items()}
    assert answers["+ judge"] is Status.ANSWERED
    assert answers["+ cross-encoder"] is answers["+ router"] is Status.PARTIAL


def test_only_the_last_routes(bot: ScriptedBot) -> None:
    bot.on("你好", intent=Intent.SMALL_TALK)
    answers = {name: ask(one, "你好")[0] for name, one in variants(bot).items()}
    assert answers["+ judge"] is Status.NOT_FOUND
    assert answers["+ router"] is Status.OUT_OF_SCOPE
    assert QuoteOnly().route(None).intent is Intent.QUOTE


@pytest.mark.parametrize("name", [*ROUTERLESS, "+ router"])
def test_a_follow_up_takes_over_the_plan(bot: ScriptedBot, name: str) -> None:
    _, cited = ask(variants(bot)[name], "泉州有什么措施", "能一次性扣除吗")
    assert cited[0] == "quanzhou:四(二)"


def test_the_channels_are_those_of_their_names(bot: ScriptedBot) -> None:
    asked: list[Channel] = []

    class Recording(ScriptedIndex):
        def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:
            asked.append(channel)
            return super().passages_for(query, limit, channel)

    bot.index = Recording(bot.script, cut_passages(bot.corpus.plans))
    for name in ROUTERLESS[:3]:
        ask(variants(bot)[name], TAX)
    assert asked == [Channel.LEXICAL, Channel.DENSE, Channel.HYBRID]


def line(id_: str, question: str, answerable: str = "yes", gold: Mapping[str, str] | None = None) -> Any:
    return labelled_case(id=id_, question=question, answerable=answerable, gold=gold or {}, plans=["xiamen"])


def test_every_variant_is_asked_and_set_against_the_row_before(bot: ScriptedBot, tmp_path: Path) -> None:
    sentence = "允许一次性计入当期成本费用，在计算应纳税所得额时扣除"
    cases = (line("yes", TAX, gold={GOLD: sentence}), line("no", "厦门计量器具多少钱", "no"))
    asked, said = QuestionSet("writers", "dev", cases, judge_labelled), list[str]()
    results = run(variants(bot), asked, clause_texts(bot.corpus), said.append, tmp_path / "out" / "a.json")
    right = {result.variant: result.right for result in results}
    judged = dict.fromkeys(("+ judge", "+ cross-encoder", "+ router"), ("yes", "no"))
    assert right == {**dict.fromkeys(ROUTERLESS[:3], ("yes",)), **judged}
    rows = {row.partition("  ")[0]: row for row in said[1].splitlines()}
    assert rows["+ judge"].endswith("+1 −0")
    assert rows["search, encoder"].endswith("+0 −0")
    content = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    assert content["settings"]["set"] == "writers"
    assert content["variants"]["+ judge"]["right"] == ["yes", "no"]
