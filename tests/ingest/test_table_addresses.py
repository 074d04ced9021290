"""Where tables stand when their number is taken or they bear none."""

from tests.ingest.reader import read
from tests.ingest.test_tables import cells


def test_a_table_number_that_comes_again_stands_under_its_heading() -> None:
    table = "表1 指标\n指标\t2025年\n标准数（项）\t200\n"
    plan = read(f"规划\n一、目标\n{table}二、任务\n{table}")
    assert list(cells(plan)) == ["表1/1", "二表1/1"]
