"""`metrology eval retrieval DIR`: index anyone's labelled collection in a temporary place and measure the search."""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from eval.figures import SEED, Figure
from eval.retrieval.collection import Collection, read_collection
from eval.retrieval.documents import document_id, passages_of
from eval.retrieval.scores import DEPTH, Found, empty, figures
from eval.table import table
from ingest.model import Passage
from vectorstore.chroma import ExactDense
from vectorstore.embed import Embedder
from vectorstore.index import Channel, PassageIndex, Query
from vectorstore.lexical import LexicalIndex
from vectorstore.store import IndexStore, Progress

Write = Callable[[str], None]
Search = Callable[[str], Sequence[str]]  # query text → document ids, best first


@dataclass(frozen=True, slots=True)
class Options:
    """What `metrology eval retrieval` was asked to do."""

    folder: Path
    channel: Channel = Channel.HYBRID
    split: str = ""  # of the qrels; empty takes test, else dev
    json: Path | None = None
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection searched once. Times in seconds, memory in bytes."""

    collection: Collection
    embedder: str
    passages: int
    figures: tuple[Figure, ...]
    found: dict[str, Found]
    build_s: float
    peak_bytes: int  # of this process, at any time so far


def run(options: Options, embedder: Embedder, write: Write, progress: Progress | None = None) -> Measured:
    """Raises NoCases when the folder holds nothing to score."""
    collection = read_collection(options.folder, options.split)
    passages = passages_of(collection.documents)
    with tempfile.TemporaryDirectory(prefix="metrology-eval-") as place:
        started = time.perf_counter()
        with built(Path(place), passages, embedder, options.channel, progress) as index:
            build_s = time.perf_counter() - started
            found = search_all(collection, lambda text: search(index, text, options.channel))
    measured = Measured(
        collection=collection,
        embedder="" if options.channel is Channel.LEXICAL else embedder.id,
        passages=len(passages),
        figures=figures(collection, found, options.seed),
        found=found,
        build_s=build_s,
        peak_bytes=peak_memory(),
    )
    if options.json:
        _write_json(measured, options)
    _tell(measured, options, write)
    return measured


@contextmanager
def built(
    place: Path, passages: Sequence[Passage], embedder: Embedder, channel: Channel, progress: Progress | None = None
) -> Iterator[PassageIndex]:
    """An index under `place`, as the product builds it; the lexical channel alone needs no vectors and gets none."""
    if channel is Channel.LEXICAL:
        nothing = ExactDense(np.zeros((0, embedder.dimension), dtype=np.float32))
        index = PassageIndex(passages, LexicalIndex.build(passages), nothing, embedder)
    else:
        store = IndexStore(place)
        store.build(passages, embedder, progress)
        index = store.open(passages, embedder)
    try:
        yield index
    finally:
        index.close()


def search(index: PassageIndex, text: str, channel: Channel, limit: int = DEPTH) -> list[str]:
    """Document ids, best first."""
    return [document_id(hit.clause_id) for hit in index.search(Query(text), limit, channel)]


def search_all(collection: Collection, search_one: Search) -> dict[str, Found]:
    """Every query once, timed one by one; one goes before, unmeasured, for what is loaded on first use."""
    search_one(next(iter(collection.queries.values())))
    found = {}
    for query, text in collection.queries.items():
        started = time.perf_counter()
        ranking = tuple(search_one(text))
        found[query] = Found(ranking, (time.perf_counter() - started) * 1000)
    return found


def peak_memory() -> int:
    """Most resident memory this process has had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # macOS says bytes, Linux KiB


def _tell(measured: Measured, options: Options, write: Write) -> None:
    collection = measured.collection
    write(
        f"{collection.name}, qrels {collection.split}, channel {options.channel}: {len(collection.documents)} "
        f"documents, {measured.passages} passages, {len(collection.queries)} queries scored"
    )
    for reason, count in collection.faults.items():
        write(f"  {count} {reason}")
    write(f"  {empty(collection, measured.found)} queries found nothing and count as misses")
    rows = [[figure.name, str(figure), str(figure.count)] for figure in measured.figures]
    rows.append(["build_s", f"{measured.build_s:.1f}", ""])
    rows.append(["peak_memory_mib", f"{measured.peak_bytes / 2**20:.0f}", ""])
    write(table(["figure", "value [95 % interval]", "over"], rows))


def _write_json(measured: Measured, options: Options) -> None:
    if options.json is None:
        return
    collection = measured.collection
    content: dict[str, Any] = {
        "settings": {
            "collection": collection.name,
            "split": collection.split,
            "channel": str(options.channel),
            "embedder": measured.embedder,
            "depth": DEPTH,
            "seed": options.seed,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
        "documents": len(collection.documents),
        "passages": measured.passages,
        "queries": len(collection.queries),
        "empty_queries": empty(collection, measured.found),
        "faults": dict(collection.faults),
        "figures": {figure.name: asdict(figure) for figure in measured.figures},
        "build_s": round(measured.build_s, 3),
        "peak_memory_bytes": measured.peak_bytes,
        "rankings": {query: list(one.ranking) for query, one in measured.found.items()},
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
