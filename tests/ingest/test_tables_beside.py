"""A table right under another: each has its own head, and what only looks like a head is a row."""

import pytest

from tests.ingest.test_tables import cells, placed

DUTIES = "任务名称\t责任单位\t完成时限\n建立标准物质库\t市市场监管局\t2025年底\n开展诚信计量行动\t市商务部门\t2026年6月"
FIGURES = "指标名称\t2020年\t2025年\n标准（项）\t120\t200\n覆盖率（%）\t85\t95"


def test_a_table_right_under_another_has_its_own_head() -> None:
    found = cells(placed(f"{FIGURES}\n{DUTIES}"))
    assert list(found.values()) == [
        "指标名称=标准（项） 2020年=120 2025年=200",
        "指标名称=覆盖率（%） 2020年=85 2025年=95",
        "任务名称=建立标准物质库 责任单位=市市场监管局 完成时限=2025年底",
        "任务名称=开展诚信计量行动 责任单位=市商务部门 完成时限=2026年6月",
    ]


def test_the_tables_of_a_box_number_their_rows_on_and_only_figures_are_indicators() -> None:
    plan = placed(f"专栏1 主要指标\n{FIGURES}\n{DUTIES}")
    assert list(cells(plan)) == [f"专栏1/{row}" for row in range(1, 5)]
    assert cells(plan)["专栏1/3"].startswith("任务名称=建立标准物质库 责任单位=")
    assert [(one.name, one.base_value, one.target) for one in plan.indicators] == [
        ("标准", "120", "200"), ("覆盖率", "85", "95")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    ["建设任务\t120\t200", "建设任务\t市市场监督管理部门\t2025年", "项目\t牵头部门完成的全部工作内容\t时间"],
)
def test_a_row_whose_cells_look_like_headings_only_in_part_is_a_row(row: str) -> None:
    found = cells(placed(f"{FIGURES}\n{row}\n标准装置（套）\t5\t9"))
    assert len(found) == 4
    assert all(cell.startswith("指标名称=") for cell in found.values())
