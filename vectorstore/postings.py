"""Which passages hold a token, and how often: arrays on disk that hold no word. Parts of them are joined unread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.model import Passage
from vectorstore.tokenize import tokens

HEADING_BOOST = 2  # a heading counts as if the passage said it twice more
TYPES: Mapping[str, Any] = {
    "tokens": np.uint64,  # hashes, ascending
    "starts": np.int64,  # where a token's rows begin; one more than tokens
    "rows": np.int32,
    "counts": np.uint16,
    "lengths": np.int32,  # of each passage, in tokens
}
MOST = np.iinfo(np.uint16).max  # times a token is counted in a passage

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Of the passages of a segment, by row."""

    tokens: Array
    starts: Array
    rows: Array
    counts: Array
    lengths: Array

    @property
    def size(self) -> int:
        return len(self.lengths)

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> "Postings":
        """Of texts, which are cut into tokens."""
        numbers: dict[str, int] = {}
        flat, lengths = [], []
        for passage in passages:
            found = tokens(passage.text) + tokens(passage.heading) * HEADING_BOOST + tokens(passage.context)
            flat.append(np.array([numbers.setdefault(token, len(numbers)) for token in found], dtype=np.int64))
            lengths.append(len(found))
        size = len(lengths)
        keys = np.concatenate(flat) * size if flat else np.zeros(0, dtype=np.int64)
        keys += np.repeat(np.arange(size), lengths)
        pairs, counts = np.unique(keys, return_counts=True)
        hashes = hashed(numbers)
        return _sorted(hashes[pairs // max(size, 1)], pairs % max(size, 1), counts, np.array(lengths))

    @classmethod
    def joined(cls, parts: Sequence[tuple["Postings", Array]], size: int) -> "Postings":
        """Rows of several, each put where its array says; -1 leaves a row out."""
        found: list[tuple[Array, Array, Array]] = []
        lengths = np.zeros(size, dtype=np.int32)
        for part, places in parts:
            kept = places[part.rows] >= 0
            spread = np.repeat(part.tokens, np.diff(part.starts))
            found.append((spread[kept], places[part.rows[kept]], part.counts[kept]))
            lengths[places[places >= 0]] = part.lengths[places >= 0]
        hashes, rows, counts = (np.concatenate([one[at] for one in found]) for at in range(3))
        return _sorted(hashes, rows, counts, lengths)

    def save(self, folder: Path) -> None:
        folder.mkdir()
        for name in TYPES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path, size: int) -> "Postings":
        """Memory-mapped, so that several workers share one copy. Raises OSError or ValueError when damaged."""
        try:
            found = cls(**{name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in TYPES})
        except EOFError as error:
            raise ValueError(f"Lexical index at '{folder}' cannot be read: {error}.") from error
        if any(getattr(found, name).dtype != kind or getattr(found, name).ndim != 1 for name, kind in TYPES.items()):
            raise ValueError(f"Lexical index at '{folder}' holds other numbers than were written.")
        if found.size != size:
            raise ValueError(f"Lexical index at '{folder}' holds {found.size} passages; {size} were written.")
        ends = (len(found.tokens) + 1, len(found.rows), len(found.rows))
        if ends != (len(found.starts), len(found.counts), int(found.starts[-1]) if len(found.starts) else -1):
            raise ValueError(f"Lexical index at '{folder}' holds tokens of other passages.")
        return found


def hashed(words: Iterable[str]) -> Array:
    """64 bits of each: among millions of tokens two are one in some ten million corpora."""
    joined = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def _sorted(hashes: Array, rows: Array, counts: Array, lengths: Array) -> Postings:
    order = np.lexsort((rows, hashes))
    hashes, rows, counts = hashes[order], rows[order], np.minimum(counts[order], MOST)
    found, starts = np.unique(hashes, return_index=True)
    parts = (found, np.append(starts, len(hashes)), rows, counts, lengths)
    return Postings(*(one.astype(kind) for one, kind in zip(parts, TYPES.values(), strict=True)))
