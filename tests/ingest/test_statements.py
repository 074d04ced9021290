"""Where a clause names who is responsible, beyond one bracket at its end, and what only looks like it."""

import pytest

from ingest.bodies import is_body, list_bodies
from ingest.model import Role
from ingest.responsible import read_responsible_units
from ingest.statements import opens_field, outer_brackets, statements
from tests.ingest.reader import clause, read

LETTERS = {Role.LEAD: "L", Role.SUPPORT: "s", Role.LISTED: "l"}


def told(text: str) -> str:
    units = read_responsible_units([("一", text)]).get("一", ())
    return " ".join(unit.name + LETTERS[unit.role] for unit in units)


LISTS = [
    ("推进。（★市甲局、市乙局、各镇街）", "市甲局L 市乙局s 各镇街s"),
    ("推进。（★市甲局、★市乙局）（◆市丙局、◆市丁局）", "市甲局l 市乙局l 市丙局l 市丁局l"),
    ("推进。（省甲厅、省乙厅）", "省甲厅l 省乙厅l"),
    ("推进。（市甲局）", "市甲局l"),
    ("推进。（市甲局，各县区政府）", "市甲局l 各县区政府l"),
    ("推进。\n（市甲局、市乙委等）", "市甲局l 市乙委l"),
    ("（甲局、各成员单位）\n推进。", "甲局l 各成员单位l"),
    ("推进。（市计量院）", "市计量院l"),
    ("推进。（市甲局、市乙局，2024年底前完成）", "市甲局l 市乙局l"),
    ("推进。（各村（社区）、镇甲办）", "各村（社区）l 镇甲办l"),
    ("推进。（中心城区、各乡镇）", ""),
    ("推进工作（市甲局、县委乙部）。", ""),
    ("推进工作（市甲局、市乙委）。", "市甲局l 市乙委l"),
    ("推进工作（市甲局）。", ""),
    ("建测试中心（市甲局、市乙局）。", ""),
    ("成立专班（市甲局、市乙局）。", ""),
    ("在市甲局、（市乙局、市丙局）设立窗口。", ""),
    ("推进。（学校、医院）", ""),
    ("推进。（市场、加油站、市甲局）", ""),
    ("推进。（优化格局、市甲局）", ""),
    ("推进。（详见市甲局）", ""),
    ("推进。（材料报送市甲局）", ""),
    ("推进。（省级检测中心）", ""),
    ("推进。（各类检测中心）", ""),
    ("推进。（原市甲局）", ""),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_bracket_of_bodies_alone_names_them(text: str, expected: str) -> None:
    assert told(text) == expected


OUTSIDE = [
    ("推进｜责任单位（★为牵头单位）：★市甲局、市乙局", "市甲局L 市乙局s"),
    ("推进｜责任单位（标★的为牵头单位）：市甲局、★市乙局", "市甲局s 市乙局L"),
    ("推进｜责任单位（★为配合单位）：市甲局、★市乙局", ""),
    ("推进。责任单位：市甲局、市乙局。完成时限：6月底前。", "市甲局l 市乙局l"),
    ("推进。责任单位：市甲局（综合科）、市乙局。6月底前完成。", "市甲局（综合科）l 市乙局l"),
    ("推进。牵头单位：市甲局。责任单位：市乙局。", "市甲局L 市乙局s"),
    ("1.推进。责任单位：市甲局。2.检查。责任单位：市乙局。", "市甲局l 市乙局l"),
    ("推进。——责任单位：市甲局、市乙局", "市甲局l 市乙局l"),
    ("推进。——市甲局牵头，市乙局配合", "市甲局L 市乙局s"),
    ("推进。\n【责任单位】市甲局、市乙局", "市甲局l 市乙局l"),
    ("推进。\n【牵头单位】市甲局【配合单位】市乙局", "市甲局L 市乙局s"),
    ("推进。\n牵头：市甲局；配合：市乙局", "市甲局L 市乙局s"),
    ("●责任单位：市甲局", "市甲局l"),
    ("检查（抓落实；责任单位：另定）工作。", ""),
    ("配合：张三。", ""),
    ("责任单位：落实到人。严格考核。", ""),
    ("推进。——企业牵头，学校配合", ""),
]


@pytest.mark.parametrize(("text", "expected"), OUTSIDE)
def test_a_label_outside_brackets(text: str, expected: str) -> None:
    assert told(text) == expected


SPOKEN = [
    ("推进。由市甲局牵头，市乙局参与。", "市甲局L 市乙局s"),
    ("此项工作由市甲局牵头，组织检查，有关部门配合。", "市甲局L 有关部门s"),
    ("推进。由市甲局会同市乙委、市丙局负责。", "市甲局l 市乙委l 市丙局l"),
    ("推进。由市甲局、市乙局按照职责分工负责。", "市甲局l 市乙局l"),
    ("推进。市甲局牵头，市乙局、市丙局配合，每年发布清单。", "市甲局L 市乙局s 市丙局s"),
    ("推进。市甲局牵头，每年发布清单。", ""),
    ("推进。一是请市甲局牵头，市乙局配合。未经市甲局牵头，市乙局不得参与。", ""),
    ("推进。市甲局牵头，市乙局不再配合。", ""),
    ("推进。企业牵头，市乙局配合。", ""),
    ("推进。由市甲局、市乙局负责。", "市甲局l 市乙局l"),
    ("推进。由县级以上人民政府负责。", ""),
    ("推进。\n由市甲局负责。", "市甲局l"),
    ("推进。\n由县级以上人民政府负责。", ""),
    ("建立由市甲局牵头、市乙局参加的机制。", ""),
    ("由县级以上人民政府牵头。", ""),
    ("由市场监管部门牵头，市乙局参与。", ""),
    ("由街道办事处或者镇人民政府牵头。", ""),
    ("由市甲局（以下简称甲局）牵头。", ""),
    ("由市甲局牵头开展检查。", ""),
    ("由市甲局会同有关单位对方案实施情况调度。", ""),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_a_sentence_names_units_by_its_verb_alone(text: str, expected: str) -> None:
    assert told(text) == expected


SEVERAL = [
    ("授课4次（市甲联负责）；培训2次（市乙局负责）。", "市乙局l"),
    ("授课4次（市甲局负责）；培训2次（市乙局负责）。", "市甲局l 市乙局l"),
    ("领导（市甲局牵头，市丙局配合），宣传（市乙局负责）。", "市甲局L 市丙局s 市乙局l"),
    ("检查（责任单位：市甲局），再推进。", "市甲局l"),
    ("检查（责任单位：另行确定），再推进。", ""),
    ("食堂（学校负责）和宿舍（市甲局负责）检查。", "市甲局l"),
    ("推进。（市甲局等部门按职责分工负责，各县（市、区）政府）", "市甲局l 各县（市、区）政府l"),
    ("推进。（责任单位：市甲局牵头，市乙局、市丙局等部门按职责分工配合）", "市甲局L 市乙局s 市丙局s"),
    ("推进。（市甲局负责牵头，市乙局配合实施）", "市甲局L 市乙局s"),
    ("推进。（市甲局为牵头单位，市乙局为配合单位）", "市甲局L 市乙局s"),
    ("推进。（市甲局、市乙局按职责分工推进落实）", "市甲局l 市乙局l"),
    ("推进。（主要由市甲局按各自职责分别负责）", ""),
    ("推进。（市甲局、市乙局按照各自职责分别负责）", "市甲局l 市乙局l"),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_brackets_and_verbs(text: str, expected: str) -> None:
    assert told(text) == expected


FIELDS = [
    ("推进。（牵头领导：张某；牵头单位：市甲局）", "市甲局L"),
    ("推进。（责任领导：张某，责任单位：市甲局）", "市甲局l"),
    (
        "推进。（牵头领导：张某；牵头单位：市甲局；责任单位：各县（市、区）政府，市乙局）",
        "市甲局L 各县（市、区）政府s 市乙局s",
    ),
    ("推进。（省级牵头单位：省甲厅；市县责任单位：各市、县政府）", "省甲厅L 各市、县政府s"),
    ("推进。（联系人：张某；电话：12345）", ""),
    ("推进。（请各责任单位：抓好落实）", ""),
    ("推进。（主办单位：市甲局；协办单位：市乙局）", "市甲局L 市乙局s"),
    ("推进。责任单位：市甲局、完成时限：年底", "市甲局l"),
    ("推进。（责任单位：市甲局。以下任务均需各县（市、区）政府负责，不再列出）", "市甲局l"),
    ("推进。（责任单位：市甲局，以下均需市乙局负责）", "市甲局l"),
    ("推进。（市甲局牵头，市乙局配合。以下任务不再列出）", "市甲局L 市乙局s"),
    ("办理。（市甲局和县乙局，以下统称登记机关）", ""),
    ("推进。（责任部门：市甲局、市乙局，第一个为牵头部门）", "市甲局L 市乙局s"),
    ("推进。（责任单位：市甲局、市乙局。责任单位排名第一的为牵头单位）", "市甲局L 市乙局s"),
    ("推进。（第一牵头单位：市甲局；配合单位：市乙局）", "市甲局L 市乙局s"),
    ("推进。责任单位：市甲局等市级行政执法部门，各区政府。", "市甲局l 各区政府l"),
    ("推进。责任单位：市甲局、市高等法院等部门、单位。", "市甲局l 市高等法院l"),
    ("推进。\n牵头单位：市甲局\n配合单位：——", "市甲局L"),
]


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_what_stands_beside_the_names_is_none(text: str, expected: str) -> None:
    assert told(text) == expected


PARTS = [
    ("各市、县人民政府，市甲局", ["各市、县人民政府", "市甲局"]),
    ("省甲厅，有关市、县、区人民政府", ["省甲厅", "有关市、县、区人民政府"]),
    ("各市、县（区）人民政府", ["各市、县（区）人民政府"]),
    ("中央、省驻海单位，各区", ["中央、省驻海单位", "各区"]),
    ("各乡镇、街道，县甲局", ["各乡镇、街道", "县甲局"]),
    ("各区、市财政局", ["各区", "市财政局"]),
    ("县甲局/县乙中心／县丙局", ["县甲局", "县乙中心", "县丙局"]),
    ("建筑和/或安装部门", ["建筑和/或安装部门"]),
    ("市甲局和市乙局会同市丙局", ["市甲局", "市乙局", "市丙局"]),
    ("市发展和改革委员会", ["市发展和改革委员会"]),
]


@pytest.mark.parametrize(("joined", "parts"), PARTS)
def test_a_list_is_taken_apart_between_names(joined: str, parts: list[str]) -> None:
    assert list_bodies(joined) == parts


@pytest.mark.parametrize(
    "name", "市财政局（采购科） 各镇（街道） 各县〔市、区〕人民政府 12345热线办 市消防救援支队".split()
)
def test_bodies(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize(
    "name",
    "广大农村 城镇布局 政务大厅 全社会 公共场所 报市财政局 联系市财政局 局 按要求的单位 数据来源市统计局".split(),
)
def test_no_bodies(name: str) -> None:
    assert not is_body(name)


def test_each_statement_is_found_once() -> None:
    found = [one.text for one in statements("牵头单位：甲。责任单位：乙。推进（由市丙局牵头）。")]
    assert found == ["由市丙局牵头", "牵头单位：甲。责任单位：乙"]
    assert told("推进。（" + "市甲局、" * 200 + "市乙局）") == "", "longer than a statement"


def test_brackets_pair_with_their_own_kind() -> None:
    assert outer_brackets("1）甲（乙（丙）丁）【戊】") == [(3, 10), (10, 13)]
    assert outer_brackets("（一（二）") == [(2, 5)], "what nothing closes holds nothing"
    assert outer_brackets("[0，1）") == []


def leads(*clauses: tuple[str, str]) -> str:
    """The paths of the clauses that have a lead."""
    found = read_responsible_units(list(clauses))
    return " ".join(path for path, units in found.items() if any(unit.role is Role.LEAD for unit in units))


RULE = "责任单位列第一位的为牵头单位"
TASK = "推进。（责任单位：市甲局、市乙局）"


def test_an_order_rule_holds_where_it_is_said() -> None:
    tasks = [(path, TASK) for path in ("二(一)", "二(一)1", "二(一)10", "二十", "三")]
    assert leads(("二", f"重点任务（{RULE}）"), *tasks) == "二(一) 二(一)1 二(一)10"
    assert leads(("二(一)1", f"{RULE}。"), ("二(一)1①", TASK), *tasks[2:]) == "二(一)1①"
    assert leads(("二", f"{TASK}{RULE}。"), *tasks) == "二", "in a clause that names units: there"
    assert leads(("题头", f"方案\n（{RULE}）"), *tasks) == "二(一) 二(一)1 二(一)10 二十 三"
    assert leads(("一", f"本方案中{RULE}，抓好落实。"), *tasks) == "二(一) 二(一)1 二(一)10 二十 三"
    assert leads(("一", f"重点（{RULE}，下同）"), *tasks) == "二(一) 二(一)1 二(一)10 二十 三"


WRAPPED = [
    ("责任单位：市甲局，各乡镇\n完成时限：年底", "责任单位：市甲局，各乡镇\n完成时限：年底"),
    (
        "推进，责任单位要落实。责任单位：市甲局，各乡镇\n完成时限：年底",
        "推进，责任单位要落实。责任单位：市甲局，各乡镇\n完成时限：年底",
    ),
    ("责任单位：市甲局、市乙局、\n市丙支队", "责任单位：市甲局、市乙局、市丙支队"),
    ("推进甲，推进\n重点任务：监管", "推进甲，推进重点任务：监管"),
]


@pytest.mark.parametrize(("below", "text"), WRAPPED)
def test_lines_of_a_list_and_of_the_next_field(below: str, text: str) -> None:
    plan = read(f"方案\n一、检定\n{below}\n二、监管\n检查。\n")
    assert clause(plan, "一").text == text
    assert not opens_field("市丙支队", "责任单位：市甲局、")
    assert clause(read(f"方案\n检查计量器具，推进监管。\n{below}\n"), "段2").text == text.split("\n", maxsplit=1)[0]


def test_markdown_underlines_around_a_list_go() -> None:
    plan = read(
        "# 方案\n\n## 一、检定\n\n推进a_b。\n\n_责任单位：市甲局、市乙局_\n\n填写____处，见甲_乙_丙 \\_注\\_ 。\n"
    )
    assert clause(plan, "一").text == "推进a_b。\n责任单位：市甲局、市乙局\n填写____处，见甲_乙_丙_注_。"
    assert [unit.name for unit in clause(plan, "一").responsible_units] == ["市甲局", "市乙局"]
