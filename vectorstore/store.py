"""Index versions on disk: build beside the live one, verify, switch atomically.

    DIR/CURRENT                 name of the live version
    DIR/versions/<name>/        manifest.json  passages.jsonl  lexical/  chroma/  states.npy  vectors.npy  states.json
                                dense.npy (the vectors again, for a disk on which Chroma cannot open its own)
    DIR/versions/.building-*    a build under way, or one that was killed; swept by the next build

A version is never changed once it is live, so that a killed build leaves the old one serving.
"""

import errno
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, StoreError
from ingest.model import Passage
from vectorstore.chroma import COLLECTION, DenseIndex, drop_vectors, open_vectors, write_vectors
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import PassageIndex, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import FORMAT, Manifest, corpus_hash
from vectorstore.seal import require_sealed, seal
from vectorstore.states import FILES as STATES
from vectorstore.states import MadeStates, PassageStates, open_states, write_states
from vectorstore.unwritable import open_copied, read_dense, require_same, takes_writes, write_dense

EMBED_BATCH = 64
DRAFT = ".building-"

Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)


class IndexStore:
    """All versions of one index under a directory. `chroma_url` names a Chroma server to hold the vectors instead.

    With an `encoder` its token states are stored too, for the judge to read.
    """

    def __init__(self, directory: Path, chroma_url: str = "", encoder: Encoder | None = None) -> None:
        self.directory, self.chroma_url, self.encoder = directory, chroma_url, encoder

    @property
    def live(self) -> Path | None:
        """Folder of the live version, None when there is none."""
        try:
            name = (self.directory / "CURRENT").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.directory / "versions" / name
        return folder if name and os.path.isdir(folder) else None  # unlike Path.is_dir, False for any odd name

    def manifest(self) -> Manifest:
        """Of the live version. Raises IndexMissing."""
        if self.live is None:
            raise IndexMissing(self.directory)
        return Manifest.read(self.live)

    def open(self, passages: Sequence[Passage], embedder: Embedder) -> PassageIndex:
        """The live version. Raises IndexMissing, or IndexMismatch when built from other passages or embedder."""
        manifest, corpus = self.manifest(), corpus_hash(passages)
        manifest.require(embedder.id, corpus)
        folder = self.live
        if folder is None:
            raise IndexMissing(self.directory)
        return self._open(folder, manifest, passages, embedder)

    def require_whole(self) -> None:
        """Every byte of the live version is what was written. Raises IndexMissing, or IndexDamaged naming the file."""
        manifest, folder = self.manifest(), self.live
        if folder is None:
            raise IndexMissing(self.directory)
        try:
            require_sealed(folder, manifest.files, thorough=True)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, _reason(folder, error)) from error

    def is_current(self, passages: Sequence[Passage], embedder: Embedder) -> bool:
        """Whether the live version is the one these passages and this embedder would give, and can be opened."""
        try:
            self.open(passages, embedder).close()
        except (IndexMissing, IndexMismatch):
            return False
        return True

    def build(self, passages: Sequence[Passage], embedder: Embedder, progress: Progress | None = None) -> Path:
        """Build and verify a new version, then make it live. Returns its folder.

        Raises StoreError when it cannot be written; what was live stays so.
        """
        if not passages:
            raise StoreError(f"No passages to index in '{self.directory}'. Give at least one plan that can be read.")
        try:
            (self.directory / "versions").mkdir(parents=True, exist_ok=True)
            with self._building_alone():
                return self._build(passages, embedder, progress or _silent)
        except OSError as error:
            raise StoreError(
                f"Cannot write an index to '{self.directory}': {error}. "
                "What was live stays live. Check space and permissions, then run `metrology build`."
            ) from error

    def _build(self, passages: Sequence[Passage], embedder: Embedder, progress: Progress) -> Path:
        versions, before = self.directory / "versions", self.live
        self._sweep(versions)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        draft = versions / f"{DRAFT}{name}"
        draft.mkdir()
        try:
            self._fill(draft, name, passages, embedder, progress)
            os.replace(draft, versions / name)
        except BaseException:
            with suppress(StoreError):  # no server to forget its vectors: the next sweep tells it
                self._discard(draft, name)
            raise
        self._switch(name)
        self._retire(versions, {name, before.name if before else name})
        return versions / name

    def _fill(
        self, draft: Path, name: str, passages: Sequence[Passage], embedder: Embedder, progress: Progress
    ) -> None:
        lexical = LexicalIndex.build(passages)
        lexical.save(draft / "lexical")
        progress("lexical", len(passages), len(passages))
        vectors = self._embed(draft, passages, embedder, progress)
        collection = _collection(name) if self.chroma_url else COLLECTION
        write_vectors(draft / "chroma", [passage.id for passage in passages], vectors, self.chroma_url, collection)
        if not self.chroma_url:
            write_dense(draft, vectors)
        with (draft / "passages.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(passage), ensure_ascii=False) + "\n" for passage in passages)
        built_at = datetime.now(UTC).isoformat(timespec="seconds")
        corpus = corpus_hash(passages)
        manifest = Manifest(FORMAT, embedder.id, corpus, len(passages), built_at, collection, seal(draft))
        manifest.write(draft)
        self._open(draft, manifest, passages, embedder).close()  # verify before anyone relies on it
        progress("verify", len(passages), len(passages))

    def _embed(
        self, draft: Path, passages: Sequence[Passage], embedder: Embedder, progress: Progress
    ) -> NDArray[np.float32]:
        """A vector a passage; token states are written beside them, out of the same pass where it can be."""
        texts, blocks = [embedding_text(passage) for passage in passages], []
        encodings: list[Encoding] = []
        for start in range(0, len(texts), EMBED_BATCH):
            batch = texts[start : start + EMBED_BATCH]
            encoded = [self.encoder.passage(text) for text in batch] if self.encoder else []
            own = self.encoder is not None and self.encoder.id == embedder.id
            blocks.append(np.stack([one.vector for one in encoded]) if own else embedder.embed_passages(batch))
            encodings += encoded
            progress("dense", start + len(batch), len(texts))
        if self.encoder:
            write_states(draft, self.encoder.id, encodings)
        return np.concatenate(blocks) if blocks else np.zeros((0, embedder.dimension), dtype=np.float32)

    def _open(self, folder: Path, manifest: Manifest, passages: Sequence[Passage], embedder: Embedder) -> PassageIndex:
        try:
            require_sealed(folder, {name: one for name, one in manifest.files.items() if name not in STATES})
            lexical = LexicalIndex.load(folder / "lexical", len(passages))
            states = self._states(folder, manifest, passages)  # before the vectors, which would have to be closed again
            dense = self._dense(folder, len(passages), manifest.collection)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, _reason(folder, error)) from error
        return PassageIndex(passages, lexical, dense, embedder, manifest.corpus, states)

    def _dense(self, folder: Path, size: int, collection: str) -> DenseIndex:
        def open_in(chroma: Path) -> DenseIndex:
            return open_vectors(chroma, size, self.chroma_url, collection)

        if self.chroma_url:
            return open_in(folder / "chroma")
        if not (folder / "chroma").is_dir():
            raise FileNotFoundError(errno.ENOENT, "No vectors", str(folder / "chroma"))
        kept = read_dense(folder, size)
        if not takes_writes(folder):
            return kept or open_copied(folder / "chroma", open_in)
        opened = open_in(folder / "chroma")
        require_same(opened, kept)
        return opened

    def _states(self, folder: Path, manifest: Manifest, passages: Sequence[Passage]) -> PassageStates | None:
        if self.encoder is None:
            return None
        stored = open_states(folder, self.encoder.id, len(passages))
        if stored:  # what is not read need not be whole
            require_sealed(folder, {name: one for name, one in manifest.files.items() if name in STATES})
        return stored or MadeStates(self.encoder, [embedding_text(passage) for passage in passages])

    def _switch(self, name: str) -> None:
        draft = self.directory / f".CURRENT-{os.getpid()}"
        draft.write_text(name, encoding="utf-8")
        os.replace(draft, self.directory / "CURRENT")

    @contextmanager
    def _building_alone(self) -> Iterator[None]:
        """Two builders at once wait for each other; the lock dies with its process."""
        with (self.directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _sweep(self, versions: Path) -> None:
        """Clear away what killed builds left."""
        for draft in versions.glob(f"{DRAFT}*"):
            self._discard(draft, draft.name.removeprefix(DRAFT))
        for unswitched in self.directory.glob(".CURRENT-*"):
            unswitched.unlink(missing_ok=True)

    def _retire(self, versions: Path, kept: set[str]) -> None:
        """Drop all versions but the live one and the one before, which a running server may still hold open."""
        for folder in versions.iterdir():
            if folder.name not in kept:
                self._discard(folder, folder.name)

    def _discard(self, folder: Path, name: str) -> None:
        """Vectors on a server go first: the folder is what remembers them."""
        if self.chroma_url:
            drop_vectors(self.chroma_url, _collection(name))
        shutil.rmtree(folder, ignore_errors=True)


def _collection(name: str) -> str:
    """Name on a Chroma server, which several versions and indexes share."""
    return f"passages-{name}"


def _reason(folder: Path, error: Exception) -> str:
    """What is wrong, without the folder, which is named anyway."""
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"'{Path(error.filename).relative_to(folder)}' is missing"
    return str(error).rstrip(".") or type(error).__name__


def _silent(what: str, done: int, total: int) -> None:
    pass
