"""What is learned from: twins, the words that are not borne out, and what is kept to measure on."""

import random
from itertools import islice

import pytest

from bot.check.entails import legible
from eval.entail.examples import (
    HELD_PLAN,
    HELD_WRITERS,
    changed,
    edited,
    sentences_twins,
    trained_pairs,
    twins_of,
)
from eval.entail.sources import whole_corpus
from eval.verification.pairs import Label, Pair, read_pairs
from eval.verification.sentence import Split, read_sentences

CORPUS = whole_corpus()
PAIRS = read_pairs()
RNG = random.Random(0)


def pair(number: str, label: Label, sentence: str, **given: str) -> Pair:
    cited = "公益性计量工作所需经费按规定纳入本级预算。"
    row = {"id": number, "clause": "xiamen:四24", "cited": cited, "sentence": sentence, "edit": "x", **given}
    return Pair(label=label, **row)


TRUE = pair("a", Label.TRUE, "公益性计量工作的钱，按规定列进本级预算。")
FALSE = pair("b", Label.FALSE, "公益性计量工作的钱，按规定列进省级预算。", pair="a", quoted="本级")


@pytest.mark.parametrize(
    ("true", "false", "spans"),
    [
        ("列进本级预算", "列进省级预算", ["省"]),
        ("按规定列进预算", "列进预算", ["列"]),  # what was left out is told by its neighbours
        ("甲登记乙补贴", "乙登记甲补贴", ["乙", "甲"]),
        ("甲", "甲", []),
    ],
)
def test_the_words_that_differ(true: str, false: str, spans: list[str]) -> None:
    assert [false[start:end] for start, end in changed(true, false)] == spans


def test_a_false_sentence_stands_beside_the_one_it_was_made_from() -> None:
    ((honest, false),) = twins_of([TRUE, FALSE], RNG)
    assert (honest.borne, honest.beyond, honest.against) == (True, (), ())
    assert not false.borne
    assert [false.sentence[start:end] for start, end in false.beyond or ()] == ["省"]
    assert [false.cited[start:end] for start, end in false.against or ()] == ["本级"]
    assert honest.cited == false.cited == legible(TRUE.cited)


def test_with_the_corpus_they_are_shown_their_clause_as_the_bot_shows_it() -> None:
    ((honest, false),) = twins_of([TRUE, FALSE], RNG, CORPUS)
    assert honest.cited.startswith("厦门·")
    assert "本级预算" in honest.cited
    assert [false.cited[start:end] for start, end in false.against or ()] == ["本级"]


def test_of_what_is_said_quite_otherwise_nobody_knows_which_words_are_wrong() -> None:
    other = pair("c", Label.FALSE, "省里掏腰包。", pair="a", quoted="公益性计量工作所需经费按规定纳入本级")
    ((_, false),) = twins_of([TRUE, other], RNG)
    assert false.beyond is None
    assert false.against is None, "nearly all of the text"


def test_a_false_sentence_made_from_none_stands_beside_an_honest_one_of_its_clause() -> None:
    alone = pair("c", Label.FALSE, "公益性计量工作的钱，由省级预算出。", quoted="本级")
    elsewhere = pair("d", Label.TRUE, "在厦门。", clause="xiamen:题头")
    ((honest, false),) = twins_of([elsewhere, TRUE, alone], RNG)
    assert (honest.sentence, honest.borne, false.borne) == (legible(TRUE.sentence), True, False)
    assert false.beyond is None, "which of its words are wrong is told by no other sentence"
    assert [false.cited[start:end] for start, end in false.against or ()] == ["本级"]
    assert not twins_of([elsewhere, alone], RNG), "nothing honest is known of its clause"


def test_writers_and_a_plan_are_kept_to_measure_on() -> None:
    chosen = trained_pairs(PAIRS)
    kept = {one.id for writer in HELD_WRITERS for one in PAIRS[writer]}
    assert not {one.id for one in chosen} & kept
    assert not [one.id for one in chosen if one.clause.startswith(f"{HELD_PLAN}:")]
    assert len(chosen) > 8_000


def test_sentences_learned_from_are_neither_held_nor_of_that_plan() -> None:
    sentences = read_sentences()
    twins = sentences_twins(sentences, CORPUS, random.Random(0))
    held = {legible(one.text) for one in sentences if one.split is Split.HELD}
    dev = {legible(one.text) for one in sentences if one.split is not Split.HELD}
    said = {one.sentence for pair in twins for one in pair}
    assert len(twins) > 2_000
    assert said <= dev
    assert not said & (held - dev)
    assert all(one.borne and not other.borne for one, other in twins)
    assert {other.beyond for _, other in twins} == {None}


def test_edited_twins_are_of_one_text_or_the_sentence_is_elsewhere() -> None:
    texts = [clause.text for clause in CORPUS.plans[0].clauses if len(clause.text) > 40]
    twins = list(islice(edited([texts], random.Random(0)), 200))
    for true, false in twins:
        assert true.borne
        assert not false.borne
        if true.cited == false.cited:
            assert true.sentence != false.sentence
            assert [false.sentence[start:end] for start, end in false.beyond or ()]
        else:
            assert true.sentence == false.sentence
    assert sum(true.cited != false.cited for true, false in twins) < 0.2 * len(twins)


def test_the_same_seed_gives_the_same_twins() -> None:
    texts = [clause.text for clause in CORPUS.plans[0].clauses if len(clause.text) > 40]
    runs = [list(islice(edited([texts], random.Random(3)), 20)) for _ in range(2)]
    assert runs[0] == runs[1]
