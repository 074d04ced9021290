"""BM25 by hand, weights, and an index that scores the same after it was written and mapped."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.passage_builders import passage
from vectorstore.lexical import K1, B, LexicalIndex
from vectorstore.postings import HEADING_BOOST, TYPES, Postings
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
    index, size = build(*TEXTS), len(TEXTS)
    written(tmp_path)
    postings = Postings.load(tmp_path / "lexical", size)
    assert isinstance(postings.rows, np.memmap), "several workers share one copy"
    mapped = LexicalIndex([(postings, np.arange(size))])
    for query in ("计量标准", "能源效率", "监督", "无此词语"):
        assert mapped.scores(query_tokens(query)).tolist() == index.scores(query_tokens(query)).tolist()


def written(folder: Path, texts: list[str] = TEXTS) -> Path:
    Postings.of(passage(f"p:{number}", text) for number, text in enumerate(texts)).save(folder / "lexical")
    return folder / "lexical"


FILES = [f"{name}.npy" for name in TYPES]


def test_the_files_are_those_damaged_below(tmp_path: Path) -> None:
    assert sorted(path.name for path in written(tmp_path).iterdir()) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), id="half"),
        pytest.param(lambda path: path.write_bytes(b"\xff" * 400), id="garbage"),
        pytest.param(lambda path: path.write_text("[]"), id="another shape"),
        pytest.param(lambda path: np.save(path, np.load(path)[:-1]), id="one less"),
        pytest.param(lambda path: np.save(path, np.load(path).astype(np.float32)), id="other numbers"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, file: str, damage) -> None:  # type: ignore[no-untyped-def]
    damage(written(tmp_path) / file)
    with pytest.raises((OSError, ValueError)):
        Postings.load(tmp_path / "lexical", len(TEXTS))


@pytest.mark.parametrize(
    ("others", "why"),
    [(TEXTS[:2], "fewer passages"), ([*TEXTS, "更多"], "more passages")],
)
def test_an_index_of_other_passages_is_refused(tmp_path: Path, others: list[str], why: str) -> None:
    written(tmp_path, others)
    with pytest.raises(ValueError, match=f"holds {len(others)} passages"):
        Postings.load(tmp_path / "lexical", len(TEXTS))


def test_no_word_is_on_the_disk(tmp_path: Path) -> None:
    """What was removed stands in no file; what is kept there are hashes."""
    for path in written(tmp_path).iterdir():
        assert "监督".encode() not in path.read_bytes()


MANY = [*TEXTS, "计量监督和能源", "标准化管理", "管理能源计量"]
QUERIES = [query_tokens(text) for text in ("计量标准", "能源效率管理", "监督", "无此词语")]


@pytest.mark.parametrize("cuts", [[0, 6], [0, 2, 6], [0, 1, 2, 3, 4, 5, 6]], ids=str)
def test_it_scores_the_same_in_however_many_parts(cuts: list[int]) -> None:
    """Rows may stand for any: what a token weighs is counted over all parts."""
    order = [4, 0, 5, 2, 1, 3]  # the parts' rows, in the order of the index
    parts = []
    for start, end in pairwise(cuts):
        rows = order[start:end]
        parts.append((Postings.of(passage(f"p:{row}", MANY[row]) for row in rows), np.array(rows)))
    index, whole = LexicalIndex(parts), build(*MANY)
    for query in QUERIES:
        assert index.scores(query).tolist() == pytest.approx(whole.scores(query).tolist(), rel=1e-6)


@pytest.mark.parametrize(
    ("first", "second"), [([0, -1, 1], [2, 3, 4]), ([3, 1, -1], [0, -1, 2]), ([-1, -1, -1], [0, 1, 2])], ids=str
)
def test_parts_are_joined_as_if_their_texts_had_been_read(first: list[int], second: list[int]) -> None:
    one, other = (Postings.of(passage("p:1", text) for text in texts) for texts in (MANY[:3], MANY[3:]))
    size = sum(place >= 0 for place in first + second)
    found = Postings.joined([(one, np.array(first)), (other, np.array(second))], size)
    texts = {place: MANY[row] for row, place in enumerate(first + second) if place >= 0}
    anew = Postings.of(passage("p:1", texts[place]) for place in range(size))
    for name in TYPES:
        assert getattr(found, name).tolist() == getattr(anew, name).tolist(), name
