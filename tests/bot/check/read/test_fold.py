"""One plain spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.check.read.fold import plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("３５０ 家", "350家"),
        ("350\u200b家", "350家"),
        ("1,254家", "1254家"),
        ("2021—2035年", "2021-2035年"),
        ("2021～2035年", "2021-2035年"),
        ("「推行」", "“推行”"),
        ('"推行"和"鼓励"', "“推行”和“鼓励”"),
        ("計量監管", "计量监管"),
        ("“十四五”规划", "第十四个五年规划"),
        ("十四五期间", "第十四个五年期间"),
        ("“十四五”纲要", "第十四个五年纲要"),
        ("十四五", "十四五"),
        ("（责任单位：甲）", "(责任单位:甲)"),
    ],
)
def test_two_spellings_of_the_same_are_the_same_characters(text: str, folded: str) -> None:
    assert plain(text) == folded


@given(st.text(max_size=60))
@settings(deadline=None, derandomize=True, database=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
