"""Token states of passages: what the judge reads. Written with the index, memory-mapped; or made when asked for."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.encoder import DIMENSION, Encoder, Encoding, on_cores

FILES = ("states.npy", "vectors.npy", "states.json")

Rows = NDArray[np.intp]


class PassageStates(Protocol):
    """States of passages by row number."""

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        """One encoding a row, in the order asked for."""


class StoredStates:
    """What `write_states` wrote; half precision, so a sentence of fifty tokens takes 38 KB."""

    def __init__(self, states: NDArray[np.float16], vectors: NDArray[np.float32], ends: NDArray[np.int64]) -> None:
        self._states, self._vectors, self._ends = states, vectors, ends
        self._held = np.diff(ends, prepend=0) > 0
        self._order = np.cumsum(self._held) - 1

    def has(self, row: int) -> bool:
        return bool(self._held[row])

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        return [self._row(row) for row in rows]

    def _row(self, row: int) -> Encoding:
        start = int(self._ends[row - 1]) if row else 0
        states = self._states[start : int(self._ends[row])].astype(np.float32)
        return Encoding(states, self._vectors[self._order[row]])


class MadeStates:
    """States made when they are asked for; of passages of which none are stored."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._encoder, self._texts = encoder, texts

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        wanted = list(dict.fromkeys(rows))
        made = dict(zip(wanted, on_cores(self._encoder.passage, [self._texts[row] for row in wanted]), strict=True))
        return [made[row] for row in rows]


class SegmentedStates:
    """States of several segments, each with the rows of the index its own stand for; what they lack is made."""

    def __init__(self, parts: Sequence[tuple[StoredStates | None, Rows]], made: MadeStates, size: int) -> None:
        self._stored, self._made = [part for part, _ in parts], made
        self._segment, self._own = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
        for number, (_, rows) in enumerate(parts):
            self._segment[rows], self._own[rows] = number, np.arange(len(rows))

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        kept = {row: self._kept(row) for row in rows}
        lacking = [row for row, encoding in kept.items() if encoding is None]
        made = dict(zip(lacking, self._made.of(lacking), strict=True))
        return [kept[row] or made[row] for row in rows]

    def _kept(self, row: int) -> Encoding | None:
        stored, own = self._stored[self._segment[row]], int(self._own[row])
        return stored.of([own])[0] if stored and stored.has(own) else None


def write_states(folder: Path, encoder_id: str, encodings: Iterable[Encoding | None]) -> None:
    """None for a passage of which none are kept. Raises OSError when the folder cannot take them."""
    vectors, ends, end = [], [], 0
    states, means, about = (folder / name for name in FILES)
    with states.open("wb") as file:
        _write_head(file, 0)
        for encoding in encodings:
            if encoding is not None:
                end += len(encoding.states)
                file.write(np.ascontiguousarray(encoding.states, dtype="<f2").tobytes())
                vectors.append(encoding.vector)
            ends.append(end)
        file.seek(0)
        _write_head(file, end)
    np.save(means, np.stack(vectors) if vectors else np.zeros((0, DIMENSION), dtype=np.float32))
    about.write_text(json.dumps({"encoder": encoder_id, "ends": ends}), encoding="utf-8")


def _write_head(file: BinaryIO, tokens: int) -> None:
    """Of an array that grows while it is written, so that it need not be held: as long for any number of rows."""
    shape = (tokens, DIMENSION)
    np.lib.format.write_array_header_1_0(file, {"descr": "<f2", "fortran_order": False, "shape": shape})


def open_states(folder: Path, encoder_id: str, size: int) -> StoredStates | None:
    """None when the folder holds none of this encoder's. Raises OSError or ValueError when they are damaged."""
    states, means, about = (folder / name for name in FILES)
    if not about.is_file():
        return None
    try:
        told = json.loads(about.read_text(encoding="utf-8"))
        if told["encoder"] != encoder_id:
            return None
        ends = np.array(told["ends"], dtype=np.int64)
        rows, vectors = np.load(states, mmap_mode="r"), np.load(means, mmap_mode="r")
    except (KeyError, TypeError, EOFError) as error:
        raise ValueError(f"Token states at '{folder}' cannot be read ({type(error).__name__}).") from error
    tokens = np.diff(ends, prepend=0) if ends.shape == (size,) else np.full(1, -1)
    held = int((tokens > 0).sum())
    wide = vectors.shape == (held, DIMENSION) and rows.shape == (tokens.sum(), DIMENSION)
    if not wide or (tokens < 0).any():
        raise ValueError(f"Token states at '{folder}' are not of the {size} passages that were written.")
    return StoredStates(rows, vectors, ends)
