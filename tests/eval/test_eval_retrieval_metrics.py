import math

import pytest

from eval.retrieval.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank

RANKING = ["x", "a", "y", "b", "z"]
GOLD = {"a", "b", "c"}


@pytest.mark.parametrize(("depth", "expected"), [(1, 0.0), (2, 1.0), (5, 1.0)])
def test_hit(depth: int, expected: float) -> None:
    assert hit_at(RANKING, GOLD, depth) == expected


@pytest.mark.parametrize(("depth", "expected"), [(1, 0.0), (2, 1 / 3), (4, 2 / 3), (100, 2 / 3)])
def test_recall_is_over_all_relevant_ids_found_or_not(depth: int, expected: float) -> None:
    assert recall_at(RANKING, GOLD, depth) == pytest.approx(expected)


def test_recall_without_gold_is_no_number() -> None:
    with pytest.raises(ValueError, match="relevant"):
        recall_at(RANKING, set(), 5)


@pytest.mark.parametrize(("depth", "expected"), [(1, 0.0), (2, 1 / 2), (10, 1 / 2)])
def test_reciprocal_rank(depth: int, expected: float) -> None:
    assert reciprocal_rank(RANKING, GOLD, depth) == expected


def test_ndcg_by_hand() -> None:
    """Grades 3, 1, 2 in places 2, 4 and nowhere: (3/log2 3 + 1/log2 5) over (3/log2 2 + 2/log2 3 + 1/log2 4)."""
    grades = {"a": 3.0, "b": 1.0, "c": 2.0, "y": 0.0}
    best = 3 + 2 / math.log2(3) + 1 / 2
    assert ndcg_at(RANKING, grades, 10) == pytest.approx((3 / math.log2(3) + 1 / math.log2(5)) / best)
    assert ndcg_at(["a", "c", "b"], grades, 10) == pytest.approx(1.0)
    assert ndcg_at(["a", "b"], grades, 1) == pytest.approx(1.0)  # the best order is cut at the same depth


def test_an_id_counts_once_at_its_first_place() -> None:
    doubled = ["a", "a", "b"]
    assert recall_at(doubled, {"a", "b"}, 2) == 1.0
    assert ndcg_at(doubled, {"a": 1.0, "b": 1.0}, 3) == pytest.approx(1.0)


def test_nothing_found_is_a_miss_everywhere() -> None:
    assert hit_at([], GOLD, 10) == recall_at([], GOLD, 10) == reciprocal_rank([], GOLD, 10) == 0.0
    assert ndcg_at([], {"a": 1.0}, 10) == ndcg_at(["x"], {}, 10) == 0.0
