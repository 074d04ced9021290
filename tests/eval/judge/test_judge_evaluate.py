"""The figures, by hand, and through a fake that knows the answers."""

import pytest

from bot.model import Intent
from eval.judge.curve import Point, auroc, best_point, curve
from eval.judge.evaluate import Judged, figures_of, measure, query_of, read_dev, told
from eval.judge.reading import Reading
from eval.judge.splits import DEV, Split
from eval.judge.stretches import Stretches
from eval.route import evaluate as route
from tests.eval.judge.builders import XIAMEN, make_labelled, reading
from vectorstore.index import Query

AUROC: list[tuple[list[float], list[bool], float | None]] = [
    ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
    ([0.9, 0.1], [True, False], 1.0),
    ([0.1, 0.9], [True, False], 0.0),
    ([0.5, 0.5, 0.5], [True, False, False], 0.5),
    ([0.2, 0.3], [True, True], None),
    ([], [], None),
]


@pytest.mark.parametrize(("scores", "truths", "expected"), AUROC)
def test_auroc(scores: list[float], truths: list[bool], expected: float | None) -> None:
    assert auroc(scores, truths) == expected


def test_a_curve_has_precision_and_recall_at_each_threshold() -> None:
    points = curve([0.9, 0.6, 0.4, 0.1], [True, False, True, False], steps=(0.05, 0.5, 0.95))
    assert [point.as_json() for point in points] == [[0.05, 0.5, 1.0], [0.5, 0.5, 0.5], [0.95, 1.0, 0.0]]


def test_the_threshold_is_the_best_f_and_of_equals_the_lowest() -> None:
    points = [Point(0.2, 0.5, 1.0), Point(0.4, 0.9, 0.6), Point(0.6, 0.9, 0.6), Point(0.8, 1.0, 0.0)]
    assert best_point(points, beta=0.5).threshold == 0.4, "precision counts more"
    assert best_point(points, beta=2.0).threshold == 0.2, "recall counts more"
    assert Point(0.5, 0.0, 0.0).f(1.0) == 0.0


def judged(answerable: str, given: Reading, positives: tuple[int, ...] = (), first: str = "") -> Judged:
    labelled = make_labelled(answerable=answerable, missing="x")
    return Judged(labelled, given, frozenset(positives), frozenset({"a"} if positives else ()), first)


APART, BEARS, STATES = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.2, 0.7)


def test_figures_of_a_split() -> None:
    found = figures_of(
        [
            judged("yes", reading(APART, STATES), positives=(1,), first="a"),
            judged("yes", reading(STATES, APART), positives=(1,), first="b"),  # wrong one first
            judged("part", reading(BEARS), positives=(5,), first="a"),  # not found; another passage of its clause
            judged("no", reading(APART)),
            judged("no", reading()),  # nothing found at all
        ]
    )
    assert found.questions == 5
    assert found.found == pytest.approx(2 / 3)
    assert found.clause_first == pytest.approx(2 / 3)
    assert found.passage_first == pytest.approx(1 / 3)
    assert (found.bears_auroc, found.states_auroc) == (1.0, 1.0)


def test_a_split_without_questions_has_no_figures() -> None:
    found = figures_of([])
    assert (found.questions, found.found, found.bears_auroc) == (0, None, None)


class Oracle:
    """Finds and states for `yes`, finds nothing for the rest."""

    def __init__(self, stretches: Stretches) -> None:
        self.right = stretches.of_clause(XIAMEN)[0]
        self.asked: list[Query] = []

    def read(self, query: Query) -> Reading:
        self.asked.append(query)
        return reading(STATES if "强检" in query.text else APART, first=self.right)


def test_dev_questions_are_read_in_the_plan_they_name(stretches: Stretches) -> None:
    support = [{"clause": XIAMEN, "sentence": stretches.passages[stretches.of_clause(XIAMEN)[0]].text}]
    rows = [
        make_labelled("citizens", id="1", support=support),
        make_labelled("citizens", id="2", question="天气", plans=[], support=[], answerable="no", missing="天气"),
        make_labelled("citizens", id="3", plans=["xiamen", "qingdao"]),  # two plans: not measured
        make_labelled("merchants", id="4"),  # trained on: not measured
    ]
    oracle = Oracle(stretches)
    outcome = measure(read_dev(oracle, rows, stretches))
    assert [query.plans for query in oracle.asked] == [frozenset({"xiamen"}), None]
    figures = outcome.figures[Split.CITIZENS]
    assert (figures.questions, figures.found, figures.clause_first, figures.states_auroc) == (2, 1.0, 1.0, 1.0)
    assert 0.1 < outcome.states_from <= 0.7
    assert set(outcome.as_json()) == {"dev", "curves"}
    assert "citizens" in told(outcome)
    assert "–" in told(outcome), "a split without questions"


def test_so_many_are_taken_evenly(stretches: Stretches) -> None:
    rows = [make_labelled("citizens", id=str(at), question=f"问题{at}") for at in range(10)]
    oracle = Oracle(stretches)
    read_dev(oracle, rows, stretches, most=3)
    assert [query.text for query in oracle.asked] == ["问题0", "问题3", "问题6"]
    assert query_of(rows[0]).plans == frozenset({"xiamen"})


def test_routes_and_asks() -> None:
    units = judged("yes", reading(STATES, intent=Intent.UNITS, who=0.9))
    quote = judged("yes", reading(STATES, who=0.2, place=0.6))
    outcome = route.measure({Split.ACCOUNTANTS: [units, quote], Split.CITIZENS: []})
    assert outcome.figures[Split.ACCOUNTANTS] == route.Figures(2, 0.5)
    assert outcome.figures[Split.CITIZENS] == route.Figures(0, None)
    assert outcome.mistaken == {(Intent.QUOTE, Intent.UNITS): 1}
    half = next(point for point in outcome.asked if point.threshold == 0.5)
    assert (half.precision, half.recall) == (0.5, 0.5)
    assert outcome.asked_from <= 0.2, "half of what is asked is lost above"
    assert "units" in route.told(outcome)


def test_every_dev_split_is_measured(stretches: Stretches) -> None:
    assert tuple(read_dev(Oracle(stretches), [], stretches)) == DEV
