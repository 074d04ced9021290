"""Calculations that a sentence shows."""

import pytest

from bot.check.draft import FaultKind
from bot.check.exact.numbers import number_faults
from bot.check.exact.sums import read_sums, sum_faults
from tests.bot.check.check_builders import claim, kinds

TEXT = (
    "2020年示范单位506家，2025年示范单位850家。2020年覆盖率86%，2025年覆盖率92%。费用20元。"
    "培训30人，再训12人次，考核18位。"
)
RIGHT = [
    "多了344家（850−506＝344）。",
    "多了344家（850-506=344家）。",
    "两年合起来1356家（850+506=1356）。",
    "提高6个百分点（92%-86%=6个百分点）。",
    "是原来的1.68倍（850÷506≈1.68倍）。",
    "增长约68%（(850-506)÷506≈68%）。",
    "还差12名（30人-18位=12名）。",  # one unit in three words
    "两倍是1700家（850*2=1700）。",
]
WRONG = [
    "多了354家（850−506＝354）。",
    "提高6%（92%-86%=6%）。",  # per cent of per cents are points
    "是原来的1.78倍（850÷506≈1.78倍）。",
    "多了830家（850-20=830）。",  # of different things
    "多了18人（30人-12人次=18人）。",  # who comes twice is counted twice
    "多了343家（850-507=343）。",  # 507 stands nowhere
    "是原来的几倍（850÷0=0）。",
]


@pytest.mark.parametrize("said", RIGHT[:7])
def test_a_sum_that_comes_out_right_from_cited_numbers(said: str) -> None:
    sums, wrong = read_sums(claim(said, TEXT))
    assert len(sums) == 1
    assert wrong == ()


@pytest.mark.parametrize("said", [*WRONG, RIGHT[7]])
def test_one_that_does_not_or_takes_a_number_from_nowhere(said: str) -> None:
    sums, wrong = read_sums(claim(said, TEXT))
    assert sums == ()
    assert kinds(wrong) == [FaultKind.NUMBER]


def test_the_result_may_then_be_told_in_the_sentence() -> None:
    one = claim("多了344家（850−506＝344）。", TEXT)
    sums, _ = read_sums(one)
    assert kinds(number_faults(one, sums)) == []
    assert sums[0].result == 344
    assert sums[0].difference


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("增加了344家（850−506＝344）。", []),
        ("减少了344家（850−506＝344）。", [FaultKind.COMPARISON]),
        ("下降344家（850−506＝344）。", [FaultKind.COMPARISON]),
        ("（850−506＝344）。", []),
    ],
)
def test_the_direction_is_that_of_the_years(said: str, faults: list[FaultKind]) -> None:
    one = claim(said, TEXT)
    sums, wrong = read_sums(one)
    assert wrong == ()
    assert kinds(sum_faults(one, sums)) == faults


@pytest.mark.parametrize("said", ["（(850-506=344）。", "850-=344。", "()=3。", "1=1。"])
def test_what_is_no_sum_is_no_surprise(said: str) -> None:
    read_sums(claim(said, TEXT))
