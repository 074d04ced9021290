"""Which indicators a question names: by the numbers they give, or by the words of their names."""

import pytest

from bot.answer.named import MOST, by_name, by_number, nearest, says_name
from bot.model import Question
from ingest.corpus import Corpus
from ingest.model import Indicator


def all_of(corpus: Corpus, plan_id: str) -> tuple[Indicator, ...]:
    return corpus.plan(plan_id).indicators


def asked(text: str, *years: int) -> Question:
    return Question(text, text, text, years=years)


NUMBERED = [
    ("jinhua", "那个55项能直接比吗", ["建立、提升改造社会公用计量标准"], "with its unit"),
    ("jinhua", "55项里面新建的是几项", ["建立、提升改造社会公用计量标准"], "of 55 and 几 the one in figures"),
    ("qingdao", "300 350 哪个为准", ["诚信计量示范单位"] * 2, "350 is another target too, but 300 is not"),
    ("qingdao", "350项够不够", ["市级社会公用计量标准"], "项, not 家"),
    ("xiamen", "从506家涨上来的", ["引导培育诚信计量自我承诺单位"], "a base is a number of it too"),
    ("jinhua", "争创1—2个比对主导实验室", ["省级计量比对主导实验室"], "a range, both ends; of two the one named"),
    ("jinhua", "省级计量比对2次是最少吗", ["主导省级计量比对"], "a small number with words of the name"),
    ("xiamen", "买了2个秤", [], "a small number alone is said of many things"),
    ("xiamen", "罚850元", [], "another unit"),
    ("xiamen", "900家", [], "nobody's number"),
    ("qingdao", "两个数差五十对吧", [], "numerals are in every sentence"),
    ("xiamen", "2025年", [], "a year is no number of anything"),
]


@pytest.mark.parametrize(("plan_id", "text", "expected", "why"), NUMBERED, ids=[why for *_, why in NUMBERED])
def test_by_number(corpus: Corpus, plan_id: str, text: str, expected: list[str], why: str) -> None:
    found = by_number(all_of(corpus, plan_id), asked(text, 2025))
    assert [one.name for one in found] == expected, why


NAMED = [
    ("quanzhou", "主导参与省级以上计量规范总共几项", ["主导、参与省级以上计量技术规范制修订"], "most of it is said"),
    ("jinhua", "研究出几台计量标准装置", ["研发计量标准装置"], "half of it"),
    ("jinhua", "公用计量标准多少项", [], "the fullest is said by less than half"),
    ("xiamen", "计量几项", [], "one word is in every name"),
    ("xiamen", "", [], "nothing"),
]


@pytest.mark.parametrize(("plan_id", "text", "expected", "why"), NAMED, ids=[why for *_, why in NAMED])
def test_by_name(corpus: Corpus, plan_id: str, text: str, expected: list[str], why: str) -> None:
    assert [one.name for one in by_name(all_of(corpus, plan_id), text)] == expected, why


SAYING = [
    ("jinhua", "强检覆盖率要百分之百", "强检计量器具检定覆盖率", True, "as no other is called"),
    ("xiamen", "国家标准物质目标", "国家标准物质", True, "all of it"),
    ("xiamen", "几个省级诚信计量示范区", "自我承诺单位", False, "诚信 alone is not it"),
    ("xiamen", "愿意立誓的店家", "自我承诺单位", False, "other words"),
]


@pytest.mark.parametrize(("plan_id", "text", "name", "expected", "why"), SAYING, ids=[why for *_, why in SAYING])
def test_says_name(corpus: Corpus, plan_id: str, text: str, name: str, expected: bool, why: str) -> None:
    ones = all_of(corpus, plan_id)
    assert says_name(next(one for one in ones if one.name.endswith(name)), ones, text) is expected, why


def test_the_nearest_are_few_unless_none_is_named(corpus: Corpus) -> None:
    ones = [one for one in all_of(corpus, "jinhua") if one.clause_id == "jinhua:一"]
    assert [one.name for one in nearest(ones, "注册计量师执业人数")] == ["注册计量师执业人数"]
    assert len(nearest(ones, "计量标准装置和社会公用计量标准、高能级计量标准、计量比对")) == MOST
    assert nearest(ones, "要多少") == ones, "none is more meant than another"
    assert nearest([], "要多少") == []
