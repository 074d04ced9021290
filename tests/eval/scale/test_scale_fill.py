"""Statutes go into an index batch by batch; a run that was stopped goes on."""

from pathlib import Path

import pytest

from bot.curator import Curator
from eval.scale import fill as filling
from eval.scale.fill import FIGURES, batches, fill
from eval.scale.statutes import statutes
from tests.bot.held import curator_in
from tests.eval.scale.builders import collection


@pytest.fixture
def curator(tmp_path: Path) -> Curator:
    made = curator_in(tmp_path)
    made.build("test")
    return made


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BATCH", 2)


def test_all_are_held_and_what_each_batch_took_is_written(curator: Curator, tmp_path: Path) -> None:
    source, told = collection(tmp_path / "s.jsonl"), list[str]()
    fill(curator, statutes(source, 6), 6, tmp_path, told.append)
    assert list(curator.held().shelf.ids) == ["one", "two", *(f"statute-{number:05d}" for number in range(3))]
    assert [(one.documents, one.articles, one.skipped) for one in batches(tmp_path)] == [(2, 4, 0), (1, 2, 0)]
    assert all(one.read_s > 0 and one.index_s > 0 and one.clauses >= one.articles for one in batches(tmp_path))
    assert [line.partition(",")[0] for line in told] == ["4 of 6 articles", "6 of 6 articles"]
    assert told[-1].endswith("0:00:00 left")


def test_what_was_done_is_not_done_again(curator: Curator, tmp_path: Path) -> None:
    source = collection(tmp_path / "s.jsonl")
    fill(curator, statutes(source, 4), 4, tmp_path, lambda _: None)
    with (tmp_path / FIGURES).open("a") as file:
        file.write('{"took": {')  # killed while it wrote
    live = curator.store.live
    fill(curator, statutes(source, 4), 4, tmp_path, lambda _: None)
    assert curator.store.live == live
    fill(curator, statutes(source, 6), 6, tmp_path, lambda _: None)
    assert [one.documents for one in batches(tmp_path)] == [2, 1]
    assert len(curator.held().shelf.ids) == 5


def test_a_batch_that_went_live_before_its_figures_were_written_is_not_added_twice(
    curator: Curator, tmp_path: Path
) -> None:
    source = collection(tmp_path / "s.jsonl")
    fill(curator, statutes(source, 4), 4, tmp_path, lambda _: None)
    (tmp_path / FIGURES).unlink()
    fill(curator, statutes(source, 6), 6, tmp_path, lambda _: None)
    assert len(curator.held().shelf.ids) == 5


def test_what_cannot_be_understood_is_counted_and_not_tried_again(curator: Curator, tmp_path: Path) -> None:
    source = tmp_path / "s.jsonl"
    source.write_text('{"title": "", "article": "", "text": "", "doc": "x"}\n', encoding="utf-8")
    for _ in range(2):
        fill(curator, statutes(source, 9), 9, tmp_path, lambda _: None)
    assert [(one.documents, one.skipped) for one in batches(tmp_path)] == [(0, 1)]
