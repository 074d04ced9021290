"""Follow-ups take over what they leave out."""

from dataclasses import replace

import pytest

from bot.model import Answer, Intent, Question, Statement, Status
from bot.question.followup import Memory, remembered, resume
from tests.bot.question.memories import QINGDAO, QUANZHOU, XIAMEN, after, asked, cite


def answer(status: Status = Status.ANSWERED, *clause_ids: str) -> Answer:
    return Answer(status, tuple(Statement("…", (cite(one),)) for one in clause_ids))


LONG = "这一项工作的目标到底是怎么规定的呢"


class TestRemembered:
    def test_the_first_turn(self) -> None:
        question = asked("诚信计量", XIAMEN)
        memory = remembered(None, question, answer(Status.ANSWERED, "xiamen:三(四)21", "xiamen:四24", "xiamen:四24"))
        assert memory is not None
        assert memory.question is question
        assert [one.id for one in memory.focus] == ["xiamen:三(四)21", "xiamen:四24"]
        assert (memory.asked, memory.earlier_plans) == (("诚信计量",), ())

    def test_the_last_two_questions_and_all_earlier_plans(self) -> None:
        memory = None
        for bare, plans in (("一", XIAMEN), ("二", QUANZHOU), ("三", XIAMEN), ("四", QINGDAO)):
            memory = remembered(memory, asked(bare, plans), answer())
        assert memory is not None
        assert memory.asked == ("三", "四")
        assert memory.earlier_plans == ("xiamen", "quanzhou")

    def test_what_only_proves_something_is_no_focus(self) -> None:
        statement = Statement("…", (cite("xiamen:四24"), cite("xiamen:三(四)21")))
        memory = remembered(None, asked(), Answer(Status.ANSWERED, (statement,)))
        assert memory is not None
        assert [one.id for one in memory.focus] == ["xiamen:四24"]

    @pytest.mark.parametrize("before", [None, after(XIAMEN)])
    def test_an_aside_leaves_the_thread_where_it_was(self, before: Memory | None) -> None:
        assert remembered(before, asked("谢谢"), answer(Status.OUT_OF_SCOPE)) is before

    @pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.PARTIAL])
    def test_what_was_not_answered_was_asked_all_the_same(self, status: Status) -> None:
        memory = remembered(None, asked("诚信计量", XIAMEN), answer(status))
        assert memory is not None
        assert memory.question.plans == XIAMEN


Q, WHICH, UNITS = Intent.QUOTE, Intent.WHICH, Intent.UNITS
COMPARISON, DIFFERENCE = Intent.COMPARISON, Intent.DIFFERENCE
PLANS = [
    (Q, (), (XIAMEN, ()), XIAMEN, XIAMEN, "left out: the last turn's"),
    (UNITS, (), (XIAMEN, ()), XIAMEN, XIAMEN, "of any kind"),
    (Q, QUANZHOU, (XIAMEN, ()), QUANZHOU, (), "named: its own"),
    (Q, (), (XIAMEN, QUANZHOU), XIAMEN, XIAMEN, "the last turn's alone"),
    (Q, (), ((*XIAMEN, *QUANZHOU), ()), (*XIAMEN, *QUANZHOU), (*XIAMEN, *QUANZHOU), "both of the last turn's"),
    (Q, (), ((), XIAMEN), (), (), "a turn that named none gives none"),
    (WHICH, (), (XIAMEN, ()), (), (), "which plans: all"),
    (WHICH, QUANZHOU, (XIAMEN, ()), QUANZHOU, (), "which plans: its own"),
    (COMPARISON, QUANZHOU, (XIAMEN, ()), (*XIAMEN, *QUANZHOU), XIAMEN, "one more, set beside the last"),
    (DIFFERENCE, QUANZHOU, (XIAMEN, ()), QUANZHOU, (), "a growth within the one that is named"),
    (COMPARISON, (), (QUANZHOU, XIAMEN), (*XIAMEN, *QUANZHOU), (*XIAMEN, *QUANZHOU), "the last two spoken of"),
    (DIFFERENCE, (), (QUANZHOU, ()), QUANZHOU, QUANZHOU, "the growth in one"),
    (COMPARISON, (), ((*XIAMEN, *QUANZHOU), QINGDAO), (*XIAMEN, *QUANZHOU), (*XIAMEN, *QUANZHOU), "two are enough"),
    (COMPARISON, (*XIAMEN, *QUANZHOU), (QINGDAO, ()), (*XIAMEN, *QUANZHOU), (), "two named: no more"),
    (COMPARISON, XIAMEN, (XIAMEN, ()), XIAMEN, (), "the same again"),
]


@pytest.mark.parametrize(("intent", "named", "before", "plans", "inherited", "why"), PLANS)
def test_plans_taken_over(
    intent: Intent,
    named: tuple[str, ...],
    before: tuple[tuple[str, ...], tuple[str, ...]],
    plans: tuple[str, ...],
    inherited: tuple[str, ...],
    why: str,
) -> None:
    last, earlier = before
    question, _ = resume(asked(LONG, named, intent), after(last, earlier=earlier))
    assert (question.plans, question.inherited) == (plans, inherited), why
    assert question.compares is (len(plans) > 1)


@pytest.mark.parametrize("text", ["比泉州少多少家", "跟泉州差多少家", "和泉州之间差几家"])
def test_a_difference_from_the_one_named_is_from_the_last_turns(text: str) -> None:
    question, _ = resume(replace(asked(text, QUANZHOU, DIFFERENCE), folded=text), after(XIAMEN))
    assert (question.plans, question.inherited) == ((*XIAMEN, *QUANZHOU), XIAMEN)


@pytest.mark.parametrize("text", ["泉州2025年比2020年多多少项", "泉州跟基期差几个点", "泉州比“十三五”末多几家"])
def test_a_difference_from_an_earlier_year_is_within_the_one_named(text: str) -> None:
    question, _ = resume(replace(asked(text, QUANZHOU, DIFFERENCE), folded=text), after(XIAMEN))
    assert (question.plans, question.inherited) == (QUANZHOU, ())


def test_plans_of_what_was_quoted_when_none_was_named() -> None:
    question, _ = resume(asked(LONG), after((), "xiamen:四24", "quanzhou:四(二)", "xiamen:三(四)21"))
    assert question.plans == ("xiamen", "quanzhou")


@pytest.mark.parametrize(
    ("intent", "named", "fields", "why"),
    [
        (Intent.METADATA, (), ("addressee",), "left out: what was asked of the document before"),
        (Intent.METADATA, ("number",), ("number",), "named: its own"),
        (Q, (), (), "of another kind: none"),
    ],
)
def test_fields_taken_over(intent: Intent, named: tuple[str, ...], fields: tuple[str, ...], why: str) -> None:
    before = after(question=replace(asked(plans=XIAMEN, intent=Intent.METADATA), fields=("addressee",)))
    question, _ = resume(replace(asked("泉州的呢", QUANZHOU, intent), fields=named), before)
    assert (question.plans, question.fields) == (QUANZHOU, fields), why


def test_without_a_memory_nothing_is_taken_over() -> None:
    question = asked("谁牵头")
    assert resume(question, None) == (question, ())


def test_a_place_not_held_takes_nothing_over() -> None:
    question = Question("福州呢", "福州呢", "呢", foreign=("福州",))
    assert resume(question, after(XIAMEN, "xiamen:四24")) == (question, ())
    both = Question("福州和厦门", "福州和厦门", "和", foreign=("福州",), plans=XIAMEN)
    assert resume(both, after(QUANZHOU))[0].plans == XIAMEN
    compared = replace(both, intent=COMPARISON)
    assert resume(compared, after(QUANZHOU))[0].plans == (*QUANZHOU, *XIAMEN), "what is held may still be compared"


def test_what_compares_still_does() -> None:
    question = Question("x", "x", "x", compares=True, intent=WHICH)
    assert resume(question, after(XIAMEN))[0].compares


FOCUS = [
    ("谁牵头", (), True, "short: of what was read"),
    ("由谁牵头负责呢", (), True, "as short as may be"),
    ("请问由谁牵头负责呢", (), False, "longer: of its own topic"),
    ("上述这一条内容由哪个部门来牵头", (), True, "points back"),
    ("刚才说的内容由哪个部门来牵头负责", (), True, "points back in time"),
    ("诚信计量示范单位由哪个部门牵头", (), False, "names its topic"),
    ("谁牵头", QUANZHOU, False, "names another plan"),
]


@pytest.mark.parametrize(("bare", "named", "points", "why"), FOCUS)
def test_when_the_clauses_just_read_are_meant(bare: str, named: tuple[str, ...], points: bool, why: str) -> None:
    _, focus = resume(asked(bare, named), after(XIAMEN, "xiamen:三(四)21"))
    assert bool(focus) is points, why
