"""The pairs of sentence and cited text: whole, balanced, and of the plans."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.entail.sources import whole_corpus
from eval.verification.pairs import ROUNDS, Label, Pair, read_pairs
from ingest.corpus import Corpus
from ingest.errors import BadCase, DuplicateCase, NoCases
from ingest.load import load_shipped_plans

PAIRS = read_pairs()
CORPUS = whole_corpus()  # half of the later writers cite documents invented for training
ALL = [one for pairs in PAIRS.values() for one in pairs]
LIARS = ("burglars", "intruders", "raiders")  # attacked the check: every one of theirs is false
JOINED = "first"  # cites rows of tables in other words, and stretches put together
ROW = {"id": "a", "clause": "xiamen:一", "cited": "x", "sentence": "y", "label": "true", "edit": "quote"}


def written(folder: Path, *rows: dict[str, str], name: str = "some") -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_several_writers_wrote_enough() -> None:
    assert len(PAIRS) >= 83
    assert len(ALL) >= 36_000


def test_the_rounds_are_others_sentences_on_the_same_plans() -> None:
    corpus, rounds = Corpus(load_shipped_plans().plans), read_pairs(ROUNDS)
    both, whens = {False: 300, True: 170}, ("", "-again", "-late", "-anew", "-last")
    counts = {f"{kind}{when}": both for kind in ("careless", "subtle") for when in whens}
    counts |= {"voices": {True: 500}, "voices-late": {True: 500}}
    counts |= {"voices-anew": {True: 513}, "voices-last": {True: 515}}
    counts |= {"hostile-late": {False: 320}, "hostile-last": {False: 432}}
    assert {name: Counter(one.honest for one in own) for name, own in rounds.items()} == counts
    unread = [one for own in rounds.values() for one in own]
    assert [one.id for one in unread if one.cited not in corpus.clause(one.clause).text] == []
    shared = {one.sentence for one in unread} & {one.sentence for one in ALL}
    assert len(shared) <= 0.01 * len(unread), "a short fact is put in the same words now and then"


@pytest.mark.parametrize("writer", sorted({*PAIRS} - {*LIARS}))
def test_half_of_each_writer_s_are_true(writer: str) -> None:
    count = Counter(one.label for one in PAIRS[writer])
    assert count[Label.TRUE] == count[Label.FALSE] == len(PAIRS[writer]) / 2


@pytest.mark.parametrize("writer", LIARS)
def test_an_attacker_s_are_false(writer: str) -> None:
    assert not any(one.honest or one.pair for one in PAIRS[writer])


def test_what_is_cited_stands_in_the_clause() -> None:
    assert [one.id for one in ALL if not CORPUS.has_clause(one.clause)] == []
    whole = [one for writer, pairs in PAIRS.items() if writer != JOINED for one in pairs]
    assert [one.id for one in whole if one.cited not in CORPUS.clause(one.clause).text] == []
    assert {one.clause.partition(":")[0] for one in ALL} >= {plan.id for plan in load_shipped_plans().plans}


def test_the_words_that_are_gone_against_are_cited() -> None:
    assert [one.id for one in ALL if one.quoted not in one.cited] == []
    assert sum(bool(one.quoted) for one in ALL) >= 900
    assert [one.id for one in ALL if one.honest and one.quoted] == []


def test_no_sentence_is_both_true_and_false_of_a_text() -> None:
    said: dict[tuple[str, str], set[Label]] = {}
    for one in ALL:
        said.setdefault((one.cited, one.sentence), set()).add(one.label)
    assert [sentence for (_, sentence), labels in said.items() if len(labels) > 1] == []


def test_files_are_writers(tmp_path: Path) -> None:
    written(written(tmp_path, ROW, name="one"), ROW | {"id": "b", "label": "false", "edit": "number"}, name="other")
    found = read_pairs(tmp_path)
    assert list(found) == ["one", "other"]
    assert found["one"] == (Pair(**ROW),)
    assert not found["other"][0].honest


@pytest.mark.parametrize(
    ("rows", "error", "told"),
    [
        ((), NoCases, "."),
        ((ROW, ROW), DuplicateCase, "a"),
        ((ROW, ROW | {"id": "b", "pair": "c"}), BadCase, "no honest sentence 'c'"),
        ((ROW | {"label": "false"}, ROW | {"id": "b", "pair": "a"}), BadCase, "no honest sentence 'a'"),
        ((ROW | {"label": "perhaps"},), BadCase, "label"),
        ((ROW | {"note": "x"},), BadCase, "note"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, rows: tuple[dict[str, str], ...], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        read_pairs(written(tmp_path, *rows))
