"""The one place that says answered, partial, not found or out of scope."""

import ast
from pathlib import Path

import pytest

from bot.judge import status
from bot.judge.judge import Finding, PlanVerdict, Verdict
from bot.judge.model import Thresholds
from bot.model import Status
from ingest.corpus import Corpus

BOT = Path(status.__file__).parent.parent


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((Status.ANSWERED, Status.ANSWERED), Status.ANSWERED),
        ((Status.ANSWERED, Status.NOT_FOUND), Status.PARTIAL),
        ((Status.PARTIAL, Status.NOT_FOUND), Status.PARTIAL),
        ((Status.NOT_FOUND, Status.NOT_FOUND), Status.NOT_FOUND),
        ((Status.NOT_FOUND, Status.OUT_OF_SCOPE), Status.NOT_FOUND),
        ((Status.OUT_OF_SCOPE, Status.OUT_OF_SCOPE), Status.OUT_OF_SCOPE),
        ((Status.ANSWERED, Status.OUT_OF_SCOPE), Status.PARTIAL),
    ],
)
def test_status_of_several(statuses: tuple[Status, ...], expected: Status) -> None:
    assert status.of_all(statuses) is expected


def verdict(corpus: Corpus, states: float) -> Verdict:
    plan = corpus.plan("xiamen")
    best = Finding(plan, plan.clauses[0], (), 1.0, states)
    return Verdict((PlanVerdict(plan, (best,), ()),), (), Thresholds(0.25, 0.25, 0.6, 0.9, 0.5, 1.0), states_from=0.25)


def test_a_quotation_answers_as_its_sentences_were_judged_or_when_the_very_words_stand_there(corpus: Corpus) -> None:
    sure, unsure = verdict(corpus, 0.9), verdict(corpus, 0.1)
    assert status.quoted(sure, literally=False) is Status.ANSWERED
    assert status.quoted(unsure, literally=False) is Status.PARTIAL
    assert status.quoted(unsure, literally=True) is Status.ANSWERED


def test_look_ups_find_it_or_do_not() -> None:
    assert [status.looked_up(found) for found in (True, False)] == [Status.ANSWERED, Status.NOT_FOUND]


def test_what_bears_is_an_answer_when_it_is_all_that_was_asked() -> None:
    assert [status.told(complete) for complete in (True, False)] == [Status.ANSWERED, Status.PARTIAL]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.ANSWERED, Status.PARTIAL),
        (Status.PARTIAL, Status.PARTIAL),
        (Status.NOT_FOUND, Status.NOT_FOUND),
        (Status.OUT_OF_SCOPE, Status.OUT_OF_SCOPE),
    ],
)
def test_what_other_documents_say_of_one_that_is_not_held_is_a_part_at_most(before: Status, after: Status) -> None:
    assert status.in_part(before) is after


def test_no_question_for_this_bot() -> None:
    assert status.outside() is Status.OUT_OF_SCOPE


def sets_status(path: Path) -> list[int]:
    """Lines that name a Status other than to compare with it, or to list several in a constant."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    named = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Status"
    ]
    compared = (ast.Compare, ast.Tuple)
    return [node.lineno for node in named if not isinstance(parents[node], compared)]


def test_a_status_is_set_by_the_judge_alone() -> None:
    chain = [path for path in BOT.rglob("*.py") if BOT / "judge" not in path.parents]
    assert len(chain) > 100
    setting = {str(path.relative_to(BOT)): lines for path in chain if (lines := sets_status(path))}
    assert not setting, "Say it in bot/judge/status.py."
    assert sets_status(BOT / "judge/status.py"), "the check sees what it looks for"


def test_a_part_that_is_not_said_makes_it_a_part() -> None:
    assert status.in_part(Status.ANSWERED) is Status.PARTIAL
    assert status.in_part(Status.NOT_FOUND) is Status.NOT_FOUND
