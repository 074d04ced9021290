"""Who answers: look-ups first, then by kind, then quotation; and the notes every answer gets."""

import pytest

from bot import wording
from bot.model import Aspect, Intent, Status
from tests.bot.scripted import BEARS, STATES, ScriptedBot, clause_ids, texts

XIAMEN, ROW = "xiamen:三(四)21", "xiamen:专栏1/9"

EXACT = [
    ("", Intent.QUOTE, True, "nothing is asked"),
    ("福州的诚信计量", Intent.QUOTE, True, "no plan of that place"),
    ("厦门和福州的诚信计量", Intent.QUOTE, False, "one of the two is held"),
    ("你好", Intent.SMALL_TALK, True, "a greeting"),
    ("国发〔2021〕37号讲什么", Intent.QUOTE, True, "a document number"),
    ("泉州的文号", Intent.METADATA, True, "a field"),
    ("泉州的篇幅", Intent.METADATA, False, "no field we know"),
    ("泉州的文号", Intent.QUOTE, False, "a field is one only where metadata are asked for"),
    ("厦门第21条", Intent.QUOTE, True, "an address"),
    ("计量法第21条", Intent.QUOTE, False, "an address in another document"),
    ("厦门的诚信计量", Intent.QUOTE, False, "a topic"),
    ("天气", Intent.OFF_TOPIC, False, "off topic is judged: a clause may state it"),
]


@pytest.mark.parametrize(("text", "intent", "exact", "why"), EXACT)
def test_what_needs_no_reading(scripted: ScriptedBot, text: str, intent: Intent, exact: bool, why: str) -> None:
    scripted.on("", {}, intent)
    assert scripted.chain.answerer.is_exact(scripted.reader.read(text)) is exact, why


class TestNotHeld:
    def test_a_foreign_place_gets_no_other_citys_rule(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("福州和日本的企业能一次性扣除吗", {"一次性计入": STATES})
        assert answer.status is Status.NOT_FOUND
        assert texts(answer).splitlines() == [wording.NOT_IN_CORPUS.format(name=name) for name in ("福州", "日本")]
        assert answer.citations == ()

    @pytest.mark.parametrize("intent", [Intent.QUOTE, Intent.INDICATOR, Intent.UNITS, Intent.METADATA, Intent.OUTLINE])
    def test_whatever_is_asked_of_it(self, scripted: ScriptedBot, intent: Intent) -> None:
        answer = scripted.tell("福州的文号、目标和第21条", {XIAMEN: STATES}, intent)
        assert texts(answer) == wording.NOT_IN_CORPUS.format(name="福州")

    def test_another_laws_article_is_not_ours_of_that_number(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("计量法第二十一条怎么规定", {XIAMEN: STATES})
        assert answer.status is Status.NOT_FOUND
        assert texts(answer) == wording.NOT_HELD.format(title="计量法")
        assert answer.citations == ()
        assert XIAMEN in {one.clause.id for one in answer.related}

    def test_a_title_not_held_makes_the_answer_partial(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门按《眼镜验光管理办法》怎么做诚信计量", {XIAMEN: STATES})
        assert (answer.status, clause_ids(answer)) == (Status.PARTIAL, [XIAMEN])
        assert wording.NOT_HELD.format(title="眼镜验光管理办法") in answer.notes
        none = scripted.tell("厦门的《眼镜验光管理办法》和《养猫实施细则》", {})
        assert none.status is Status.NOT_FOUND
        assert wording.NOT_HELD.format(title="眼镜验光管理办法》《养猫实施细则") in none.notes

    def test_a_title_the_plans_name_is_no_fault(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么落实《计量发展规划（2021—2035年）》", {XIAMEN: STATES})
        assert (answer.status, answer.notes) == (Status.ANSWERED, ())


class TestKinds:
    @pytest.mark.parametrize("intent", [Intent.INDICATOR, Intent.DIFFERENCE, Intent.COMPARISON])
    def test_numbers_are_told(self, scripted: ScriptedBot, intent: Intent) -> None:
        assert "2025年目标850家（预期性）" in texts(scripted.tell("厦门自我承诺单位", {ROW: STATES}, intent))

    @pytest.mark.parametrize("intent", [Intent.QUOTE, Intent.WHICH, Intent.METADATA])
    def test_else_the_row_is_quoted(self, scripted: ScriptedBot, intent: Intent) -> None:
        assert "｜2025年：850｜" in texts(scripted.tell("厦门自我承诺", {ROW: STATES}, intent))

    def test_a_number_asked_for_that_stands_in_no_indicator_is_quoted(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门三位一体是几位", {"三位一体": STATES}, Intent.INDICATOR)
        assert clause_ids(answer) == [XIAMEN]

    def test_units_are_told(self, scripted: ScriptedBot) -> None:
        assert "责任单位为" in texts(scripted.tell("厦门诚信计量谁管", {XIAMEN: STATES}, Intent.UNITS))


class TestNotes:
    @pytest.mark.parametrize(("row", "asks"), [(STATES, False), (BEARS, True)])
    def test_whom_to_ask_stands_where_something_is_missing(
        self, scripted: ScriptedBot, row: tuple[float, float, float], asks: bool
    ) -> None:
        answer = scripted.tell("厦门怎么做诚信计量", {XIAMEN: row})
        assert (wording.ASK_REGULATOR in answer.notes) is asks

    def test_nobody_is_to_be_asked_about_what_is_out_of_scope(self, scripted: ScriptedBot) -> None:
        assert scripted.tell("讲个笑话", {}, Intent.OFF_TOPIC).notes == ()

    def test_a_claimed_number_that_no_cited_plan_states(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门培育999家单位吗", {XIAMEN: STATES})
        assert wording.NUMBER_NOT_THERE.format(number="999家") in answer.notes
        assert scripted.tell("厦门培育850家单位吗", {XIAMEN: STATES}).notes == (), "it stands in another clause"
        assert not any("999" in note for note in scripted.tell("厦门培育999家单位吗", {}).notes)

    def test_each_note_once(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门扣除多少万元", {"一次性计入": BEARS})
        assert len(set(answer.notes)) == len(answer.notes)
        assert wording.ASK_TAX_OFFICE in answer.notes


UNSURE, SURE_OF_IT = (0.4, 0.2, 0.4), (0.1, 0.2, 0.7)


@pytest.mark.parametrize(
    ("row", "expected", "why"),
    [
        (UNSURE, Status.NOT_FOUND, "a sentence that may state it is not enough against the router"),
        (SURE_OF_IT, Status.ANSWERED, "one that surely states it is"),
    ],
)
def test_off_topic_is_believed_unless_a_sentence_surely_states_what_is_asked(
    scripted: ScriptedBot, row: tuple[float, float, float], expected: Status, why: str
) -> None:
    assert scripted.tell("厦门怎么做诚信计量", {XIAMEN: row}, Intent.OFF_TOPIC).status is expected, why


def test_who_is_told_where_a_question_is_read_as_one_of_words(scripted: ScriptedBot) -> None:
    """The clause bears and does not state it, for its units are listed behind its text."""
    judged = {"jinhua:二(八)": BEARS}
    answer = scripted.tell("金华计量人才谁来培养", judged, Intent.QUOTE, (Aspect.WHO,))
    assert texts(answer).startswith("金华（二(八)，加强计量队伍建设）：牵头单位为市市场监管局")
    assert answer.status is Status.PARTIAL, "whether they are who is meant nobody says"
    assert not any("具体由谁" in note for note in answer.notes)
    other = scripted.tell("金华计量人才花多少钱培养", judged, Intent.QUOTE, (Aspect.FEE,))
    assert "牵头单位" not in texts(other)
    assert other.status is Status.PARTIAL
