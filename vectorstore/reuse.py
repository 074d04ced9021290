"""Passages → vectors and token states. What an earlier version read is taken from there, not read again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.errors import StoreError
from ingest.model import Passage
from vectorstore.chroma import EXACT_MAX, Vectors
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import embedding_text
from vectorstore.manifest import FORMAT, Manifest
from vectorstore.seal import require_sealed
from vectorstore.states import FILES as STATES
from vectorstore.states import StoredStates, open_states, write_states
from vectorstore.unwritable import FILE as DENSE
from vectorstore.unwritable import read_dense

PASSAGES = "passages.jsonl"
EMBED_BATCH = 64

Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)


@dataclass(frozen=True, slots=True)
class Models:
    """What is searched by, and whose token states the judge reads; often the same."""

    embedder: Embedder
    encoder: Encoder | None

    @property
    def are_one(self) -> bool:
        return self.encoder is not None and self.encoder.id == self.embedder.id


class Earlier:
    """What a version knows of texts. Equal texts have equal vectors, whatever plan they stand in."""

    def __init__(
        self, rows: dict[str, int] | None = None, vectors: Vectors | None = None, states: StoredStates | None = None
    ) -> None:
        self._rows, self._vectors, self._states = rows or {}, vectors, states

    def vector(self, text: str) -> Vectors | None:
        row = self._rows.get(text)
        return self._vectors[row] if row is not None and self._vectors is not None else None

    def encoding(self, text: str) -> Encoding | None:
        row = self._rows.get(text)
        return self._states.of([row])[0] if row is not None and self._states is not None else None


def earlier(folder: Path | None, embedder_id: str, encoder_id: str) -> Earlier:
    """What version `folder` knows by these models; nothing when there is none, or it is damaged."""
    if folder is None:
        return Earlier()
    try:
        manifest = Manifest.read(folder)
        needed = {PASSAGES, DENSE, *STATES}
        require_sealed(folder, {name: one for name, one in manifest.files.items() if name in needed}, thorough=True)
        texts = _texts(folder)
        if manifest.format != FORMAT or not manifest.files or len(texts) != manifest.passages:
            return Earlier()
        states = open_states(folder, encoder_id, len(texts)) if encoder_id else None
        same = manifest.embedder == embedder_id and len(texts) <= EXACT_MAX
        kept = read_dense(folder, len(texts)) if same else None
    except (StoreError, OSError, ValueError, TypeError):  # whatever is wrong with it: then everything is read anew
        return Earlier()
    return Earlier({text: row for row, text in enumerate(texts)}, kept.vectors if kept else None, states)


def _texts(folder: Path) -> Sequence[str]:
    with (folder / PASSAGES).open(encoding="utf-8") as file:
        return [embedding_text(Passage(**json.loads(line))) for line in file]


def read_all(folder: Path, passages: Sequence[Passage], models: Models, before: Earlier, progress: Progress) -> Vectors:
    """A vector a passage; token states are written to `folder`, out of the same pass where it can be."""
    texts, blocks = [embedding_text(passage) for passage in passages], []
    encodings: list[Encoding] = []
    for start in range(0, len(texts), EMBED_BATCH):
        batch = texts[start : start + EMBED_BATCH]
        encoded = [before.encoding(text) or models.encoder.passage(text) for text in batch] if models.encoder else []
        own = models.are_one
        blocks.append(np.stack([one.vector for one in encoded]) if own else _vectors(before, models.embedder, batch))
        encodings += encoded
        progress("dense", start + len(batch), len(texts))
    if models.encoder:
        write_states(folder, models.encoder.id, encodings)
    return np.concatenate(blocks) if blocks else np.zeros((0, models.embedder.dimension), dtype=np.float32)


def _vectors(before: Earlier, embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Of `texts`; only those that are new are embedded."""
    found = {text: vector for text in texts if (vector := before.vector(text)) is not None}
    fresh = list(dict.fromkeys(text for text in texts if text not in found))
    if fresh:
        found.update(zip(fresh, embedder.embed_passages(fresh), strict=True))
    return np.stack([found[text] for text in texts])
