"""Dense index over passages, kept in Chroma. The one place that imports chromadb.

Chroma is a derived store: written once in a folder of its own, then only read. Vectors of a small corpus are read
out at opening and compared exactly; beyond EXACT_MAX Chroma's own graph search answers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

EXACT_MAX = 100_000  # vectors; at 256 numbers each a comparison of all takes some 12 ms
BATCH = 4_000  # Chroma takes at most 5,461 rows at once
COLLECTION = "passages"

Vectors = NDArray[np.float32]


class DenseIndex(Protocol):
    """Cosine of a unit query with passages, by row number."""

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        """The `limit` best (row, score), best first; only among `rows` when given."""

    def close(self) -> None:
        """Let go of files and connections."""


class ExactDense:
    """Exact search over vectors held in memory; also the fake for tests."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        scores = (self.vectors if rows is None else self.vectors[rows]) @ query
        return best_rows(scores, limit, rows)

    def close(self) -> None:
        pass


class ChromaDense:
    """Chroma's graph search, for corpora too large to hold; filters after, ten times faster than its `where`."""

    def __init__(self, client: Any, collection: Any) -> None:
        self.client, self.collection = client, collection

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        wide = limit if rows is None else limit * 8
        found = self.collection.query(query_embeddings=[query.tolist()], n_results=wide, include=["distances"])
        wanted = None if rows is None else set(rows.tolist())
        pairs = [(int(row), 1.0 - float(gap)) for row, gap in zip(found["ids"][0], found["distances"][0], strict=True)]
        return [pair for pair in pairs if wanted is None or pair[0] in wanted][:limit]

    def close(self) -> None:
        self.client.close()


def best_rows(scores: Vectors, limit: int, rows: NDArray[np.intp] | None) -> list[tuple[int, float]]:
    """Best first, equal scores by row number."""
    many = len(scores) > limit
    chosen = np.argpartition(-scores, limit - 1)[:limit] if many else np.arange(len(scores))
    ordered = chosen[np.lexsort((chosen, -scores[chosen]))]
    return [
        (int(ordered_row if rows is None else rows[ordered_row]), float(scores[ordered_row])) for ordered_row in ordered
    ]


def write_vectors(folder: Path, ids: Sequence[str], vectors: Vectors, url: str = "", name: str = COLLECTION) -> None:
    """Store one vector per passage; row i is kept under the id str(i), with the passage id beside it."""
    client = _client(folder, url)
    try:
        collection = client.create_collection(name, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for start in range(0, len(ids), BATCH):
            rows = range(start, min(start + BATCH, len(ids)))
            collection.upsert(
                ids=[str(row) for row in rows],
                embeddings=vectors[start : start + BATCH],
                metadatas=[{"passage": ids[row]} for row in rows],
            )
    finally:
        client.close()


def open_vectors(folder: Path, size: int, url: str = "", name: str = COLLECTION) -> DenseIndex:
    """Open what write_vectors wrote. Raises ValueError when the number of vectors is not `size`."""
    client = _client(folder, url)
    collection = client.get_collection(name, embedding_function=None)
    count = collection.count()
    if count != size:
        client.close()
        raise ValueError(f"Chroma holds {count} vectors, {size} were written.")
    if size > EXACT_MAX:
        return ChromaDense(client, collection)
    try:
        return ExactDense(_read_all(collection, size))
    finally:
        client.close()


def drop_vectors(url: str, name: str) -> None:
    """Delete a collection on a Chroma server; one that is not there is no error."""
    client = _client(Path("."), url)
    try:
        if any(collection.name == name for collection in client.list_collections()):
            client.delete_collection(name)
    finally:
        client.close()


def _read_all(collection: Any, size: int) -> Vectors:
    vectors: Vectors | None = None
    for start in range(0, size, BATCH):
        ids = [str(row) for row in range(start, min(start + BATCH, size))]
        got = collection.get(ids=ids, include=["embeddings"])
        block = np.asarray(got["embeddings"], dtype=np.float32)
        if vectors is None:
            vectors = np.zeros((size, block.shape[1]), dtype=np.float32)
        vectors[[int(row) for row in got["ids"]]] = block
    return vectors if vectors is not None else np.zeros((0, 1), dtype=np.float32)


def _client(folder: Path, url: str) -> Any:
    """chromadb is imported here and not above: it takes 0.6 s and not every command needs it."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        host, _, port = url.split("://", 1)[-1].rstrip("/").partition(":")
        return chromadb.HttpClient(host=host, port=int(port or 8000), ssl=url.startswith("https"), settings=settings)
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=settings)
