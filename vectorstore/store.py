"""The index on disk: built beside the live version, verified, switched to at once (`vectorstore.versions`).

manifest.json  passages.jsonl  lexical/  chroma/  states.npy  vectors.npy  states.json     of a version
dense.npy      the vectors again, for a disk on which Chroma cannot open its own
holdings.json  plans/  documents/    where it is known which documents it was built from (`vectorstore.holdings`)
"""

import errno
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, StoreError
from ingest.model import Passage, Plan
from vectorstore.chroma import COLLECTION, DenseIndex, open_vectors, write_vectors
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder
from vectorstore.holdings import (
    HELD,
    Holdings,
    read_holdings,
    write_holdings,
)
from vectorstore.index import PassageIndex, embedding_text
from vectorstore.lease import Lease, hold
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import FORMAT, Manifest, corpus_hash
from vectorstore.passages import cut_passages
from vectorstore.reuse import EMBED_BATCH, PASSAGES, Models, Progress, earlier, read_all
from vectorstore.seal import reason, require_sealed, seal
from vectorstore.states import FILES as STATES
from vectorstore.states import MadeStates, PassageStates, open_states
from vectorstore.unwritable import open_copied, read_dense, require_same, takes_writes, write_dense
from vectorstore.versions import Versions, collection_of

__all__ = ["EMBED_BATCH", "IndexStore", "Opened", "Progress"]
TRIES = 5  # to open a version while others take its place


class IndexUnwritable(StoreError):
    def __init__(self, directory: Path, reason: str) -> None:
        self.directory, self.reason = directory, reason
        super().__init__(
            f"Cannot write an index to '{directory}': {reason}. What was live stays live. "
            "Check space and permissions, then run it again (`metrology build`)."
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A version in use: its documents, its index, and the lease that keeps it from being deleted."""

    folder: Path
    holdings: Holdings
    index: PassageIndex
    lease: Lease
    known: Mapping[str, Plan]  # by the digest of its file, for `read_holdings` of the next version

    def close(self) -> None:
        self.index.close()
        self.lease.release()


class IndexStore:
    """All versions of one index under a directory. `chroma_url` names a Chroma server to hold the vectors instead.

    With an `encoder` its token states are stored too, for the judge to read.
    """

    def __init__(self, directory: Path, chroma_url: str = "", encoder: Encoder | None = None) -> None:
        self.directory, self.chroma_url, self.encoder = directory, chroma_url, encoder
        self.versions = Versions(directory, chroma_url)

    @property
    def live(self) -> Path | None:
        """Folder of the live version, None when there is none."""
        return self.versions.live

    def manifest(self) -> Manifest:
        """Of the live version. Raises IndexMissing."""
        return Manifest.read(self._live())

    def _live(self) -> Path:
        if (folder := self.live) is None:
            raise IndexMissing(self.directory)
        return folder

    def open(self, passages: Sequence[Passage], embedder: Embedder) -> PassageIndex:
        """The live version. Raises IndexMissing, or IndexMismatch when built from other passages or embedder."""
        folder, manifest = self._live(), self.manifest()
        manifest.require(embedder.id, corpus_hash(passages))
        return self._open(folder, manifest, passages, embedder)

    def open_live(self, embedder: Embedder, known: Mapping[str, Plan] | None = None) -> Opened:
        """The live version with its documents; `known` as `read_holdings` has it. Raises IndexMissing and -Mismatch."""
        for _ in range(TRIES):
            folder = self._live()
            if (lease := hold(folder)) is None:
                if folder == self.live:  # nobody takes its place: it has no manifest
                    raise IndexMissing(folder)
                continue
            try:
                return self._opened(folder, lease, embedder, known or {})
            except BaseException:
                lease.release()
                raise
        raise IndexMissing(self.directory)

    def _opened(self, folder: Path, lease: Lease, embedder: Embedder, known: Mapping[str, Plan]) -> Opened:
        manifest = Manifest.read(folder)
        manifest.require(embedder.id, manifest.corpus)
        try:
            seals = {name: one for name, one in manifest.files.items() if name.startswith(HELD)}
            require_sealed(folder, seals)
            holdings = read_holdings(folder, known)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, reason(folder, error)) from error
        passages = cut_passages(holdings.plans)
        manifest.require(embedder.id, corpus_hash(passages))
        digests = {plan.id: manifest.files.get(f"plans/{plan.id}.json", (0, ""))[1] for plan in holdings.plans}
        index = self._open(folder, manifest, passages, embedder)
        return Opened(folder, holdings, index, lease, {digests[plan.id]: plan for plan in holdings.plans})

    def require_whole(self) -> None:
        """Every byte of the live version is what was written. Raises IndexMissing, or IndexDamaged naming the file."""
        folder, manifest = self._live(), self.manifest()
        try:
            require_sealed(folder, manifest.files, thorough=True)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, reason(folder, error)) from error

    def is_current(self, passages: Sequence[Passage], embedder: Embedder) -> bool:
        """Whether the live version is the one these passages and this embedder would give, and can be opened."""
        try:
            self.open(passages, embedder).close()
        except (IndexMissing, IndexMismatch):
            return False
        return True

    def build(
        self,
        passages: Sequence[Passage],
        embedder: Embedder,
        progress: Progress | None = None,
        holdings: Holdings | None = None,
    ) -> Path:
        """Build and verify a new version, then make it live. Raises StoreError when it cannot be written."""
        if not passages:
            raise StoreError(f"No passages to index in '{self.directory}'. Give at least one plan that can be read.")
        with self.written(), self.versions.alone():
            return self.build_alone(passages, embedder, progress, holdings)

    @contextmanager
    def written(self) -> Iterator[None]:
        """What a disk refuses → StoreError."""
        try:
            yield
        except OSError as error:
            raise IndexUnwritable(self.directory, str(error)) from error

    def build_alone(
        self,
        passages: Sequence[Passage],
        embedder: Embedder,
        progress: Progress | None = None,
        holdings: Holdings | None = None,
    ) -> Path:
        """As `build`, by who holds `versions.alone` already. Raises OSError too."""
        name, draft = self.versions.draft()
        try:
            if holdings:
                write_holdings(draft, holdings, self.live)
            self._fill(draft, name, passages, embedder, progress or _silent)
            folder = self.versions.publish(draft, name)
        except BaseException:
            with suppress(StoreError):  # no server to forget its vectors: the next sweep tells it
                self.versions.abandon(draft, name)
            raise
        with suppress(OSError, StoreError):  # it is live; what is left over goes with the next
            self.versions.retire()
        return folder

    def _fill(
        self, draft: Path, name: str, passages: Sequence[Passage], embedder: Embedder, progress: Progress
    ) -> None:
        lexical = LexicalIndex.build(passages)
        lexical.save(draft / "lexical")
        progress("lexical", len(passages), len(passages))
        before = earlier(self.live, embedder.id, self.encoder.id if self.encoder else "")
        vectors = read_all(draft, passages, Models(embedder, self.encoder), before, progress)
        collection = collection_of(name) if self.chroma_url else COLLECTION
        write_vectors(draft / "chroma", [passage.id for passage in passages], vectors, self.chroma_url, collection)
        if not self.chroma_url:
            write_dense(draft, vectors)
        with (draft / PASSAGES).open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(passage), ensure_ascii=False) + "\n" for passage in passages)
        built_at = datetime.now(UTC).isoformat(timespec="seconds")
        corpus = corpus_hash(passages)
        manifest = Manifest(FORMAT, embedder.id, corpus, len(passages), built_at, collection, seal(draft))
        manifest.write(draft)
        self._open(draft, manifest, passages, embedder).close()  # verify before anyone relies on it
        progress("verify", len(passages), len(passages))

    def _open(self, folder: Path, manifest: Manifest, passages: Sequence[Passage], embedder: Embedder) -> PassageIndex:
        try:
            require_sealed(folder, {name: one for name, one in manifest.files.items() if name not in STATES})
            lexical = LexicalIndex.load(folder / "lexical", len(passages))
            states = self._states(folder, manifest, passages)  # before the vectors, which would have to be closed again
            dense = self._dense(folder, len(passages), manifest.collection)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, reason(folder, error)) from error
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
        """Those stored, when they are this encoder's and as they were written; else made when they are wanted."""
        if self.encoder is None:
            return None
        stored = open_states(folder, self.encoder.id, len(passages))
        if stored:
            require_sealed(folder, {name: one for name, one in manifest.files.items() if name in STATES})
        return stored or MadeStates(self.encoder, [embedding_text(passage) for passage in passages])


def _silent(what: str, done: int, total: int) -> None:
    pass
