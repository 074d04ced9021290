"""Answers by quotation: one plan, several, any, or which of them. Silent plans are named, those that speak never."""

import pytest

from bot import wording
from bot.model import Aspect, Intent, Status
from tests.bot.scripted import BEARS, STATES, Judged, Row, ScriptedBot, clause_ids, texts

XIAMEN, QUANZHOU, QINGDAO, JINHUA = "xiamen:三(四)21", "quanzhou:三(四)16", "qingdao:四(三)", "jinhua:二(十)"
NATION = "state-council:六(三十一)"
NATIONAL = {"state-council:五(二十三)": STATES}


def bearing(score: float) -> Row:
    """That bears and, so far, states; its score is the same."""
    return (1.0 - score, 0.0, score)


class TestOnePlan:
    def test_what_states_it_is_quoted(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么做诚信计量", {"三位一体": STATES, QUANZHOU: STATES})
        assert answer.status is Status.ANSWERED
        assert texts(answer).startswith("厦门（三(四)21）：「完善诚信计量体系，建立“经营者自我承诺")
        assert clause_ids(answer) == [XIAMEN], "and no other plan"
        assert answer.notes == answer.related == ()

    def test_all_its_clauses_that_bear_follow_best_first(self, scripted: ScriptedBot) -> None:
        rows = {"xiamen:三(四)19": bearing(0.9), XIAMEN: bearing(1.0)}
        assert clause_ids(scripted.tell("厦门怎么做诚信计量", rows)) == [XIAMEN, "xiamen:三(四)19"]

    def test_what_only_bears_is_partial_and_the_aspect_is_named(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门扣除多少万元", {"一次性计入": BEARS}, aspects=[Aspect.AMOUNT, Aspect.NUMBER])
        assert (answer.status, clause_ids(answer)) == (Status.PARTIAL, ["xiamen:四24"])
        assert answer.notes[0] == "所引条款与所问有关，但没有写明具体金额。"
        plain = scripted.tell("厦门扣除多少万元", {"一次性计入": BEARS})
        assert plain.notes[0] == wording.MISSING_DETAIL

    def test_near_clauses_are_offered_beside_a_partial_answer(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么做诚信计量", {"三位一体": BEARS})
        assert answer.related
        assert XIAMEN not in {one.clause.id for one in answer.related}
        assert {one.plan.id for one in answer.related} == {"xiamen"}

    def test_a_plan_that_is_silent_is_said_to_be(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么养猫", {NATION: BEARS})
        assert answer.status is Status.NOT_FOUND
        assert texts(answer) == wording.NOT_IN_PLAN.format(name="厦门")
        assert answer.citations == ()

    def test_unless_the_very_words_stand_in_it(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门的守信激励怎么申请", {})
        assert answer.status is Status.NOT_FOUND
        assert texts(answer) == wording.NOT_FOUND


class TestNationalFallback:
    def test_the_national_clause_follows_a_city_that_is_silent(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么养猫", {"符合国家有关规定的": STATES})
        assert answer.status is Status.PARTIAL
        silent, announced, quoted = answer.statements
        assert silent.text == wording.NOT_IN_PLAN.format(name="厦门")
        assert announced.text == wording.NATIONAL_FALLBACK
        assert quoted.text.startswith("国家（五(二十三)）：「鼓励社会各方")
        assert not any(note.startswith("所引条款") for note in answer.notes)

    def test_and_one_that_only_bears(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么养猫", {**NATIONAL, XIAMEN: BEARS}, aspects=[Aspect.FORM])
        assert answer.status is Status.PARTIAL
        assert clause_ids(answer) == [XIAMEN, "state-council:五(二十三)"]
        assert answer.notes[0].endswith("申请材料、表格或范本。")

    def test_not_one_that_states_it(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么养猫", {**NATIONAL, XIAMEN: STATES})
        assert clause_ids(answer) == [XIAMEN]

    @pytest.mark.parametrize("asked", ["厦门和泉州怎么养猫", "国务院怎么养猫"])
    def test_only_one_city_has_a_plan_above_it(self, scripted: ScriptedBot, asked: str) -> None:
        answer = scripted.tell(asked, {**NATIONAL, XIAMEN: BEARS})
        assert wording.NATIONAL_FALLBACK not in texts(answer)

    def test_only_a_national_clause_that_states_it(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门怎么养猫", {"state-council:五(二十三)": BEARS})
        assert wording.NATIONAL_FALLBACK not in texts(answer)
        assert answer.status is Status.NOT_FOUND


class TestSeveralPlans:
    def test_each_that_is_named(self, scripted: ScriptedBot) -> None:
        rows = {XIAMEN: STATES, QUANZHOU: BEARS, JINHUA: STATES}
        answer = scripted.tell("泉州和厦门怎么做诚信计量", rows)
        assert (answer.status, clause_ids(answer)) == (Status.ANSWERED, [XIAMEN, QUANZHOU])

    def test_those_that_are_silent_are_named(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门、金华和青岛怎么养猫", {XIAMEN: STATES})
        assert [one.text for one in answer.statements[1:]] == [
            wording.NOT_IN_PLAN.format(name=name) for name in ("青岛", "金华")
        ]

    def test_one_with_the_very_words_is_not(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门和金华的市场主体主责", {XIAMEN: STATES})
        assert "金华" not in texts(answer)
        other = scripted.tell("厦门和青岛的市场主体主责", {XIAMEN: STATES})
        assert wording.NOT_IN_PLAN.format(name="青岛") in texts(other)

    def test_a_long_question_asks_for_no_literal_word(self, scripted: ScriptedBot) -> None:
        long = "我想请问一下" * 14 + "厦门和金华的市场主体主责"
        assert wording.NOT_IN_PLAN.format(name="金华") in texts(scripted.tell(long, {XIAMEN: STATES}))

    def test_a_place_not_held_is_named_beside_one_that_is(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门和福州怎么做诚信计量", {XIAMEN: STATES})
        assert answer.status is Status.PARTIAL
        assert answer.statements[-1].text == wording.NOT_IN_CORPUS.format(name="福州")

    def test_of_two_that_only_bear_neither_answers(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门和泉州怎么做诚信计量", {XIAMEN: BEARS, QUANZHOU: BEARS})
        assert (answer.status, len(answer.statements)) == (Status.PARTIAL, 2)


class TestAnywhere:
    def test_the_best_plan_speaks_with_all_it_has(self, scripted: ScriptedBot) -> None:
        rows = {"三位一体": bearing(0.95), "xiamen:三(四)19": bearing(0.9), QUANZHOU: bearing(0.7)}
        answer = scripted.tell("怎么做诚信计量", rows)
        assert clause_ids(answer) == [XIAMEN, "xiamen:三(四)19"]

    def test_peers_follow_the_best_with_one_clause_each(self, scripted: ScriptedBot) -> None:
        rows = {"建设诚信计量示范单位": bearing(0.9), "加强民生计量保障": bearing(0.85)}
        rows |= {"350家以上": bearing(1.0), "完善计量执法体系": bearing(0.95)}
        answer = scripted.tell("怎么做诚信计量", rows)
        assert clause_ids(answer) == [QINGDAO, QUANZHOU, "qingdao:四(五)"]

    def test_one_that_only_bears_is_no_peer_of_one_that_states(self, scripted: ScriptedBot) -> None:
        rows = {XIAMEN: (0.0, 0.45, 0.55), QUANZHOU: (0.0, 0.55, 0.45)}
        assert clause_ids(scripted.tell("怎么做诚信计量", rows)) == [XIAMEN]

    def test_nothing_is_not_found_with_what_is_near(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("怎么做诚信计量", {})
        assert (answer.status, texts(answer)) == (Status.NOT_FOUND, wording.NOT_FOUND)
        assert len(answer.related) == 3
        assert answer.citations == ()


class TestSeveralPlaces:
    @pytest.mark.parametrize(
        ("asked", "rows", "intent", "status", "why"),
        [
            ("厦门和金华怎么做", {XIAMEN: STATES}, Intent.COMPARISON, Status.PARTIAL, "one has nothing"),
            ("厦门和金华怎么做", {XIAMEN: STATES}, Intent.QUOTE, Status.PARTIAL, "however they are asked"),
            ("厦门和福州怎么做", {XIAMEN: STATES}, Intent.COMPARISON, Status.PARTIAL, "one is not held"),
            ("厦门和金华哪个做", {XIAMEN: STATES}, Intent.WHICH, Status.ANSWERED, "which is asked, and told"),
            ("厦门和金华怎么做", {XIAMEN: STATES, JINHUA: BEARS}, Intent.COMPARISON, Status.PARTIAL, "one says less"),
            ("厦门和金华怎么做", {XIAMEN: STATES, JINHUA: BEARS}, Intent.QUOTE, Status.ANSWERED, "not side by side"),
            ("厦门和金华怎么做", {XIAMEN: STATES, JINHUA: STATES}, Intent.COMPARISON, Status.ANSWERED, "both say it"),
        ],
    )
    def test_each_must_say_it(
        self, scripted: ScriptedBot, asked: str, rows: Judged, intent: Intent, status: Status, why: str
    ) -> None:
        answer = scripted.tell(asked, rows, intent)
        assert answer.status is status, why
        assert XIAMEN in clause_ids(answer)

    def test_what_one_of_them_leaves_open_is_said(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门和金华怎么做", {XIAMEN: STATES, JINHUA: BEARS}, Intent.COMPARISON)
        assert answer.notes[0] == wording.MISSING_DETAIL


def test_a_year_that_is_asked_for_and_not_quoted_is_missing(scripted: ScriptedBot) -> None:
    rows = {"xiamen:二": STATES}
    assert scripted.tell("厦门2030年有什么指标", rows, Intent.INDICATOR).status is Status.PARTIAL
    assert scripted.tell("厦门2035年有什么指标", rows, Intent.INDICATOR).status is Status.ANSWERED
    assert scripted.tell("厦门2030年怎么做", rows).status is Status.ANSWERED, "where no number is asked"


def test_a_number_that_contradicts_the_one_quoted_is_quoted_too(scripted: ScriptedBot) -> None:
    rows = {"350家以上": STATES}
    answer = scripted.tell("青岛 300 350 怎么回事", rows)
    assert clause_ids(answer) == [QINGDAO, "qingdao:一(二)2"]
    assert wording.CONFLICT in answer.notes
    assert clause_ids(scripted.tell("青岛示范单位多少", rows, aspects=[Aspect.NUMBER])) == [QINGDAO, "qingdao:一(二)2"]
    assert clause_ids(scripted.tell("青岛在哪些领域培育", rows)) == [QINGDAO], "where no number is asked"
    assert wording.CONFLICT not in scripted.tell("青岛示范单位多少", {"强化经营者": BEARS, "有奖": STATES}).notes
