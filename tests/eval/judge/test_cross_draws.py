"""What the cross-encoder reads in training: right passages as they would be quoted, wrong ones as they are met."""

import random
from dataclasses import replace
from typing import Any

from eval.judge.cross_draws import Pairing, Pairings
from eval.judge.examples import Example, Verdict, examples_of
from eval.judge.recipe import Cross
from eval.judge.stretches import Stretches
from tests.eval.judge.builders import make_labelled
from vectorstore.index import Query

RECIPE = Cross(batch=1, beside=1.0, joined=1.0, neighbour=0.0, near=1.0)
LONG = "qingdao:四(三)"


def example(stretches: Stretches, **changes: Any) -> Example:
    (made,) = examples_of(make_labelled(**changes), stretches, random.Random(0))
    return replace(made, hard=stretches.of_clause("xiamen:四24") + stretches.of_clause("xiamen:四23"))


def drawn(made: Example, stretches: Stretches, recipe: Cross = RECIPE, times: int = 30) -> list[list[Pairing]]:
    return [Pairings([made], stretches, recipe, random.Random(at)).batch() for at in range(times)]


def test_a_right_text_has_the_questions_verdict_and_a_wrong_one_bears_nothing(stretches: Stretches) -> None:
    made = example(stretches, answerable="part", missing="x")
    for right, wrong in drawn(made, stretches):
        assert set(right.passages) <= set(made.positives)
        assert (right.verdict, wrong.verdict) == (Verdict.BEARS, Verdict.APART)
        assert right.reading == wrong.reading == made.labelled.query.reading
        assert right.weight == wrong.weight == made.weight
        assert wrong.passages[0] in made.hard


def test_beside_a_right_text_a_wrong_one_is_read_as_often_as_told(stretches: Stretches) -> None:
    made = example(stretches)
    assert all(len(batch) == 1 for batch in drawn(made, stretches, replace(RECIPE, beside=0.0)))
    both = sum(len(batch) == 2 for batch in drawn(made, stretches, replace(RECIPE, beside=0.5)))
    assert 5 <= both <= 25


def test_where_nothing_answers_wrong_texts_of_as_many_clauses_as_told_are_read(stretches: Stretches) -> None:
    made = example(stretches, answerable="no", missing="x", support=[])
    for pair in drawn(made, stretches, replace(RECIPE, beside=0.0)):
        assert [one.verdict for one in pair] == [Verdict.APART] * 2
        assert {stretches.passages[one.passages[0]].clause_id for one in pair} == {"xiamen:四24", "xiamen:四23"}
    assert all(len(one) == 1 for one in drawn(made, stretches, replace(RECIPE, wrong_alone=1)))
    assert all(len(one) == 2 for one in drawn(made, stretches, replace(RECIPE, wrong_alone=3))), "there are but two"


def test_of_wrong_texts_found_the_nearest_is_drawn_most_often(stretches: Stretches) -> None:
    made = replace(example(stretches, answerable="no", missing="x", support=[]), near=())
    first = made.hard[0]

    def drawn_first(nearest: float) -> int:
        recipe = replace(RECIPE, wrong_alone=1, joined=0.0, nearest=nearest)
        return sum(batch[0].passages == (first,) for batch in drawn(made, stretches, recipe, times=200))

    assert drawn_first(2.0) > 1.2 * drawn_first(1.0)


def test_wrong_sentences_of_one_clause_are_read_together_too(stretches: Stretches) -> None:
    several = stretches.of_clause(LONG)[:3]
    made = replace(example(stretches, answerable="no", missing="x", support=[]), hard=several[::-1], near=())
    assert {batch[0].passages for batch in drawn(made, stretches)} == {several}


def test_a_text_labelled_as_looking_right_is_taken_before_what_was_found(stretches: Stretches) -> None:
    made = example(stretches, near=["xiamen:三(四)22"])
    assert all(batch[1].passages[0] in made.near for batch in drawn(made, stretches))
    found = drawn(made, stretches, replace(RECIPE, near=0.0))
    assert all(batch[1].passages[0] in made.hard for batch in found)
    alone = replace(made, hard=())
    assert all(batch[1].passages[0] in made.near for batch in drawn(alone, stretches, replace(RECIPE, near=0.0)))


def test_right_sentences_of_one_clause_are_read_together_in_the_order_of_the_text(stretches: Stretches) -> None:
    several = stretches.of_clause(LONG)[:3]
    made = replace(example(stretches), positives=several[::-1])
    assert {batch[0].passages for batch in drawn(made, stretches)} == {several}
    apart = drawn(made, stretches, replace(RECIPE, joined=0.0))
    assert {batch[0].passages for batch in apart} == {(one,) for one in several}
    two = drawn(made, stretches, replace(RECIPE, most=2))
    assert {batch[0].passages for batch in two} == {several[:2]}


def test_a_sentence_is_sometimes_read_with_another_of_its_clause(stretches: Stretches) -> None:
    first = stretches.of_clause(LONG)[0]
    made = replace(example(stretches), positives=(first,))
    beside = {batch[0].passages for batch in drawn(made, stretches, replace(RECIPE, neighbour=1.0))}
    assert len(beside) > 1
    for passages in beside:
        assert first in passages
        assert len(passages) == 2
        assert set(passages) <= set(stretches.beside(first))


def test_a_clause_of_one_sentence_has_no_other_to_read_with(stretches: Stretches) -> None:
    alone = next(row for row in range(len(stretches.passages)) if stretches.beside(row) == (row,))
    made = replace(example(stretches), positives=(alone,))
    assert {batch[0].passages for batch in drawn(made, stretches, replace(RECIPE, neighbour=1.0))} == {(alone,)}


def test_a_follow_up_is_sometimes_made_whole(stretches: Stretches) -> None:
    made = example(stretches, question="谁管", history=["厦门强检"])
    made = replace(made, labelled=replace(made.labelled, whole=Query("强检谁管")))
    readings = {batch[0].reading for batch in drawn(made, stretches, times=40)}
    assert readings == {"谁管 前文：厦门强检", "强检谁管"}


def test_every_example_is_drawn_before_one_is_drawn_again_and_those_minded_twice(stretches: Stretches) -> None:
    made = [example(stretches, question=name, answerable="no", missing="x", support=[]) for name in ("often", "once")]
    made[0] = replace(made[0], labelled=replace(made[0].labelled, writer="twins"))
    recipe = replace(RECIPE, batch=3, wrong_alone=1, minded=("twins",))
    pairings = Pairings(made, stretches, recipe, random.Random(0))
    assert pairings.examples == 3
    for _ in range(4):
        assert sorted(one.reading for one in pairings.batch()) == ["often", "often", "once"]
