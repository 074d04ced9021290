"""An answer is whole only when all that was asked is told; what is missing is said."""

import pytest

from bot import wording
from bot.model import Answer, Aspect, Intent, Status
from tests.bot.scripted import BEARS, STATES, ScriptedBot, texts

XIAMEN, QUANZHOU, STANDARDS = "xiamen:专栏1/9", "quanzhou:专栏1/10", "xiamen:专栏1/2"
COVERAGE, PATENTS = "quanzhou:专栏1/11", "xiamen:专栏1/4"


def number_of(bot: ScriptedBot, asked: str, *clauses: str, intent: Intent = Intent.INDICATOR) -> Answer:
    return bot.tell(asked, dict.fromkeys(clauses, STATES), intent)


LACKING = [
    (
        "厦门230项社会公用计量标准里发明的占多少",
        STANDARDS,
        wording.OTHER_NUMBER,
        "the number it gives is not what it asks",
    ),
    ("金华注册计量师占比多少", "jinhua:一", wording.OTHER_UNIT, "a share of what is counted"),
    ("泉州市级机构注册计量师有多少人", "quanzhou:专栏1/8", wording.OTHER_UNIT, "a count of what is a share"),
    ("思明区社会公用计量标准要多少项", STANDARDS, wording.WHOLE_CITY.format(names="思明区"), "a district"),
    ("厦门社会公用计量标准里思明区占多少", STANDARDS, wording.WHOLE_CITY.format(names="思明区"), "a part of the city"),
    ("厦门2030年计量相关专利多少项", PATENTS, wording.NO_VALUE.format(year=2030), "a year nobody gives"),
]


@pytest.mark.parametrize(("asked", "clause", "note", "why"), LACKING, ids=[why for *_, why in LACKING])
def test_what_is_missing_makes_it_a_part(scripted: ScriptedBot, asked: str, clause: str, note: str, why: str) -> None:
    answer = number_of(scripted, asked, clause)
    assert answer.status is Status.PARTIAL, why
    assert note in answer.notes
    assert answer.citations, "what is there is told all the same"


WHOLE = [
    ("厦门社会公用计量标准从多少项增加到230项", STANDARDS, "the base is told, and asked for"),
    ("厦门计量相关专利定了80项吗", PATENTS, "the number is asked after, not another"),
    ("泉州强检计量器具检定覆盖率百分之几", COVERAGE, "a share is told"),
    ("泉州强检计量器具检定覆盖率提几个百分点", COVERAGE, "points are of a share"),
    ("思明区的企业问厦门计量相关专利多少项", PATENTS, "the district only says who asks"),
    ("思明区所在市计量相关专利多少项", PATENTS, "its city is meant"),
    ("思明区那边，全市计量相关专利多少项", PATENTS, "the whole city is asked of"),
    ("厦门2025年计量相关专利多少项", PATENTS, "a year it gives"),
]


@pytest.mark.parametrize(("asked", "clause", "why"), WHOLE, ids=[why for *_, why in WHOLE])
def test_what_is_all_there_is_whole(scripted: ScriptedBot, asked: str, clause: str, why: str) -> None:
    assert number_of(scripted, asked, clause).status is Status.ANSWERED, why


def test_a_sum_of_money_is_no_number_of_things(scripted: ScriptedBot) -> None:
    scripted.on("", {PATENTS: STATES}, Intent.INDICATOR, [Aspect.NUMBER, Aspect.AMOUNT])
    answer = scripted.ask("厦门计量相关专利要几项，预算多少").answer
    assert answer.status is Status.PARTIAL
    assert "所引条款与所问有关，但没有写明具体金额。" in answer.notes


def test_side_by_side_each_place_must_have_the_year(scripted: ScriptedBot) -> None:
    rows = ["xiamen:专栏1/2", "qingdao:一(二)1"]
    answer = number_of(scripted, "2020年厦门和青岛社会公用计量标准谁多", *rows, intent=Intent.COMPARISON)
    assert answer.status is Status.PARTIAL
    assert wording.NO_VALUE_OF.format(name="青岛", year=2020) in answer.notes
    assert "由大到小" not in texts(answer), "targets are not what was asked"
    both = number_of(scripted, "2020年厦门和泉州自我承诺单位谁多", XIAMEN, QUANZHOU, intent=Intent.COMPARISON)
    assert both.status is Status.ANSWERED


def test_a_place_that_is_not_held_leaves_a_comparison_open(scripted: ScriptedBot) -> None:
    answer = number_of(scripted, "福州跟厦门比计量相关专利谁多", PATENTS, intent=Intent.COMPARISON)
    assert answer.status is Status.PARTIAL
    assert wording.NOT_IN_CORPUS.format(name="福州") in texts(answer)


@pytest.mark.parametrize(
    ("asked", "status", "why"),
    [
        ("厦门发明证书有几件", Status.PARTIAL, "neither stated nor named"),
        ("厦门计量相关专利几项", Status.ANSWERED, "its name is exact"),
        ("厦门说好80项，对吗", Status.ANSWERED, "its number is"),
    ],
)
def test_whether_it_is_stated_says_the_judge_unless_it_is_named(
    scripted: ScriptedBot, asked: str, status: Status, why: str
) -> None:
    answer = scripted.tell(asked, {PATENTS: BEARS}, Intent.INDICATOR)
    assert answer.status is status, why
    assert (wording.MISSING_DETAIL in answer.notes) is (status is Status.PARTIAL)


def test_of_several_plans_one_that_states_it_is_enough(scripted: ScriptedBot) -> None:
    rows = {"xiamen:专栏1/6": STATES, "quanzhou:专栏1/4": BEARS}
    assert scripted.tell("厦门和泉州行业平台各几个", rows, Intent.COMPARISON).status is Status.ANSWERED
