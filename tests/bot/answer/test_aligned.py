"""The one quantity that several plans are compared by."""

import pytest

from bot import wording
from bot.answer.aligned import aligned, fits
from bot.answer.told import Told
from bot.model import Aspect, Intent, Status
from ingest.corpus import Corpus
from ingest.model import Indicator
from tests.bot.scripted import BEARS, STATES, Row, ScriptedBot, clause_ids, texts

XIAMEN_PROMISES = "xiamen:专栏1/9"


def indicator(corpus: Corpus, plan_id: str, name: str) -> Indicator:
    return next(one for one in corpus.plan(plan_id).indicators if one.name.endswith(name))


FITTING = [
    (
        ("xiamen", "社会公用计量标准"),
        ("quanzhou", "全市社会公用计量标准"),
        True,
        "every city's plan means 全市",
    ),
    (("xiamen", "社会公用计量标准"), ("qingdao", "市级社会公用计量标准"), True, "counted otherwise, which is said"),
    (("xiamen", "社会公用计量标准"), ("jinhua", "建立、提升改造社会公用计量标准"), True, "with verbs before it"),
    (("xiamen", "省级产业计量测试中心"), ("qingdao", "国家或省级产业计量测试中心"), True, "of two levels"),
    (("xiamen", "国家标准物质"), ("qingdao", "研制标准物质"), True, "made or had"),
    (("xiamen", "国家标准物质"), ("quanzhou", "市级社会公用计量标准"), False, "only 标准 in common"),
    (
        ("xiamen", "自我承诺单位"),
        ("qingdao", "诚信计量示范单位"),
        False,
        "to promise is not to be shown",
    ),
    (("xiamen", "计量相关专利"), ("quanzhou", "强检计量器具检定覆盖率"), False, "nothing in common"),
]


@pytest.mark.parametrize(("one", "other", "expected", "why"), FITTING)
def test_fits(corpus: Corpus, one: tuple[str, str], other: tuple[str, str], expected: bool, why: str) -> None:
    first, second = indicator(corpus, *one), indicator(corpus, *other)
    assert fits(first, second) is fits(second, first) is expected, why


def test_what_fits_is_kept_looked_for_or_lacking(corpus: Corpus) -> None:
    xiamen, quanzhou, qingdao = (corpus.plan(one) for one in ("xiamen", "quanzhou", "qingdao"))
    lead = Told(xiamen, indicator(corpus, "xiamen", "国家标准物质"), 4.0)
    beside = Told(xiamen, indicator(corpus, "xiamen", "计量相关专利"), 2.0)
    wrong = Told(quanzhou, indicator(corpus, "quanzhou", "市级社会公用计量标准"), 2.0)
    found = aligned([(xiamen, [lead, beside]), (quanzhou, [wrong]), (qingdao, [])], "国家标准物质")
    assert found[0] == (xiamen, [lead])
    assert found[1] == (quanzhou, [])
    assert [one.indicator.name for one in found[2][1]] == ["研制标准物质"]
    assert aligned([(xiamen, []), (quanzhou, [])], "国家标准物质") == [(xiamen, []), (quanzhou, [])]


def test_a_plan_whose_best_sentence_tells_none_of_it_is_looked_through(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys(("xiamen:专栏1/2", "quanzhou:专栏1/1", "jinhua:二(六)"), STATES)
    answer = scripted.tell("厦门泉州金华社会公用计量标准目标各多少", rows, Intent.COMPARISON)
    assert "jinhua:一" in clause_ids(answer)
    assert "55项以上" in texts(answer)
    assert wording.NOT_COMPARABLE in answer.notes


def test_a_number_of_another_thing_is_no_answer(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys(("xiamen:专栏1/8", "quanzhou:专栏1/2"), STATES)
    answer = scripted.tell("厦门和泉州国家标准物质目标差几项", rows, Intent.DIFFERENCE)
    assert "145" not in texts(answer)
    assert wording.NO_INDICATOR.format(name="泉州") in texts(answer)
    assert answer.status is Status.PARTIAL


@pytest.mark.parametrize(("also", "status"), [((), Status.PARTIAL), (("qingdao:一(二)1",), Status.ANSWERED)])
def test_one_number_alone_compares_nothing(scripted: ScriptedBot, also: tuple[str, ...], status: Status) -> None:
    rows = dict.fromkeys(("xiamen:专栏1/8", "quanzhou:专栏1/2", *also), STATES)
    asked = "厦门、泉州" + ("和青岛" if also else "") + "国家标准物质目标"
    assert scripted.tell(asked, rows, Intent.COMPARISON).status is status


ALIKE = [
    ("厦门泉州科研项目目标", "xiamen:专栏1/3", "quanzhou", "主持、参与省、市级计量科研项目", "of another level"),
    ("泉州金华注册计量师指标", "quanzhou:专栏1/8", "jinhua", "注册计量师执业人数", "a share and a head count"),
    ("泉州青岛诚信计量单位谁多", "quanzhou:专栏1/10", "qingdao", "诚信计量示范单位", "one word for both"),
]


@pytest.mark.parametrize(("asked", "clause", "plan_id", "name", "why"), ALIKE, ids=[why for *_, why in ALIKE])
def test_what_the_question_calls_by_one_name_is_set_side_by_side(
    scripted: ScriptedBot, asked: str, clause: str, plan_id: str, name: str, why: str
) -> None:
    answer = scripted.tell(asked, {clause: STATES}, Intent.COMPARISON)
    assert name in {row[1] for row in answer.table}, why
    assert {row[0] for row in answer.table[1:]} >= {scripted.corpus.plan(plan_id).region}
    assert wording.NOT_COMPARABLE in answer.notes, "and that each counts otherwise is said"


def test_what_is_called_otherwise_is_not(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((XIAMEN_PROMISES, "qingdao:一(二)2"), STATES)
    answer = scripted.tell("厦门青岛诚信计量自我承诺单位目标谁多", rows, Intent.COMPARISON)
    assert wording.NO_INDICATOR.format(name="青岛") in texts(answer)
    assert "300" not in texts(answer)


def test_what_it_names_for_each_place_is_kept(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((XIAMEN_PROMISES, "qingdao:一(二)2"), STATES)
    answer = scripted.tell("青岛诚信计量示范单位跟厦门诚信计量自我承诺单位是一回事吗", rows, Intent.COMPARISON)
    assert {row[0] for row in answer.table[1:]} == {"厦门", "青岛"}


STANDARDS = ("xiamen:专栏1/2", "quanzhou:专栏1/1", "qingdao:一(二)1")


def test_where_one_speaks_in_words_the_others_are_set_side_by_side(scripted: ScriptedBot) -> None:
    promises = (XIAMEN_PROMISES, "quanzhou:专栏1/10")
    rows = dict.fromkeys((*promises, "jinhua:二(十)"), STATES)
    answer = scripted.tell("厦门泉州金华自我承诺单位谁的目标最高", rows, Intent.COMPARISON)
    assert {row[0] for row in answer.table[1:]} == {"厦门", "泉州"}
    assert "2025年目标，泉州比厦门多1170家" in texts(answer)
    silent = [one.text for one in answer.statements].index(wording.NO_INDICATOR.format(name="金华"))
    assert answer.statements[silent + 1].text.startswith("金华（二(十)）：「"), "its words stand beside that"
    assert set(promises) <= set(clause_ids(answer))


def test_one_whose_number_counts_something_else_is_quoted_in_its_words(scripted: ScriptedBot) -> None:
    rows: dict[str, Row] = {"xiamen:专栏1/8": STATES, "quanzhou:专栏1/2": STATES, "quanzhou:四(四)": (0.1, 0.1, 0.8)}
    answer = scripted.tell("厦门和泉州国家标准物质目标差几项", rows, Intent.DIFFERENCE)
    said = [one.text for one in answer.statements]
    assert said[said.index(wording.NO_INDICATOR.format(name="泉州")) + 1].startswith("泉州（四(四)）：「")
    assert "145" not in texts(answer)


def test_the_highest_of_four_that_count_otherwise_is_told_as_it_is_written(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((*STANDARDS, "jinhua:二(六)"), STATES)
    answer = scripted.tell("四个城市社会公用计量标准谁的目标最高", rows, Intent.COMPARISON)
    (order,) = [one for one in answer.statements if "由大到小" in one.text]
    assert order.text == "只按各自所写的2025年目标数值由大到小：青岛350项、泉州260项、厦门230项、金华55项以上。"
    assert order.computed
    assert wording.NOT_COMPARABLE in answer.notes


def test_words_alone_are_quoted_where_no_number_is_wanted(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((XIAMEN_PROMISES, "qingdao:四(五)"), STATES)
    asked = "厦门和青岛怎么做自我承诺"
    assert not scripted.tell(asked, rows, Intent.COMPARISON).table
    assert wording.NO_INDICATOR.format(name="青岛") not in texts(scripted.tell(asked, rows, Intent.COMPARISON))
    numbers = scripted.tell(asked, rows, Intent.COMPARISON, [Aspect.NUMBER])
    assert wording.NO_INDICATOR.format(name="青岛") in texts(numbers)


def test_numbers_that_nobody_asked_for_are_not_set_beside_words(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys((XIAMEN_PROMISES, "quanzhou:专栏1/10", "jinhua:二(十)"), STATES)
    answer = scripted.tell("厦门泉州金华体系初步建立还是初步建成", rows, Intent.COMPARISON)
    assert not answer.table
    assert set(clause_ids(answer)) == set(rows)


def test_without_a_place_the_best_says_whether_numbers_are_meant(scripted: ScriptedBot) -> None:
    rows = {XIAMEN_PROMISES: (0.1, 0.0, 0.9), "jinhua:二(十)": (0.05, 0.0, 0.95)}
    answer = scripted.tell("自我承诺单位多少家", rows, Intent.INDICATOR)
    assert texts(answer).startswith("金华（二(十)）：「"), "which speaks in words"
    other = {XIAMEN_PROMISES: (0.05, 0.0, 0.95), "jinhua:二(十)": (0.1, 0.0, 0.9)}
    assert "850家" in texts(scripted.tell("自我承诺单位多少家", other, Intent.INDICATOR))


def test_without_a_place_a_comparison_leaves_out_none_that_counts_it(scripted: ScriptedBot) -> None:
    rows: dict[str, Row] = {STANDARDS[2]: STATES, STANDARDS[0]: BEARS, STANDARDS[1]: BEARS, "6.2万余项": BEARS}
    answer = scripted.tell("哪个城市社会公用计量标准目标最高", rows, Intent.COMPARISON)
    assert {row[0] for row in answer.table[1:]} == {"厦门", "泉州", "青岛"}, "what the nation has is no target"
    other = scripted.tell("社会公用计量标准目标多少", rows, Intent.INDICATOR)
    assert clause_ids(other)[0] == STANDARDS[2], "where nothing is compared the best alone"


def test_without_a_place_what_is_named_less_is_not_told(scripted: ScriptedBot) -> None:
    rows = dict.fromkeys(("state-council:一", "quanzhou:专栏1/3"), STATES)
    answer = scripted.tell("计量基准比上个五年多几项", rows, Intent.DIFFERENCE)
    assert "泉州" not in texts(answer)
    assert answer.status is Status.PARTIAL
