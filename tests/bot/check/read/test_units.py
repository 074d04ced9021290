"""Units and bounds: which are the same, which are not."""

import pytest

from bot.check.read.fold import plain
from bot.check.read.tokens import tokens
from bot.check.read.units import AFTER, BEFORE, SAME_UNIT, UNITS

SAME = [
    ("350家以上", "不少于350家"),
    ("350家以上", "至少350家"),
    ("350家以上", "350家及以上"),
    ("不超过3次", "至多3次"),
    ("不超过3次", "3次以内"),
    ("超过100家", "多于100家"),
    ("不足5%", "低于5%"),
    ("约20元", "20元左右"),
    ("约20元", "大概20元"),
    ("6.2万余项", "超过6.2万项"),
    ("110名", "110人"),
    ("60公斤", "60kg"),
    ("5个百分点", "5百分点"),
    ("2台套", "2台（套）"),
]
OTHER = [
    ("350家", "350项"),
    ("350家以上", "350家"),
    ("350家以上", "超过350家"),
    ("350家以上", "350家以下"),
    ("不超过3次", "不少于3次"),
    ("约20元", "近20元"),
    ("5%", "5个百分点"),
    ("20元", "20万元"),
    ("3年", "3个月"),
]


def read(text: str) -> tuple[object, ...]:
    (one,) = tokens(plain(text))
    return one.values, one.unit, one.bound


@pytest.mark.parametrize(("one", "other"), SAME)
def test_said_otherwise(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_thing(one: str, other: str) -> None:
    assert read(one) != read(other)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit[0] not in "万亿"])
def test_every_unit_is_read_after_a_number(unit: str) -> None:
    _, found, _ = read(f"37{unit}")
    assert found == plain(SAME_UNIT.get(unit, unit))


@pytest.mark.parametrize("word", [word for _, words in BEFORE for word in words.split("|")])
def test_every_bound_before_a_number_is_read(word: str) -> None:
    assert read(f"{word}37家")[2]


def test_bounds_after_a_number_have_the_signs_of_those_before() -> None:
    assert {sign for sign, _ in AFTER} <= {sign for sign, _ in BEFORE}
