"""A segment: the passages of some plans, with all that is searched and judged of them. Never changed once it is whole.

    DIR/segments/<name>/manifest.json   what it holds, by plan and row, and by which models it was read
    DIR/segments/<name>/passages.jsonl  lexical/  dense.npy  chroma/  states.npy  vectors.npy  states.json

Versions share segments: what a change leaves as it was is not written again. One that no version names is swept.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.errors import StoreError
from vectorstore.chroma import COLLECTION, DenseIndex, Vectors, open_vectors, require_vectors
from vectorstore.dense import FEW
from vectorstore.manifest import FILE, FORMAT, Seals, read_told
from vectorstore.postings import Postings
from vectorstore.seal import require_sealed
from vectorstore.states import FILES as STATES
from vectorstore.states import StoredStates, open_states
from vectorstore.unwritable import takes_writes

LARGEST = 32_000  # passages, but for a plan that has more by itself
PASSAGES, DENSE, LEXICAL, CHROMA = "passages.jsonl", "dense.npy", "lexical", "chroma"


@dataclass(frozen=True, slots=True)
class Held:
    """A plan's passages in a segment: their hash, the first row, and how many they are."""

    hashed: str
    start: int
    count: int

    @property
    def rows(self) -> slice:
        return slice(self.start, self.start + self.count)


@dataclass(frozen=True, slots=True)
class Contents:
    """As `manifest.json` of a segment has it. `collection`: of its vectors in Chroma; one of its own is on a server."""

    name: str
    embedder: str
    encoder: str
    collection: str
    plans: dict[str, Held]
    files: Seals = field(default_factory=dict)
    format: int = FORMAT

    @property
    def size(self) -> int:
        return sum(one.count for one in self.plans.values())

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Contents":
        """Raises OSError or ValueError when there is none or it cannot be understood."""
        try:
            told = read_told(folder, cls)
            plans = {plan_id: Held(**one) for plan_id, one in told["plans"].items()}
            return cls(**{**told, "plans": plans})
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"'{FILE}' of segment '{folder.name}' cannot be understood") from error


def all_contents(folder: Path) -> list[Contents]:
    """Of every whole segment under `folder` that this program wrote, the oldest first."""
    found = []
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            contents = Contents.read(each)
        except (OSError, ValueError):  # a draft, or damaged: its passages are read anew
            continue
        if contents.format == FORMAT and contents.name == each.name:
            found.append(contents)
    return found


class Segment:
    """An open one. Several versions of an index may use it; the last that lets go closes it."""

    def __init__(self, folder: Path, chroma_url: str = "", encoder_id: str = "") -> None:
        """Raises OSError or ValueError when it is damaged, StoreError when the Chroma server fails."""
        self.folder, self.chroma_url = folder, chroma_url
        self.contents = Contents.read(folder)
        size, seals = self.contents.size, self.contents.files
        require_sealed(folder, {name: one for name, one in seals.items() if name not in STATES})
        self.postings = Postings.load(folder / LEXICAL, size)
        self.vectors = _vectors(folder, size)
        self.states = self._states(encoder_id, size)
        if chroma_url or takes_writes(folder):  # Chroma writes whenever it opens its files
            require_vectors(folder / CHROMA, self.vectors, chroma_url, self.contents.collection)
        self._graph: DenseIndex | None = None
        self._users, self._lock = 1, Lock()

    @property
    def name(self) -> str:
        return self.contents.name

    def hold(self) -> "Segment":
        with self._lock:
            self._users += 1
        return self

    def release(self) -> None:
        with self._lock:
            self._users -= 1
            graph = self._graph if self._users == 0 else None
        if graph:
            graph.close()

    def graph(self) -> DenseIndex | None:
        """Chroma's graph search; None where a comparison of all is as quick, or Chroma cannot open its files."""
        with self._lock:
            if self._graph is None and len(self.vectors) > FEW and (self.chroma_url or takes_writes(self.folder)):
                place, collection = self.folder / CHROMA, self.contents.collection
                self._graph = open_vectors(place, len(self.vectors), self.chroma_url, collection)
            return self._graph

    def _states(self, encoder_id: str, size: int) -> StoredStates | None:
        if not encoder_id:
            return None
        stored = open_states(self.folder, encoder_id, size)
        if stored:
            require_sealed(self.folder, {name: one for name, one in self.contents.files.items() if name in STATES})
        return stored


def require_whole(folder: Path) -> None:
    """Every byte is what was written. Raises OSError, ValueError or StoreError."""
    contents = Contents.read(folder)
    if contents.name != folder.name:
        raise StoreError(f"segment '{folder.name}' says that it is '{contents.name}'")
    require_sealed(folder, contents.files, thorough=True)


def rows_of(segments: Iterable[Contents], order: Mapping[str, int]) -> list[NDArray[np.intp]]:
    """By segment: the rows of the index its own rows stand for, when plans follow each other in `order`.

    `order` has how many passages each plan has. Raises ValueError when a plan is in no segment, or in two.
    """
    first, at = dict[str, int](), 0
    for plan_id, count in order.items():
        first[plan_id] = at
        at += count
    found = [
        np.concatenate([np.arange(one.count) + first.pop(plan_id, -at - 1) for plan_id, one in each.plans.items()])
        for each in segments
    ]
    if any(count and plan_id in first for plan_id, count in order.items()) or any((one < 0).any() for one in found):
        raise ValueError("its segments hold other plans than were written")
    return found


def _vectors(folder: Path, size: int) -> Vectors:
    vectors: Vectors = np.load(folder / DENSE, mmap_mode="r")
    if vectors.ndim != 2 or len(vectors) != size:
        raise ValueError(f"'{DENSE}' holds {vectors.shape}, {size} vectors were written")
    return vectors


def collection_of(name: str) -> str:
    """Name on a Chroma server, which several segments and indexes share."""
    return f"{COLLECTION}-{name}"
