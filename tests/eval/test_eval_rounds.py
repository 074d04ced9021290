"""Rounds of unread sentences: counted, never told."""

import json
from pathlib import Path

import pytest

from eval.verification import rounds
from eval.verification.pairs import Label, Pair
from ingest.corpus import Corpus
from ingest.errors import NoCases, UnknownEntry
from ingest.load import load_shipped_plans

CORPUS = Corpus(load_shipped_plans().plans)
OWN = "公益性计量工作所需经费按规定纳入本级预算。"
FALSE = "公益性计量工作所需经费500万元按规定纳入本级预算。"


def row(number: int, sentence: str, label: str, clause: str = "xiamen:四24") -> dict[str, str]:
    return {
        "id": f"r{number}", "clause": clause, "cited": OWN, "sentence": sentence, "label": label, "edit": "x",
    }  # fmt: skip


def written(folder: Path, *rows: dict[str, str]) -> Path:
    lines = [json.dumps(one, ensure_ascii=False) for one in rows]
    (folder / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_false_ones_caught_and_honest_ones_held_back_are_counted(tmp_path: Path) -> None:
    folder = written(tmp_path, row(1, OWN, "true"), row(2, FALSE, "false"), row(3, OWN, "false"), row(4, FALSE, "true"))
    told: list[str] = []
    figures = rounds.run(told.append, folder, CORPUS)
    assert figures["some.caught"].value == 0.5
    assert figures["some.held_back"].value == 0.5
    assert figures["some.caught"].count == 2
    assert "经费" not in "".join(told), "no sentence is told"


def test_without_sentences_of_a_sort_there_is_no_figure(tmp_path: Path) -> None:
    figures = rounds.run(lambda _: None, written(tmp_path, row(1, OWN, "true")), CORPUS)
    assert figures["some.caught"].value is None


def test_what_cannot_be_measured_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoCases):
        rounds.run(lambda _: None, tmp_path, CORPUS)
    with pytest.raises(UnknownEntry, match="nowhere"):
        rounds.run(lambda _: None, written(tmp_path, row(1, OWN, "true", "nowhere:一")), CORPUS)


def test_each_sentence_is_checked_as_the_bot_checks_it() -> None:
    one = Pair(id="a", clause="xiamen:四24", cited=OWN, sentence=FALSE, label=Label.FALSE, edit="number")
    assert rounds.held_back(one, CORPUS)
