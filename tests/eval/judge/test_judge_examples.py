import random
from pathlib import Path
from typing import Any

import pytest

from bot.model import Intent
from eval.judge.examples import (
    ANY_PLAN,
    LACKING,
    LIKE,
    LIKE_ANYWHERE,
    UNSURE,
    Example,
    Verdict,
    asked_anywhere,
    examples_of,
    trained,
    with_hard,
)
from eval.judge.rows import Answerable, beside_the_point, read_labelled
from eval.judge.splits import HELD_PLAN, Split, rows_of
from eval.judge.stretches import Stretches, is_under
from ingest.corpus import Corpus
from tests.eval.judge.builders import SENTENCE, XIAMEN, make_labelled, sampled


def examples(stretches: Stretches, anywhere: bool = False, **changes: Any) -> list[Example]:
    return examples_of(make_labelled(**changes), stretches, random.Random(0), anywhere)


def texts(stretches: Stretches, rows: Any) -> list[str]:
    return [stretches.passages[row].text for row in rows]


def test_the_passage_that_holds_the_sentence_is_right_and_its_clause_is_spared(stretches: Stretches) -> None:
    (example,) = examples(stretches)
    assert (example.plan, example.verdict) == ("xiamen", Verdict.STATES)
    assert len(example.positives) == 1
    assert SENTENCE in texts(stretches, example.positives)[0]
    assert set(stretches.of_clause(XIAMEN)) == example.spared > set(example.positives)


def test_a_stretch_over_several_sentences_is_all_of_them(stretches: Stretches, corpus: Corpus) -> None:
    passages = [stretches.passages[row] for row in stretches.of_clause(XIAMEN)]
    whole = corpus.clause(XIAMEN).text[passages[0].start : passages[1].end]
    (example,) = examples(stretches, support=[{"clause": XIAMEN, "sentence": whole}])
    assert set(stretches.of_clause(XIAMEN)[:2]) <= set(example.positives)


def test_a_heading_stands_for_the_passage_under_it_that_is_most_like_it(stretches: Stretches) -> None:
    support = [{"clause": "xiamen:三(四)", "sentence": "加强计量监督管理"}]
    (example,) = examples(stretches, support=support)
    assert len(example.positives) == 1
    assert {stretches.passages[row].clause_id for row in example.spared} >= {XIAMEN, "xiamen:三(四)21"}


UNDER = [
    ("xiamen:三(四)21", "xiamen:三(四)", True),
    ("xiamen:四24", "xiamen:四", True),
    ("xiamen:专栏1/9", "xiamen:专栏1", True),
    ("xiamen:专栏10/1", "xiamen:专栏1", False),
    ("state-council:二十", "state-council:二", False),
    ("xiamen:三", "xiamen:三", False),
    ("quanzhou:三(四)", "xiamen:三", False),
]


@pytest.mark.parametrize(("clause", "above", "expected"), UNDER)
def test_what_lies_under_a_heading(clause: str, above: str, expected: bool) -> None:
    assert is_under(clause, above) is expected


def test_each_named_plan_is_asked_and_one_without_support_counts_little(stretches: Stretches) -> None:
    found = {example.plan: example for example in examples(stretches, plans=["xiamen", "quanzhou"])}
    assert set(found) == {"xiamen", "quanzhou"}
    assert (found["quanzhou"].verdict, found["quanzhou"].positives) == (Verdict.APART, ())
    assert (found["xiamen"].weight, found["quanzhou"].weight) == (1.0, UNSURE)


VERDICTS = [("yes", Verdict.STATES), ("part", Verdict.BEARS), ("no", Verdict.APART)]


@pytest.mark.parametrize(("answerable", "expected"), VERDICTS)
def test_verdicts(stretches: Stretches, answerable: str, expected: Verdict) -> None:
    (example,) = examples(stretches, answerable=answerable, missing="电话")
    assert example.verdict is expected
    assert bool(example.positives) is (expected is not Verdict.APART)
    assert example.weight == 1.0, "a plan that is said to have nothing is known to have nothing"


def test_a_question_that_names_no_plan_and_has_no_answer(stretches: Stretches) -> None:
    nothing: dict[str, Any] = {"plans": [], "support": [], "answerable": "no", "missing": "电话"}
    (put,) = examples(stretches, **nothing)
    assert put.plan not in (ANY_PLAN, HELD_PLAN)
    (anywhere,) = examples(stretches, anywhere=True, **nothing)
    assert anywhere.plan == ANY_PLAN
    assert anywhere.query.plans is None


AIMED = {"clause": "xiamen:二", "sentence": "到2035年，本市计量科技创新水平大幅提升"}  # 泉州's is worded alike


def test_which_plans_asks_every_plan_and_those_not_labelled_as_having_it_lack_it(stretches: Stretches) -> None:
    asked: dict[str, Any] = {"plans": [], "route": Intent.WHICH, "support": [AIMED]}
    found = {example.plan: example for example in examples(stretches, **asked)}
    assert set(found) == {"xiamen", "quanzhou", "qingdao", "jinhua"}, "many ask of cities"
    assert (found["xiamen"].verdict, found["xiamen"].weight) == (Verdict.STATES, 1.0)
    lacking = [example for plan, example in found.items() if plan != "xiamen"]
    assert {(example.verdict, example.positives, example.weight) for example in lacking} == {
        (Verdict.APART, (), LACKING)
    }
    right = found["xiamen"].positives[0]
    for example in lacking:
        alike = {row for row in stretches.by_plan[example.plan] if stretches.likeness(row, right) > LIKE_ANYWHERE}
        assert alike == example.spared, "wording like what is labelled may have been overlooked"
    assert any(example.spared for example in lacking)
    named = {example.plan: example for example in examples(stretches, **asked | {"plans": ["xiamen"]})}
    assert set(named) == {"xiamen"}


def test_near_passages_are_of_the_plan_and_never_spared(stretches: Stretches) -> None:
    (example,) = examples(stretches, near=["xiamen:三(四)22", "quanzhou:三(四)17", XIAMEN])
    assert {stretches.passages[row].clause_id for row in example.near} == {"xiamen:三(四)22"}


def test_found_passages_are_wrong_unless_right_spared_or_of_like_wording(stretches: Stretches) -> None:
    (example,) = examples(stretches, anywhere=True, plans=[], support=[{"clause": XIAMEN, "sentence": SENTENCE}])[-1:]
    assert example.plan == ANY_PLAN
    right = example.positives[0]
    alike = [
        row
        for row in range(len(stretches.passages))
        if row not in example.spared and stretches.likeness(row, right) > LIKE
    ]
    other = stretches.of_clause("xiamen:四24")[0]
    held = stretches.by_plan[HELD_PLAN][0]
    found = with_hard(example, [right, *sorted(example.spared), *alike, held, other], stretches, 12)
    assert found.hard == (other,)
    assert with_hard(example, [other, *stretches.of_clause("xiamen:四23")], stretches, 1).hard == (other,)


def test_likeness_is_of_wording(stretches: Stretches) -> None:
    assert stretches.likeness(5, 5) == 1.0
    assert stretches.likeness(5, 6) == stretches.likeness(6, 5) < 1.0


def test_the_held_plan_is_in_no_example_that_is_trained_on(
    corpus: Corpus, stretches: Stretches, tmp_path: Path
) -> None:
    held = set(stretches.by_plan[HELD_PLAN])
    rng = random.Random(0)
    chosen = rows_of(read_labelled(corpus, sampled(tmp_path, 8)), Split.TRAIN)
    made = [one for labelled in chosen for one in examples_of(labelled, stretches, rng, anywhere=True)]
    assert any(example.plan == HELD_PLAN for example in made), "some questions ask it beside others"
    for example in trained(made, stretches):
        assert example.plan != HELD_PLAN
        assert not held & {*example.positives, *example.near}
        assert bool(example.positives) == (example.verdict is not Verdict.APART)


def test_a_question_beside_the_point_is_put_to_all_plans_and_nothing_bears_on_it() -> None:
    labelled = beside_the_point("law1", "邻居的狗咬了人，怎么赔？")
    example = asked_anywhere(labelled)
    assert (example.plan, example.verdict, example.positives, example.near) == (ANY_PLAN, Verdict.APART, (), ())
    assert labelled.query.text == "邻居的狗咬了人,怎么赔?", "folded as the bot folds it"
    assert (labelled.row.route, labelled.row.answerable) == (Intent.OFF_TOPIC, Answerable.NO)
    assert labelled.plans == ()
