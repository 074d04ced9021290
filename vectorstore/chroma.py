"""Dense index over passages, kept in Chroma. The one place that imports chromadb.

Chroma is a derived store: written once in a folder of its own, then only read. Vectors of a small corpus are compared
exactly, as they lie in a file beside it (`vectorstore.dense`); beyond EXACT_MAX Chroma's own graph search answers.
"""

import errno
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from ingest.errors import BadSetting, StoreError
from vectorstore.exact import DenseIndex, ExactDense, Vectors, best_rows

__all__ = ["DenseIndex", "ExactDense", "Vectors", "best_rows"]

BATCH = 4_000  # Chroma takes at most 5,461 rows at once
COLLECTION = "passages"
COMPARED = 256  # vectors that are compared with those written whenever Chroma is opened
CLOSE = 1e-3  # Chroma scales what it is given to length 1 once more
WIDER = 8  # how many times more rows a filtered search asks for at most, and again while too few of them are wanted
SPARE = 1.25  # of what would do if those that are wanted lay evenly among the others


class ChromaDense:
    """Chroma's graph search, for corpora too large to hold; filters after, ten times faster than its `where`."""

    def __init__(self, closes: Callable[[], None], collection: Any, size: int, place: Path | str, url: str) -> None:
        self._closes, self.collection, self.size, self.place, self.url = closes, collection, size, place, url

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        """Raises StoreError when the server fails, OSError when the folder does."""
        if limit < 1 or (rows is not None and not len(rows)):
            return []
        wanted = np.full(self.size, rows is None)
        if rows is not None:
            wanted[rows] = True
        enough = limit if rows is None else min(limit, len(rows))
        wide = limit if rows is None else math.ceil(limit * min(WIDER, SPARE * self.size / len(rows)))
        while True:
            found = [pair for pair in self._nearest(query, min(wide, self.size)) if wanted[pair[0]]]
            if len(found) >= enough or wide >= self.size:
                return found[:limit]
            wide *= WIDER

    def _nearest(self, query: Vectors, count: int) -> list[tuple[int, float]]:
        with _explained(self.place, self.url):
            found = self.collection.query(query_embeddings=[query.tolist()], n_results=count, include=["distances"])
        pairs = [(int(row), 1.0 - float(gap)) for row, gap in zip(found["ids"][0], found["distances"][0], strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def close(self) -> None:
        self._closes()


def write_vectors(folder: Path, ids: Sequence[str], vectors: Vectors, url: str = "", name: str = COLLECTION) -> None:
    """Store one vector per passage; row i is kept under the id str(i), with the passage id beside it.

    Raises OSError when the folder cannot take them, StoreError when the server does not.
    """
    with _explained(folder, url), ExitStack() as closing:
        client = _client(folder, url, closing)
        collection = client.create_collection(name, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for start in range(0, len(ids), BATCH):
            rows = range(start, min(start + BATCH, len(ids)))
            collection.upsert(
                ids=[str(row) for row in rows],
                embeddings=vectors[start : start + BATCH],
                metadatas=[{"passage": ids[row]} for row in rows],
            )


def open_vectors(folder: Path, size: int, url: str = "", name: str = COLLECTION) -> ChromaDense:
    """Open what write_vectors wrote.

    Raises OSError or ValueError when they are missing, damaged or not `size`; StoreError when the server fails.
    """
    with _explained(folder, url), ExitStack() as closing:
        collection = _collection(folder, url, name, closing)
        _require_count(collection, size)
        return ChromaDense(closing.pop_all().close, collection, size, folder, url)


def require_vectors(folder: Path, vectors: Vectors, url: str = "", name: str = COLLECTION) -> None:
    """Chroma holds these: as many, and of some spread over all the same. Raises as open_vectors."""
    size = len(vectors)
    with _explained(folder, url), ExitStack() as closing:
        collection = _collection(folder, url, name, closing)
        _require_count(collection, size)
        rows = np.unique(np.linspace(0, size - 1, min(size, COMPARED)).astype(int)).tolist() if size else []
        if not rows:
            return
        got = collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        kept = np.stack([vectors[int(row)] for row in got["ids"]]) if got["ids"] else np.zeros((0, 1))
        found = np.asarray(got["embeddings"], dtype=np.float32)
    if found.shape != kept.shape or len(found) != len(rows) or not np.allclose(found, kept, atol=CLOSE):
        raise ValueError("Chroma holds other vectors than were written")


def drop_vectors(url: str, name: str) -> None:
    """Delete a collection on a Chroma server; one that is not there is no error. Raises StoreError."""
    with _explained(url, url), ExitStack() as closing:
        client = _client(Path(), url, closing)
        if any(collection.name == name for collection in client.list_collections()):
            client.delete_collection(name)


def server_answers(url: str) -> None:
    """Nothing, when a Chroma server is there. Raises StoreError or BadSetting."""
    with _explained(url, url), ExitStack() as closing:
        _client(Path(), url, closing).heartbeat()


def _collection(folder: Path, url: str, name: str, closing: ExitStack) -> Any:
    if not url and not folder.is_dir():
        # Chroma would make an empty store there
        raise FileNotFoundError(errno.ENOENT, "No vectors", str(folder))
    return _client(folder, url, closing).get_collection(name, embedding_function=None)


def _require_count(collection: Any, size: int) -> None:
    if (count := collection.count()) != size:
        raise ValueError(f"Chroma holds {count} vectors, {size} were written.")


def _client(folder: Path, url: str, closing: ExitStack) -> Any:
    client = _connect(url) if url else _open_folder(folder)
    closing.callback(_close, client)
    return client


def _close(client: Any) -> None:
    """Chroma's own close leaves the connections to a server open, its own and its administrator's."""
    client.close()
    for one in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(one, "_server", None), "_session", None)
        if session is not None:
            session.close()


def load_chromadb() -> None:
    """Takes its 0.6 s now: for whoever forks children that each open an index."""
    import chromadb  # noqa: F401


def _open_folder(folder: Path) -> Any:
    """chromadb is imported here and not above: it takes 0.6 s and not every command needs it."""
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    except AttributeError as error:  # a damaged store opened a second time: it stumbles over its first failure
        raise OSError(f"Chroma at '{folder}' cannot be opened: {error}.") from error


def _connect(url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    host, port, secure = _address(url)
    settings = Settings(anonymized_telemetry=False)
    try:
        return chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
    except ValueError as error:  # how it says that nobody answers
        raise StoreError(f"Chroma server at '{url}': {error} Start it, or correct CHROMA_URL.") from error


def _address(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/"):
            return parts.hostname, parts.port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https"
    except ValueError:  # a port that is no number
        pass
    raise BadSetting("CHROMA_URL", url, "http(s)://HOST:PORT of a Chroma server")


@contextmanager
def _explained(place: Path | str, url: str = "") -> Iterator[None]:
    """What Chroma and its connection raise → ValueError, OSError or StoreError, as open_vectors promises."""
    from chromadb.errors import ChromaError, NotFoundError

    try:
        yield
    except NotFoundError as error:
        raise ValueError(f"Chroma at '{url or place}': {error}.") from error
    except (ChromaError, httpx.HTTPError) as error:
        if url:
            raise StoreError(
                f"Chroma server at '{url}' failed: {error}. Check that it runs, then try again."
            ) from error
        raise OSError(f"Chroma at '{place}': {error}") from error
