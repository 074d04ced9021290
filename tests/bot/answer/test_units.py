"""Who is responsible: as the plan lists them, a lead only where the plan names one."""

import pytest

from bot import wording
from bot.model import Aspect, Intent, Status
from ingest.model import Role
from tests.bot.scripted import BEARS, STATES, Judged, Row, ScriptedBot, clause_ids, texts

HONEST = {"xiamen:三(四)21": STATES, "qingdao:四(三)": STATES, "jinhua:二(十)": STATES}


ASKED = [
    (
        "厦门诚信计量自我承诺由谁负责",
        "xiamen:三(四)21",
        "责任单位为市市场监管局、市发改委、市商务局、市卫健委",
        "Xiamen lists",
    ),
    ("厦门第27条由谁负责", "xiamen:四27", "责任单位为各区人民政府、市市场监管局", "by address"),
    (
        "青岛四（三）谁牵头",
        "qingdao:四(三)",
        "市市场监管局牵头，市政府有关部门、国网青岛供电公司配合",
        "Qingdao says 牵头",
    ),
    (
        "金华二（十）谁牵头",
        "jinhua:二(十)",
        "牵头单位为市市场监管局，责任单位还有市经信局",
        "Jinhua says the first leads",
    ),
    ("金华二（七）谁牵头", "jinhua:二(七)", "牵头单位为各县〔市、区〕人民政府", "even where the first is no bureau"),
    ("金华二（六）谁负责", "jinhua:二(六)", "牵头单位为市市场监管局（该方案写明", "a lead alone has no others"),
]


@pytest.mark.parametrize(("asked", "clause_id", "said", "why"), ASKED)
def test_units(scripted: ScriptedBot, asked: str, clause_id: str, said: str, why: str) -> None:
    answer = scripted.tell(asked, HONEST, Intent.UNITS)
    assert answer.status is Status.ANSWERED
    assert said in texts(answer), why
    assert answer.citations[0].clause.id == clause_id


def test_no_lead_is_claimed_where_none_is_named(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门诚信计量长效机制谁牵头", HONEST, Intent.UNITS)
    assert "牵头" not in texts(answer)
    assert wording.NO_LEAD in answer.notes
    assert wording.NO_LEAD not in scripted.tell("青岛四（三）谁牵头", HONEST, Intent.UNITS).notes


def test_every_lead_in_an_answer_is_a_lead_of_the_plan(scripted: ScriptedBot) -> None:
    for plan in scripted.corpus.plans:
        for clause in plan.clauses:
            if len(clause.path) < 3 or not clause.responsible_units:
                continue
            said = texts(scripted.tell(f"{plan.region}{clause.path}由谁负责", HONEST, Intent.UNITS))
            leads = {unit.name for unit in clause.responsible_units if unit.role is Role.LEAD}
            assert ("牵头" in said) is bool(leads), clause.id
            assert all(unit.name in said for unit in clause.responsible_units), clause.id


def test_the_rule_that_makes_the_first_the_lead_is_cited(scripted: ScriptedBot) -> None:
    (statement,) = scripted.tell("金华二（十）谁牵头", HONEST, Intent.UNITS).statements
    assert [citation.clause.path for citation in statement.citations] == ["二(十)", "二(一)"]
    assert "列第一位的为牵头单位" in statement.citations[1].quote
    (own,) = scripted.tell("金华二（一）谁牵头", HONEST, Intent.UNITS).statements
    assert len(own.citations) == 1


def test_by_topic_in_a_chapter_without_sections(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门谁负责一次性扣除", {"一次性计入": STATES}, Intent.UNITS)
    assert (answer.status, clause_ids(answer)) == (Status.ANSWERED, ["xiamen:四24"])
    assert "责任单位为各区人民政府、市科技局、市财政局、厦门市税务局。" in texts(answer)


@pytest.mark.parametrize(
    ("asked", "clause_id", "name"),
    [("泉州第16条谁负责", "quanzhou:三(四)16", "泉州"), ("国务院谁负责诚信计量", "state-council:六(三十一)", "国家")],
)
def test_a_plan_that_lists_nobody_says_so(scripted: ScriptedBot, asked: str, clause_id: str, name: str) -> None:
    answer = scripted.tell(asked, {clause_id: STATES}, Intent.UNITS)
    assert answer.status is Status.PARTIAL
    assert texts(answer).startswith(f"{wording.NO_UNITS_AT_ALL.format(name=name)}（{clause_id.partition(':')[2]}：「")
    assert clause_ids(answer) == [clause_id]


def test_a_clause_that_lists_nobody_in_a_plan_that_does(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门的总体要求谁负责", {"xiamen:一": STATES}, Intent.UNITS)
    assert answer.status is Status.PARTIAL
    assert texts(answer).startswith(wording.NO_UNITS.format(name="厦门"))


def test_a_sentence_may_say_who_acts(scripted: ScriptedBot) -> None:
    clause = "state-council:七(三十八)"
    answer = scripted.tell("国务院谁来督促落实", {clause: STATES}, Intent.UNITS)
    assert answer.status is Status.ANSWERED
    assert "市场监管总局会同" in texts(answer)
    assert clause_ids(answer) == [clause]


def test_several_plans_each_their_own(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门和青岛诚信计量分别由谁负责", HONEST, Intent.UNITS)
    assert [citation.plan.id for citation in answer.citations] == ["xiamen", "qingdao"]


def test_without_a_plan_those_that_list_units_answer(scripted: ScriptedBot) -> None:
    answer = scripted.tell("谁负责诚信计量自我承诺", HONEST, Intent.UNITS)
    assert {citation.plan.id for citation in answer.citations} <= {"xiamen", "qingdao", "jinhua"}


OF_WHOM = [
    ("厦门税务局负责什么", {"xiamen:四24"}),
    ("厦门海洋局参与了哪几项", {"xiamen:三(一)1", "xiamen:三(二)7"}),
    ("市大数据局负责哪几项", {"qingdao:三(五)", "jinhua:二(二)"}),
    ("气象局参与哪几项", {"qingdao:二(四)", "qingdao:三(七)"}),
]


@pytest.mark.parametrize(("asked", "clause_ids"), OF_WHOM)
def test_tasks_of_a_unit(scripted: ScriptedBot, asked: str, clause_ids: set[str]) -> None:
    answer = scripted.tell(asked, HONEST, Intent.UNITS)
    assert {statement.citations[0].clause.id for statement in answer.statements} == clause_ids


def test_many_tasks_are_counted_not_hidden(scripted: ScriptedBot) -> None:
    answer = scripted.tell("金华市市场监管局负责哪些", HONEST, Intent.UNITS)
    assert len(answer.statements) == 6
    assert any("共10条" in note for note in answer.notes)


def bearing(score: float) -> Row:
    """That bears and, so far, states; its score is the same."""
    return (1.0 - score, 0.0, score)


PICKED = [
    (
        {"qingdao:一(二)2": bearing(0.9), "qingdao:四(三)": bearing(0.8)},
        "qingdao:四(三)",
        "nearly as good, and lists units",
    ),
    ({"qingdao:一(二)2": bearing(0.9), "qingdao:四(三)": bearing(0.6)}, "qingdao:一(二)2", "far from as good"),
    ({"qingdao:四(三)": bearing(0.9), "qingdao:四(五)": bearing(0.9)}, "qingdao:四(三)", "the first of equals"),
]


@pytest.mark.parametrize(("rows", "clause_id", "why"), PICKED)
def test_a_clause_that_lists_units_goes_before_one_that_does_not(
    scripted: ScriptedBot, rows: Judged, clause_id: str, why: str
) -> None:
    assert clause_ids(scripted.tell("青岛诚信计量谁负责", rows, Intent.UNITS)) == [clause_id], why


@pytest.mark.parametrize(("other", "plans"), [(0.9, ["xiamen", "jinhua"]), (0.6, ["xiamen"])])
def test_without_a_plan_only_peers_are_told_beside_the_best(
    scripted: ScriptedBot, other: float, plans: list[str]
) -> None:
    rows = {"xiamen:三(四)21": bearing(1.0), "jinhua:二(十)": bearing(other)}
    answer = scripted.tell("谁负责诚信计量", rows, Intent.UNITS)
    assert [citation.plan.id for citation in answer.leading] == plans
    named = scripted.tell("厦门和金华谁负责诚信计量", rows, Intent.UNITS)
    assert {citation.plan.id for citation in named.leading} == {"xiamen", "jinhua"}, "a plan that is named always is"


def test_a_plan_on_which_nothing_bears_says_so(scripted: ScriptedBot) -> None:
    rows = {"xiamen:三(四)21": STATES}
    both = scripted.tell("厦门和金华谁负责量子传感", rows, Intent.UNITS)
    assert (both.status, clause_ids(both)) == (Status.ANSWERED, ["xiamen:三(四)21"])
    assert both.statements[-1].text == wording.NOT_IN_PLAN.format(name="金华")
    alone = scripted.tell("金华谁负责诚信计量", rows, Intent.UNITS)
    assert alone.status is Status.NOT_FOUND
    assert texts(alone) == wording.NOT_IN_PLAN.format(name="金华")
    assert alone.related
    assert texts(scripted.tell("谁负责诚信计量", {}, Intent.UNITS)) == wording.NOT_FOUND


def test_what_only_bears_is_asked_too(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门诚信计量谁负责", {"三位一体": BEARS}, Intent.UNITS)
    assert (answer.status, clause_ids(answer)) == (Status.ANSWERED, ["xiamen:三(四)21"])


def test_a_list_is_asked_for_by_aspect_too(scripted: ScriptedBot) -> None:
    scripted.on("", {"三位一体": STATES}, Intent.UNITS, [Aspect.LIST])
    assert clause_ids(scripted.ask("请列出厦门税务局的任务").answer) == ["xiamen:四24"]
    scripted.on("", {"三位一体": STATES}, Intent.UNITS)
    assert clause_ids(scripted.ask("请列出厦门税务局的任务").answer) == ["xiamen:三(四)21"]


def test_a_unit_that_no_clause_lists_has_no_tasks(scripted: ScriptedBot) -> None:
    rows = {"三位一体": STATES}
    answer = scripted.tell("厦门铁路局主要负责什么", rows, Intent.UNITS)
    assert (answer.status, texts(answer)) == (Status.NOT_FOUND, wording.NOT_RESPONSIBLE.format(name="厦门"))
    assert answer.related
    anywhere = texts(scripted.tell("铁路局负责什么", rows, Intent.UNITS))
    assert [name for name in ("厦门", "青岛", "金华", "泉州", "国家") if name in anywhere] == ["厦门", "青岛", "金华"]


@pytest.mark.parametrize(
    ("asked", "listed", "why"),
    [
        ("金华烟草局有没有任务", False, "in whatever words its task is asked for"),
        ("厦门民政局在不在名单里", False, "财政局 has its end and is another"),
        ("金华公安局管不管诚信计量", True, "listed, of another task"),
        ("厦门工信局管不管诚信计量", True, "listed as 市工信局"),
        ("青岛卫健委管不管诚信计量", True, "listed in full, as 市卫生健康委"),
        ("厦门产业布局谁负责", True, "an end that is a word names no authority"),
        ("厦门哪个局管诚信计量", True, "nor does who asks for one"),
    ],
)
def test_an_authority_that_no_clause_lists_is_said_not_to_be(
    scripted: ScriptedBot, asked: str, listed: bool, why: str
) -> None:
    rows = {"三位一体": STATES, "qingdao:四(三)": STATES, "jinhua:二(十)": STATES}
    answer = scripted.tell(asked, rows, Intent.UNITS)
    assert (answer.status is Status.ANSWERED) is listed, why


def test_where_no_unit_is_named_or_none_is_listed_the_topic_is_asked(scripted: ScriptedBot) -> None:
    rows = {"三位一体": STATES, "quanzhou:三(四)16": STATES}
    assert clause_ids(scripted.tell("厦门诚信计量负责什么", rows, Intent.UNITS)) == ["xiamen:三(四)21"]
    assert clause_ids(scripted.tell("泉州铁路局负责什么", rows, Intent.UNITS)) == ["quanzhou:三(四)16"]


def test_a_place_not_held_beside_one_that_is(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门和福州诚信计量谁负责", HONEST, Intent.UNITS)
    assert answer.statements[-1].text == wording.NOT_IN_CORPUS.format(name="福州")
    assert answer.status is Status.ANSWERED


def test_a_foreign_place_and_a_missing_address(scripted: ScriptedBot) -> None:
    assert scripted.tell("福州诚信计量谁负责", HONEST, Intent.UNITS).status is Status.NOT_FOUND
    answer = scripted.tell("厦门第40条谁负责", HONEST, Intent.UNITS)
    assert answer.status is Status.NOT_FOUND
    assert "没有“第40条”" in texts(answer)


def test_the_bracket_is_what_is_cited(scripted: ScriptedBot) -> None:
    (statement,) = scripted.tell("厦门第21条谁负责", HONEST, Intent.UNITS).statements
    assert statement.citations[0].quote == "（责任单位：市市场监管局、市发改委、市商务局、市卫健委）"
