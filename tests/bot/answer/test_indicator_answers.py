"""Answers about indicators: values as the plans give them, differences computed exactly, what is absent said so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import wording
from bot.answer.differences import growth, percent
from bot.answer.indicators import IndicatorAnswerer, describe, value_text
from bot.answer.sources import sources
from bot.answer.told import Told, number
from bot.local import LocalBot
from bot.model import Answer, Question, Status
from ingest.corpus import Corpus
from ingest.model import Indicator, Kind

ASKED = Question("", "", "")


def texts(answer: Answer) -> str:
    return "\n".join(statement.text for statement in answer.statements)


def indicator(corpus: Corpus, clause_id: str, name: str = "") -> Indicator:
    plan = corpus.plan(clause_id.partition(":")[0])
    return next(one for one in plan.indicators if one.clause_id == clause_id and name in one.name)


VALUES = [
    ("厦门诚信计量自我承诺单位目标多少家", "xiamen:专栏1/9", "2020年506家，2025年目标850家（预期性）"),
    ("泉州诚信计量自我承诺单位目标多少家", "quanzhou:专栏1/10", "2020年1254家，2025年目标2020家（预期性）"),
    ("泉州强检计量器具检定覆盖率目标值", "quanzhou:专栏1/11", "2020年86%，2025年目标92%"),
    ("泉州主持及参与制修订国家计量技术规范多少项", "quanzhou:专栏1/6", "2020年0项，2025年目标1项"),
    ("厦门国家标准物质目标多少项", "xiamen:专栏1/8", "2020年为“--”（原文未给出数值），2025年目标20项"),
    ("厦门国家级计量中心几个", "xiamen:专栏1/5", "2020年1个，2025年目标2个"),
    ("青岛诚信计量示范单位多少家", "qingdao:一(二)2", "2025年目标300家以上"),
    ("青岛研制标准物质多少项", "qingdao:一(二)1", "2025年目标10项"),
    ("金华注册计量师执业人数多少名", "jinhua:一", "2025年目标110名以上"),
    ("国家社会公用计量标准多少项", "state-council:一", "文件所述现状为「6.2万余项社会公用计量标准」"),
]


@pytest.mark.parametrize(("asked", "clause_id", "said"), VALUES)
def test_values(real_bot: LocalBot, asked: str, clause_id: str, said: str) -> None:
    answer = real_bot.ask(asked).answer
    assert answer.status is Status.ANSWERED
    statement = next(one for one in answer.statements if said in one.text)
    assert statement.citations[0].clause.id == clause_id


def test_an_absent_base_is_no_nought(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门省级产业计量测试中心2020年多少个").answer
    assert answer.status is Status.PARTIAL
    assert wording.BASE_ABSENT in answer.notes
    assert "2020年0" not in texts(answer)
    assert not any(
        statement.computed for statement in real_bot.ask("厦门省级产业计量测试中心增长了多少").answer.statements
    )


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("青岛诚信计量示范单位多少家", ("300家以上", "350家以上")),
        ("金华省级产业计量测试中心几家", ("1家以上", "2—3个")),
        ("金华高能级计量标准多少项", ("10项以上", "3—5项", "8—10项")),
    ],
)
def test_conflicting_values_are_all_told(real_bot: LocalBot, asked: str, values: tuple[str, ...]) -> None:
    answer = real_bot.ask(asked).answer
    assert all(value in texts(answer) for value in values)
    assert wording.CONFLICT in answer.notes


def test_no_conflict_is_claimed_where_there_is_none(real_bot: LocalBot) -> None:
    assert wording.CONFLICT not in real_bot.ask("厦门诚信计量自我承诺单位目标多少家").answer.notes
    assert wording.CONFLICT not in real_bot.ask("泉州社会公用计量标准多少项").answer.notes


COMPUTED = [
    ("厦门诚信计量自我承诺单位增长了百分之几", "增加344家（850−506＝344），增幅约68.0%（344÷506）"),
    ("泉州诚信计量自我承诺单位增长了百分之几", "增加766家（2020−1254＝766），增幅约61.1%（766÷1254）"),
    ("厦门计量相关专利增长百分之几", "增加38项（80−42＝38），增幅约90.5%（38÷42）"),
    ("泉州强检计量器具检定覆盖率提高多少", "增加6个百分点（92−86＝6）"),
    ("泉州主持及参与制修订国家计量技术规范增长多少", "增加1项（1−0＝1）"),
    ("厦门和泉州诚信计量自我承诺单位目标相差多少家", "泉州比厦门多1170家（2020−850＝1170）"),
    ("2020年泉州和厦门诚信计量自我承诺单位相差多少家", "泉州比厦门多748家（1254−506＝748）"),
]


@pytest.mark.parametrize(("asked", "said"), COMPUTED)
def test_computed_exactly_and_shown(real_bot: LocalBot, asked: str, said: str) -> None:
    answer = real_bot.ask(asked).answer
    (statement,) = [one for one in answer.statements if said in one.text]
    assert statement.computed
    assert statement.citations


def test_growth_of_a_share_is_in_points_and_from_nought_without_rate(real_bot: LocalBot) -> None:
    assert "增幅约" not in texts(real_bot.ask("泉州强检计量器具检定覆盖率提高多少").answer)
    assert "增幅约" not in texts(real_bot.ask("泉州主持及参与制修订国家计量技术规范增长多少").answer)


@pytest.mark.parametrize(
    ("base", "target", "said"),
    [
        ("0.1", "0.3", "增加0.2家（0.3−0.1＝0.2），增幅约200.0%"),
        ("850", "506", "减少344家（506−850＝-344）"),
        ("7", "7", "增加0家（7−7＝0），增幅约0.0%"),
    ],
)
def test_decimals_are_exact(corpus: Corpus, base: str, target: str, said: str) -> None:
    one = replace(indicator(corpus, "xiamen:专栏1/9"), base_value=base, target=target)
    statement = growth(Told(corpus.plan("xiamen"), one, 1.0), ASKED, corpus)
    assert statement.computed
    assert said in statement.text


@pytest.mark.parametrize(("base", "target"), [(None, "5"), ("5", "1—2"), ("5", "一批"), ("5", None)])
def test_words_and_ranges_are_not_computed(corpus: Corpus, base: str | None, target: str | None) -> None:
    one = replace(indicator(corpus, "xiamen:专栏1/9"), base_value=base, target=target)
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


def test_how_values_read(corpus: Corpus) -> None:
    one = indicator(corpus, "qingdao:四(三)")
    assert value_text(one) == "350家以上"
    assert describe(one) == "诚信计量示范单位：350家以上（未写明年份）"
    assert value_text(indicator(corpus, "state-council:一", "社会公用")) == "6.2万余项"


def test_a_year_told_elsewhere_is_cited_too(corpus: Corpus) -> None:
    for plan in corpus.plans:
        for one in plan.indicators:
            cited = sources(plan, one, corpus)
            assert (cited[0].start, cited[0].end) == (one.start, one.end)
            if one.target_year:
                assert any(str(one.target_year) in citation.quote for citation in cited), one
            if corpus.clause(one.clause_id).kind is Kind.ROW:
                assert len(cited) == 1


@pytest.mark.parametrize(("day", "told"), [(date(2026, 1, 1), True), (date(2025, 12, 31), False)])
def test_a_past_target_is_noted(real_bot: LocalBot, day: date, told: bool) -> None:
    question = real_bot.reader.read("厦门诚信计量自我承诺单位目标多少家")
    answerer = IndicatorAnswerer(real_bot.corpus, day)
    answer = answerer.answer(question, real_bot.retriever.topic(question))
    assert answer is not None
    assert (wording.PAST_TARGET.format(year=2025) in answer.notes) is told


def test_different_indicators_are_not_comparable(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门和金华的社会公用计量标准目标").answer
    assert wording.NOT_COMPARABLE in answer.notes
    assert {row[0] for row in answer.table[1:]} == {"厦门", "金华"}
    same = real_bot.ask("厦门和泉州诚信计量自我承诺单位目标各是多少").answer
    assert wording.NOT_COMPARABLE not in same.notes


def test_a_city_without_the_indicator_says_so(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门和青岛诚信计量自我承诺单位目标多少家").answer
    assert wording.NO_INDICATOR.format(name="青岛") in texts(answer)
    assert "850家" in texts(answer)


def test_a_year_without_value_is_partial(real_bot: LocalBot) -> None:
    answer = real_bot.ask("厦门2030年诚信计量自我承诺单位多少家").answer
    assert answer.status is Status.PARTIAL
    assert any("2030年" in note for note in answer.notes)
