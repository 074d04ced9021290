"""Vectors on a disk that takes no writes: Chroma writes whenever it opens its files, and a good index must open anyway.

A small index keeps its vectors in a plain file too; of a large one Chroma opens a copy.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.chroma import EXACT_MAX, DenseIndex, ExactDense, Vectors

FILE = "dense.npy"
PROBE_BYTES = 64 * 1024  # a full disk may still have room for a byte
CLOSE = 1e-3  # Chroma scales what it is given to length 1 once more


class CopiedDense:
    """A dense index over a copy that goes with it."""

    def __init__(self, inner: DenseIndex, copy: "tempfile.TemporaryDirectory[str]") -> None:
        self._inner, self._copy = inner, copy

    def top(self, query: Vectors, limit: int, rows: NDArray[np.intp] | None = None) -> list[tuple[int, float]]:
        return self._inner.top(query, limit, rows)

    def close(self) -> None:
        self._inner.close()
        self._copy.cleanup()


def write_dense(folder: Path, vectors: Vectors, exact_max: int = EXACT_MAX) -> None:
    """Raises OSError when the folder cannot take them."""
    if len(vectors) <= exact_max:
        np.save(folder / FILE, np.ascontiguousarray(vectors, dtype=np.float32))


def read_dense(folder: Path, size: int) -> ExactDense | None:
    """None when there is no such file. Raises ValueError when it holds others than `size`."""
    if not (folder / FILE).is_file():
        return None
    vectors = np.load(folder / FILE)
    if vectors.ndim != 2 or len(vectors) != size:
        raise ValueError(f"'{FILE}' holds {vectors.shape}, {size} vectors were written")
    return ExactDense(vectors)


def require_same(opened: DenseIndex, kept: ExactDense | None) -> None:
    """Raises ValueError when Chroma gives other vectors than were written."""
    if not isinstance(opened, ExactDense) or kept is None:
        return
    if opened.vectors.shape != kept.vectors.shape or not np.allclose(opened.vectors, kept.vectors, atol=CLOSE):
        raise ValueError("Chroma holds other vectors than were written")


def takes_writes(folder: Path) -> bool:
    """Tried, for neither permissions nor free space tell the whole truth."""
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            return probe.write(b"\0" * PROBE_BYTES) == PROBE_BYTES
    except OSError:
        return False


def open_copied(folder: Path, open_in: Callable[[Path], DenseIndex]) -> CopiedDense:
    """`open_in` a copy of `folder`. Raises OSError when there is no room for it either."""
    copy = tempfile.TemporaryDirectory(prefix="metrology-index-")
    try:
        shutil.copytree(folder, Path(copy.name) / folder.name)
        return CopiedDense(open_in(Path(copy.name) / folder.name), copy)
    except BaseException:
        copy.cleanup()
        raise
