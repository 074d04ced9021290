"""Pieces → a segment on disk. What another segment read is taken from there, not read again."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.arrange import Piece
from vectorstore.chroma import Vectors
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import embedding_text
from vectorstore.postings import Postings
from vectorstore.segment import DENSE, LEXICAL, PASSAGES, Contents
from vectorstore.states import StoredStates, open_states, write_states

EMBED_BATCH = 64

Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)
Said = Callable[[str, int], None]  # (what is being done, passages more)


@dataclass(frozen=True, slots=True)
class Models:
    """What is searched by, and whose token states the judge reads; often the same."""

    embedder: Embedder
    encoder: Encoder | None

    @property
    def are_one(self) -> bool:
        return self.encoder is not None and self.encoder.id == self.embedder.id


class Old:
    """A segment as far as another is made of it."""

    def __init__(self, folder: Path, contents: Contents, encoder_id: str) -> None:
        """Raises OSError or ValueError when it is damaged."""
        self.contents = contents
        self.postings = Postings.load(folder / LEXICAL, contents.size)
        self.vectors: Vectors = np.load(folder / DENSE, mmap_mode="r")
        self.states: StoredStates | None = open_states(folder, encoder_id, contents.size) if encoder_id else None
        self.lines = (folder / PASSAGES).read_text(encoding="utf-8").splitlines()

    def texts_of(self, plan_id: str) -> dict[str, int]:
        """By what a model read of a plan's passages: their rows. Equal texts have equal vectors."""
        held = self.contents.plans[plan_id]
        read = (Passage(**json.loads(line)) for line in self.lines[held.rows])
        return {embedding_text(passage): held.start + row for row, passage in enumerate(read)}

    def encoding(self, row: int) -> Encoding | None:
        return self.states.of([row])[0] if self.states and self.states.has(row) else None


@dataclass(frozen=True, slots=True)
class Found:
    """A row of an older segment, or nothing."""

    old: Old | None = None
    row: int = 0

    @property
    def encoding(self) -> Encoding | None:
        return self.old.encoding(self.row) if self.old else None


class Rows:
    """The rows of a segment to be: of each its passage or its line, and where it was read before."""

    def __init__(self, group: Sequence[Piece], olds: Mapping[str, Old]) -> None:
        """`olds`: the segments the pieces lie in, and those that have other versions of their plans, by name."""
        self.lines: list[str] = []
        self.fresh: dict[int, Passage] = {}
        self.found: list[Found] = []
        self.stated: list[bool] = []
        for piece in group:
            if piece.source:
                old, rows = olds[piece.source.contents.name], piece.source.held.rows
                self.lines += old.lines[rows]
                self.found += [Found(old, row) for row in range(rows.start, rows.stop)]
            else:
                self._read(piece.wanted.passages(), _texts(piece, olds))
            self.stated += [piece.wanted.stated] * piece.count

    def _read(self, passages: Sequence[Passage], known: Mapping[str, Found]) -> None:
        for passage in passages:
            self.fresh[len(self.lines)] = passage
            self.lines.append(json.dumps(asdict(passage), ensure_ascii=False))
            self.found.append(known.get(embedding_text(passage), Found()))

    def postings(self) -> Postings:
        """Rows of older segments as they are; texts are cut into tokens."""
        places: dict[int, tuple[Old, NDArray[np.intp]]] = {}
        for row, found in enumerate(self.found):
            if found.old and row not in self.fresh:
                _, own = places.setdefault(
                    id(found.old), (found.old, np.full(found.old.contents.size, -1, dtype=np.intp))
                )
                own[found.row] = row
        parts = [(old.postings, own) for old, own in places.values()]
        if self.fresh:
            parts.append((Postings.of(self.fresh.values()), np.array(list(self.fresh), dtype=np.intp)))
        return Postings.joined(parts, len(self.lines))


def _texts(piece: Piece, olds: Mapping[str, Old]) -> dict[str, Found]:
    """What other versions of a plan said, and where."""
    plan_id = piece.wanted.plan_id
    holding = [old for old in olds.values() if plan_id in old.contents.plans]
    return {text: Found(old, row) for old in holding for text, row in old.texts_of(plan_id).items()}


def read_all(folder: Path, rows: Rows, models: Models, said: Said) -> Vectors:
    """A vector a row; token states are written to `folder`, out of the same pass where it can be."""
    vectors = np.zeros((len(rows.lines), models.embedder.dimension), dtype=np.float32)
    if models.encoder:
        write_states(folder, models.encoder.id, _encodings(rows, vectors, models, said))
    else:
        for batch in _batches(len(rows.lines)):
            _embed(batch, rows, vectors, models.embedder)
            said("dense", len(batch))
    return vectors


def _encodings(rows: Rows, vectors: Vectors, models: Models, said: Said) -> Iterator[Encoding | None]:
    """Those that are kept; the vectors are filled in on the way."""
    for batch in _batches(len(vectors)):
        made = _made(batch, rows, models)
        if models.are_one:
            for row, encoding in made.items():
                vectors[row] = encoding.vector
        _embed([row for row in batch if row not in made or not models.are_one], rows, vectors, models.embedder)
        said("dense", len(batch))
        yield from (made.get(row) if rows.stated[row] else None for row in batch)


def _made(batch: Iterable[int], rows: Rows, models: Models) -> dict[int, Encoding]:
    """By row what was read before, and what has to be read now."""
    known = {row: rows.found[row].encoding for row in batch}
    made = {row: encoding for row, encoding in known.items() if encoding}
    lacking = [row for row in known if row not in made and row in rows.fresh and rows.stated[row]]
    if models.encoder:
        read = models.encoder.passages([embedding_text(rows.fresh[row]) for row in lacking])
        made |= zip(lacking, read, strict=True)
    return made


def _embed(batch: Sequence[int], rows: Rows, vectors: Vectors, embedder: Embedder) -> None:
    """Only those that are new are embedded, equal ones once."""
    fresh: dict[str, list[int]] = {}
    for row in batch:
        found = rows.found[row]
        if found.old:
            vectors[row] = found.old.vectors[found.row]
        else:
            fresh.setdefault(embedding_text(rows.fresh[row]), []).append(row)
    if fresh:
        for vector, places in zip(embedder.embed_passages(list(fresh)), fresh.values(), strict=True):
            vectors[places] = vector


def _batches(size: int) -> Iterator[range]:
    return (range(start, min(start + EMBED_BATCH, size)) for start in range(0, size, EMBED_BATCH))
