"""Responsible units: who leads only where the plan says so."""

import pytest

from ingest.model import Plan, Role
from ingest.responsible import read_responsible_units
from tests.ingest.reader import clause, leaves, read

ROLE_OF = {"xiamen": {Role.LISTED}, "qingdao": {Role.LEAD, Role.SUPPORT}, "jinhua": {Role.LEAD, Role.SUPPORT}}


def names(plan: Plan, path: str, role: Role | None = None) -> list[str]:
    return [unit.name for unit in clause(plan, path).responsible_units if role in (None, unit.role)]


def test_every_clause_has_the_units_the_reader_saw(plans: dict[str, Plan]) -> None:
    """And no other clause has any: 27 in Xiamen, 18 in Qingdao, 10 in Jinhua."""
    expected = {(leaf.plan_id, leaf.path): leaf.responsible for leaf in leaves() if leaf.responsible}
    assert len(expected) == 55
    for plan in plans.values():
        for one in plan.clauses:
            written = expected.get((plan.id, one.path), "")
            written = (
                written.split("。")[0].replace("牵头", "").removesuffix("配合").replace("，", "、").replace(",", "、")
            )
            assert [unit.name for unit in one.responsible_units] == split(written), one.id


def split(written: str) -> list[str]:
    """The reader's list; the one name with 、 inside is 各县〔市、区〕人民政府."""
    return [name.replace("~", "、") for name in written.replace("〔市、区〕", "〔市~区〕").split("、") if name]


@pytest.mark.parametrize("plan_id", list(ROLE_OF))
def test_roles_are_those_the_plan_gives(plans: dict[str, Plan], plan_id: str) -> None:
    roles = {unit.role for one in plans[plan_id].clauses for unit in one.responsible_units}
    assert roles == ROLE_OF[plan_id]


@pytest.mark.parametrize("plan_id", ["state-council", "quanzhou"])
def test_plans_that_name_no_units(plans: dict[str, Plan], plan_id: str) -> None:
    assert not [one.id for one in plans[plan_id].clauses if one.responsible_units]


def test_the_jinhua_rule_holds_for_all_ten_items(plans: dict[str, Plan]) -> None:
    """'列第一位的为牵头单位，下同' stands in 二(一) only; 二(七) is led by the counties."""
    leads = [names(plans["jinhua"], f"二({n})", Role.LEAD) for n in "一二三四五六七八九十"]
    assert leads == [["市市场监管局"]] * 6 + [["各县〔市、区〕人民政府"]] + [["市市场监管局"]] * 3
    assert names(plans["jinhua"], "二(七)", Role.SUPPORT) == ["市市场监管局"]
    assert names(plans["jinhua"], "二(一)")[-1] == "市科技局", "the rule is no unit"


def test_xiamen_names_no_lead(plans: dict[str, Plan]) -> None:
    assert names(plans["xiamen"], "四24") == ["各区人民政府", "市科技局", "市财政局", "厦门市税务局"]
    assert names(plans["xiamen"], "四24", Role.LEAD) == []


# why each: a way official plans word it
WORDINGS = [
    ("推进。（责任单位：市甲局、市乙局）", "甲l 乙l", "listed without order"),
    ("推进。（责任部门：市甲局）。", "甲l", "a full stop after the bracket"),
    ("推进。（市甲局牵头，市乙局、市丙局配合）", "甲L 乙s 丙s", "lead and support"),
    ("推进。（市甲局、市乙局牵头）", "甲L 乙L", "two leads, no support"),
    (
        "推进。（牵头单位：市甲局；责任单位：市乙局、市丙局）",
        "甲L 乙s 丙s",
        "labels; the responsible beside a lead support",
    ),
    ("推进。（责任单位：市甲局，各县（市、区）人民政府）", "甲l 各县（市、区）人民政府l", "round brackets in a name"),
    ("推进。（责任单位：市甲局）\n另行部署。", "甲l", "text goes on below"),
    ("推进。（责任单位：市甲局、市乙局。列第一位的为牵头单位）", "甲L 乙s", "the first leads, here only"),
    ("推进。\n责任单位：市甲局、市乙局", "甲l 乙l", "on a line of its own"),
    ("推进。责任单位：市甲局、各县（市、区）。", "甲l 各县（市、区）l", "behind the sentence, without a bracket"),
    ("推进。（市甲局、市乙局按职责分工负责）", "甲l 乙l", "负责 in brackets"),
    ("推进。（市甲局负责）", "甲l", "one of them"),
    ("市甲局牵头建设平台，市乙局、市丙局配合。", "甲L 乙s 丙s", "what is led is told"),
    ("推进。购置车辆，由市甲局负责，市乙局配合。", "甲l 乙s", "one answers for it, the other helps"),
    ("推进。★市甲局、市乙局", "甲L 乙s", "a star behind the sentence"),
    ("★推进市场建设、完善市级体系", "", "a star that is a bullet"),
    ("推进。由港前街道牵头，市乙局配合。", "港前街道L 乙s", "a town"),
    ("推进。由市交警大队牵头，市乙局配合。", "交警大队L 乙s", "police"),
    ("推进。市甲局牵头，每月召开调度会，市乙局配合。", "甲L 乙s", "a meeting is no body"),
    ("调解，由市甲局负责，任何单位和个人应当配合。", "", "who helps is no body"),
    ("推进。由市场化运营公司牵头，群众参与。", "", "a kind of firm"),
    ("推进。由有关乡镇负责，村民参与。", "", "any town of some"),
    ("推进。由市水务公司牵头，市乙局配合。", "水务公司L 乙s", "a firm of the city's"),
    ("推进。由有关公司牵头，市乙局配合。", "", "any firm"),
    ("推进。由市甲局负责。", "甲l", "a sentence that ends the paragraph"),
    ("推进；由市甲局负责。", "甲l", "behind a semicolon"),
    ("推进。由市甲局负责。另行部署。", "", "one that does not tells a duty"),
    ("推进由市甲局负责。", "", "one that tells of what"),
    ("推进。【牵头单位：市甲局；配合单位：市乙局】", "甲L 乙s", "lenticular brackets"),
    ("推进。[责任单位：市甲局]", "甲l", "square brackets"),
    ("推进。（牵头部门：市甲局，责任部门：市乙局、市丙局）", "甲L 乙s 丙s", "部门 for 单位"),
    ("推进。（市甲局、市乙委等部门，各区政府按职责分工负责）", "甲l 乙委l 各区政府l", "等部门 is no name"),
    ("推进。\n牵头单位：市甲局\n配合单位：市乙局、市丙局", "甲L 乙s 丙s", "two lines"),
    ("推进。（责任单位：市甲局、市乙局，列首位的为牵头单位，下同）", "甲L 乙s", "首位 for 第一位"),
    ("推进。（责任单位：市甲局、市乙局，排在第一位的部门为牵头部门）", "甲L 乙s", "and other words for it"),
    ("推进。（市甲局牵头，市乙局、市丙局等按职责分工负责）", "甲L 乙s 丙s", "lead, and others by their duties"),
    ("推进。（由市甲局牵头，市乙局等部门配合，市丙局参与）", "甲L 乙s 丙s", "three verbs"),
    ("推进。（责任单位：市甲局（牵头）、市乙局）", "甲L 乙s", "the role behind the name"),
    ("推进。（责任单位：市甲局牵头，市乙局配合）", "甲L 乙s", "verbs behind a label"),
    ("推进。（责任单位：市甲局、市乙局；完成时限：2024年底）", "甲l 乙l", "another label ends the list"),
    ("推进。（市甲局会同市乙局负责，2024年底前完成）", "甲l 乙l", "会同, and a term behind"),
    ("建标准｜责任单位：市甲局、市乙局｜时限：年底", "甲l 乙l", "a table's cell"),
    ("各部门按职责落实：\n市甲局\n负责监管。", "", "a name on a line and its duty below"),
    ("责任单位要积极配合，牵头单位：另行通知。", "", "a label within a sentence"),
    ("推进。（做好对口单位的联系工作，由经办人员按照规定的程序和时限逐级上报审批后负责）", "", "too long for a name"),
    ("推进诚信计量（市场监管）建设。", "", "a bracket that names no one"),
    ("由市场监管部门牵头，其他部门参与。", "", "牵头 in running text is no list"),
]


@pytest.mark.parametrize(("text", "expected", "why"), WORDINGS)
def test_wordings(text: str, expected: str, why: str) -> None:
    letters = {Role.LEAD: "L", Role.SUPPORT: "s", Role.LISTED: "l"}
    units = read_responsible_units([("一", text)]).get("一", ())
    found = " ".join(unit.name.removeprefix("市").removesuffix("局") + letters[unit.role] for unit in units)
    assert found == expected, why


def test_a_rule_holds_from_where_it_stands() -> None:
    before, rule, after = (
        ("一", "甲。（责任单位：市甲局、市乙局）"),
        ("二", "乙。（责任单位：市甲局、市乙局。列第一位的为牵头单位，下同）"),
        ("三", "丙。（责任单位：市丙局、市甲局）"),
    )
    found = read_responsible_units([before, rule, after])
    assert [found[path][0].role for path in ("一", "二", "三")] == [Role.LISTED, Role.LEAD, Role.LEAD]


def test_a_blank_between_two_authorities_parts_them() -> None:
    """Cleaning takes the blank; where the characters come from tells of it."""
    plan = read(
        "方案\n一、检定。开展。（责任单位：市场监管局  市财政局）\n二、监管。检查。\n"
        "责任单位：商务局，\n配合单位：司法局\n"
    )
    assert names(plan, "一") == ["市场监管局", "市财政局"]
    assert names(plan, "二") == ["商务局", "司法局"], "a label begins a paragraph, whatever stands above it"
