"""What several plans say to one topic, clause beside clause, word by word."""

import pytest

from bot.compared import MOST_CLAUSES, Said, compare
from bot.model import Answer, Statement, Status
from ingest.errors import UnknownEntry
from tests.bot.fakes import FakeBot
from tests.bot.topics import TopicBot


@pytest.fixture
def bot() -> TopicBot:
    return TopicBot()


def texts(said: Said, kind: str) -> list[str]:
    return [word.text for part in said.parts for word in part.words if word.kind == kind]


def test_the_bot_is_asked_once_and_in_its_own_order(bot: TopicBot) -> None:
    found = compare(bot, "一次性扣除", ["quanzhou", "xiamen", "quanzhou"], "2024-06-30")
    assert bot.asked == [("一次性扣除", None, ("xiamen", "quanzhou"), "extractive")]
    assert bot.days == ["2024-06-30"]
    assert [plan.id for plan in found.plans] == ["quanzhou", "xiamen"]
    assert [one.plan.id for one in found.said] == ["quanzhou", "xiamen"]


def test_words_that_the_base_lacks_are_marked(bot: TopicBot) -> None:
    base, other = compare(bot, "一次性扣除", ["xiamen", "quanzhou"]).said
    assert base.base is None
    assert [word.kind for part in base.parts for word in part.words] == ["same"]
    assert other.base is base.clause
    assert "符合税收相关规定的" in base.parts[0].citation.quote
    assert "国家有关" in "".join(texts(other, "come"))
    assert "计入当期成本费用" in "".join(texts(other, "same"))
    assert "税收" not in "".join(texts(other, "come"))


def test_the_other_way_round_the_other_is_the_base(bot: TopicBot) -> None:
    base, other = compare(bot, "一次性扣除", ["quanzhou", "xiamen"]).said
    assert (base.plan.id, base.base) == ("quanzhou", None)
    assert "税收" in "".join(texts(other, "come"))


def test_the_words_of_a_part_are_its_quote(bot: TopicBot) -> None:
    for said in compare(bot, "诚信", ["xiamen", "quanzhou", "qingdao", "jinhua", "state-council"]).said:
        for part in said.parts:
            assert "".join(word.text for word in part.words) == part.citation.quote
            assert {word.kind for word in part.words} <= {"same", "come"}


def test_sentences_of_a_clause_stay_together_in_order(bot: TopicBot) -> None:
    said = compare(bot, "自我承诺", ["xiamen", "quanzhou"]).said
    assert [(one.clause.id, one.row) for one in said] == [("xiamen:三(四)21", 0), ("quanzhou:三(四)16", 0)]
    starts = [part.citation.start for part in said[0].parts]
    assert starts == sorted(set(starts))


def test_a_silent_plan_is_named_in_the_bot_s_words(bot: TopicBot) -> None:
    found = compare(bot, "一次性扣除", ["qingdao", "xiamen"])
    assert found.silent == {"qingdao": "青岛：收录的文件中没有与所问相应的条款。"}
    assert [(one.plan.id, one.base) for one in found.said] == [("xiamen", None)]  # the first that speaks is the base


def test_where_the_bot_does_not_say_that_there_is_none_neither_does_this(bot: TopicBot) -> None:
    bot.answers = [Answer(Status.ANSWERED, (Statement("厦门：「…」", (bot.cite("xiamen:四24"),)),))]
    assert compare(bot, "扣除", ["xiamen", "jinhua"]).silent == {"jinhua": ""}


def test_what_is_cited_of_other_plans_is_left_out(bot: TopicBot) -> None:
    above = Statement("国家：「…」", (bot.cite("state-council:六(三十一)"),))
    bot.answers = [Answer(Status.PARTIAL, (above,), notes=("注意。",))]
    found = compare(bot, "扣除", ["xiamen", "jinhua"])
    assert (found.said, set(found.silent), found.notes) == ((), {"xiamen", "jinhua"}, ("注意。",))


def test_alike_clauses_stand_in_one_row(bot: TopicBot) -> None:
    bot.topics["行"] = (
        ("xiamen:四24", "一次性"), ("xiamen:三(四)21", "自我承诺"),
        ("quanzhou:三(四)16", "自我承诺"), ("quanzhou:四(二)", "一次性"), ("quanzhou:三(四)17", "计量"),
    )  # fmt: skip
    found = compare(bot, "行", ["xiamen", "quanzhou"])
    rows = [(one.row, one.clause.path, one.base.path if one.base else None) for one in found.said]
    assert rows == [
        (0, "四24", None),
        (0, "四(二)", "四24"),
        (1, "三(四)21", None),
        (1, "三(四)16", "三(四)21"),
        (2, "三(四)17", None),
    ]


def test_a_plan_fills_no_more_than_its_share(bot: TopicBot) -> None:
    clauses = [one for one in bot.corpus.plan("xiamen").clauses if one.searchable][: MOST_CLAUSES + 3]
    bot.topics["多"] = tuple((one.id, one.text[:4]) for one in clauses)
    assert len(compare(bot, "多", ["xiamen", "quanzhou"]).said) == MOST_CLAUSES


def test_indicators_come_with_the_clauses(bot: TopicBot) -> None:
    (axis,) = compare(bot, "诚信计量自我承诺单位", ["xiamen", "quanzhou"]).axes
    assert axis.is_shared


def test_an_unknown_plan_is_an_error() -> None:
    with pytest.raises(UnknownEntry):
        compare(FakeBot(), "扣除", ["xiamen", "atlantis"])


def test_the_row_of_most_plans_comes_first(bot: TopicBot) -> None:
    bot.topics["首"] = (("xiamen:三(四)21", "自我承诺"), ("xiamen:四24", "一次性"), ("quanzhou:四(二)", "一次性"))
    found = compare(bot, "首", ["xiamen", "quanzhou"])
    assert [(one.row, one.clause.path) for one in found.said] == [(0, "四24"), (0, "四(二)"), (1, "三(四)21")]


def test_what_is_no_topic_for_the_bot_is_said(bot: TopicBot) -> None:
    bot.answers = [Answer(Status.OUT_OF_SCOPE, (Statement("无法回答。"), Statement("厦门：没有。")), notes=("又。",))]
    found = compare(bot, "天气", ["xiamen", "quanzhou"])
    assert found.notes == ("无法回答。", "又。")
    assert found.silent == {"xiamen": "厦门：没有。", "quanzhou": ""}
