import random
from dataclasses import replace
from typing import Any

from eval.judge.draws import Draws, others
from eval.judge.examples import Example, Verdict, examples_of
from eval.judge.recipe import Understanding
from eval.judge.stretches import Stretches
from tests.eval.judge.builders import make_labelled
from vectorstore.index import Query

RECIPE = Understanding(batch=4)


def example(stretches: Stretches, **changes: Any) -> Example:
    (made,) = examples_of(make_labelled(**changes), stretches, random.Random(0))
    return replace(made, hard=stretches.of_clause("xiamen:四24") + stretches.of_clause("xiamen:四23"))


def test_a_batch_is_of_one_plan(stretches: Stretches) -> None:
    quanzhou = {"plans": ["quanzhou"], "support": [], "answerable": "no", "missing": "x"}
    made = [example(stretches) for _ in range(6)] + [example(stretches, **quanzhou) for _ in range(6)]
    draws = Draws(made, RECIPE, random.Random(0))
    plans = [{draw.example.plan for draw in draws.batch()} for _ in range(10)]
    assert all(len(of_batch) == 1 for of_batch in plans)
    assert {"xiamen"} in plans
    assert {"quanzhou"} in plans


def test_a_plan_with_few_questions_is_drawn_too(stretches: Stretches) -> None:
    assert len(Draws([example(stretches)], RECIPE, random.Random(0)).batch()) == 1


def test_questions_of_a_writer_who_is_minded_are_drawn_twice_as_often(stretches: Stretches) -> None:
    made = [example(stretches, id="often"), example(stretches, id="once")]
    made[0] = replace(made[0], labelled=replace(made[0].labelled, writer="twins"))
    drawn = Draws(made, replace(RECIPE, minded=("twins",)), random.Random(0)).batch()
    assert sorted(draw.example.labelled.id for draw in drawn) == ["often", "often", "once"]


def test_a_right_passage_and_wrong_ones_are_drawn(stretches: Stretches) -> None:
    made = example(stretches, near=["xiamen:三(四)22"])
    draws = [draw for _ in range(20) for draw in Draws([made], RECIPE, random.Random(_)).batch()]
    for draw in draws:
        assert draw.right in made.positives
        assert len(draw.wrong) == len(set(draw.wrong)) == RECIPE.wrong_beside_right
        assert draw.passages == (draw.right, *draw.wrong)
        assert draw.verdict(draw.passages[0]) is Verdict.STATES
        assert draw.verdict(draw.wrong[0]) is Verdict.APART
    with_near = sum(bool(set(draw.wrong) & set(made.near)) for draw in draws)
    assert 8 <= with_near < 20, "mostly"


def test_a_question_without_an_answer_has_wrong_passages_alone(stretches: Stretches) -> None:
    (draw,) = Draws([example(stretches, answerable="no", missing="x", support=[])], RECIPE, random.Random(0)).batch()
    assert draw.right is None
    assert len(draw.wrong) == RECIPE.wrong_alone


def test_a_follow_up_is_sometimes_made_whole(stretches: Stretches) -> None:
    made = example(stretches, question="谁管", history=["厦门强检"])
    made = replace(made, labelled=replace(made.labelled, whole=Query("强检谁管")))
    drawn = {draw.query.reading for at in range(40) for draw in Draws([made], RECIPE, random.Random(at)).batch()}
    assert drawn == {"谁管 前文：厦门强检", "强检谁管"}


def test_a_first_question_sometimes_follows_another_but_small_talk_never(stretches: Stretches) -> None:
    always = replace(RECIPE, distracted=1.0)
    (draw,) = Draws([example(stretches)], always, random.Random(0)).batch()
    assert draw.query.before == (draw.example.labelled.query.text,)
    hello = example(stretches, question="你好", route="smalltalk", support=[], answerable="no", missing="x")
    (draw,) = Draws([hello], always, random.Random(0)).batch()
    assert draw.query.before == ()


def test_other_questions_passages_are_wrong_unless_they_are_right_here(stretches: Stretches) -> None:
    (draw,) = Draws([example(stretches)], RECIPE, random.Random(0)).batch()
    other = stretches.of_clause("xiamen:三(一)1")[0]
    batch = [*draw.passages, *sorted(draw.example.spared), other]
    assert others(draw, batch, stretches, 3, random.Random(0)) == [other]
    assert others(draw, batch, stretches, 0, random.Random(0)) == []
