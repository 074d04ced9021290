"""Follow-ups take over the plans they leave out, and step from what was read last."""

from dataclasses import replace

import pytest

from bot.model import Answer, Citation, Intent, Question, Statement, Status
from bot.question.followup import Memory, remembered, resume
from bot.question.read import Reader
from ingest.model import Clause
from tests.bot.scripted import the_corpus

CORPUS = the_corpus()
XIAMEN, QUANZHOU, QINGDAO = ("xiamen",), ("quanzhou",), ("qingdao",)


def asked(bare: str = "x", plans: tuple[str, ...] = (), intent: Intent = Intent.QUOTE) -> Question:
    return Question(bare, bare, bare, plans=plans, intent=intent)


def clause(clause_id: str) -> Clause:
    return CORPUS.clause(clause_id)


def cite(clause_id: str) -> Citation:
    found = clause(clause_id)
    return Citation(CORPUS.plan(found.plan_id), found, 0, 2)


def after(
    plans: tuple[str, ...] = (), *focus: str, earlier: tuple[str, ...] = (), question: Question | None = None
) -> Memory:
    return Memory(question or asked(plans=plans), tuple(map(clause, focus)), ("x",), earlier)


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


STEPS = [
    ("下一条", "xiamen:三(四)21", ("item", 22, 0, ""), "a running item"),
    ("上一条呢", "xiamen:三(四)21", ("item", 20, 0, ""), "backwards"),
    ("再下一条", "xiamen:三(四)21", ("item", 22, 0, ""), "again"),
    ("后一条讲什么", "xiamen:三(四)21", ("item", 22, 0, ""), "the one behind"),
    ("前一条", "xiamen:三(四)21", ("item", 20, 0, ""), "the one before"),
    ("接下来的内容", "xiamen:三(四)21", ("item", 22, 0, ""), "what comes"),
    ("下一个", "xiamen:四24", ("item", 25, 0, ""), "a chapter without sections"),
    ("下一个专栏", "xiamen:专栏1", ("box", 2, 0, ""), "a box"),
    ("上一个专栏呢", "xiamen:专栏3", ("box", 2, 0, ""), "a box before"),
    ("下一个", "xiamen:专栏1", ("box", 2, 0, ""), "the next of what was read"),
    ("下一个专栏", "xiamen:专栏1/9", ("box", 2, 0, ""), "the box after a row's"),
    ("下一项", "xiamen:专栏1/8", ("box", 1, 9, ""), "the next row"),
    ("上一条", "xiamen:专栏1/8", ("box", 1, 7, ""), "the row before"),
    ("下一条", "xiamen:专栏1", ("box", 2, 0, ""), "a whole box is followed by a box"),
    ("下一节", "qingdao:四(三)", ("path", 0, 0, "四(四)"), "a section"),
    ("下一条", "state-council:六(三十一)", ("path", 0, 0, "六(三十二)"), "a running section"),
    ("上一节", "qingdao:四(一)", ("path", 0, 0, "四(一)"), "nothing before the first"),
    ("下一章", "qingdao:四(三)", ("chapter", 5, 0, ""), "the chapter after a section's"),
    ("下一章", "xiamen:三(四)21", ("chapter", 4, 0, ""), "the chapter after an item's"),
    ("下一个", "xiamen:二", ("chapter", 3, 0, ""), "a bare chapter is followed by one"),
]


@pytest.mark.parametrize(("text", "read", "expected", "why"), STEPS)
def test_steps(text: str, read: str, expected: tuple[str, int, int, str], why: str) -> None:
    question, focus = resume(asked(text), after((), read))
    address = question.address
    assert address is not None
    assert (address.kind, address.number, address.inner, address.path) == expected, why
    assert address.wording
    assert (question.intent, question.plans, focus) == (Intent.OUTLINE, (read.partition(":")[0],), ())


def test_a_step_in_a_named_plan() -> None:
    assert resume(asked("下一条", QUANZHOU), after((), "xiamen:三(四)21"))[0].plans == QUANZHOU


NO_STEPS = [
    ("下一个专栏", "xiamen:三(四)21", "no box to step from"),
    ("下一条", "xiamen:题头", "nothing numbered"),
    ("最后一条是什么", "xiamen:三(四)21", "the last is no neighbour"),
    ("下一步怎么做", "xiamen:三(四)21", "下一步 is a word"),
    ("上级部门", "xiamen:三(四)21", "so is 上级"),
]


@pytest.mark.parametrize(("text", "read", "why"), NO_STEPS)
def test_no_steps(text: str, read: str, why: str) -> None:
    assert resume(asked(text), after((), read))[0].address is None, why


def test_no_step_from_nothing() -> None:
    assert resume(asked("下一条"), after(XIAMEN))[0].address is None


INSIDE = [
    ("专栏1", "第9项", ("box", 1, 9, ""), "a row of the box"),
    ("第二章", "第十条", ("path", 0, 0, "二(十)"), "a section of the chapter"),
]


@pytest.mark.parametrize(("before", "text", "expected", "why"), INSIDE)
def test_inside_what_was_read(
    reader: Reader, before: str, text: str, expected: tuple[str, int, int, str], why: str
) -> None:
    memory = after(question=reader.read("厦门" + before))
    question, focus = resume(reader.read(text), memory)
    address = question.address
    assert address is not None
    assert (address.kind, address.number, address.inner, address.path) == expected, why
    assert (address.wording, question.intent, question.plans, focus) == (text, Intent.OUTLINE, XIAMEN, ())


NOT_INSIDE = [
    ("厦门专栏1", "泉州第9条", "another plan's"),
    ("厦门第21条", "第22条", "an item holds no items"),
    ("厦门专栏1", "专栏2", "another box"),
    ("厦门诚信计量", "第9条", "no address before"),
    ("专栏1", "第9条", "of no plan"),
    ("厦门专栏1", "诚信计量示范单位的目标", "no address now"),
]


@pytest.mark.parametrize(("before", "text", "why"), NOT_INSIDE)
def test_not_inside(reader: Reader, before: str, text: str, why: str) -> None:
    question = reader.read(text)
    resumed, _ = resume(question, after(question=reader.read(before)))
    assert (resumed.address, resumed.intent) == (question.address, question.intent), why
