"""Numbers where they stand."""

from decimal import Decimal
from itertools import pairwise

import pytest

from bot.check.read.fold import plain
from bot.check.read.tokens import Sort, number, tokens
from bot.check.read.units import ABOUT, DOWN, MORE, UP

READ = [
    ("350家", Sort.QUANTITY, (350,), "家", ""),
    ("三百五十家", Sort.QUANTITY, (350,), "家", ""),
    ("350 家以上", Sort.QUANTITY, (350,), "家", UP),
    ("350家往上", Sort.QUANTITY, (350,), "家", UP),
    ("不超过3次", Sort.QUANTITY, (3,), "次", DOWN),
    ("不足5%", Sort.QUANTITY, (5,), "%", DOWN),
    ("百分之九十以上", Sort.QUANTITY, (90,), "%", UP),
    ("九成", Sort.QUANTITY, (90,), "%", ""),
    ("近30%", Sort.QUANTITY, (30,), "%", DOWN),
    ("约20元", Sort.QUANTITY, (20,), "元", ABOUT),
    ("大约需要20元", Sort.QUANTITY, (20,), "元", ABOUT),
    ("6.2万余项", Sort.QUANTITY, (62000,), "项", MORE),
    ("六点二万项", Sort.QUANTITY, (62000,), "项", ""),
    ("1—2个", Sort.QUANTITY, (1, 2), "个", ""),
    ("一两个", Sort.QUANTITY, (1, 2), "个", ""),
    ("两三项", Sort.QUANTITY, (2, 3), "项", ""),
    ("60公斤", Sort.QUANTITY, (60,), "kg", ""),
    ("5个百分点", Sort.QUANTITY, (5,), "百分点", ""),
    ("2025年", Sort.YEAR, (2025,), "", ""),
    ("二〇二五年", Sort.YEAR, (2025,), "", ""),
    ("2021—2035年", Sort.YEAR, (2021, 2035), "", ""),
    ("2024年6月30日", Sort.DATE, (2024, 6, 30), "", ""),
    ("6月30日", Sort.DATE, (0, 6, 30), "", ""),
    ("2024-06-30", Sort.DATE, (2024, 6, 30), "", ""),
    ("国发〔2021〕37号", Sort.DOCUMENT, (2021, 37), "国发", ""),
    ("国发37号文", Sort.DOCUMENT, (37,), "国发", ""),
    ("第三条", Sort.ADDRESS, (3,), "条", ""),
    ("专栏2", Sort.ADDRESS, (2,), "专栏", ""),
    ("2+4+X", Sort.LITERAL, (), "", ""),
    ("三位一体", Sort.LITERAL, (), "", ""),
    ("一个平台", Sort.ONE, (1,), "个", ""),
    ("一套体系", Sort.ONE, (1,), "套", ""),
    ("一家单位", Sort.ONE, (1,), "家", ""),
    ("一年检一回", Sort.ONE, (1,), "年", ""),
    ("这一项", Sort.ONE, (1,), "项", ""),
    ("有效期一年", Sort.QUANTITY, (1,), "年", ""),
    ("一个月内", Sort.QUANTITY, (1,), "个月", ""),
    ("哪一天前", Sort.ONE, (1,), "天", ""),
    ("三四年", Sort.QUANTITY, (3, 4), "年", ""),
    ("八成一线人员", Sort.QUANTITY, (80,), "%", ""),
    ("三个星期", Sort.QUANTITY, (3,), "周", ""),
    ("零元", Sort.QUANTITY, (0,), "元", ""),
    ("第十四个五年规划", Sort.LITERAL, (), "", ""),
    ("一倍", Sort.QUANTITY, (1,), "倍", ""),
    ("四十块", Sort.QUANTITY, (40,), "块", ""),
    ("三百到一千", Sort.QUANTITY, (300, 1000), "", ""),
    ("二五年", Sort.YEAR, (2025,), "", ""),
    ("2022年15号文", Sort.DOCUMENT, (2022, 15), "", ""),
    ("两成", Sort.QUANTITY, (20,), "%", ""),
]
NONE = ["一定要", "一般", "十分", "一成不变", "缺斤短两", "万一", "统一", "零件", "零星", "拜二、"]


@pytest.mark.parametrize(("text", "sort", "values", "unit", "bound"), READ)
def test_what_is_read(text: str, sort: Sort, values: tuple[int, ...], unit: str, bound: str) -> None:
    (found, *_) = tokens(plain(text))
    assert (found.sort, found.values, found.unit, found.bound) == (sort, tuple(map(Decimal, values)), unit, bound)


@pytest.mark.parametrize("text", NONE)
def test_characters_of_numbers_that_are_none(text: str) -> None:
    assert [one.text for one in tokens(plain(text))] == []


def test_each_character_belongs_to_one_number_at_most() -> None:
    text = plain("到2025年6月底，按国发〔2021〕37号第三条，350家以上、92%和6.2万余项。")
    found = tokens(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("run", "value"), [("350", 350), ("6.2万", 62000), ("3千", 3000), ("三百", 300), ("1亿", 10**8)]
)
def test_numbers_with_their_scale(run: str, value: int) -> None:
    assert number(run) == value
