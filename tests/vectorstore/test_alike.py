"""Clauses that speak of the same: by the mean of their sentences' vectors, the best of each plan."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.model import Passage
from tests.vectorstore.passage_builders import passage
from vectorstore.alike import MOST_PLANS, ClauseVectors, FindsAlike
from vectorstore.dense import Part, SegmentedDense
from vectorstore.embed_hash import HashEmbedder
from vectorstore.exact import ExactDense, KeptDense, Vectors
from vectorstore.index import PassageIndex
from vectorstore.lexical import LexicalIndex

Rows = NDArray[np.intp]

E, N, W = (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)
ROWS = (
    ("a:一", E), ("a:一", N), ("b:一", N), ("b:二", E), ("b:二", N), ("b:三", E), ("c:一", W), ("d:一", E), ("d:二", E),
)  # fmt: skip


def vectors_of(rows: Sequence[tuple[str, tuple[float, float]]]) -> Vectors:
    return np.array([vector for _, vector in rows], dtype=np.float32)


def segmented(vectors: Vectors) -> KeptDense:
    """In two parts, the second first."""
    rows = np.arange(len(vectors))
    parts = [Part(vectors[part], part) for part in (rows[5:], rows[:5])]
    return SegmentedDense(parts, len(vectors), lambda: None)


@pytest.fixture(params=["in memory", "in segments"])
def index(request: pytest.FixtureRequest) -> PassageIndex:
    vectors = vectors_of(ROWS)
    dense = ExactDense(vectors) if request.param == "in memory" else segmented(vectors)
    counts: dict[str, int] = {}
    passages: list[Passage] = []
    for clause_id, _ in ROWS:
        counts[clause_id] = counts.get(clause_id, -1) + 1
        passages.append(passage(clause_id, f"第{counts[clause_id]}句", number=counts[clause_id]))
    return PassageIndex(passages, LexicalIndex.build(passages), dense, HashEmbedder(), "v1")


def told(index: PassageIndex, clause_id: str, *plans: str) -> list[tuple[str, float]]:
    return [(one.clause_id, round(one.cosine, 3)) for one in index.alike(clause_id, plans)]


def test_the_clause_that_says_as_much_is_nearest(index: PassageIndex) -> None:
    assert isinstance(index, FindsAlike)
    assert told(index, "a:一", "b") == [("b:二", 1.0)]  # not b:一 or b:三, which say half of it


def test_plans_come_in_the_order_that_is_asked(index: PassageIndex) -> None:
    assert [one for one, _ in told(index, "a:一", "d", "c", "b")] == ["d:一", "c:一", "b:二"]
    assert told(index, "a:一", "nowhere", "b") == [("b:二", 1.0)]


def test_equal_ones_go_by_their_id(index: PassageIndex) -> None:
    assert told(index, "b:三", "d") == [("d:一", 1.0)]


def test_what_says_nothing_is_like_nothing(index: PassageIndex) -> None:
    assert told(index, "a:二", "b") == []
    assert told(index, "a:一") == []


def test_the_sentence_that_is_most_like_it_is_told(index: PassageIndex) -> None:
    (one,) = index.alike("b:三", ["a"])
    assert (one.plan_id, one.start, one.end) == ("a", index.passages[0].start, index.passages[0].end)


class Counting(ExactDense):
    searched = 0

    def top(self, query: Vectors, limit: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        self.searched += 1
        return super().top(query, limit, rows)


def test_many_plans_are_gone_through_at_once() -> None:
    rows = [("a:一", E), *((f"p{number}:一", E if number % 2 else W) for number in range(MOST_PLANS + 1))]
    passages = [passage(clause_id, "句") for clause_id, _ in rows]
    dense = Counting(vectors_of(rows))
    found = ClauseVectors(passages, dense, lambda _: np.arange(1, len(rows))).alike(
        "a:一", [f"p{number}" for number in range(MOST_PLANS + 1)]
    )
    assert dense.searched == 1
    assert [one.plan_id for one in found if one.cosine > 0] == [f"p{number}" for number in range(1, MOST_PLANS + 1, 2)]


def test_vectors_that_cancel_each_other_out_are_like_nothing() -> None:
    rows = (("a:一", E), ("a:一", W), ("b:一", E))
    passages = [passage(clause_id, "句", number=at) for at, (clause_id, _) in enumerate(rows)]
    found = ClauseVectors(passages, ExactDense(vectors_of(rows)), lambda _: np.array([2]))
    assert [one.cosine for one in found.alike("a:一", ["b"])] == [0.0]


def test_stored_vectors_come_in_the_order_of_the_rows() -> None:
    vectors = vectors_of(ROWS)
    for dense in (ExactDense(vectors), segmented(vectors)):
        assert dense.of(np.array([8, 0, 2])).tolist() == [list(E), list(E), list(N)]
        assert dense.of(np.array([], dtype=np.intp)).shape == (0, 2)
