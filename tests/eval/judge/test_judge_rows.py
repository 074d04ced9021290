from pathlib import Path
from typing import Any

import pytest

from eval.judge.rows import ASKS, DATA, ROUTES, Answerable, Labelled, plan_of, read_labelled
from eval.judge.splits import DEV, HELD_PLAN, WRITERS, Split, dev_rows, rows_of, split_of
from ingest.corpus import Corpus
from ingest.errors import BadCase, DuplicateCase, NoCases
from tests.eval.judge.builders import XIAMEN, make_labelled, row_line, write_rows


@pytest.fixture(scope="module")
def shipped(corpus: Corpus) -> tuple[Labelled, ...]:
    return read_labelled(corpus)


def test_the_shipped_questions_are_read_whole(shipped: tuple[Labelled, ...]) -> None:
    assert len(shipped) == sum(path.read_bytes().count(b"\n") for path in DATA.glob("*.jsonl"))
    assert {one.writer for one in shipped} == {path.stem for path in DATA.glob("*.jsonl")}
    assert {one.row.route for one in shipped if one.row.route} == set(ROUTES)
    assert {ask for one in shipped for ask in one.row.asks} == set(ASKS)


def test_a_question_is_read_folded_and_without_its_places(corpus: Corpus, tmp_path: Path) -> None:
    row = row_line(
        question="思明區的秤，誰來管？", history=["廈門呢", "那青岛？", "泉州有吗"], standalone="厦门的秤谁来管"
    )
    write_rows(tmp_path / "strangers.jsonl", row)
    (one,) = read_labelled(corpus, tmp_path)
    assert one.query.text == "的秤,谁来管?"
    assert len(one.query.before) == 2, "so many earlier questions are read with one"
    assert one.whole is not None
    assert one.whole.text == "的秤谁来管"
    assert one.query.reading.startswith("的秤,谁来管? 前文：")


BAD: list[tuple[dict[str, Any], str]] = [
    ({"support": [{"clause": "xiamen:九", "sentence": "x"}]}, "unknown clause 'xiamen:九'"),
    ({"near": ["xiamen:九"]}, "unknown clause 'xiamen:九'"),
    ({"plans": ["fuzhou"]}, "unknown plan 'fuzhou'"),
    ({"support": [{"clause": XIAMEN, "sentence": "严查缺斤短两"}]}, "'严查缺斤短两' is not a stretch of " + XIAMEN),
    ({"support": []}, "answerable is 'yes' but nothing supports it"),
    ({"answerable": "part"}, "'missing' does not say"),
    ({"asks": ["unit_lead"]}, "'unit_lead' is none of"),
    ({"asks": []}, "asks"),
    ({"route": "list"}, "route"),
    ({"answer": "x"}, "answer"),
]


@pytest.mark.parametrize(("changes", "said"), BAD, ids=[said for _, said in BAD])
def test_a_bad_line_is_named_by_file_and_line(
    corpus: Corpus, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    path = write_rows(tmp_path / "typed.jsonl", row_line(id="good"), row_line(**changes))
    with pytest.raises(BadCase, match=r"typed\.jsonl:2 ") as raised:
        read_labelled(corpus, tmp_path)
    assert said in str(raised.value)
    assert (raised.value.path, raised.value.line) == (path, 2)


def test_an_id_is_used_once_over_all_files(corpus: Corpus, tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", row_line())
    write_rows(tmp_path / "b.jsonl", row_line(question="另一个问题"))
    with pytest.raises(DuplicateCase, match="'one'"):
        read_labelled(corpus, tmp_path)


def test_no_questions_are_an_error(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(NoCases):
        read_labelled(corpus, tmp_path)


def test_a_heading_may_be_what_supports(corpus: Corpus, tmp_path: Path) -> None:
    support = [{"clause": "xiamen:专栏1", "sentence": "计量发展主要指标"}]
    write_rows(tmp_path / "a.jsonl", row_line(support=support))
    assert read_labelled(corpus, tmp_path)[0].support_plans == ("xiamen",)


SPLITS: list[tuple[str, dict[str, Any], Split]] = [
    ("merchants", {}, Split.TRAIN),
    ("citizens", {}, Split.CITIZENS),
    ("accountants", {}, Split.ACCOUNTANTS),
    ("firms", {}, Split.FIRMS),
    ("newcomers", {}, Split.NEWCOMERS),
    ("merchants", {"plans": ["jinhua"], "support": []}, Split.JINHUA),
    ("citizens", {"plans": ["jinhua"], "support": []}, Split.JINHUA),  # the plan's, whoever wrote it
    ("merchants", {"plans": ["jinhua", "xiamen"]}, Split.TRAIN),  # without Jinhua's passages: see examples
    ("merchants", {"plans": [], "support": []}, Split.TRAIN),
]


@pytest.mark.parametrize(("writer", "changes", "expected"), SPLITS)
def test_splits(writer: str, changes: dict[str, Any], expected: Split) -> None:
    assert split_of(make_labelled(writer, **changes)) is expected


def test_what_is_held_out_is_never_trained_on(shipped: tuple[Labelled, ...]) -> None:
    """By id: no question of the held writers or on the held plan alone, and none that is measured."""
    trained = {one.id for one in rows_of(shipped, Split.TRAIN)}
    held = {one.id for one in shipped if one.writer in WRITERS or one.plans == (HELD_PLAN,)}
    measured = {one.id for split in DEV for one in dev_rows(shipped, split)}
    assert trained
    assert not trained & held
    assert not trained & measured
    assert trained | held == {one.id for one in shipped}
    assert all(len(dev_rows(shipped, split)) > 240 for split in DEV)


def test_what_is_measured_asks_one_plan_or_names_none(shipped: tuple[Labelled, ...]) -> None:
    assert {len(one.row.plans) for split in DEV for one in dev_rows(shipped, split)} == {0, 1}


def test_whose_asks_are_complete() -> None:
    assert make_labelled("merchants").all_asks
    assert not make_labelled("citizens").all_asks


def test_the_plan_of_a_clause() -> None:
    assert plan_of("state-council:六(三十一)") == "state-council"
    assert Answerable("part") is Answerable.PART
