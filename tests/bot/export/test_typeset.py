"""Lines begin with words, columns have the room they need."""

import pytest

from bot.export.typeset import hung, is_in, shares


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["符合规定的", "，允许扣除", "。"], ["符合规定的，", "允许扣除。"]),
        (["说“好", "”。", "完"], ["说“好”。", "完"]),
        (["，开头", "完"], ["，开头", "完"]),
        (["甲", "（乙）"], ["甲", "（乙）"]),
        ([], []),
        (["。" * 3, "。" * 3], ["。" * 6]),
    ],
)
def test_no_line_begins_with_a_mark_that_ends_something(lines: list[str], expected: list[str]) -> None:
    assert hung(lines) == expected
    assert "".join(hung(lines)) == "".join(lines)


def test_long_columns_get_more_room_but_not_all() -> None:
    short, long = shares([["出处", "[1]"], ["正文", "字" * 500]])
    assert short + long == pytest.approx(1)
    assert long == 6 * short
    assert shares([[""], [""]]) == [0.5, 0.5]


def test_what_an_encoding_has() -> None:
    assert [is_in(char, "gbk") for char in "计〇①㎡−👍"] == [True, True, True, True, False, False]
