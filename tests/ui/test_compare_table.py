"""The table for spreadsheet programs: whole, in their encoding, and never a formula."""

import csv
from io import StringIO

import pytest

from tests.ui.compare_builders import axis, comparison, counted, point
from ui.compare import wording
from ui.compare.table import MARK, conflicts_of, csv_of, safe_cell
from ui.compare.told import Comparison

CELLS = [
    ("850", "850"),
    ("-5", "-5"),
    ("+3.2", "+3.2"),
    ("6.2万余项", "6.2万余项"),
    ("=1+1", "'=1+1"),
    ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
    ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    ("-2+3", "'-2+3"),
    ("-1.2.3", "'-1.2.3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("＝1+1", "'＝1+1"),
    ("--", "'--"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_no_cell_is_a_formula(cell: str, expected: str) -> None:
    assert safe_cell(cell) == expected


def rows(found: Comparison, site: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_of(found, site).removeprefix(MARK))))


def test_it_begins_as_spreadsheet_programs_want() -> None:
    assert csv_of(comparison()).encode().startswith(b"\xef\xbb\xbf")


def test_every_indicator_is_a_line() -> None:
    first = axis(counted(base=point(2020, "506", 506)))
    other = axis(counted("q", name="市级承诺单位"), reason="指标名称不同。")
    one, two = rows(comparison(charts=(first, other)), "https://www.example.gov.cn")
    assert (one["规划"], one["文件"], one["基期年份"], one["基期值"]) == ("p市", "p的规划", "2020", "506")
    assert (one["目标年份"], one["目标值"], one["图"], one["说明"]) == ("2025", "850家", "图1", "")
    assert one["链接"] == "https://www.example.gov.cn/plans/p?clause=x#x"
    assert (two["基期值"], two["图"], two["说明"]) == ("", "图2", "指标名称不同。")


def test_conflicts_and_states_are_told() -> None:
    (one,) = rows(comparison(charts=(axis(counted(achieved=True, conflicts=(point(None, "900家"),))),)))
    assert wording.CSV_STATE in one["说明"]
    assert "未写年份900家（专栏1/9）" in one["说明"]


def test_a_plan_without_any_has_a_line_that_says_so() -> None:
    found = rows(comparison(uncounted=("q",)))
    assert [(row["规划"], row["指标"]) for row in found] == [("q市", wording.CSV_NONE)]
    assert set(found[0]) == set(wording.CSV_COLUMNS)


def test_what_a_document_writes_is_no_formula_either() -> None:
    (one,) = rows(comparison(topic="=1+1", charts=(axis(counted(name="=cmd()", attribute="@x")),)))
    assert (one["题目"], one["指标"], one["属性"]) == ("'=1+1", "'=cmd()", "'@x")


def test_a_plan_s_conflict_is_told_once() -> None:
    one, other = counted("p", conflicts=(point(written="900家"),)), counted("p", conflicts=(point(written="850家"),))
    (said,) = conflicts_of(axis(one, counted("q"), other), comparison())
    assert said.plan == "p市"
    assert "900家" in said.values
