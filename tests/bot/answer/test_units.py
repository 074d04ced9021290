"""Who is responsible: as the plan lists them, a lead only where the plan names one."""

import pytest

from bot import wording
from bot.local import LocalBot
from bot.model import Answer, Status
from ingest.model import Role


def texts(answer: Answer) -> str:
    return "\n".join(statement.text for statement in answer.statements)


ASKED = [
    (
        "厦门诚信计量自我承诺由谁负责",
        "xiamen:三(四)21",
        "责任单位为市市场监管局、市发改委、市商务局、市卫健委",
        "Xiamen lists",
    ),
    ("厦门谁负责一次性扣除", "xiamen:四24", "厦门市税务局", "by topic, in a chapter without sections"),
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
def test_units(real_bot: LocalBot, asked: str, clause_id: str, said: str, why: str) -> None:
    answer = real_bot.ask(asked).answer
    assert answer.status is Status.ANSWERED
    assert said in texts(answer), why
    assert answer.citations[0].clause.id == clause_id


def test_no_lead_is_claimed_where_none_is_named(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门诚信计量长效机制谁牵头").answer
    assert "牵头" not in texts(answer)
    assert wording.NO_LEAD in answer.notes
    assert wording.NO_LEAD not in real_bot.ask("青岛四（三）谁牵头").answer.notes


def test_every_lead_in_an_answer_is_a_lead_of_the_plan(real_bot: LocalBot) -> None:
    for plan in real_bot.corpus.plans:
        for clause in plan.clauses:
            if len(clause.path) < 3 or not clause.responsible_units:
                continue
            said = texts(real_bot.ask(f"{plan.region}{clause.path}由谁负责").answer)
            leads = {unit.name for unit in clause.responsible_units if unit.role is Role.LEAD}
            assert ("牵头" in said) is bool(leads), clause.id
            assert all(unit.name in said for unit in clause.responsible_units), clause.id


def test_the_rule_that_makes_the_first_the_lead_is_cited(real_bot: LocalBot) -> None:
    (statement,) = real_bot.ask("金华二（十）谁牵头").answer.statements
    assert [citation.clause.path for citation in statement.citations] == ["二(十)", "二(一)"]
    assert "列第一位的为牵头单位" in statement.citations[1].quote
    (own,) = real_bot.ask("金华二（一）谁牵头").answer.statements
    assert len(own.citations) == 1


def test_a_plan_that_lists_nobody_says_so(real_bot: LocalBot) -> None:
    for asked, name in (("泉州第16条谁负责", "泉州"), ("国务院谁负责诚信计量", "国家")):
        answer = real_bot.ask(asked).answer
        assert answer.status is Status.PARTIAL
        assert wording.NO_UNITS_AT_ALL.format(name=name) in texts(answer)


def test_several_plans_each_their_own(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门和青岛诚信计量分别由谁负责").answer
    assert [citation.plan.id for citation in answer.citations] == ["xiamen", "qingdao"]


def test_without_a_plan_those_that_list_units_answer(real_bot: LocalBot) -> None:
    answer = real_bot.ask("谁负责诚信计量自我承诺").answer
    assert {citation.plan.id for citation in answer.citations} <= {"xiamen", "qingdao", "jinhua"}


OF_WHOM = [
    ("厦门税务局负责什么", {"xiamen:四24"}),
    ("厦门海洋局参与了哪几项", {"xiamen:三(一)1", "xiamen:三(二)7"}),
    ("市大数据局负责哪几项", {"qingdao:三(五)", "jinhua:二(二)"}),
    ("气象局参与哪几项", {"qingdao:二(四)", "qingdao:三(七)"}),
]


@pytest.mark.parametrize(("asked", "clause_ids"), OF_WHOM)
def test_tasks_of_a_unit(real_bot: LocalBot, asked: str, clause_ids: set[str]) -> None:
    answer = real_bot.ask(asked).answer
    assert {statement.citations[0].clause.id for statement in answer.statements} == clause_ids


def test_many_tasks_are_counted_not_hidden(real_bot: LocalBot) -> None:
    answer = real_bot.ask("金华市市场监管局负责哪些").answer
    assert len(answer.statements) == 6
    assert any("共10条" in note for note in answer.notes)


def test_units_and_content_in_one_question(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门诚信计量由谁负责，内容是什么").answer
    assert "「完善诚信计量体系" in answer.statements[0].text
    assert "责任单位为" in answer.statements[1].text


def test_a_foreign_place_and_a_missing_address(real_bot: LocalBot) -> None:
    assert real_bot.ask("福州诚信计量谁负责").answer.status is Status.NOT_FOUND
    answer = real_bot.ask("厦门第40条谁负责").answer
    assert answer.status is Status.NOT_FOUND
    assert "没有“第40条”" in texts(answer)


def test_the_bracket_is_what_is_cited(real_bot: LocalBot) -> None:
    (statement,) = real_bot.ask("厦门第21条谁负责").answer.statements
    assert statement.citations[0].quote == "（责任单位：市市场监管局、市发改委、市商务局、市卫健委）"
