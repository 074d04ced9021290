"""Differences, growth and ratios: computed exactly, shown as the calculation they are, or refused."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot import wording
from bot.answer.differences import as_written, growth, percent, ranked
from bot.answer.told import Told, number
from bot.model import Answer, Intent, Question, Status
from ingest.corpus import Corpus
from ingest.model import Indicator
from tests.bot.scripted import STATES, ScriptedBot, texts

XIAMEN, QUANZHOU = "xiamen:专栏1/9", "quanzhou:专栏1/10"
ASKED = Question("", "", "")


def compared(bot: ScriptedBot, asked: str, *clauses: str) -> Answer:
    """The answer to a question about the difference of numbers that these clauses state."""
    return bot.tell(asked, dict.fromkeys(clauses, STATES), Intent.DIFFERENCE)


def the_row(corpus: Corpus) -> Indicator:
    return next(one for one in corpus.plan("xiamen").indicators if one.clause_id == XIAMEN)


COMPUTED = [
    ("厦门诚信计量自我承诺单位增长了百分之几", [XIAMEN], "增加344家（850−506＝344），增幅约68.0%（344÷506）"),
    ("泉州诚信计量自我承诺单位增长了百分之几", [QUANZHOU], "增加766家（2020−1254＝766），增幅约61.1%（766÷1254）"),
    ("厦门计量相关专利增长百分之几", ["xiamen:专栏1/4"], "增加38项（80−42＝38），增幅约90.5%（38÷42）"),
    ("泉州强检计量器具检定覆盖率提高多少", ["quanzhou:专栏1/11"], "增加6个百分点（92−86＝6）"),
    ("泉州主持制修订国家计量技术规范增长多少", ["quanzhou:专栏1/6"], "增加1项（1−0＝1）"),
    ("厦门自我承诺单位目标是2020年的几倍", [XIAMEN], "约为2020年的1.68倍（850÷506）"),
    ("厦门和泉州诚信计量自我承诺单位目标相差多少家", [XIAMEN, QUANZHOU], "泉州比厦门多1170家（2020−850＝1170）"),
    ("2020年泉州和厦门自我承诺单位相差多少家", [XIAMEN, QUANZHOU], "泉州比厦门多748家（1254−506＝748）"),
    ("泉州自我承诺单位是厦门的几倍", [XIAMEN, QUANZHOU], "约为其2.38倍（2020÷850）"),
]


@pytest.mark.parametrize(("asked", "clauses", "said"), COMPUTED)
def test_computed_exactly_and_shown(scripted: ScriptedBot, asked: str, clauses: list[str], said: str) -> None:
    answer = compared(scripted, asked, *clauses)
    assert answer.status is Status.ANSWERED
    (statement,) = [one for one in answer.statements if said in one.text]
    assert statement.computed
    assert [citation.clause.id for citation in statement.citations][::-1] in (clauses, clauses[::-1])


def test_growth_of_a_share_is_in_points_and_from_nought_without_rate(scripted: ScriptedBot) -> None:
    for asked, clause in (("泉州强检覆盖率提高多少", "quanzhou:专栏1/11"), ("泉州规范增长多少", "quanzhou:专栏1/6")):
        assert "增幅约" not in texts(compared(scripted, asked, clause))


def test_a_comparison_tells_what_grows_and_how_fast(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((XIAMEN, QUANZHOU), STATES)
    said = texts(scripted.tell("厦门和泉州自我承诺单位谁增长得快", rows, Intent.COMPARISON))
    assert "增幅约68.0%" in said
    assert "增幅约61.1%" in said
    assert "泉州比厦门多1170家" in said
    without = dict.fromkeys(("xiamen:专栏1/6", "quanzhou:专栏1/4"), STATES)
    assert wording.NO_GROWTH.format(name="厦门") not in texts(
        scripted.tell("厦门和泉州产业计量测试中心比一比", without, Intent.COMPARISON)
    )


def test_three_that_count_one_thing_are_put_in_order(corpus: Corpus) -> None:
    xiamen, quanzhou = corpus.plan("xiamen"), corpus.plan("quanzhou")
    mine = Told(xiamen, the_row(corpus), 1.0)
    other = Told(quanzhou, next(one for one in quanzhou.indicators if one.clause_id == QUANZHOU), 1.0)
    third = Told(quanzhou, replace(other.indicator, target="900"), 1.0)
    order = ranked([mine, other, third], corpus)
    assert order is not None
    assert order.computed
    assert order.text == "2025年目标由高到低：泉州2020家、泉州900家、厦门850家。"
    assert [citation.clause.id for citation in order.citations] == [QUANZHOU, QUANZHOU, XIAMEN]
    changes: list[dict[str, Any]] = [{"target": "1—2"}, {"target_year": 2030}, {"qualifier": "以上"}, {"name": "示范"}]
    for unlike in changes:
        changed = replace(third, indicator=replace(third.indicator, **unlike))
        assert ranked([mine, other, changed], corpus) is None, unlike


def test_what_counts_otherwise_is_ordered_by_what_is_written(corpus: Corpus) -> None:
    xiamen, quanzhou = corpus.plan("xiamen"), corpus.plan("quanzhou")
    mine = Told(xiamen, the_row(corpus), 1.0)
    theirs = next(one for one in quanzhou.indicators if one.clause_id == QUANZHOU)
    more = replace(theirs, name="示范单位", qualifier="以上")
    order = as_written([mine, Told(quanzhou, more, 1.0)], corpus)
    assert order is not None
    assert order.text == "只按各自所写的2025年目标数值由大到小：泉州2020家以上、厦门850家。"
    assert order.computed
    undated = as_written(
        [replace(one, indicator=replace(one.indicator, target_year=None)) for one in (mine, mine)], corpus
    )
    assert undated is not None
    assert undated.text.startswith("只按各自所写的目标数值")
    changes: list[dict[str, Any]] = [{"target": "1—2"}, {"target_year": 2030}, {"unit": "项"}]
    for unlike in changes:
        assert as_written([mine, Told(quanzhou, replace(more, **unlike), 1.0)], corpus) is None, unlike


def test_two_years_and_two_places_are_not_paired_by_guess(scripted: ScriptedBot) -> None:
    asked = "厦门2025年和泉州2020年自我承诺单位相差多少"
    answer = compared(scripted, asked, XIAMEN, QUANZHOU)
    assert "泉州比" not in texts(answer)
    assert "厦门比" not in texts(answer)


def test_what_counts_differently_is_not_subtracted(scripted: ScriptedBot) -> None:
    rows = ["xiamen:专栏1/2", "jinhua:一"]
    answer = compared(scripted, "厦门和金华社会公用计量标准相差多少", *rows)
    assert "厦门比" not in texts(answer)
    assert wording.NOT_COMPARABLE in answer.notes
    above = compared(scripted, "青岛示范单位增长多少", "qingdao:一(二)2")
    assert above.status is Status.PARTIAL
    assert wording.NO_GROWTH.format(name="青岛") in texts(above)


@pytest.mark.parametrize(
    ("base", "target", "said"),
    [
        ("0.1", "0.3", "增加0.2家（0.3−0.1＝0.2），增幅约200.0%"),
        ("850", "506", "减少344家（506−850＝-344）"),
        ("7", "7", "增加0家（7−7＝0），增幅约0.0%"),
    ],
)
def test_decimals_are_exact(corpus: Corpus, base: str, target: str, said: str) -> None:
    one = replace(the_row(corpus), base_value=base, target=target)
    statement = growth(Told(corpus.plan("xiamen"), one, 1.0), ASKED, corpus)
    assert statement.computed
    assert said in statement.text


@pytest.mark.parametrize(("base", "target"), [(None, "5"), ("5", "1—2"), ("5", "一批"), ("5", None)])
def test_words_and_ranges_are_not_computed(corpus: Corpus, base: str | None, target: str | None) -> None:
    one = replace(the_row(corpus), base_value=base, target=target)
    statement = growth(Told(corpus.plan("xiamen"), one, 1.0), ASKED, corpus)
    assert (statement.text, statement.computed) == (wording.NO_GROWTH.format(name="厦门"), False)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("344", "506", "68.0%"), ("1", "8", "12.5%"), ("1", "1600", "0.1%"), ("1", "3", "33.3%"), ("5", "10000", "0.1%")],
)
def test_percent_rounds_halves_up(part: str, whole: str, expected: str) -> None:
    assert percent(Decimal(part), Decimal(whole)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("850", Decimal(850)), ("6.2", Decimal("6.2")), ("1—2", None), ("一批", None), (None, None)]
)
def test_plain_numbers_only(value: str | None, expected: Decimal | None) -> None:
    assert number(value) == expected
