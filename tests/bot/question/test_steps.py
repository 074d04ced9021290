"""下一条 and 第9项 step from what was read last, and lead into it."""

import pytest

from bot.model import Intent
from bot.question.followup import resume
from bot.question.read import Reader
from tests.bot.question.memories import QUANZHOU, XIAMEN, after, asked

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
