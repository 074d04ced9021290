"""Units and bounds: which are the same, which are not."""

import pytest

from bot.check.read.fold import plain
from bot.check.read.tokens import tokens
from bot.check.read.units import ABOUT, AFTER, COMPARED, DOWN, LIMITS, ROUGHLY, SAME_UNIT, UNITS, UP, same_kind

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
    ("110名", "110人"),
    ("60公斤", "60kg"),
    ("5个百分点", "5百分点"),
    ("2台套", "2台（套）"),
    ("30天", "30日"),
    ("五千块钱", "5000元"),
    ("三趟", "3次"),
    ("九成二", "92%"),
    ("千分之三", "0.3%"),
    ("3‰", "0.3%"),
    ("10个上班日", "10个工作日"),
    ("不能低于18个", "至少18个"),
    ("不许超过2台", "最多配2台"),
]
OTHER = [
    ("350家", "350项"),
    ("6.2万余项", "超过6.2万项"),  # told either way, but rounded only there
    ("350家以上", "350家"),
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


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit[0] not in "万亿" and unit not in ("‰", "月")])
def test_every_unit_is_read_after_a_number(unit: str) -> None:
    _, found, _ = read(f"37{unit}")
    assert found == plain(SAME_UNIT.get(unit, unit))


@pytest.mark.parametrize(
    ("word", "sign"),
    [(word, sign) for sign, words in (*COMPARED, *LIMITS, *ROUGHLY) for word in words.split("|")],
)
def test_every_bound_before_a_number_is_read(word: str, sign: str) -> None:
    assert read(f"{word}37家")[2] == sign


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("不少于37家", UP), ("不得低于37家", UP), ("严禁低于37家", UP), ("没有超过37家", DOWN), ("附近37家", ""),
        ("不能超过37家", DOWN), ("别超37家", DOWN), ("最多只能来37家", DOWN), ("起码要抽37家", UP),
        ("最多的占37家", ""), ("37家以内", DOWN), ("37家上下", ABOUT), ("37家", ""),
    ],
)  # fmt: skip
def test_what_is_denied_is_the_other_way_round(text: str, sign: str) -> None:
    assert read(text)[2] == sign


def test_every_bound_after_a_number_has_a_sign_of_those_before() -> None:
    assert {sign for sign, _ in AFTER} == {UP, DOWN, ABOUT}


@pytest.mark.parametrize(
    ("said", "written", "same"),
    [
        ("个", "家", True), ("块", "元", True), ("台", "件", True), ("", "家", True), ("家", "", True),
        ("次", "期", True), ("家", "项", False), ("名", "项", False), ("元", "家", False), ("日", "个月", False),
    ],
)  # fmt: skip
def test_words_that_count_the_same_kind(said: str, written: str, same: bool) -> None:
    assert same_kind(said, written) is same
