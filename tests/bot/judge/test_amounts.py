"""Amounts in figures and in numerals are the same amounts."""

from decimal import Decimal

import pytest

from bot.judge.amounts import amounts

SAID = [
    ("罚款5万元", [("50000", "元")]),
    ("罚款五万元", [("50000", "元")]),
    ("50000元以下", [("50000", "元")]),
    ("3.8亿元", [("380000000", "元")]),
    ("一千元以上二万元以下", [("1000", "元"), ("20000", "元")]),
    ("1—5万元", [("10000", "元"), ("50000", "元")]),
    ("五千至一万元", [("5000", "元"), ("10000", "元")]),
    ("自收到之日起三十日内", [("30", "日")]),
    ("15天", [("15", "日")]),
    ("十个工作日", [("10", "个工作日")]),
    ("两人", [("2", "人")]),
    ("两名", [("2", "人")]),
    ("6.2万余项", [("62000", "项")]),
    ("92%", [("92", "%")]),
    ("每六个月", [("6", "个月")]),
    ("2025年3月15日", []),
    ("第15日", []),
    ("国发〔2021〕37号", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_amounts(text: str, expected: list[tuple[str, str]]) -> None:
    found = [one.key for one in amounts(text) if one.unit != "年"]
    assert found == [(Decimal(value), unit) for value, unit in expected]


def test_the_wording_is_as_it_is_said() -> None:
    assert [one.wording for one in amounts("罚款五万元，限三十日内")] == ["五万元", "三十日"]


def test_long_runs_of_figures_take_linear_time() -> None:
    assert list(amounts("9" * 20_000 + "一" * 20_000)) == []
