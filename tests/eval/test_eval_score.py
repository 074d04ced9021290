import pytest

from eval.answers.judge import NO_PLAN
from eval.answers.judgement import Judgement
from eval.answers.score import LOWER_IS_BETTER, figure, score
from tests.eval.builders import citation, failed, judged, labelled

DECLINE = {"status": ["not_found"], "gold": [], "facts": [], "intent": "decline", "plans": []}


def values(*judgements: Judgement) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in score(judgements).figures}


def test_every_figure_by_hand() -> None:
    figures = values(
        judged(took=(10.0,)),  # right
        judged({"gold": ["a:一", "b:一"]}, took=(20.0, 30.0)),  # one of two gold clauses: wrong
        judged(
            {"also": ["a:二"]}, citations=[citation("a:一"), citation("a:二"), citation("b:一", quote="错")]
        ),  # right
        judged(status="not_found", citations=[], took=(40.0,)),  # a false decline
        judged(DECLINE, status="not_found", citations=[]),  # a right decline
        judged(DECLINE),  # should have declined
    )
    assert figures == pytest.approx(
        {
            "correct": 3 / 6,
            "right_citations": 2 / 4,
            "citation_precision": (1 + 1 + 2 / 3) / 3,
            "citation_recall": (1 + 1 / 2 + 1 + 0) / 4,
            "exact_slices": 5 / 6,
            "decline_precision": 1 / 2,
            "decline_recall": 1 / 2,
            "false_declines": 1 / 4,
            "latency_p50_ms": 10.0,  # of 5, 5, 5, 10, 20, 30, 40
            "latency_p95_ms": 37.0,
        }
    )


def test_a_case_without_answer_counts_as_wrong_and_as_citing_nothing() -> None:
    figures = values(judged(), failed())
    assert figures["correct"] == 0.5
    assert figures["right_citations"] == 0.5
    assert figures["citation_recall"] == 0.5
    assert figures["false_declines"] == 0.0


def test_cases_that_leave_the_choice_say_nothing_of_declining() -> None:
    figures = values(judged({"status": ["answered", "out_of_scope"]}, status="out_of_scope"))
    assert figures["decline_precision"] is None
    assert figures["decline_recall"] is None
    assert figures["false_declines"] is None


def test_groups_count_a_case_under_each_of_its_plans() -> None:
    by = score([judged(), judged({"plans": ["a", "b"]}, citations=[]), judged(DECLINE, status="not_found")]).by
    correct = {plan: (figures[0].value, figures[0].count) for plan, figures in by["plan"].items()}
    assert correct == {"a": (0.5, 2), "b": (0.0, 1), NO_PLAN: (1.0, 1)}
    assert set(by["intent"]) == {"indicator", "decline"}
    assert set(by["user"]) == {"staff"}


def test_figures_of_labelled_questions_by_hand() -> None:
    no = {"answerable": "no", "gold": {}}
    judgements = [
        labelled(took=(10.0, 20.0)),  # right
        labelled(citations=[citation("a:二"), citation("a:一")]),  # wrong first
        labelled({"history": ["前问"]}, status="not_found", citations=[]),  # a false decline
        labelled(no, status="not_found", citations=[]),  # right
        labelled(no, status="partial"),  # right
        labelled(no),  # answered the unanswerable
    ]
    scores = score(judgements)
    assert {one.name: (one.value, one.count) for one in scores.figures} == {
        "correct": (3 / 6, 6),
        "first_clause": (1 / 3, 3),
        "exact_slices": (1.0, 4),
        "false_declines": (1 / 3, 3),
        "false_answers": (1 / 3, 3),
        "latency_p50_ms": (5.0, 7),
        "latency_p95_ms": (pytest.approx(17.0), 7),
    }
    assert set(scores.by) == {"answerable", "route", "turns", "register", "writer"}
    assert {key: figure(figures, "correct").value for key, figures in scores.by["turns"].items()} == {
        "follow-up": 0.0,
        "single": 3 / 5,
    }


def test_what_is_better_lower_is_a_figure() -> None:
    names = {one.name for judgement in (judged(), labelled()) for one in score([judgement]).figures}
    assert names > LOWER_IS_BETTER


def test_a_figure_that_is_not_there_is_over_nothing() -> None:
    assert figure((), "correct").value is None
