"""Documents written to be learned from: read as any other, held apart from the plans, some kept for measuring."""

import random

import pytest

from eval.judge.documents import FOLDER, QUESTIONS, read_documents
from eval.judge.examples import ANY_PLAN, examples_of, trained
from eval.judge.rows import ASKS, Answerable, Labelled, read_labelled
from eval.judge.splits import HELD_WRITER, Split, rows_of, split_of
from eval.judge.stretches import Stretches
from ingest.corpus import Corpus
from ingest.model import Plan

STATED = {"fee", "interval", "form", "contact", "deadline", "penalty", "reward", "amount"}


@pytest.fixture(scope="module")
def documents() -> tuple[Plan, ...]:
    return read_documents()


@pytest.fixture(scope="module")
def both(corpus: Corpus, documents: tuple[Plan, ...]) -> Stretches:
    return Stretches(Corpus((*corpus.plans, *documents)), apart=[plan.id for plan in documents])


@pytest.fixture(scope="module")
def questions(both: Stretches) -> tuple[Labelled, ...]:
    return read_labelled(both.corpus, FOLDER / QUESTIONS)


def test_they_state_what_no_plan_states(questions: tuple[Labelled, ...]) -> None:
    stated = [one for one in questions if one.row.answerable is Answerable.YES]
    assert {ask for one in stated for ask in one.row.asks} >= STATED
    assert sum(bool(STATED & set(one.row.asks)) for one in stated) >= 500
    assert set(ASKS) >= STATED


def test_each_question_is_on_one_document(questions: tuple[Labelled, ...], documents: tuple[Plan, ...]) -> None:
    assert {one.row.plans for one in questions} == {(plan.id,) for plan in documents}


def test_some_documents_are_kept_for_measuring(questions: tuple[Labelled, ...]) -> None:
    held = rows_of(questions, Split.DOCUMENTS)
    assert {one.writer for one in held} == {HELD_WRITER}
    assert len(held) >= 300
    learned = {one.row.plans for one in rows_of(questions, Split.TRAIN)}
    assert learned.isdisjoint(one.row.plans for one in held)
    assert {split_of(one) for one in questions} == {Split.TRAIN, Split.DOCUMENTS}


def test_a_question_that_names_none_is_never_put_to_them(
    corpus: Corpus, both: Stretches, documents: tuple[Plan, ...]
) -> None:
    beside = {plan.id for plan in documents}
    assert both.searched == {plan.id for plan in corpus.plans}
    assert {both.passages[row].plan_id for row in both.everywhere} == both.searched
    shipped = [one for one in read_labelled(corpus)[::20] if not one.row.plans]
    drawn = [one for each in shipped for one in examples_of(each, both, random.Random(0), anywhere=True)]
    assert beside.isdisjoint(one.plan for one in drawn)
    assert ANY_PLAN in {one.plan for one in drawn}


def test_what_they_state_is_learned_as_stated(both: Stretches, questions: tuple[Labelled, ...]) -> None:
    learned = rows_of(questions, Split.TRAIN)
    drawn = [one for each in learned for one in trained(examples_of(each, both, random.Random(0)), both)]
    assert not any(one.plan.startswith(HELD_WRITER) for one in drawn)
    assert sum(one.verdict.name == "STATES" for one in drawn) >= 600
    assert all(both.passages[row].plan_id == one.plan for one in drawn for row in one.positives)
