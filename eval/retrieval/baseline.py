"""The usual stack on the same collection, for comparison: rank_bm25 and Chroma in LangChain's EnsembleRetriever.

Needs the extra `bench`. Both sides get the same passages, the same embedder and, for words, the same segmenter.
"""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from eval.figures import Figure, ratio_of_medians
from eval.retrieval.collection import Collection, read_collection
from eval.retrieval.documents import document_id, passages_of
from eval.retrieval.run import Options, Search, Write, built, peak_memory, search
from eval.retrieval.scores import Found, figures
from eval.table import table
from ingest.errors import BadSetting
from ingest.model import Passage
from vectorstore.embed import Embedder
from vectorstore.index import embedding_text
from vectorstore.store import Progress
from vectorstore.tokenize import words

LIMIT = 10  # what a page of answers needs
BATCH = 4_000  # rows Chroma takes at once, within its bound
INSTALL = 'its packages installed: pip install "integrity-metrology-bot[bench]"'
SHOWN = ("recall@1", "recall@5", "recall@10", "hit@1", "mrr@10", "ndcg@10", "query_p50_ms", "query_p95_ms")


@dataclass(frozen=True, slots=True)
class Side:
    name: str
    figures: tuple[Figure, ...]
    build_s: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`speedup` is the median time of one of their queries over that of ours."""

    ours: Side
    theirs: Side
    speedup: Figure


def run(options: Options, embedder: Embedder, write: Write, progress: Progress | None = None) -> Comparison:
    """Raises NoCases, and BadSetting when the extra is not installed."""
    require_installed()
    collection = read_collection(options.folder, options.split)
    passages = passages_of(collection.documents)
    with tempfile.TemporaryDirectory(prefix="metrology-bench-") as place:
        started = time.perf_counter()
        theirs = ensemble(Path(place) / "baseline", passages, embedder)
        between = time.perf_counter()
        with built(Path(place) / "ours", passages, embedder, options.channel, progress) as index:
            finished = time.perf_counter()
            ours_found, theirs_found = _in_turn(
                collection, lambda text: search(index, text, options.channel, LIMIT), theirs
            )
    comparison = Comparison(
        _side(f"ours, {options.channel}", collection, ours_found, finished - between, options.seed),
        _side("rank_bm25 + Chroma, LangChain ensemble", collection, theirs_found, between - started, options.seed),
        _speedup(ours_found, theirs_found, options.seed),
    )
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(asdict(comparison), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _tell(comparison, len(passages), write)
    return comparison


def require_installed() -> None:
    """Raises BadSetting, naming the package that is missing."""
    for name in ("rank_bm25", "langchain_community", "langchain_chroma", "langchain_classic"):
        _load(name)


def ensemble(place: Path, passages: Sequence[Passage], embedder: Embedder) -> Search:
    """Equal weights and each retriever LIMIT deep, as the library's own examples have it."""
    texts = [embedding_text(passage) for passage in passages]
    metadata = [{"document": document_id(passage.clause_id)} for passage in passages]
    lexical = _load("langchain_community.retrievers").BM25Retriever.from_texts(
        texts, metadata, preprocess_func=lambda text: list(words(text)), k=LIMIT
    )
    store = _load("langchain_chroma").Chroma(
        collection_name="baseline",
        embedding_function=_Embeddings(embedder),
        persist_directory=str(place),
        collection_metadata={"hnsw:space": "cosine"},
    )
    for start in range(0, len(texts), BATCH):
        store.add_texts(texts[start : start + BATCH], metadata[start : start + BATCH])
    both = _load("langchain_classic.retrievers").EnsembleRetriever(
        retrievers=[lexical, store.as_retriever(search_kwargs={"k": LIMIT})], weights=[0.5, 0.5]
    )
    return lambda text: [str(document.metadata["document"]) for document in both.invoke(text)]


class _Embeddings:
    """Our embedder under the names LangChain calls."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self.embedder.embed_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self.embedder.embed_queries([text])[0].tolist()
        return row


def _load(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise BadSetting("baseline", name, INSTALL) from error


def _in_turn(collection: Collection, ours: Search, theirs: Search) -> tuple[dict[str, Found], dict[str, Found]]:
    """Both sides on one query after the other, so that a busy machine slows both alike."""
    found: tuple[dict[str, Found], dict[str, Found]] = ({}, {})
    for side in (ours, theirs):
        side(next(iter(collection.queries.values())))
    for query, text in collection.queries.items():
        for side, rows in zip((ours, theirs), found, strict=True):
            rows[query] = _timed(side, text)
    return found


def _timed(search_one: Callable[[str], Sequence[str]], text: str) -> Found:
    started = time.perf_counter()
    ranking = tuple(search_one(text))
    return Found(ranking, (time.perf_counter() - started) * 1000)


def _side(name: str, collection: Collection, found: dict[str, Found], build_s: float, seed: int) -> Side:
    kept = tuple(figure for figure in figures(collection, found, seed) if figure.name in SHOWN)
    return Side(name, kept, build_s)


def _speedup(ours: dict[str, Found], theirs: dict[str, Found], seed: int) -> Figure:
    pairs = [(theirs[query].took_ms, one.took_ms) for query, one in ours.items()]
    return ratio_of_medians("speedup_p50", pairs, seed)


def _tell(comparison: Comparison, passages: int, write: Write) -> None:
    ours, theirs = comparison.ours, comparison.theirs
    rows = [[mine.name, str(mine), str(other)] for mine, other in zip(ours.figures, theirs.figures, strict=True)]
    rows.append(["build_s", f"{ours.build_s:.1f}", f"{theirs.build_s:.1f}"])
    write(f"{passages} passages, {ours.figures[0].count} queries, each asked of both sides in turn, {LIMIT} deep")
    write(table(["figure", ours.name, theirs.name], rows))
    write(f"Median query time, theirs over ours: {comparison.speedup}")
    write(f"Peak memory of this process, both sides together: {peak_memory() / 2**20:.0f} MiB")
