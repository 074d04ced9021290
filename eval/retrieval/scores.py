"""Rankings of a collection's queries → figures. A query for which nothing was found is a miss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.figures import SEED, Figure, mean, quantile
from eval.retrieval.collection import Collection
from eval.retrieval.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank

DEPTH = 100  # documents asked for


@dataclass(frozen=True, slots=True)
class Found:
    """Documents found for a query, best first, and the milliseconds it took, embedding the query included."""

    ranking: tuple[str, ...]
    took_ms: float


def figures(collection: Collection, found: Mapping[str, Found], seed: int = SEED) -> tuple[Figure, ...]:
    """Over all queries of the collection; one that `found` lacks counts as a miss."""
    rows = [(collection.grades[query], _ranking(found, query)) for query in collection.queries]
    values: dict[str, Sequence[float]] = {
        **{f"recall@{depth}": [recall_at(ranking, set(grades), depth) for grades, ranking in rows]
           for depth in (1, 5, 10, DEPTH)},
        "hit@1": [hit_at(ranking, grades, 1) for grades, ranking in rows],
        "mrr@10": [reciprocal_rank(ranking, grades, 10) for grades, ranking in rows],
        "ndcg@10": [ndcg_at(ranking, grades, 10) for grades, ranking in rows],
    }  # fmt: skip
    took = [one.took_ms for one in found.values()]
    return (
        *(mean(name, per_query, seed) for name, per_query in values.items()),
        quantile("query_p50_ms", took, 0.5, seed),
        quantile("query_p95_ms", took, 0.95, seed),
    )


def empty(collection: Collection, found: Mapping[str, Found]) -> int:
    """How many queries found nothing at all."""
    return sum(not _ranking(found, query) for query in collection.queries)


def _ranking(found: Mapping[str, Found], query: str) -> tuple[str, ...]:
    return found[query].ranking if query in found else ()
