"""Years that headings, titles, dashes and months set: what is past, and what is ahead."""

import pytest

from ingest.times import titled_year
from tests.ingest.reader import read


@pytest.mark.parametrize(
    ("heading", "told", "achieved", "year"),
    [
        ("一、2024年工作回顾", "2024年，新增计量标准12项。", True, 2024),  # the year of the report itself
        ("一、工作回顾", "2024年，新增计量标准12项。", True, 2024),
        ("一、2024年工作回顾", "2025年，新增计量标准12项。", False, 2025),  # what is ahead of that
        ("一、2024年重点工作", "2024年，新增计量标准12项。", False, 2024),
    ],
)
def test_a_year_that_is_named_under_a_heading_that_looks_back(
    heading: str, told: str, achieved: bool, year: int
) -> None:
    (one,) = read(f"海州市2024年工作总结\n{heading}\n{told}\n").indicators
    assert one.achieved is achieved
    assert (one.base_year if achieved else one.target_year) == year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("关于分解落实2026年《政府工作报告》确定的重点任务的通知", 2026),
        ("海州市2025年计量工作要点", 2025),
        ("海州市2025年度民生实事", 2025),
        ("海州市计量行动计划（2025—2027年）", None),
        ("海州市2025—2027年重点任务清单", None),
        ("海州市2024年计量工作总结", None),
        ("海州市2024年计量重点任务完成情况报告", None),
        ("关于2024年民生实事落实情况的通报", None),
        ("关于规范2025年度任务书填报的通知", None),
    ],
)
def test_the_one_year_of_a_title(title: str, year: int | None) -> None:
    assert titled_year(title) == year


def test_the_year_of_the_title_holds_where_nothing_else_says_when() -> None:
    plan = read(
        "海州市2026年计量工作要点\n一、能力\n新增计量标准12项。\n二、监管\n到2027年，建成平台3个。\n去年有2项任务未完成。\n"
    )
    assert [(one.target_year, one.achieved) for one in plan.indicators] == [(2026, False), (2027, False), (None, True)]


def test_years_behind_dashes_and_months_without_a_year() -> None:
    plan = read(
        "海州市计量行动方案\n一、目标\n——2025年，建成标准12项。\n——2026年，建成标准15项。\n二、进展\n截至5月底，完成投资3亿元。\n"
    )
    assert [(one.target_year, one.achieved) for one in plan.indicators] == [(2025, False), (2026, False), (None, True)]


@pytest.mark.parametrize(
    ("text", "base", "target"),
    [
        ("力争合格率由去年的85%提高到95%。", "85", "95"),
        ("示范单位从去年底的30家增加到90家。", "30", "90"),
        ("截至9月底前，完成示范单位30家。", None, "30"),
    ],
)
def test_from_last_year_to_this_and_until_a_month_are_ahead(text: str, base: str | None, target: str) -> None:
    (one,) = read(f"海州市计量工作方案\n一、目标\n{text}\n").indicators
    assert (one.achieved, one.base_value, one.target) == (False, base, target)


def test_milestones_of_the_past_do_not_set_what_is_ahead() -> None:
    plan = read(
        "海州市计量规划\n一、工作基础\n——2019年，建成检定中心12家。\n——2020年，建成检定中心20家。\n"
        "二、发展目标\n到2025年，建成检定中心40家。\n"
    )
    assert [one.achieved for one in plan.indicators] == [True, True, False]
