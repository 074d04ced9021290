"""The bot around the chain: conversations, several questions at once, streams, and answers that are known already."""

from datetime import date

from bot import wording
from bot.model import Intent, Mode, Status
from bot.service import Asked
from tests.bot.scripted import NOTHING, STATES, ScriptedBot, clause_ids

DEDUCTION = {"一次性计入": STATES}


class TestSessions:
    def test_the_plan_is_taken_over_and_said_so(self, scripted: ScriptedBot) -> None:
        scripted.on("扣除", DEDUCTION)
        scripted.on("诚信", {"三位一体": STATES, "jinhua:二(十)": STATES})
        scripted.ask("厦门能一次性扣除吗", session_id="s")
        asked = scripted.ask("那诚信计量呢", session_id="s")
        assert asked.question.plans == asked.question.inherited == ("xiamen",)
        assert clause_ids(asked.answer) == ["xiamen:三(四)21"]
        assert wording.INHERITED.format(what="厦门") in asked.answer.notes

    def test_what_was_asked_is_read_with_what_follows(self, scripted: ScriptedBot) -> None:
        scripted.on("扣除", {"xiamen:四24": STATES, "quanzhou:四(二)": STATES})
        scripted.ask("厦门能一次性扣除吗", session_id="s")
        answer = scripted.ask("那泉州呢", session_id="s").answer
        assert clause_ids(answer) == ["quanzhou:四(二)"]
        assert scripted.ask("那泉州呢").answer.status is Status.NOT_FOUND

    def test_who_leads_is_asked_of_the_clause_just_read(self, scripted: ScriptedBot) -> None:
        scripted.on("诚信", {"jinhua:二(十)": STATES})
        scripted.ask("金华的诚信计量", session_id="s")
        scripted.on("牵头", {"jinhua:二(六)": STATES}, Intent.UNITS)
        assert clause_ids(scripted.ask("这条谁牵头", session_id="s").answer)[0] == "jinhua:二(十)"

    def test_a_step_to_the_next_clause(self, scripted: ScriptedBot) -> None:
        scripted.ask("厦门第21条", session_id="s")
        assert clause_ids(scripted.ask("下一条", session_id="s").answer) == ["xiamen:三(四)22"]

    def test_an_aside_leaves_the_thread_where_it_was(self, scripted: ScriptedBot) -> None:
        scripted.on("扣除", {"xiamen:四24": STATES})
        scripted.on("你好", {}, Intent.SMALL_TALK)
        for text in ("厦门能一次性扣除吗", "你好"):
            scripted.ask(text, session_id="s")
        assert scripted.ask("有什么条件", session_id="s").question.plans == ("xiamen",)

    def test_what_is_out_of_scope_is_not_said_to_go_on(self, scripted: ScriptedBot) -> None:
        scripted.on("天气", {}, Intent.OFF_TOPIC)
        scripted.ask("厦门第21条", session_id="s")
        asked = scripted.ask("那天气呢", session_id="s")
        assert asked.question.inherited == ("xiamen",)
        assert asked.answer.notes == ()

    def test_one_does_not_hear_another_and_is_forgotten(self, scripted: ScriptedBot) -> None:
        scripted.ask("厦门第21条", session_id="a")
        assert scripted.ask("下一条", session_id="b").question.plans == ()
        scripted.forget("a")
        assert scripted.ask("下一条", session_id="a").question.plans == ()


class TestSeveralQuestions:
    MESSAGE = "厦门能一次性扣除吗？金华第40条讲什么？"

    def test_each_is_answered(self, scripted: ScriptedBot) -> None:
        scripted.on("扣除", DEDUCTION)
        whole = scripted.ask(self.MESSAGE)
        parts = [scripted.ask(part).answer for part in ("厦门能一次性扣除吗？", "金华第40条讲什么？")]
        assert [part.status for part in parts] == [Status.ANSWERED, Status.NOT_FOUND]
        assert whole.answer.statements == parts[0].statements + parts[1].statements
        assert whole.answer.status is Status.PARTIAL
        assert whole.question.text == "厦门能一次性扣除吗？\n金华第40条讲什么？"

    def test_what_one_part_cites_is_not_related_to_another(self, scripted: ScriptedBot) -> None:
        scripted.on("扣除", DEDUCTION)
        scripted.on("经费", {"公益性计量工作所需经费": NOTHING, "xiamen:四24": NOTHING})
        alone = scripted.ask("厦门公益性计量工作所需经费怎么收？").answer
        assert "xiamen:四24" in {one.clause.id for one in alone.related}
        both = scripted.ask("厦门能一次性扣除吗？厦门公益性计量工作所需经费怎么收？").answer
        assert "xiamen:四24" not in {one.clause.id for one in both.related}

    def test_a_later_one_takes_over_from_an_earlier_one(self, scripted: ScriptedBot) -> None:
        scripted.on("诚信", {"三位一体": STATES})
        scripted.on("负责", {}, Intent.UNITS)
        answer = scripted.ask("厦门的诚信计量长效机制是什么？由谁负责的呢？").answer
        assert clause_ids(answer) == ["xiamen:三(四)21"]
        assert "责任单位为" in answer.statements[-1].text


def test_without_a_model_the_plans_words_are_served(scripted: ScriptedBot) -> None:
    asked = scripted.ask("厦门第21条", mode="llm")
    assert asked.answer.mode is Mode.EXTRACTIVE
    assert wording.NO_MODEL in asked.answer.notes
    assert asked.answer.statements == scripted.ask("厦门第21条").answer.statements


def test_the_stream_ends_with_the_whole(scripted: ScriptedBot) -> None:
    scripted.on("", DEDUCTION)
    *told, asked = scripted.ask_stream("厦门能一次性扣除吗")
    assert isinstance(asked, Asked)
    assert told == list(asked.answer.statements)


def test_every_answer_has_its_own_id_and_time(scripted: ScriptedBot) -> None:
    first, second = scripted.ask("厦门第21条"), scripted.ask("厦门第21条")
    assert first.answer_id != second.answer_id
    assert first.took_ms > 0


def test_the_day_is_the_callers() -> None:
    for day, told in ((date(2026, 1, 1), True), (date(2025, 12, 31), False)):
        bot = ScriptedBot(today=lambda day=day: day)  # type: ignore[misc]
        answer = bot.tell("厦门自我承诺单位目标", {"xiamen:专栏1/9": STATES}, Intent.INDICATOR)
        assert (wording.PAST_TARGET.format(year=2025) in answer.notes) is told


class TestRemembered:
    """A conversation's first question is answered once; whatever could change the answer is part of what it is."""

    def test_it_is_judged_once(self, scripted: ScriptedBot) -> None:
        scripted.on("", DEDUCTION)
        first, second = scripted.ask("厦门能一次性扣除吗"), scripted.ask("厦门能一次性扣除吗", session_id="s")
        assert first.answer == second.answer
        assert len(scripted.script.read) == 1

    def test_not_for_other_plans_nor_in_a_conversation(self, scripted: ScriptedBot) -> None:
        scripted.on("", {"xiamen:四24": STATES, "quanzhou:四(二)": STATES})
        scripted.ask("能一次性扣除吗", session_id="s")
        narrowed = scripted.ask("能一次性扣除吗", plans=("quanzhou",)).answer
        assert clause_ids(narrowed) == ["quanzhou:四(二)"]
        scripted.ask("能一次性扣除吗", session_id="s")
        assert len(scripted.script.read) == 3

    def test_nor_on_another_day(self) -> None:
        days = [date(2025, 12, 31)]
        bot = ScriptedBot(today=lambda: days[-1])
        bot.on("", {"xiamen:专栏1/9": STATES}, Intent.INDICATOR)
        note = wording.PAST_TARGET.format(year=2025)
        assert note not in bot.ask("厦门自我承诺单位目标").answer.notes
        days.append(date(2026, 1, 1))
        assert note in bot.ask("厦门自我承诺单位目标").answer.notes
