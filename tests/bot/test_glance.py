"""What is said without reading a sentence."""

from bot import wording
from bot.local import LocalBot
from bot.model import Status
from tests.bot.scripted import ScriptedBot, ScriptedIndex, clause_ids, texts

QUESTION = "厦门的企业新购置计量器具能一次性扣除吗"


def test_nothing_is_read_and_nothing_is_claimed(scripted: ScriptedBot) -> None:
    asked = scripted.glance(QUESTION)
    assert scripted.script.read == []
    assert asked.answer.status is Status.PARTIAL
    assert texts(asked.answer) == wording.UNREAD
    assert asked.answer.citations == ()
    assert 1 <= len(asked.answer.related) <= 3
    assert {one.plan.id for one in asked.answer.related} == {"xiamen"}
    assert asked.question.text == QUESTION


def test_no_model_is_asked_for_anything(scripted: ScriptedBot) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"encoded: {text}")

    scripted.reader.encoder.query = refuse  # type: ignore[assignment]
    assert scripted.glance(QUESTION).answer.related


def test_what_is_looked_up_is_answered(scripted: ScriptedBot) -> None:
    answer = scripted.glance("厦门第21条讲什么").answer
    assert answer.status is Status.ANSWERED
    assert clause_ids(answer) == ["xiamen:三(四)21"]
    foreign = scripted.glance("杭州的诚信计量目标是多少").answer
    assert foreign.status is Status.NOT_FOUND
    assert "杭州" in texts(foreign)


def test_a_callers_plans_and_an_earlier_question_narrow_it(scripted: ScriptedBot) -> None:
    narrowed = scripted.glance("诚信计量自我承诺", plans=("jinhua",)).answer
    assert {one.plan.id for one in narrowed.related} == {"jinhua"}
    scripted.ask("泉州的诚信计量自我承诺", session_id="u")
    follow_up = scripted.glance("具体有哪些举措", session_id="u").answer
    assert {one.plan.id for one in follow_up.related} == {"quanzhou"}


def test_where_nothing_is_near_none_is_offered(scripted: ScriptedBot) -> None:
    assert isinstance(scripted.index, ScriptedIndex)
    scripted.index.passages = []
    answer = scripted.glance("诚信计量").answer
    assert answer.related == ()
    assert texts(answer) == wording.UNREAD_AND_NOTHING_NEAR


def test_on_the_shipped_index_what_is_near_is_what_would_be_read(real_bot: LocalBot) -> None:
    near = real_bot.glance(QUESTION).answer.related
    assert "xiamen:四24" in {one.clause.id for one in near}
    assert "xiamen:四24" in clause_ids(real_bot.ask(QUESTION).answer)
