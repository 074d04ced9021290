"""The evaluation of the sentence check: its data, its figures, its command."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.verification.run import judge, measure, run
from eval.verification.sentence import FILES, Kind, Split, read_sentences
from ingest.corpus import Corpus
from ingest.errors import BadCase, DuplicateCase, NoCases
from ingest.load import load_shipped_plans

CORPUS = Corpus(load_shipped_plans().plans)
SENTENCES = read_sentences()
HONEST: dict[str, object] = {
    "id": "h",
    "kind": "honest",
    "split": "dev",
    "clauses": ["xiamen:四24"],
    "text": "x",
    "handles": [1],
}


def test_there_are_enough_of_each_sort() -> None:
    assert sum(one.honest for one in SENTENCES) >= 150
    assert sum(not one.honest for one in SENTENCES) >= 150
    held = [one for one in SENTENCES if one.split is Split.HELD]
    assert sum(one.honest for one in held) >= 50
    assert sum(not one.honest for one in held) >= 50
    assert set(Kind) == {one.kind for one in SENTENCES}


def test_all_plans_are_spoken_of() -> None:
    for honest in (True, False):
        count = Counter(clause.split(":")[0] for one in SENTENCES if one.honest is honest for clause in one.clauses)
        assert {plan.id for plan in CORPUS.plans} == set(count)


def test_the_clauses_shown_exist() -> None:
    assert {clause for one in SENTENCES for clause in one.clauses if not CORPUS.has_clause(clause)} == set()


def test_no_sentence_is_written_twice() -> None:
    count = Counter((one.text, one.handles, one.clauses) for one in SENTENCES)
    assert [text for text, times in count.items() if times > 1] == []


def write_rows(folder: Path, *rows: dict[str, object]) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / FILES[0]).write_text("\n".join(lines), encoding="utf-8")
    (folder / FILES[1]).write_text("", encoding="utf-8")
    return folder


def test_figures_count_what_was_caught_and_what_was_rejected(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**HONEST, "id": "h1", "text": "公益性计量工作所需经费按规定纳入本级预算。"},
        {**HONEST, "id": "h2", "text": "公益性计量工作所需经费按规定纳入省级预算，共500万元。"},
        {**HONEST, "id": "d1", "kind": "number", "text": "公益性计量工作所需经费500万元按规定纳入本级预算。"},
        {**HONEST, "id": "d2", "kind": "number", "text": "公益性计量工作所需经费按规定纳入本级预算。"},
        {**HONEST, "id": "d3", "kind": "number", "split": "held", "text": "公益性计量工作所需经费按规定纳入本级预算。"},
    ]
    told: list[str] = []
    figures = run(told.append, write_rows(tmp_path, *rows), CORPUS)
    assert figures["dev_rejected"].value == 0.5
    assert figures["dev_caught"].value == 0.5
    assert figures["held_caught"].value == 0.0
    assert figures["held_rejected"].value is None
    assert "h2" in "".join(told), "wrong verdicts of the development split are told"
    assert "d3" not in "".join(told), "those on held sentences are only counted"


def test_the_held_sentences_keep_their_floor() -> None:
    """Those that were looked at are tested one by one, with the check."""
    verdicts = [judge(CORPUS, one) for one in SENTENCES if one.split is Split.HELD]
    figures = {figure.name: figure for figure in measure(verdicts)}
    assert (figures["held_caught"].value or 0.0) >= 0.98
    assert (figures["held_rejected"].value or 0.0) <= 0.06


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([], NoCases),
        ([HONEST, HONEST], DuplicateCase),
        ([{**HONEST, "kind": "odd"}], BadCase),
        ([{**HONEST, "handles": [2]}], BadCase),
    ],
)
def test_rows_that_cannot_be_used(tmp_path: Path, rows: list[dict[str, object]], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_sentences(write_rows(tmp_path, *rows))
