"""Answers from the structure: counted, read out, and false premises corrected."""

import pytest

from bot import wording
from bot.model import Intent, Status
from tests.bot.scripted import STATES, ScriptedBot, clause_ids, texts

COUNTED = [
    ("厦门有几章", "共有4个部分（章）：一 总体要求；二 发展目标；三 重点任务；四 保障措施"),
    ("国务院规划有几个部分", "共有7个部分"),
    ("青岛规划的目录", "共有5个部分"),
    ("厦门有几个专栏", "共有9个专栏"),
    ("泉州有几个专栏", "共有8个专栏"),
    ("厦门一共多少条", "共有27条任务（条款）：三(一)1 "),
    ("泉州一共多少条", "共有20条任务"),
    ("国务院规划多少条", "共有38条任务"),
    ("青岛一共多少条", "共有25条任务"),
    ("金华有几节", "共有13节"),
    ("厦门第三章下面有哪些", "之下有4项"),
    ("厦门三（四）讲什么", "之下有4项：三(四)19 创新计量监管模式"),
    ("金华第3章", "之下有3项：三(一) 加强组织领导；三(二) 加大政策支持；三(三) 加强计量宣传"),
]


@pytest.mark.parametrize(("asked", "said"), COUNTED)
def test_counts(scripted: ScriptedBot, asked: str, said: str) -> None:
    answer = scripted.tell(asked, intent=Intent.OUTLINE)
    assert answer.status is Status.ANSWERED
    (statement,) = answer.statements
    assert said in statement.text
    assert statement.computed
    assert statement.citations


def test_a_long_list_is_proven_by_its_ends(scripted: ScriptedBot) -> None:
    (statement,) = scripted.tell("青岛一共多少条", intent=Intent.OUTLINE).statements
    assert [citation.clause.path for citation in statement.citations] == ["一(一)", "五(五)"]


def test_one_count_a_plan(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门、泉州、青岛各有几个专栏", intent=Intent.OUTLINE)
    assert [text in texts(answer) for text in ("厦门：共有9个", "泉州：共有8个", wording.HAS_NO_BOXES)] == [True] * 3


def test_where_there_are_none_of_what_is_counted_nothing_is_answered(scripted: ScriptedBot) -> None:
    answer = scripted.tell("青岛有几个专栏", intent=Intent.OUTLINE)
    assert (answer.status, texts(answer)) == (Status.NOT_FOUND, wording.HAS_NO_BOXES)


READ_OUT = [
    ("厦门第21条", "xiamen:三(四)21"),
    ("厦门四24的原文", "xiamen:四24"),
    ("国务院（三十一）原文", "state-council:六(三十一)"),
    ("泉州专栏3讲什么", "quanzhou:专栏3"),
    ("泉州专栏1第10项", "quanzhou:专栏1/10"),
    ("金华二（十）内容", "jinhua:二(十)"),
    ("青岛一（二）2写了什么", "qingdao:一(二)2"),
    ("泉州落款", "quanzhou:落款"),
    ("厦门题头", "xiamen:题头"),
    ("国务院6（31）", "state-council:六(三十一)"),
]


@pytest.mark.parametrize(("asked", "clause_id"), READ_OUT)
def test_a_clause_is_read_out_whole(scripted: ScriptedBot, asked: str, clause_id: str) -> None:
    answer = scripted.tell(asked, intent=Intent.OUTLINE)
    assert answer.status is Status.ANSWERED
    citation = answer.statements[0].citations[0]
    assert citation.clause.id == clause_id
    assert citation.quote == citation.clause.text


def test_a_box_is_read_out_with_its_items(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门专栏1讲什么", intent=Intent.OUTLINE)
    assert [citation.clause.path for citation in answer.citations] == ["专栏1", *(f"专栏1/{k}" for k in range(1, 10))]


def test_without_a_plan_each_that_has_it_reads_it(scripted: ScriptedBot) -> None:
    answer = scripted.tell("第21条讲什么", intent=Intent.OUTLINE)
    assert [citation.clause.id for citation in answer.citations] == ["state-council:五(二十一)", "xiamen:三(四)21"]


MISSING = [
    ("厦门第40条", "厦门：没有“第40条”。", "三(一)1至四27"),
    ("泉州第21条", "泉州：没有“第21条”。", "三(一)1至三(四)20"),
    ("国务院第39条", "国家：没有“第39条”。", "二(一)至七(三十八)"),
    ("厦门专栏12", "厦门：没有“专栏12”。", "专栏1至专栏9"),
    ("泉州专栏9讲什么", "泉州：没有“专栏9”。", "专栏1至专栏8"),
    ("厦门专栏1第99项", "厦门：没有“专栏1第99项”。", "专栏1至专栏9"),
    ("青岛专栏3讲什么", "青岛：没有“专栏3”。", wording.HAS_NO_BOXES),
    ("国务院规划专栏1", "国家：没有“专栏1”。", wording.HAS_NO_BOXES),
    ("青岛第21条", "青岛：没有“第21条”。", wording.HAS_NO_RUNNING),
    ("金华第3条", "金华：没有“第3条”。", wording.HAS_NO_RUNNING),
    ("厦门第0条", "厦门：没有“第0条”。", "三(一)1至四27"),
    ("厦门第七章", "厦门：没有“第七章”。", ""),
    ("厦门落款", "厦门：没有“落款”。", ""),
    ("金华三（四）", "金华：没有“三(四)”。", ""),
]


@pytest.mark.parametrize(("asked", "said", "range_told"), MISSING)
def test_false_premises(scripted: ScriptedBot, asked: str, said: str, range_told: str) -> None:
    answer = scripted.tell(asked, intent=Intent.OUTLINE)
    assert answer.status is Status.NOT_FOUND
    assert answer.statements[0].text == said
    assert range_told in texts(answer)


def test_the_told_range_is_proven(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门第40条", intent=Intent.OUTLINE)
    assert [citation.clause.path for citation in answer.statements[1].citations] == ["三(一)1", "四27"]


def test_one_plan_has_it_the_other_not(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门和青岛的第21条", intent=Intent.OUTLINE)
    assert answer.status is Status.ANSWERED
    assert "「建立诚信计量长效机制。" in answer.statements[0].text
    assert "青岛：没有“第21条”。" in texts(answer)


def test_nowhere(scripted: ScriptedBot) -> None:
    answer = scripted.tell("专栏12讲什么", intent=Intent.OUTLINE)
    assert answer.status is Status.NOT_FOUND
    assert texts(answer) == wording.NOT_FOUND


def test_an_address_is_read_out_whatever_kind_the_question_is_taken_for(scripted: ScriptedBot) -> None:
    for intent in (Intent.QUOTE, Intent.INDICATOR, Intent.OFF_TOPIC, Intent.COMPARISON):
        assert clause_ids(scripted.tell("厦门第21条", {"xiamen:四24": STATES}, intent)) == ["xiamen:三(四)21"]


def test_what_counts_nothing_is_read_in_the_clauses(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门方案讲什么", {"三位一体": STATES}, Intent.OUTLINE)
    assert clause_ids(answer) == ["xiamen:三(四)21"]


LOCATED = ["写在哪一章", "排第几", "在哪个专栏", "是哪条", "第几部分"]


@pytest.mark.parametrize("asked", LOCATED)
def test_where_something_stands_is_told_by_what_bears_on_it(scripted: ScriptedBot, asked: str) -> None:
    answer = scripted.tell(f"厦门诚信计量体系{asked}", {"三位一体": STATES}, Intent.OUTLINE)
    assert clause_ids(answer) == ["xiamen:三(四)21"]
    assert "三(四)21" in texts(answer)


@pytest.mark.parametrize("asked", ["厦门分几部分", "厦门有哪些章", "厦门有几条", "厦门的章节目录"])
def test_how_many_there_are_is_not_where_something_stands(scripted: ScriptedBot, asked: str) -> None:
    assert "共有" in texts(scripted.tell(asked, {"三位一体": STATES}, Intent.OUTLINE))


MEANT = [
    ("厦门监管那一节有哪几条", "之下有4项：三(四)19 "),
    ("厦门监管那一章有几节", "之下有4项：三(一) "),
    ("厦门监管这部分有几块", "之下有4项：三(一) "),
]


@pytest.mark.parametrize(("asked", "said"), MEANT)
def test_a_part_is_known_by_what_it_is_about(scripted: ScriptedBot, asked: str, said: str) -> None:
    assert said in texts(scripted.tell(asked, {"三位一体": STATES}, Intent.OUTLINE))


def test_a_part_that_is_itself_what_bears_is_meant(scripted: ScriptedBot) -> None:
    answer = scripted.tell("金华保障那一章有几条", {"jinhua:三(一)": STATES}, Intent.OUTLINE)
    assert "之下有3项：三(一) 加强组织领导" in texts(answer)


LAST = [
    ("国务院规划最后一章有哪几条", ["state-council:七(三十四)", "state-council:七(三十八)"]),
    ("厦门最后一条是什么", ["xiamen:四27"]),
    ("金华最后那节讲几点", ["jinhua:三(三)"]),
]


@pytest.mark.parametrize(("asked", "clauses"), LAST)
def test_the_last_one_is_read_out(scripted: ScriptedBot, asked: str, clauses: list[str]) -> None:
    found = clause_ids(scripted.tell(asked, intent=Intent.OUTLINE))
    assert set(clauses) <= set(found)
    assert not {"state-council:一", "xiamen:三(一)1", "jinhua:一"}.intersection(found)


def test_a_plan_as_a_whole_is_told_by_its_chapters(scripted: ScriptedBot) -> None:
    (statement,) = scripted.tell("厦门方案讲什么", intent=Intent.OUTLINE).statements
    assert statement.text.startswith("厦门：共有4个部分（章）：一 总体要求")
    assert scripted.tell("方案讲什么", intent=Intent.OUTLINE).status is Status.NOT_FOUND


def test_a_plan_is_told_by_its_targets_when_they_are_asked_for(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门有哪些指标", {"三位一体": STATES}, Intent.OUTLINE)
    assert answer.status is Status.ANSWERED
    assert clause_ids(answer) == [f"xiamen:专栏1/{number}" for number in range(1, 10)]
    assert {"2020年506家，2025年目标850家" in one.text for one in answer.statements} == {True, False}


def test_a_year_narrows_the_targets(scripted: ScriptedBot) -> None:
    answer = scripted.tell("金华2025年有哪些目标", intent=Intent.OUTLINE)
    assert clause_ids(answer)[0] == "jinhua:一"
    assert "1—2" not in texts(answer), "told without a year"
    assert scripted.tell("金华2031年有哪些目标", intent=Intent.OUTLINE).status is Status.NOT_FOUND


def test_a_foreign_place_is_said_not_to_be_held(scripted: ScriptedBot) -> None:
    answer = scripted.tell("福州第21条", intent=Intent.OUTLINE)
    assert texts(answer) == wording.NOT_IN_CORPUS.format(name="福州")
