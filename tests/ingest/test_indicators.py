"""Indicators: all the reader found, `--` as not given, conflicts reported and never decided."""

import pytest

from ingest.indicators import find_conflicts
from ingest.model import Indicator, Plan
from tests.ingest.reader import clause, our_path, read, rows

# why: where the reader's name for a quantity is not the words of the plan, or is cut differently
RENAMED = {
    ("state-council", "国际承认的校准测量能力"): "获得国际承认的校准测量能力",
    ("state-council", "参与驾驭国际原子时的国家"): "我国成为全球有能力参与驾驭国际原子时的国家",
    ("jinhua", "高能级计量标准（诊疗、治疗装置、疾控）"): "高能级计量标准",
    ("jinhua", "高能级计量标准（医疗、生命健康、能源、公共安全）"): "高能级计量标准",
    ("jinhua", "建立高能级计量标准"): "高能级计量标准",
}
# why: 一批 is no number; the clause is found by its words, not as an indicator
NOT_COUNTED = {("jinhua", "市级产业计量测试中心")}
NO_YEAR = ("", "未写年份", "现状(未写年份)")


def found_by_key(plans: dict[str, Plan]) -> dict[tuple[str, str, str], Indicator]:
    return {(plan.id, one.clause_id.split(":")[1], one.name): one for plan in plans.values() for one in plan.indicators}


def key(row: dict[str, str]) -> tuple[str, str, str]:
    name = RENAMED.get((row["plan"], row["indicator"]), row["indicator"])
    return row["plan"], our_path(row["path"]), name


EXPECTED = [row for row in rows("indicators.tsv") if (row["plan"], row["indicator"]) not in NOT_COUNTED]


def test_the_reader_found_53() -> None:
    assert len(EXPECTED) + len(NOT_COUNTED) == 53


def test_none_is_missing_and_none_is_invented(plans: dict[str, Plan]) -> None:
    expected = sorted(key(row) for row in EXPECTED)
    found = sorted((p.id, i.clause_id.split(":")[1], i.name) for p in plans.values() for i in p.indicators)
    assert found == expected


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['plan']}-{row['path']}-{row['indicator']}")
def test_values(plans: dict[str, Plan], row: dict[str, str]) -> None:
    one = found_by_key(plans)[key(row)]
    assert one.unit == row["unit"]
    assert one.base_value == (row["base_value"] if row["base_value"] not in ("--",) and not one.achieved else None) or (
        one.base_value is None and row["base_value"] == ""
    )
    reached = row["base_value"] if one.achieved else row["target"]
    assert (one.target or "") + one.qualifier == reached
    assert (str(one.target_year) if one.target_year else "") == (
        "" if row["target_year"] in NO_YEAR else row["target_year"]
    )
    assert one.achieved == (row["attribute"] == "现状值，非目标")
    assert one.attribute == (row["attribute"] if row["attribute"] == "预期性" else "")


def test_an_indicator_is_an_exact_stretch_of_its_clause(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for one in plan.indicators:
            stated = clause(plan, one.clause_id.split(":")[1]).text[one.start : one.end]
            assert one.target is not None
            assert one.target in stated
            assert one.unit in stated


def test_not_given_is_none_and_zero_is_zero(plans: dict[str, Plan]) -> None:
    found = found_by_key(plans)
    assert found["xiamen", "专栏1/6", "省级产业计量测试中心"].base_value is None, "Xiamen prints --"
    assert found["xiamen", "专栏1/8", "国家标准物质"].base_value is None
    assert found["quanzhou", "专栏1/6", "主持及参与制修订国家计量技术规范"].base_value == "0", "Quanzhou prints 0"


def test_2020_can_be_a_value(plans: dict[str, Plan]) -> None:
    promised = found_by_key(plans)["quanzhou", "专栏1/10", "引导培育诚信计量自我承诺单位"]
    assert (promised.base_year, promised.base_value, promised.target_year, promised.target) == (
        2020,
        "1254",
        2025,
        "2020",
    )


CONFLICTS = [
    ("qingdao", "诚信计量示范单位", {("一(二)2", "300以上"), ("四(三)", "350以上")}),
    ("jinhua", "省级产业计量测试中心", {("一", "1以上"), ("二(三)", "2—3")}),
    ("jinhua", "高能级计量标准", {("一", "10以上"), ("二(四)", "3—5"), ("二(七)", "8—10")}),
]


@pytest.mark.parametrize(("plan_id", "name", "values"), CONFLICTS)
def test_conflicts_are_all_shown(plans: dict[str, Plan], plan_id: str, name: str, values: set[tuple[str, str]]) -> None:
    conflict = next(one for one in plans[plan_id].conflicts if one.name == name)
    assert {(i.clause_id.split(":")[1], (i.target or "") + i.qualifier) for i in conflict.indicators} == values


def test_nothing_else_conflicts(plans: dict[str, Plan]) -> None:
    assert sum(len(plan.conflicts) for plan in plans.values()) == len(CONFLICTS)


def stated(sentence: str) -> list[tuple[str, str | None, str, str, int | None]]:
    plan = read(f"一、目标\n{sentence}\n二、其他\n（一）略。不提。\n")
    return [(i.name, i.target, i.qualifier, i.unit, i.target_year) for i in plan.indicators]


# why each: how plans word a target
SENTENCES = [
    ("到2025年，社会公用计量标准达到1,350项。", [("社会公用计量标准", "1,350", "", "项", 2025)], "a thousands mark"),
    ("到2030年底计量覆盖率达到95%以上。", [("计量覆盖率", "95", "以上", "%", 2030)], "no comma after the year"),
    (
        "到2025年，计量标准达到50项；到2035年，计量标准达到80项。",
        [("计量标准", "50", "", "项", 2025), ("计量标准", "80", "", "项", 2035)],
        "each year has its own value",
    ),
    ("提供检定、校准、检测等4个平台。", [], "a sum of what was listed"),
    ("2021年以来持续推进。", [], "a year is no quantity"),
]


@pytest.mark.parametrize(("sentence", "expected", "why"), SENTENCES)
def test_sentences(sentence: str, expected: list[tuple[str, str | None, str, str, int | None]], why: str) -> None:
    assert stated(sentence) == expected, why


def test_two_target_years_are_no_conflict() -> None:
    plan = read("一、目标\n到2025年，计量标准达到50项；到2035年，计量标准达到80项。\n")
    assert plan.conflicts == ()
    assert find_conflicts("book", plan.indicators * 2) == ()


def test_a_table_with_a_unit_column_and_two_targets() -> None:
    plan = read(
        "一、目标\n专栏1：指标\n序号\t指标名称\t单位\t基期（2020年）\t2025年\t2035年\t属性\n"
        "1\t社会公用计量标准\t项\t/\t50\t80\t约束性\n2\t检定覆盖率\t%\t80\t90\t\t预期性\n"
    )
    found = [(i.name, i.unit, i.base_year, i.base_value, i.target_year, i.target, i.attribute) for i in plan.indicators]
    assert found == [
        ("社会公用计量标准", "项", 2020, None, 2025, "50", "约束性"),
        ("社会公用计量标准", "项", 2020, None, 2035, "80", "约束性"),
        ("检定覆盖率", "%", 2020, "80", 2025, "90", "预期性"),
    ]
