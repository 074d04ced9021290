"""The one quantity that several plans are compared by."""

import pytest

from bot import wording
from bot.answer.aligned import aligned, fits
from bot.answer.told import Told
from bot.model import Intent, Status
from ingest.corpus import Corpus
from ingest.model import Indicator
from tests.bot.scripted import STATES, ScriptedBot, clause_ids, texts


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
    found = aligned([(xiamen, [lead, beside]), (quanzhou, [wrong]), (qingdao, [])])
    assert found[0] == (xiamen, [lead])
    assert found[1] == (quanzhou, [])
    assert [one.indicator.name for one in found[2][1]] == ["研制标准物质"]
    assert aligned([(xiamen, []), (quanzhou, [])]) == [(xiamen, []), (quanzhou, [])]


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
