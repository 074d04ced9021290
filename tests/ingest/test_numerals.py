"""Chinese numerals, both ways."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.numerals import chinese_number, numeral_text, numeral_value

NUMERALS = "零一二三四五六七八九"


@pytest.mark.parametrize("value", [1, 9, 10, 11, 20, 38, 100, 101, 110, 999])
def test_numerals_go_both_ways(value: int) -> None:
    assert numeral_value(numeral_text(value)) == value == numeral_value(str(value))


@pytest.mark.parametrize("numeral", ["甲", "1a", "²"])
def test_what_is_no_numeral(numeral: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        numeral_value(numeral)


@pytest.mark.parametrize("value", [0, 1000, -1])
def test_numerals_have_a_range(value: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        numeral_text(value)


def spelt(number: int) -> str:
    """Chinese numerals of a number below ten thousand."""
    digits, out = str(number), ""
    for place, digit in zip(("千", "百", "十", "")[-len(digits) :], digits, strict=True):
        out += NUMERALS[int(digit)] + place if digit != "0" else "零"
    return re.sub("零+", "零", out).rstrip("零") or "零"


@given(st.integers(1, 9_999))
@settings(deadline=None, derandomize=True, database=None)
def test_chinese_numerals_are_read_as_they_are_written(number: int) -> None:
    assert chinese_number(spelt(number)) == number


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("两千零二十", 2020),
        ("二〇三五", 2035),
        ("六点二万", 62000),
        ("一百一", 110),
        ("十二", 12),
        ("三万五千", 35000),
        ("千亿", None),
        ("百万", None),
        ("一二三", None),
        ("两三百", None),
        ("十一二", None),
        ("零", 0),
    ],
)
def test_numerals_that_are_odd(run: str, value: int | None) -> None:
    assert chinese_number(run) == value
