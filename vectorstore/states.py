"""Token states of passages: what the judge reads. Written with the index, memory-mapped; or made when asked for."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.encoder import DIMENSION, Encoder, Encoding

REMEMBERED = 2_000  # passages whose states are kept once made
FILES = ("states.npy", "vectors.npy", "states.json")


class PassageStates(Protocol):
    """States of passages by row number."""

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        """One encoding a row, in the order asked for."""


class StoredStates:
    """What `write_states` wrote; half precision, so a sentence of fifty tokens takes 38 KB."""

    def __init__(self, states: NDArray[np.float16], vectors: NDArray[np.float32], ends: NDArray[np.int64]) -> None:
        self._states, self._vectors, self._ends = states, vectors, ends

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        return [self._row(row) for row in rows]

    def _row(self, row: int) -> Encoding:
        start = int(self._ends[row - 1]) if row else 0
        return Encoding(self._states[start : int(self._ends[row])].astype(np.float32), self._vectors[row])


class MadeStates:
    """States made at the first reading; for an index that stores none."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._of = lru_cache(maxsize=REMEMBERED)(lambda row: encoder.passage(texts[row]))

    def of(self, rows: Sequence[int]) -> list[Encoding]:
        return [self._of(row) for row in rows]


def write_states(folder: Path, encoder_id: str, encodings: Iterable[Encoding]) -> None:
    """Raises OSError when the folder cannot take them."""
    blocks, vectors, ends, end = [], [], [], 0
    for encoding in encodings:
        end += len(encoding.states)
        blocks.append(encoding.states.astype(np.float16))
        vectors.append(encoding.vector)
        ends.append(end)
    states, means, about = (folder / name for name in FILES)
    np.save(states, np.concatenate(blocks) if blocks else np.zeros((0, DIMENSION), dtype=np.float16))
    np.save(means, np.stack(vectors) if vectors else np.zeros((0, DIMENSION), dtype=np.float32))
    about.write_text(json.dumps({"encoder": encoder_id, "ends": ends}), encoding="utf-8")


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
        rows, vectors = np.load(states, mmap_mode="r"), np.load(means)
    except (KeyError, TypeError, EOFError) as error:
        raise ValueError(f"Token states at '{folder}' cannot be read ({type(error).__name__}).") from error
    tokens = np.diff(ends, prepend=0) if ends.shape == (size,) else np.zeros(1)
    wide = vectors.shape == (size, DIMENSION) and rows.shape == (tokens.sum(), DIMENSION)
    if not wide or (tokens < 1).any():
        raise ValueError(f"Token states at '{folder}' are not of the {size} passages that were written.")
    return StoredStates(rows, vectors, ends)
