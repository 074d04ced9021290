"""The answers to several questions as one."""

from bot.answer.together import together
from bot.model import Answer, Statement, Status
from tests.bot.scripted import ScriptedBot


def answer(status: Status, *texts: str, notes: tuple[str, ...] = ()) -> Answer:
    return Answer(status, tuple(Statement(text) for text in texts), notes=notes)


def test_statements_stay_in_order_and_once() -> None:
    whole = together([answer(Status.ANSWERED, "a", "b", notes=("n",)), answer(Status.ANSWERED, "b", "c", notes=("n",))])
    assert [statement.text for statement in whole.statements] == ["a", "b", "c"]
    assert whole.notes == ("n",)


def test_one_answer_is_itself() -> None:
    one = answer(Status.ANSWERED, "a")
    assert together([one]) is one


def test_some_answered_and_some_not_is_a_part() -> None:
    assert together([answer(Status.ANSWERED, "a"), answer(Status.NOT_FOUND, "b")]).status is Status.PARTIAL


def test_related_table_and_notes_of_the_parts(scripted: ScriptedBot) -> None:
    one, other = (scripted.ask(f"厦门第{number}条").answer.citations[0] for number in (21, 22))
    first = Answer(Status.ANSWERED, (), related=(one,), notes=("a",))
    second = Answer(Status.ANSWERED, (), related=(one, other), notes=("b", "a"), table=(("x",),))
    whole = together([first, second, Answer(Status.ANSWERED, (), table=(("y",),))])
    assert whole.related == (one, other)
    assert whole.notes == ("a", "b")
    assert whole.table == (("x",),)
