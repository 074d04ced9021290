"""Tables in every form they come in: rows are clauses with cells, and every character keeps one owner."""

import time

import pytest

from ingest.model import Kind, Plan
from tests.ingest.ownership import repeated_paths, unsettled
from tests.ingest.reader import clause, read

BEFORE = "海州市计量规划\n一、发展目标\n到2025年，能力明显增强。\n"
AFTER = "\n二、重点任务\n加强建设。\n"


def placed(table: str) -> Plan:
    """A document with `table` under 一, every character of it accounted for."""
    plan = read(BEFORE + table + AFTER)
    assert unsettled(plan) == []
    assert repeated_paths(plan) == []
    assert clause(plan, "二").text == "加强建设。", "what follows the table is its own"
    return plan


def cells(plan: Plan) -> dict[str, str]:
    """The rows by path, each as 列=格 joined by blanks."""
    return {c.path: " ".join(f"{k}={v}" for k, v in c.cells) for c in plan.clauses if c.kind is Kind.ROW}


STANDARD = {
    "表1/1": "指标名称=社会公用计量标准 单位=项 2020年=120 2025年=200 属性=预期性",
    "表1/2": "指标名称=强检覆盖率 单位=% 2020年=85 2025年=95 属性=约束性",
}
TAB = "指标名称\t单位\t2020年\t2025年\t属性\n社会公用计量标准\t项\t120\t200\t预期性\n强检覆盖率\t%\t85\t95\t约束性"
ROWS = [line.split("\t") for line in TAB.split("\n")]
BARRED = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
CAPTION = "表1 海州市主要指标\n"

# why each: a way in which one and the same table is written
FORMS = [
    (CAPTION + TAB, "TAB-separated"),
    (CAPTION + TAB.replace("\n", "\n\n"), "TAB-separated with blank lines between rows"),
    (CAPTION + "\n".join("\t" + line for line in TAB.split("\n")), "TAB-separated and indented"),
    (CAPTION + "\n".join(f"| {' | '.join(r)} |" for r in [ROWS[0], ["---"] * 5, *ROWS[1:]]), "Markdown"),
    (CAPTION + "\n".join("|".join(r) for r in [ROWS[0], ["---"] * 5, *ROWS[1:]]), "Markdown without bars at the edges"),
    (CAPTION + "\n".join(f"|{'|'.join(r)}|" for r in ROWS), "bars without a rule"),
    (CAPTION + "\n".join(f"| {' | '.join(r)} |" for r in [ROWS[0], [":-:"] * 5, *ROWS[1:]]), "centred columns"),
    (CAPTION + "\n".join(["┌──┬──┐", *(f"│{'│'.join(r)}│" for r in ROWS), "└──┴──┘"]), "drawn with lines"),
    (CAPTION + "\n".join("    ".join(r) for r in ROWS), "columns kept apart by blanks"),
    (CAPTION + "\n".join("\u3000\u3000".join(r) for r in ROWS), "columns kept apart by wide blanks"),
    (CAPTION + "\n".join("\n".join(r) for r in ROWS), "one cell a line"),
    (CAPTION + "\n" + "\n\n".join("\n".join(r) for r in ROWS), "one cell a line, blank lines between rows"),
    (CAPTION + "\n" + "\n\n".join("\n\n".join(r) for r in ROWS), "one cell a line, blank lines everywhere"),
    (CAPTION + "\n\n".join("\n".join("\t" + cell for cell in r) for r in ROWS), "one indented cell a line"),
    ("表一：海州市主要指标\n" + TAB, "a number in Chinese"),
    ("【表1】海州市主要指标\n" + TAB, "a number in brackets"),
    ("表1\n海州市主要指标\n" + TAB, "the title under the number"),
    (
        "| 表1 海州市主要指标 | | | | |\n|---|---|---|---|---|\n" + "\n".join(f"| {' | '.join(r)} |" for r in ROWS),
        "inside",
    ),
]


@pytest.mark.parametrize(("table", "why"), FORMS, ids=[why for _, why in FORMS])
def test_one_table_in_all_forms(table: str, why: str) -> None:
    plan = placed(table)
    assert cells(plan) == STANDARD, why
    title = clause(plan, "表1")
    assert (title.kind, title.heading, title.searchable) == (Kind.TABLE, "海州市主要指标", False)
    assert clause(plan, "表1/1").headings == ("发展目标", "海州市主要指标")
    assert clause(plan, "表1/1").text == "社会公用计量标准｜单位：项｜2020年：120｜2025年：200｜属性：预期性"
    assert [
        (i.name, i.unit, i.base_year, i.base_value, i.target_year, i.target, i.attribute) for i in plan.indicators
    ] == [
        ("社会公用计量标准", "项", 2020, "120", 2025, "200", "预期性"),
        ("强检覆盖率", "%", 2020, "85", 2025, "95", "约束性"),
    ]


# why each: heads that are merged, broken or of several rows
HEADS = [
    (
        "指标\t单位\t基期值\t目标值\t\n\t\t2020年\t2025年\t2035年\n计量标准\t项\t120\t200\t300",
        "指标=计量标准 单位=项 基期值2020年=120 目标值2025年=200 目标值2035年=300",
        "目标值 spans two years",
    ),
    (
        "| 指标 | 单位 | 目标值 | 目标值 |\n|---|---|---|---|\n| 指标 | 单位 | 2025年 | 2030年 |\n"
        "| 计量标准 | 项 | 200 | 300 |",
        "指标=计量标准 单位=项 目标值2025年=200 目标值2030年=300",
        "a reader of Word files repeats merged cells",
    ),
    (
        "指标\t单位\t2020年\t2025年\n名称\t\t（基期）\t（目标）\n计量标准\t项\t120\t200",
        "指标名称=计量标准 单位=项 2020年（基期）=120 2025年（目标）=200",
        "headings broken over two rows",
    ),
    (
        "指标\t单位\t2020年\n（基期）\t2025年\n（目标）\t属性\n计量标准\t项\t120\t200\t预期性\n强检率\t%\t1\t2\t预期性",
        "指标=计量标准 单位=项 2020年（基期）=120 2025年（目标）=200 属性=预期性",
        "a line break inside a cell",
    ),
    (
        "指标名称\n单位\n2020年\n（基期）\n2025年\n（目标）\n计量标准\n项\n120\n200",
        "指标名称=计量标准 单位=项 2020年（基期）=120 2025年（目标）=200",
        "the same, one cell a line",
    ),
    (
        "指标\t单位\t2025年\n1\t2\t3\n计量标准\t项\t200",
        "指标=计量标准 单位=项 2025年=200",
        "the numbers of the columns",
    ),
    (
        "单位：项\n指标\t2020年\t2025年\n计量标准\t120\t200",
        "指标=计量标准 2020年=120 2025年=200 单位=项",
        "one unit for all, said above",
    ),
]


@pytest.mark.parametrize(("table", "row", "why"), HEADS, ids=[why for *_, why in HEADS])
def test_heads(table: str, row: str, why: str) -> None:
    assert cells(placed("表1 指标\n" + table))["表1/1"] == row, why


def test_titles_across_a_table_stand_over_their_rows_and_a_repeated_head_is_no_row() -> None:
    plan = placed(
        "表2 指标\n| 指标 | 单位 | 2025年 |\n|---|---|---|\n| 一、基础 | | |\n| 计量标准 | 项 | 200 |\n"
        "| 指标 | 单位 | 2025年 |\n| 二、民生 | 二、民生 | 二、民生 |\n| 受检率 | % | 95 |\n| 注：年均值。 | | |"
    )
    assert list(cells(plan)) == ["表2/1", "表2/2"]
    assert [clause(plan, f"表2/{n}").headings[-1] for n in (1, 2)] == ["一、基础", "二、民生"]
    assert clause(plan, "表2").text == "注：年均值。"


def test_a_merged_name_names_all_its_rows() -> None:
    plan = placed("表1 指标\n指标名称\t分项\t2020年\t2025年\n计量标准\t最高（项）\t12\t20\n\t工作（项）\t100\t150")
    assert cells(plan)["表1/2"] == "指标名称=计量标准 分项=工作（项） 2020年=100 2025年=150"
    assert clause(plan, "表1/2").text == "计量标准｜分项：工作（项）｜2020年：100｜2025年：150"
    assert [(i.name, i.unit, i.target) for i in plan.indicators] == [
        ("计量标准最高", "项", "20"),
        ("计量标准工作", "项", "150"),
    ]
    assert plan.conflicts == ()


def test_notes_under_a_table_are_its_text() -> None:
    notes = "注：受检率为年均值。\n数据来源：市局。"
    plan = placed("表2：主要指标\n指标\t2025年\n标准数（项）\t200\n受检率（%）\t95\n" + notes)
    assert list(cells(plan)) == ["表2/1", "表2/2"]
    assert clause(plan, "表2").text == notes


def test_a_table_without_a_title_stands_under_its_heading() -> None:
    table = "| 指标 | 2025年 |\n|---|---|\n| 标准数（项） | 200 |"
    plan = placed(f"{table}\n\n说明文字在两表之间，写得完整。\n\n{table.replace('200', '300')}")
    assert list(cells(plan)) == ["一表/1", "一表(2)/1"]
    assert clause(plan, "一").text.endswith("说明文字在两表之间，写得完整。")
    titled = placed("重点项目一览表\n指标\t单位\t2025年\n标准数\t项\t200")
    assert clause(titled, "一表").heading == "重点项目一览表"


TASKS = """重点任务分工表
序号
重点任务
工作措施
责任单位
1
推进标准建设
1.新建社会公用计量标准20项。
2.改造标准10项。
市市场监管局
2
诚信计量
培育示范单位30家。
市市场监管局、市商务局"""


def test_a_cell_of_several_lines_is_one_cell() -> None:
    found = cells(placed(TASKS))
    assert found == {
        "一表/1": "序号=1 重点任务=推进标准建设 工作措施=1.新建社会公用计量标准20项。\n2.改造标准10项。"
        " 责任单位=市市场监管局",
        "一表/2": "序号=2 重点任务=诚信计量 工作措施=培育示范单位30家。 责任单位=市市场监管局、市商务局",
    }


def test_a_value_that_equals_the_next_number_opens_no_row() -> None:
    table = "表1 指标\n序号\n指标名称\n单位\n2020年\n2025年\n1\n计量标准\n项\n2\n3\n2\n示范单位\n家\n3\n4"
    assert cells(placed(table)) == {
        "表1/1": "序号=1 指标名称=计量标准 单位=项 2020年=2 2025年=3",
        "表1/2": "序号=2 指标名称=示范单位 单位=家 2020年=3 2025年=4",
    }


# why each: lines that only look like a table
NO_TABLES = [
    ("1.\t开展计量惠民行动。\n2.\t开展诚信计量行动。", "a TAB after the number"),
    ("电话\t12345\n邮编\t361000", "two columns without a head"),
    ("见表1\n计量是基础。", "a reference to a table"),
    ("表1\n计量是基础，诚信是根本，服务要到位。", "a caption without its table"),
    ("单位：家\n指标明确，任务落实。", "a unit without its table"),
    ("指标\n任务\n措施", "words one below the other"),
    ("|x|是绝对值。", "a bar in a sentence"),
    ("甲 | 乙\n丙 | 丁", "bars between words"),
    ("----\n----", "rules of a page"),
]


@pytest.mark.parametrize(("text", "why"), NO_TABLES, ids=[why for _, why in NO_TABLES])
def test_what_is_no_table(text: str, why: str) -> None:
    plan = read(BEFORE + text + AFTER)
    assert cells(plan) == {}, why
    assert clause(plan, "二").text == "加强建设。"


def test_marks_and_authorities_in_cells_neither_number_nor_sign() -> None:
    plan = placed(
        "表1 分工\n| 任务 | 单位 |\n|---|---|\n| 三、建标准 | 海州市人民政府 |\n| （一）查市场 | 海州市商务局 |"
    )
    assert [c.path for c in plan.clauses] == ["题头", "一", "表1", "表1/1", "表1/2", "二"]


def test_a_table_of_one_column_is_the_lines_in_it() -> None:
    """Word draws a box as a table of one cell."""
    plan = placed("| 专栏1 重点工程 |\n|---|\n| 1.建标准。新建20项。<br>2.育单位。培育30家。 |")
    assert (clause(plan, "专栏1/1").text, clause(plan, "专栏1/2").text) == ("建标准。新建20项。", "育单位。培育30家。")


def test_a_bar_may_be_written_in_a_cell_and_a_break_is_none_between_rows() -> None:
    plan = placed("表1 指标\n| 指标名称 | 2025年 |\n|---|---|\n| 甲\\|乙标准<br>（项） | 200 |\n| 丙标准（项） | 3 |")
    assert clause(plan, "表1/1").text == "甲|乙标准（项）｜2025年：200"
    assert {d.reason for d in plan.discards} >= {"table_rule"}


def test_a_box_may_hold_text_a_table_and_notes() -> None:
    plan = placed(
        "专栏2 主要指标\n“十四五”时期指标如下。\n| 指标 | 2020年 | 2025年 |\n|---|---|---|\n"
        "| 标准数（项） | 120 | 200 |\n注：数据来自市局。\n任务由市局落实。"
    )
    assert clause(plan, "专栏2").text == "“十四五”时期指标如下。\n注：数据来自市局。"
    assert cells(plan) == {"专栏2/1": "指标=标准数（项） 2020年=120 2025年=200"}
    assert clause(plan, "一").text.endswith("任务由市局落实。"), "a table with its notes ends the box"


def test_long_runs_of_what_begins_a_table_take_no_time() -> None:
    for unit in ("|", "|a|\n", "----\n", "a  b  c\n", "\ta\tb\n", "指标\n", "序号\n1\n", "表1\n", "注：\n"):
        began = time.thread_time()
        read("规划\n一、目标\n" + unit * (10_000 // len(unit)))
        assert time.thread_time() - began < 3, unit
