from typing import Any

import pytest

from eval.answers.asker import Reply
from eval.answers.judgement import Outcome
from eval.answers.labelled import Reason, first_stands, judge_labelled, reason
from tests.eval.builders import citation, clause_text, labelled, labelled_case, reply_json

TWO = {"gold": {"a:一": "到2025年达到850家", "b:一": "达到2020家"}, "plans": ["a", "b"]}
THREE = {**TWO, "gold": {**TWO["gold"], "c:一": "达到30家"}}  # type: ignore[dict-item]
NO: dict[str, Any] = {"answerable": "no", "gold": {}}
PART = {"answerable": "part"}
A, A2, B = (
    citation("a:一", TEXT := "到2025年达到850家。"),
    citation("a:二", "加强监督检查。"),
    citation("b:一", "达到2020家。"),
)
ROW = citation("a:专栏1/9", "9｜家｜850")


@pytest.mark.parametrize(
    ("row", "reply", "expected", "why"),
    [
        ({}, {"citations": [A]}, None, "the clause, its sentence, answered"),
        ({}, {"citations": [A, A2]}, None, "what is cited beside it does not matter"),
        ({}, {"citations": [A], "status": "not_found"}, Reason.DECLINED, "it stands there"),
        ({}, {"citations": [A], "status": "out_of_scope"}, Reason.DECLINED, "and is in scope"),
        ({}, {"citations": [A], "status": "partial"}, Reason.SAID_PARTIAL, "all of it stands there"),
        ({}, {"citations": []}, Reason.WRONG_CLAUSE, "nothing is cited"),
        ({}, {"citations": [A2]}, Reason.WRONG_CLAUSE, "another clause"),
        ({}, {"citations": [A2], "related": [A]}, Reason.WRONG_CLAUSE, "what is only near is not cited"),
        ({}, {"citations": [A2, A]}, Reason.WRONG_FIRST, "another clause leads"),
        ({}, {"citations": [A2], "status": "partial"}, Reason.WRONG_CLAUSE, "the graver reason is told"),
        ({}, {"citations": [citation("a:一", "另有规定的从其规定")]}, Reason.SENTENCE_MISSING, "its other sentence"),
        (TWO, {"citations": [A]}, Reason.PLANS_MISSING, "one of two plans"),
        (TWO, {"citations": [A, A2]}, Reason.PLANS_MISSING, "two clauses of one plan"),
        (TWO, {"citations": [B, A]}, None, "both, in either order"),
        (THREE, {"citations": [A, B]}, None, "two of three are more than 60 %"),
        ({"gold": {"a:专栏1/9": "到2025年850家"}}, {"citations": [ROW]}, None, "a row says it by its cells"),
        ({"gold": {"a:专栏1/8": "到2025年850家"}}, {"citations": [ROW]}, Reason.WRONG_CLAUSE, "another row"),
        (NO, {"status": "not_found", "citations": []}, None, "nothing to be said"),
        (NO, {"status": "out_of_scope", "citations": []}, None, "or not for this bot"),
        (NO, {"status": "partial", "citations": [A2]}, None, "what is near is offered as such"),
        (NO, {"citations": [A]}, Reason.FALSE_ANSWER, "it is not there"),
        (PART, {"status": "partial", "citations": [A]}, None, "the topic is there, the very thing is not"),
        (PART, {"citations": [A]}, Reason.FALSE_ANSWER, "so it is not answered"),
    ],
)
def test_reason(row: dict[str, Any], reply: dict[str, Any], expected: Reason | None, why: str) -> None:
    assert reason(labelled_case(**row), Reply.model_validate(reply_json(**reply))) is expected, why


def test_the_first_citation_decides_where_an_answer_leads() -> None:
    case = labelled_case()
    assert first_stands(case, Reply.model_validate(reply_json(citations=[A, A2])))
    assert not first_stands(case, Reply.model_validate(reply_json(citations=[A2, A])))
    assert not first_stands(case, Reply.model_validate(reply_json(citations=[])))


def test_no_answer_is_wrong_and_says_why() -> None:
    judgement = judge_labelled(Outcome(labelled_case(**NO), None, (), "no connection"), clause_text)
    assert judgement.reasons == ("no answer: no connection",)
    assert judgement.parts["correct"] == (0.0, 1.0)
    assert judgement.parts["false_answers"] == (0.0, 1.0)


def test_history_is_asked_before_the_question() -> None:
    case = labelled_case(history=["厦门呢", "泉州呢"], question="哪个多")
    assert case.turns == ("厦门呢", "泉州呢", "哪个多")


def test_groups() -> None:
    judgement = labelled({"history": ["前问"], "route": None, "register": "dialect", "writer": "accountants"})
    assert judgement.groups == {
        "answerable": ("yes",),
        "route": ("(none)",),
        "turns": ("follow-up",),
        "register": ("dialect",),
        "writer": ("accountants",),
    }


def test_slices_are_checked_here_too() -> None:
    judgement = labelled(citations=[citation("a:一", "到2035年")])
    assert judgement.parts["exact_slices"] == (0.0, 1.0)


def test_what_was_expected_is_plain() -> None:
    content = labelled_case(held=True).as_json()
    assert content["writer"] == "citizens"
    assert content["register"] == "plain"
    assert content["support"] == [{"clause": "a:一", "sentence": "到2025年达到850家"}]
    assert "id" not in content
