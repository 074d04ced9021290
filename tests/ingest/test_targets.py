"""Quantities of sentences and rows: name, base, target, years, bounds; what is aimed at apart from what is so."""

import time

import pytest

from ingest.amounts import Amount, cell_amount
from ingest.columns import Role, column
from ingest.model import Indicator
from ingest.names import first_name, shared_names
from ingest.times import horizon, period_end
from tests.ingest.reader import read
from tests.ingest.test_tables import AFTER, BEFORE, placed


def short(one: Indicator) -> str:
    """名称 [基年:基值→]目标年:目标 — in the present told, 名称 =年:值."""
    value = f"{one.target}{one.unit}{one.qualifier}"
    if one.achieved:
        return f"{one.name} ={one.base_year or ''}:{value}"
    base = f"{one.base_year or ''}:{one.base_value or ''}→" if one.base_value or one.base_year else ""
    return f"{one.name} {base}{one.target_year or ''}:{value}"


def told(text: str, title: str = "发展目标") -> list[str]:
    return [short(one) for one in read(f"海州市计量规划\n一、{title}\n{text}\n二、其他\n（一）略。不提。\n").indicators]


# why each: how plans word what they aim at
AIMED = [
    ("到2025年，示范单位数由30家增加到90家以上。", ["示范单位数 :30→2025:90家以上"], "from, to"),
    ("到2025年，强检覆盖率从2020年底的85%提升至95%。", ["强检覆盖率 2020:85→2025:95%"], "the base has a year"),
    ("到2025年，受检率从“十三五”末的85%提高到95%。", ["受检率 2020:85→2025:95%"], "the end of a five-year plan"),
    ("示范单位数量由30家增加到2025年的90家。", ["示范单位 :30→2025:90家"], "the year stands with the target"),
    ("检定量由3.2万台（件）增至2030年的5万台（件）。", ["检定量 :3.2万→2030:5万台（件）"], "a unit with brackets"),
    ("到2025年，受检率和合格率分别达到95%和98%以上。", ["受检率 2025:95%", "合格率 2025:98%以上"], "respectively"),
    (
        "到2025年，计量标准、示范单位分别由120项、30家增加到200项、90家。",
        ["计量标准 :120→2025:200项", "示范单位 :30→2025:90家"],
        "respectively, from and to",
    ),
    ("计量标准到2025年和2035年分别达到200项和300项。", ["计量标准 2025:200项", "计量标准 2035:300项"], "two years"),
    ("到2025年，抽检合格率稳定在94%以上。", ["抽检合格率 2025:94%以上"], "kept at"),
    ("到2025年，作弊率控制在1%以下，投诉率不超过2%。", ["作弊率 2025:1%以下", "投诉率 2025:2%不超过"], "bounds"),
    ("到2025年，投入资金3.8亿元建设实验室。", ["投入资金 2025:3.8亿元"], "what the money is for is no name"),
    ("力争到2025年底培育计量示范单位60家。", ["计量示范单位 2025:60家"], "力争 is of no name"),
    ("到2025年，培育“诚信计量示范店”30家。", ["诚信计量示范店 2025:30家"], "a name in quotation marks"),
    ("计量标准达到二百项，示范单位达到三十五家以上。", ["计量标准 :二百项", "示范单位 :三十五家以上"], "numerals"),
    ("力争检定覆盖率达90%以上。", ["检定覆盖率 :90%以上"], "no year is no present"),
    ("“十四五”末，计量标准达到200项。", ["计量标准 2025:200项"], "a five-year plan is a year"),
    ("2024年，新建计量标准15项。", ["新建计量标准 2024:15项"], "what is new is not all there is"),
    ("2025年底前，检定周期压缩至5个工作日以内。", ["检定周期 2025:5个工作日以内"], "a deadline"),
    (
        "到2025年，《规划（2021—2035年）》所列标准达到9项。",
        ["《规划（2021—2035年）》所列标准 2025:9项"],
        "a title's years",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), AIMED, ids=[why for *_, why in AIMED])
def test_what_is_aimed_at(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


# why each: how plans tell what is
PRESENT = [
    ("截至2020年底，已建成计量标准120项，受检率85%。", ["计量标准 =2020:120项", "受检率 =2020:85%"], "so far"),
    ("目前，全市现有计量技术机构12家、计量人员350人。", ["计量技术机构 =:12家", "计量人员 =:350人"], "now"),
    ("近年来，我市建立计量标准136项，检定覆盖率达88%。", ["计量标准 =:136项", "检定覆盖率 =:88%"], "of late"),
    ("计量标准已达150项，到2025年达到200项。", ["计量标准 =:150项", "计量标准 2025:200项"], "then and now, one name"),
    ("2020年，受检率达到85%；到2025年，达到95%。", ["受检率 =2020:85%", "受检率 2025:95%"], "an earlier year"),
    ("在已建成30个计量站点的基础上，新建20个计量站点。", ["计量站点 =:30个", "计量站点 :20个"], "on the basis of"),
    (
        "“十三五”期间，新增计量标准45项。“十四五”期间，新增计量标准60项。",
        ["新增计量标准 =2020:45项", "新增计量标准 2025:60项"],
        "the plan before and this one",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), PRESENT, ids=[why for *_, why in PRESENT])
def test_what_is_so(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


def test_a_present_state_keeps_its_year_as_the_base() -> None:
    one = read("规划\n一、现状\n截至2020年底，计量标准达到120项。\n").indicators[0]
    assert one.achieved
    assert (one.base_year, one.base_value, one.target_year, one.target) == (2020, "120", None, "120")


def test_under_a_heading_of_what_was_nothing_is_aimed_at() -> None:
    assert told("全市建成计量标准二百项。", "发展成效") == ["计量标准 =:二百项"]
    assert told("到2025年，计量标准达到200项。", "发展背景") == ["计量标准 2025:200项"], "words of time come first"


def test_a_year_holds_for_the_paragraphs_and_units_under_it() -> None:
    dashes = "到2025年，能力增强。\n——计量标准达到300项。\n——受检率达到95%。"
    assert told(dashes) == ["计量标准 2025:300项", "受检率 2025:95%"]
    assert told("到2025年：\n（1）计量标准达到200项。\n到2030年：\n（1）计量标准达到300项。") == [
        "计量标准 2025:200项",
        "计量标准 2030:300项",
    ]
    below = "（一）基础。计量标准达到2项。\n1.受检率。受检率达到95%。\n二、任务\n建成5个检定站点。\n"
    plan = read("规划\n一、目标\n到2025年，增强。\n" + below)
    assert [short(one) for one in plan.indicators] == ["计量标准 2025:2项", "受检率 2025:95%", "检定站点 :5个"]


def test_the_year_of_a_heading_is_not_that_of_another_of_its_name() -> None:
    plan = read("规划\n一、目标\n到2025年，增强。\n二、任务\n（一）建设。计量标准达到20项。\n")
    assert [short(one) for one in plan.indicators] == ["计量标准 :20项"]


def rows(table: str) -> list[str]:
    return [short(one) for one in placed(table).indicators]


# why each: where a table says unit, base, target and year
TABLES = [
    ("指标\t基期\t目标\n标准数（项）\t1\t2\n受检率（%）\t/\t95", ["标准数 :1→2025:2项", "受检率 2025:95%"], "no years"),
    ("指标\t“十三五”末\t“十四五”末\n标准数（项）\t1\t2", ["标准数 2020:1→2025:2项"], "plans"),
    ("指标\t2022年现状值\t2025年目标值\n标准数\t1项\t2项以上", ["标准数 2022:1→2025:2项以上"], "units in cells"),
    ("指标\t2025年\n覆盖率%\t≥95\n投诉率（%）\t＜1", ["覆盖率 2025:95%≥", "投诉率 2025:1%＜"], "signs"),
    (
        "指标\t2023年\t2024年\t2025年\n标准数（项）\t1\t2\t3",
        ["标准数 2023:1项", "标准数 2024:2项", "标准数 2025:3项"],
        "steps on the way",
    ),
    ("指标\t单位\t2025年\n示范区（市）\t个\t2", ["示范区（市） 2025:2个"], "brackets that are no unit"),
    ("指标\t2020年（现状）\n标准数（项）\t120", ["标准数 =2020:120项"], "a lone base is what is"),
    ("指标\t2020年\t2025年\t年均增速\n产值\t1.2亿元\t3亿元\t8%", ["产值 2020:1.2亿→2025:3亿元"], "growth"),
    ("任务\t措施\t完成时限\n建标准\t新建计量标准20项\t2024年底", ["新建计量标准 2024:20项"], "a row's own year"),
    ("任务\t措施\n建标准\t示范单位由3家增加到9家", ["示范单位 :3→2025:9家"], "sentences in cells"),
    ("指标\t2025年\n服务能力\t持续提升", ["服务能力 2025:持续提升"], "a value in words"),
]


@pytest.mark.parametrize(("table", "expected", "why"), TABLES, ids=[why for *_, why in TABLES])
def test_rows(table: str, expected: list[str], why: str) -> None:
    assert rows("表1 指标\n" + table) == expected, why


def test_the_title_of_a_table_may_say_the_years() -> None:
    assert rows("表1 2026—2030年指标\n指标\t目标值\n标准数（项）\t200") == ["标准数 2030:200项"]


def test_attributes_stand_in_their_column_or_any_other() -> None:
    table = "表1 指标\n指标\t2025年\t{}\n标准数（项）\t200\t约束性"
    for label in ("属性", "指标性质", "备注"):
        assert placed(table.format(label)).indicators[0].attribute == "约束性"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("95%以上", Amount("95", "%", "以上")),
        ("≥95", Amount("95", "", "≥")),
        ("12万台（件）", Amount("12万", "台（件）")),
        ("[200]", Amount("200", "")),
        ("1—2", Amount("1—2", "")),
        ("6万余项", Amount("6万", "项", "余")),
        ("--", None),
        ("全面建成", None),
    ],
)
def test_cells(cell: str, expected: Amount | None) -> None:
    assert cell_amount(cell) == expected


@pytest.mark.parametrize(
    ("label", "role", "year"),
    [
        ("2025年", Role.YEAR, 2025),
        ("2025", Role.YEAR, 2025),
        ("目标值2035年", Role.TARGET, 2035),
        ("2020年（基期）", Role.BASE, 2020),
        ("“十四五”末", Role.YEAR, 2025),
        ("现状", Role.BASE, None),
        ("完成时限", Role.OTHER, None),
        ("较2020年增长", Role.OTHER, None),
        ("责任单位", Role.OTHER, None),
        ("计量单位", Role.UNIT, None),
        ("主要指标", Role.NAME, None),
    ],
)
def test_columns(label: str, role: Role, year: int | None) -> None:
    found = column(label)
    assert (found.role, found.year) == (role, year)


def test_names_and_times() -> None:
    assert first_name("力争到2025年全市诚信计量示范单位总数达到")[0] == "全市诚信计量示范单位"
    assert shared_names("检定和校准机构、实验室", 2) == ["检定和校准机构", "实验室"]
    assert shared_names("受检率和合格率", 3) == []
    assert (period_end("“十三五”末"), period_end("十五五"), period_end("五年")) == (2020, 2030, None)
    assert horizon(["到2030年，…", "到2025年，…"]) == 2025
    assert horizon(["《规划（2021—2035年）》"]) is None


def test_a_long_paragraph_takes_no_time() -> None:
    for unit in ("已", "由", "由3家到", "3家、", "分别3家、", "到2025年", "《", "（3家", "“”3家"):
        began = time.thread_time()
        read(BEFORE + unit * (10_000 // len(unit)) + AFTER)
        assert time.thread_time() - began < 3, unit
