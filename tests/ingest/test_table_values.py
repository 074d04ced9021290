"""What a table's cells count: merged heads and names, units over all rows, years as rows, sentences as targets."""

import pytest

from ingest.aligned import skipped
from ingest.columns import Role, column
from tests.ingest.reader import read
from tests.ingest.test_tables import cells, placed
from tests.ingest.test_targets import rows, short

# why each: how tables say what they count
TABLES = [
    ("指标\t2020年\t2025年\n支出占比（%）\t28\t27左右", ["支出占比 2020:28→2025:27%左右"], "about"),
    (
        "指标\t单位\t2025年\n占比\t%\t27左右\n费率\t%\t1（含）以下",
        ["占比 2025:27%左右", "费率 2025:1%（含）以下"],
        "its unit beside",
    ),
    ("指标\t2020年实绩\t2025年预期\n标准数（项）\t120\t200", ["标准数 2020:120→2025:200项"], "what was achieved"),
    (
        "任务\t目标\t负责\n建标\t新建标准10项\t甲\n检定\t检定器具5万台件\t乙\n服务\t全面提升\t丙",
        ["新建标准 2025:10项", "检定器具 2025:5万台件", "服务 2025:全面提升"],
        "a sentence as a target",
    ),
    (
        "任务\t目标\n培训\t培训200人次\n巡查\t30次",
        ["培训 2025:200人次", "巡查 2025:30次"],
        "the name again before its target",
    ),
    (
        "指标\t2020年\t2025年\n1.授权量（件）\t1\t2\n（1）增加值（亿元）\t1\t2\n其中：高新企业（家）\t1\t2\n5G基站（个）\t1\t2",
        ["授权量 2020:1→2025:2件", "增加值 2020:1→2025:2亿元", "高新企业 2020:1→2025:2家", "5G基站 2020:1→2025:2个"],
        "numbers before names",
    ),
    (
        "类别\t指标\t2025年\n设施\t泊位数（个）\t20\n周转量（万吨）\t\t60",
        ["泊位数 2025:20个", "周转量 2025:60万吨"],
        "a wide name",
    ),
    (
        "项目\t2020年\t目标值\t\t\n\t\t2023年\t2025年\t累计\n标准数（项）\t120\t160\t200\t80\n站点（个）\t1\t2\t3\t2",
        ["标准数 2020:120→2023:160项", "标准数 2020:120→2025:200项", "站点 2020:1→2023:2个", "站点 2020:1→2025:3个"],
        "growth under the target's head",
    ),
    (
        "指标\t单位\t2020年\t\t2025年\t\n\t\t全市\t城区\t全市\t城区\n标准数\t项\t120\t60\t200\t90",
        ["标准数（全市） 2020:120→2025:200项", "标准数（城区） 2020:60→2025:90项"],
        "parts of the whole",
    ),
    (
        "年份\t标准数（项）\t合格率\n2025年\t200\t95%\n2035年\t300\t98%",
        ["标准数 2025:200项", "合格率 2025:95%", "标准数 2035:300项", "合格率 2035:98%"],
        "years as rows",
    ),
]


@pytest.mark.parametrize(("table", "expected", "why"), TABLES, ids=[why for *_, why in TABLES])
def test_tables(table: str, expected: list[str], why: str) -> None:
    assert rows("表1 清单\n" + table) == expected, why


def test_data_under_an_empty_name_is_no_head() -> None:
    found = cells(placed("表1 清单\n类别\t指标\t2025年\t\n设施\t里程（公里）\t3\t4\n\t泊位（个）\t5\t6"))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("label", "role", "part"),
    [
        ("2020年城区", Role.YEAR, "城区"),
        ("2025年目标全市", Role.TARGET, "全市"),
        ("2025年", Role.YEAR, ""),
        ("责任市区", Role.OTHER, ""),
    ],
)
def test_parts(label: str, role: Role, part: str) -> None:
    assert (column(label).role, column(label).part) == (role, part)


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("表1 节能目标（单位：万吨标准煤）", "万吨标准煤"),
        ("主要指标（单位：%）", "%"),
        ("表1 目标（单位：项、个）", ""),
    ],
)
def test_a_caption_may_tell_the_unit(caption: str, unit: str) -> None:
    found = placed(f"{caption}\n行业\t2020年\t2025年\n钢铁\t25\t60\n建材\t18\t42").indicators
    assert [one.unit for one in found] == [unit, unit]


# why each: what a document of 2024 tells of a year in a table
WRITTEN = [
    ("覆盖率（%）\t45\t55\t65", ["覆盖率 2023:45→2024:55%", "覆盖率 2023:45→2025:65%"], "a step before it is what was"),
    ("覆盖率（%）\t45", ["覆盖率 =2023:45%"], "nothing is aimed at"),
]


@pytest.mark.parametrize(("row", "expected", "why"), WRITTEN)
def test_years_before_a_document(row: str, expected: list[str], why: str) -> None:
    head = "海州市方案\n海政发〔2024〕9号\n一、目标\n任务如下。\n表1 指标\n指标\t2023年\t2024年\t2025年\n"
    plan = read(f"{head}{row}\n二、其他\n略。\n")
    assert [short(one) for one in plan.indicators] == expected, why


ALIGNED = """指标          2020年    2025年    属性
标准数（项）  120       200       预期性
合格率（%）             95        约束性
死亡率（‰）   85                  约束性
合计          205       203"""


def test_empty_cells_of_columns_kept_apart_by_blanks() -> None:
    assert list(cells(placed("表1 指标\n" + ALIGNED)).values()) == [
        "指标=标准数（项） 2020年=120 2025年=200 属性=预期性",
        "指标=合格率（%） 2025年=95 属性=约束性",
        "指标=死亡率（‰） 2020年=85 属性=约束性",
        "指标=合计 2020年=205 2025年=203",
    ]


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("标准数        120                 预期性", [1, 2]),
        ("标准数                                                  很远", None),
        ("              120       200", None),
        ("标准数  " + "1" * 500, None),
    ],
)
def test_columns_a_gap_goes_on_by(line: str, gaps: list[int] | None) -> None:
    assert skipped(ALIGNED.partition("\n")[0], line) == gaps
