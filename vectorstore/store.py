"""The index on disk: built beside the live version, verified, switched to at once (`vectorstore.versions`).

manifest.json                        of a version: what it was built from, and the segments its passages lie in
holdings.json  plans/  documents/    where it is known which documents it was built from (`vectorstore.holdings`)

What a version has in common with the one before it is not built again (`vectorstore.segment`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, StoreError
from ingest.model import Passage, Plan
from vectorstore import segment
from vectorstore.building import Content, Job, publish
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder
from vectorstore.holdings import HELD, Holdings, read_holdings
from vectorstore.index import PassageIndex
from vectorstore.lease import Lease, hold
from vectorstore.manifest import Manifest, Seals, by_plan, corpus_hash, corpus_of, plan_hash
from vectorstore.opening import joined, open_segments
from vectorstore.passages import cut_passages
from vectorstore.reuse import EMBED_BATCH, Models, Progress
from vectorstore.seal import reason, require_sealed
from vectorstore.segment import Segment
from vectorstore.versions import Versions

__all__ = ["EMBED_BATCH", "IndexStore", "Known", "Opened", "Progress"]
TRIES = 5  # to open a version while others take its place


class IndexUnwritable(StoreError):
    def __init__(self, directory: Path, reason: str) -> None:
        self.directory, self.reason = directory, reason
        super().__init__(
            f"Cannot write an index to '{directory}': {reason}. What was live stays live. "
            "Check space and permissions, then run it again (`metrology build`)."
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What a process has of a version already: plans and their passages by the digest of the plan's file, segments;
    and the files it has looked through, with their seals.
    """

    plans: dict[str, Plan] = field(default_factory=dict)
    passages: dict[str, Sequence[Passage]] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    files: Seals = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A version in use: its documents, its index, and the lease that keeps it from being deleted."""

    folder: Path
    holdings: Holdings
    index: PassageIndex
    lease: Lease
    known: Known  # for the opening of the next version

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

    @property
    def corpus(self) -> str:
        """Version of what is live; empty before anything is, or where that cannot be told."""
        try:
            return self.manifest().corpus
        except IndexMissing:
            return ""

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
        return self._open(folder, manifest, by_plan(passages), embedder, {})[0]

    def open_live(self, embedder: Embedder, known: Known | None = None) -> Opened:
        """The live version with its documents. Raises IndexMissing and IndexMismatch."""
        for _ in range(TRIES):
            folder = self._live()
            if (lease := hold(folder)) is None:
                if folder == self.live:  # nobody takes its place: it has no manifest
                    raise IndexMissing(folder)
                continue
            try:
                return self._opened(folder, lease, embedder, known or Known())
            except BaseException:
                lease.release()
                raise
        raise IndexMissing(self.directory)

    def _opened(self, folder: Path, lease: Lease, embedder: Embedder, known: Known) -> Opened:
        manifest = Manifest.read(folder)
        manifest.require(embedder.id, manifest.corpus)
        held = {name: one for name, one in manifest.files.items() if name.startswith(HELD)}
        try:
            require_sealed(folder, {name: one for name, one in held.items() if known.files.get(name) != one})
            holdings = read_holdings(folder, known.plans, held)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, reason(folder, error)) from error
        digests = {plan.id: held.get(f"plans/{plan.id}.json", (0, ""))[1] for plan in holdings.plans}
        passages = {plan.id: known.passages.get(digests[plan.id]) or cut_passages([plan]) for plan in holdings.plans}
        manifest.require(embedder.id, _corpus(manifest, passages, known, digests))
        index, segments = self._open(folder, manifest, passages, embedder, known.segments)
        plans = {digests[plan.id]: plan for plan in holdings.plans}
        kept = Known(plans, {digests[plan_id]: ones for plan_id, ones in passages.items()}, segments, held)
        return Opened(folder, holdings, index, lease, kept)

    def require_whole(self) -> None:
        """Every byte of the live version is what was written. Raises IndexMissing, or IndexDamaged naming the file."""
        folder, manifest = self._live(), self.manifest()
        try:
            require_sealed(folder, manifest.files, thorough=True)
            for name in manifest.segments:
                segment.require_whole(self.versions.segments / name)
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
        with self.written(), self.versions.alone():
            return publish(self.job(embedder, progress, healing=True), Content.of_passages(passages), holdings)

    @contextmanager
    def written(self) -> Iterator[None]:
        """What a disk refuses → StoreError."""
        try:
            yield
        except OSError as error:
            raise IndexUnwritable(self.directory, str(error)) from error

    def content(self, holdings: Holdings, embedder: Embedder) -> Content:
        """What a version of these documents holds; of those that lie in the live one nothing is read."""
        by_encoder = Models(embedder, self.encoder).are_one
        try:
            return Content.of(holdings, self.manifest(), by_encoder)
        except IndexMissing:  # nothing is live, or nobody knows what
            return Content.of(holdings, by_encoder=by_encoder)

    def job(self, embedder: Embedder, progress: Progress | None = None, healing: bool = False) -> Job:
        """For `publish`, by who holds `versions.alone`."""
        return Job(self.versions, Models(embedder, self.encoder), progress or _silent, healing)

    def _open(
        self,
        folder: Path,
        manifest: Manifest,
        passages: Mapping[str, Sequence[Passage]],
        embedder: Embedder,
        known: Mapping[str, Segment],
    ) -> tuple[PassageIndex, dict[str, Segment]]:
        """`known`: open segments, which are used again."""
        try:
            segments = open_segments(manifest.segments, self._segment, known)
            index = joined(segments, passages, Models(embedder, self.encoder), manifest.corpus)
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, reason(self.versions.segments, error)) from error
        return index, {one.name: one for one in segments}

    def _segment(self, name: str) -> Segment:
        return Segment(self.versions.segments / name, self.chroma_url, self.encoder.id if self.encoder else "")


def _corpus(
    manifest: Manifest, passages: Mapping[str, Sequence[Passage]], known: Known, digests: Mapping[str, str]
) -> str:
    """As it is found; a plan that was read before is not read again."""
    return corpus_of(
        {
            plan_id: manifest.plans.get(plan_id, "") if digests[plan_id] in known.passages else plan_hash(ones)
            for plan_id, ones in passages.items()
            if ones
        }
    )


def _silent(what: str, done: int, total: int) -> None:
    pass
