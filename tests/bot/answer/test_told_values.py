"""How a value is put into words: what bounds it stands before it, a base without a year says so."""

import pytest

from bot.answer.described import describe, has_blank, value_text
from tests.ingest.reader import read

# why each: where a bound stands
VALUES = [
    ("抽检合格率不低于95%。", "不低于95%", "before"),
    ("抽检合格率达到95%以上。", "95%以上", "behind"),
    ("检定计量器具6.2万余台。", "6.2万余台", "between number and unit"),
]


@pytest.mark.parametrize(("sentence", "expected", "why"), VALUES, ids=[why for *_, why in VALUES])
def test_bounds(sentence: str, expected: str, why: str) -> None:
    assert value_text(read(f"规划\n一、目标\n{sentence}\n").indicators[0]) == expected, why


def test_a_base_without_a_year_says_so() -> None:
    one = read("规划\n一、目标\n到2025年，示范单位由30家增加到90家。\n").indicators[0]
    assert describe(one) == "示范单位：原为30家（未写明年份），2025年目标90家"


def test_a_year_that_is_only_compared_with_has_no_value() -> None:
    plan = read(
        "规划\n一、目标\n到2025年，设备配备率比2020年提高5个百分点。\n附件\n一、任务\n到2025年，受检率比2020年提高5个百分点。\n"
    )
    for one in plan.indicators:
        clause = next(each for each in plan.clauses if each.id == one.clause_id)
        said = describe(one, has_blank(one, clause))
        assert "与2020年相比" in said
        assert "--" not in said
    assert len(plan.indicators) == 2


def test_a_row_without_a_value_is_told_as_it_stands() -> None:
    plan = read("规划\n一、目标\n指标\t2020年\t2025年\n国家标准物质（项）\t--\t20\n示范单位（家）\t30\t90\n")
    said = [
        describe(one, has_blank(one, next(c for c in plan.clauses if c.id == one.clause_id))) for one in plan.indicators
    ]
    assert ["“--”" in one for one in said] == [True, False]
