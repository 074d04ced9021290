"""BM25 by hand, weights, and an index that scores the same after it was written and mapped."""

import math
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.passage_builders import passage
from vectorstore.lexical import HEADING_BOOST, K1, B, LexicalIndex
from vectorstore.tokenize import query_tokens, tokens

TEXTS = ["加强计量监督", "建设计量标准装置", "提高能源效率"]


def build(*texts: str) -> LexicalIndex:
    return LexicalIndex.build(passage(f"p:{number}", text) for number, text in enumerate(texts))


def bm25(token: str, number: int, bags: list[list[str]]) -> float:
    """Robertson's sum for one token, with Lucene's idf."""
    having = sum(token in bag for bag in bags)
    idf = math.log(1 + (len(bags) - having + 0.5) / (having + 0.5))
    count = bags[number].count(token)
    mean = sum(map(len, bags)) / len(bags)
    return idf * count / (K1 * (1 - B + B * len(bags[number]) / mean) + count)


@pytest.mark.parametrize("token", ["计量", "1计", "w标准", "w能源", "加强"])
def test_scores_are_those_of_the_formula(token: str) -> None:
    bags = [tokens(text) for text in TEXTS]
    expected = [bm25(token, number, bags) for number in range(len(TEXTS))]
    assert any(expected)
    assert build(*TEXTS).scores({token: 1.0}).tolist() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("query", "order", "why"),
    [
        ("计量标准", [1, 0, 2], "both words before one word before none"),
        ("能源", [2, 0, 1], "the rest are equal and keep their order"),
        ("量标", [1, 0, 2], "a pair that no word has is found"),
    ],
)
def test_ranking(query: str, order: list[int], why: str) -> None:
    scores = build(*TEXTS).scores(query_tokens(query))
    assert np.argsort(-scores, kind="stable").tolist() == order, why


def test_a_weight_multiplies_and_tokens_add() -> None:
    index = build(*TEXTS)
    one, other = index.scores({"计量": 1.0}), index.scores({"w标准": 1.0})
    assert index.scores({"计量": 0.5, "w标准": 2.0}).tolist() == pytest.approx((0.5 * one + 2 * other).tolist())


def test_a_heading_counts_more_than_the_text_and_the_context_as_much() -> None:
    index = LexicalIndex.build(
        [
            passage("p:text", "计量", heading="能源", context="效率"),
            passage("p:context", "能源", heading="效率", context="计量"),
            passage("p:heading", "效率", heading="计量", context="能源"),
        ]
    )
    text, context, heading = index.scores({"计量": 1.0}).tolist()
    assert HEADING_BOOST > 1
    assert heading > text > 0
    assert context < heading


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({}, "an empty query"),
        ({"w量子": 1.0}, "an unknown token"),
        ({"": 1.0}, "the empty token, which the library would add by itself"),
        ({"计量": 0.0}, "a token of no weight"),
    ],
)
def test_nothing_scores_nothing(query: dict[str, float], why: str) -> None:
    scores = build(*TEXTS).scores(query)
    assert scores.tolist() == [0.0, 0.0, 0.0], why


def test_unknown_tokens_leave_the_others_alone() -> None:
    index = build(*TEXTS)
    assert index.scores({"计量": 1.0, "w量子": 9.0}).tolist() == index.scores({"计量": 1.0}).tolist()


def test_written_and_mapped_it_scores_the_same(tmp_path: Path) -> None:
    index = build(*TEXTS)
    index.save(tmp_path)
    mapped = LexicalIndex.load(tmp_path, len(TEXTS))
    assert isinstance(mapped.model.scores["data"], np.memmap), "several workers share one copy"
    for query in ("计量标准", "能源效率", "监督", "无此词语"):
        assert mapped.scores(query_tokens(query)).tolist() == index.scores(query_tokens(query)).tolist()


FILES = ["data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy", "params.index.json", "vocab.index.json"]


def test_the_files_are_those_damaged_below(tmp_path: Path) -> None:
    build(*TEXTS).save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), id="half"),
        pytest.param(lambda path: path.write_bytes(b"\xff" * 400), id="garbage"),
        pytest.param(lambda path: path.write_text("[]"), id="another shape"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, file: str, damage) -> None:  # type: ignore[no-untyped-def]
    build(*TEXTS).save(tmp_path)
    damage(tmp_path / file)
    with pytest.raises((OSError, ValueError)):
        LexicalIndex.load(tmp_path, len(TEXTS))


@pytest.mark.parametrize(
    ("others", "why"),
    [(TEXTS[:2], "fewer passages"), ([*TEXTS, "更多"], "more passages")],
)
def test_an_index_of_other_passages_is_refused(tmp_path: Path, others: list[str], why: str) -> None:
    build(*others).save(tmp_path)
    with pytest.raises(ValueError, match=f"holds {len(others)} passages"):
        LexicalIndex.load(tmp_path, len(TEXTS))


def test_a_vocabulary_of_another_index_is_refused(tmp_path: Path) -> None:
    build(*TEXTS).save(tmp_path)
    (tmp_path / "vocab.index.json").write_text("{}")
    with pytest.raises(ValueError, match="tokens"):
        LexicalIndex.load(tmp_path, len(TEXTS))
