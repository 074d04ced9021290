"""Small passages, embedders whose vectors a reader can work out, and a look into a store."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.embed_hash import HashEmbedder
from vectorstore.index import Query
from vectorstore.store import IndexStore


def passage(
    clause_id: str, text: str, heading: str = "", number: int = 0, context: str = "", lead: str = ""
) -> Passage:
    """A passage of `plan:path` that is the whole of its clause, unless numbered otherwise."""
    return Passage(
        id=f"{clause_id}#{number}",
        clause_id=clause_id,
        plan_id=clause_id.partition(":")[0],
        start=0,
        end=len(text),
        text=text,
        heading=heading,
        context=context,
        lead=lead,
    )


class Pointing:
    """An embedder that gives each text the unit vector it was told, and all zeros to a text it was not told of."""

    def __init__(self, places: dict[str, Sequence[float]], name: str = "pointing") -> None:
        self.places = places
        self.id = name
        self.dimension = len(next(iter(places.values())))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        nowhere = [0.0] * self.dimension
        return np.array([self.places.get(text, nowhere) for text in texts], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_queries(texts)


# Four clauses of two plans, enough to see order, filters and ties.
FOUR = [
    passage("a:一", "加强计量监督管理。"),
    passage("a:二", "建设计量标准。"),
    passage("b:一", "开展诚信计量示范。"),
    passage("b:二", "提高能源效率。"),
]


EMBEDDER = HashEmbedder(16)


def best(store: IndexStore, text: str, passages: Sequence[Passage] = FOUR) -> str:
    """Id of the best clause of the live version."""
    index = store.open(passages, EMBEDDER)
    try:
        return index.search(Query(text), 1)[0].clause_id
    finally:
        index.close()
