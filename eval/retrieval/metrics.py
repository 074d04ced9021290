"""Measures of one ranking against what is relevant. A ranking is ids, best first; an id counts at its first place."""

import math
from collections.abc import Collection, Mapping, Sequence


def hit_at(ranking: Sequence[str], gold: Collection[str], depth: int) -> float:
    """1 when any gold id is among the first `depth`, else 0."""
    return float(any(found in gold for found in _distinct(ranking)[:depth]))


def recall_at(ranking: Sequence[str], gold: Collection[str], depth: int) -> float:
    """Share of the gold ids among the first `depth`. Raises ValueError without gold: there is nothing to find."""
    if not gold:
        raise ValueError("Recall needs at least one relevant id.")
    return sum(found in gold for found in _distinct(ranking)[:depth]) / len(set(gold))


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str], depth: int) -> float:
    """1 over the place of the first gold id, 0 when none is among the first `depth`."""
    places = (place for place, found in enumerate(_distinct(ranking)[:depth], start=1) if found in gold)
    return 1 / next(places, math.inf)


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Graded gain, discounted by the logarithm of the place, over that of the best order; gain is the grade itself.

    This is trec_eval's measure, which BEIR reports. 0 when no grade is above 0.
    """
    gains = [max(0.0, grades.get(found, 0.0)) for found in _distinct(ranking)[:depth]]
    best = _discounted(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth])
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def _distinct(ranking: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ranking))
