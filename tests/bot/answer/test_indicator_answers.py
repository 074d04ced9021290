"""Answers about indicators: values as the plans give them, differences computed exactly, what is absent said so."""

import pytest

from bot import wording
from bot.answer.described import describe, value_text
from bot.answer.sources import sources
from bot.model import Answer, Aspect, Intent, Status
from ingest.corpus import Corpus
from ingest.model import Indicator, Kind
from tests.bot.scripted import BEARS, STATES, Row, ScriptedBot, clause_ids, texts


def indicator(corpus: Corpus, clause_id: str, name: str = "") -> Indicator:
    plan = corpus.plan(clause_id.partition(":")[0])
    return next(one for one in plan.indicators if one.clause_id == clause_id and name in one.name)


XIAMEN, QUANZHOU = "xiamen:专栏1/9", "quanzhou:专栏1/10"
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


def number_of(bot: ScriptedBot, asked: str, *clauses: str, intent: Intent = Intent.INDICATOR) -> Answer:
    """The answer to a question about a number that these clauses state."""
    return bot.tell(asked, dict.fromkeys(clauses, STATES), intent)


@pytest.mark.parametrize(("asked", "clause_id", "said"), VALUES)
def test_values(scripted: ScriptedBot, asked: str, clause_id: str, said: str) -> None:
    answer = number_of(scripted, asked, clause_id)
    assert answer.status is Status.ANSWERED
    statement = next(one for one in answer.statements if said in one.text)
    assert statement.citations[0].clause.id == clause_id


def test_a_follow_up_that_names_no_indicator_asks_of_the_one_before(scripted: ScriptedBot) -> None:
    scripted.on("", {"jinhua:一": STATES, "quanzhou:专栏1/11": STATES}, Intent.INDICATOR)
    scripted.ask("泉州强检计量器具检定覆盖率目标", "s")
    answer = scripted.ask("金华定到百分之几", "s").answer
    assert [one.text.partition("：2025年")[0] for one in answer.statements] == ["金华：全市强检计量器具检定覆盖率"]
    other = scripted.ask("金华注册计量师呢", "s").answer
    assert "注册计量师" in other.statements[0].text, "its own words go before"


def test_only_what_the_sentence_that_bears_states_is_told(scripted: ScriptedBot) -> None:
    answer = scripted.tell("青岛民生计量多少家", {"350家以上": STATES}, Intent.INDICATOR)
    assert clause_ids(answer)[0] == "qingdao:四(三)"
    assert len(answer.statements) == 2, "and the value that contradicts it"
    quoted = scripted.tell("青岛民生计量多少家", {"加强计量风险管控": STATES}, Intent.INDICATOR)
    assert clause_ids(quoted) == ["qingdao:四(三)"]
    assert texts(quoted).startswith("青岛（四(三)）：「加强计量风险管控"), "a sentence without a number is quoted"


def test_only_the_best_clause_of_a_plan_is_told(scripted: ScriptedBot) -> None:
    rows: dict[str, Row] = {"xiamen:专栏1/4": (0.1, 0.0, 0.9), XIAMEN: (0.05, 0.0, 0.95)}
    assert clause_ids(scripted.tell("厦门目标多少", rows, Intent.INDICATOR)) == [XIAMEN]


def test_of_several_in_one_sentence_the_one_named(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "金华注册计量师执业人数多少名", "jinhua:一")
    assert "注册计量师" in answer.statements[0].text
    assert len(answer.statements) == 1
    assert len(number_of(scripted, "金华要多少", "jinhua:一").statements) >= 3, "none is named: the first of all"


def test_an_absent_base_is_no_nought(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "厦门省级产业计量测试中心2020年多少个", "xiamen:专栏1/6")
    assert answer.status is Status.PARTIAL
    assert wording.BASE_ABSENT in answer.notes
    assert "2020年0" not in texts(answer)
    grown = number_of(scripted, "厦门省级产业计量测试中心增长了多少", "xiamen:专栏1/6", intent=Intent.DIFFERENCE)
    assert not any(statement.computed for statement in grown.statements)
    assert grown.status is Status.PARTIAL
    assert wording.NO_GROWTH.format(name="厦门") in texts(grown)


@pytest.mark.parametrize(
    ("asked", "clause_id", "values"),
    [
        ("青岛诚信计量示范单位多少家", "qingdao:一(二)2", ("300家以上", "350家以上")),
        ("青岛诚信计量示范单位多少家", "qingdao:四(三)", ("300家以上", "350家以上")),
        ("金华省级产业计量测试中心几家", "jinhua:一", ("1家以上", "2—3个")),
        ("金华高能级计量标准多少项", "jinhua:二(七)", ("10项以上", "3—5项", "8—10项")),
    ],
)
def test_conflicting_values_are_all_told(
    scripted: ScriptedBot, asked: str, clause_id: str, values: tuple[str, ...]
) -> None:
    answer = number_of(scripted, asked, clause_id)
    assert all(value in texts(answer) for value in values)
    assert wording.CONFLICT in answer.notes


def test_no_conflict_is_claimed_where_there_is_none(scripted: ScriptedBot) -> None:
    for asked, clause in (
        ("厦门自我承诺单位多少家", "xiamen:专栏1/9"),
        ("泉州社会公用计量标准多少项", "quanzhou:专栏1/1"),
    ):
        assert wording.CONFLICT not in number_of(scripted, asked, clause).notes


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


def test_without_a_plan_only_peers_are_told_beside_the_best(scripted: ScriptedBot) -> None:
    alike = number_of(scripted, "自我承诺单位目标多少家", XIAMEN, QUANZHOU)
    assert clause_ids(alike) == [XIAMEN, QUANZHOU]
    weaker = scripted.tell("自我承诺单位目标多少家", {XIAMEN: STATES, QUANZHOU: BEARS}, Intent.INDICATOR)
    assert clause_ids(weaker) == [XIAMEN]


def test_plans_side_by_side_get_a_table(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "厦门和泉州自我承诺单位目标各是多少", XIAMEN, QUANZHOU, intent=Intent.COMPARISON)
    assert answer.table == (
        ("地区", "指标", "基期", "目标", "条款"),
        ("厦门", "引导培育诚信计量自我承诺单位", "2020年：506", "2025年：850家", "专栏1/9"),
        ("泉州", "引导培育诚信计量自我承诺单位", "2020年：1254", "2025年：2020家", "专栏1/10"),
    )
    assert wording.NOT_COMPARABLE not in answer.notes
    assert number_of(scripted, "厦门自我承诺单位目标", XIAMEN).table == ()


def test_different_indicators_are_not_comparable(scripted: ScriptedBot) -> None:
    rows = ["xiamen:专栏1/2", "jinhua:一"]
    answer = number_of(scripted, "厦门和金华的社会公用计量标准目标", *rows, intent=Intent.COMPARISON)
    assert wording.NOT_COMPARABLE in answer.notes
    assert {row[0] for row in answer.table[1:]} == {"厦门", "金华"}
    assert [row[2] for row in answer.table[1:]] == ["2020年：180", "未载明"]


def test_a_city_without_the_indicator_says_so(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "厦门、福州和青岛自我承诺单位目标多少家", XIAMEN)
    assert "850家" in texts(answer)
    assert wording.NO_INDICATOR.format(name="青岛") in texts(answer)
    assert answer.statements[-1].text == wording.NOT_IN_CORPUS.format(name="福州")


def test_a_city_that_says_it_in_words_is_quoted_beside_the_number(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "厦门和青岛自我承诺多少家", XIAMEN, "qingdao:四(五)")
    assert clause_ids(answer) == [XIAMEN, "qingdao:四(五)"]
    assert texts(answer).startswith("厦门：引导培育诚信计量自我承诺单位：2020年506家")
    assert answer.status is Status.PARTIAL, "one number alone compares nothing"


def test_what_the_question_names_goes_before_what_bears_most(scripted: ScriptedBot) -> None:
    by_name = number_of(scripted, "泉州主导参与省级以上计量规范总共几项", "quanzhou:专栏1/6")
    assert clause_ids(by_name)[0] == "quanzhou:二"
    by_number = number_of(scripted, "金华那个55项怎么算", "jinhua:二(七)")
    assert [one.text.split("：")[1] for one in by_number.statements] == ["建立、提升改造社会公用计量标准"]
    silent = scripted.tell("泉州主导参与省级以上计量规范总共几项", {}, Intent.INDICATOR)
    assert silent.status is Status.NOT_FOUND, "where nothing bears a name alone is no answer"


def test_what_is_named_in_text_is_told_by_the_tables_row(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "泉州全市强检计量器具检定覆盖率", "quanzhou:专栏1/1")
    assert clause_ids(answer)[0] == "quanzhou:专栏1/11"
    assert "2020年86%，2025年目标92%" in texts(answer)


def test_a_list_of_what_is_not_named_is_all_of_it(scripted: ScriptedBot) -> None:
    scripted.on("", {XIAMEN: STATES}, Intent.INDICATOR, [Aspect.NUMBER, Aspect.LIST])
    assert len(scripted.ask("厦门有哪些指标").answer.statements) == 9
    assert len(scripted.ask("厦门自我承诺单位有哪些指标").answer.statements) == 1, "that is named"
    assert len(scripted.ask("厦门哪些是850家").answer.statements) == 1, "by its number"
    scripted.on("", {XIAMEN: STATES}, Intent.INDICATOR, [Aspect.NUMBER])
    assert len(scripted.ask("厦门有什么").answer.statements) == 1, "no list is asked for"


def test_what_text_and_table_say_is_listed_once_by_the_table(scripted: ScriptedBot) -> None:
    every = clause_ids(scripted.tell("泉州有哪些指标", {QUANZHOU: STATES}, Intent.INDICATOR, [Aspect.LIST]))
    assert every[0] == "quanzhou:专栏1/1"
    assert len([one for one in every if one.startswith("quanzhou:专栏1/")]) == 11


def test_a_year_without_value_is_partial(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "厦门2030年诚信计量自我承诺单位多少家", XIAMEN)
    assert answer.status is Status.PARTIAL
    assert "收录的文件没有载明该指标2030年的数值。" in answer.notes
    for year in (2020, 2025):
        assert number_of(scripted, f"厦门{year}年自我承诺单位多少家", XIAMEN).status is Status.ANSWERED


def test_what_became_of_a_target_is_not_told(scripted: ScriptedBot) -> None:
    scripted.on("", {XIAMEN: STATES}, Intent.INDICATOR, [Aspect.OUTCOME])
    answer = scripted.ask("厦门自我承诺单位完成了多少").answer
    assert answer.status is Status.PARTIAL
    assert wording.OUTCOME_UNKNOWN in answer.notes
    scripted.on("", {"6.2万余项": STATES}, Intent.INDICATOR, [Aspect.OUTCOME])
    achieved = scripted.ask("国家建成多少社会公用计量标准").answer
    assert achieved.status is Status.ANSWERED
    assert wording.OUTCOME_UNKNOWN not in achieved.notes


def test_a_number_nobody_states_is_noted(scripted: ScriptedBot) -> None:
    told = number_of(scripted, "厦门自我承诺单位目标是900家吗", XIAMEN)
    assert wording.NUMBER_NOT_THERE.format(number="900家") in told.notes
    assert not any("所问的数值" in note for note in number_of(scripted, "厦门目标是850家吗", XIAMEN).notes)


def test_without_an_indicator_nothing_is_found(scripted: ScriptedBot) -> None:
    answer = scripted.tell("厦门量子传感器多少台", {}, Intent.INDICATOR)
    assert answer.status is Status.NOT_FOUND
    assert answer.citations == ()
