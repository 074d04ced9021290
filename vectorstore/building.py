"""A new version: what is new is read, what is not is shared with the version before; then it goes live at once."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from ingest.errors import StoreError
from ingest.model import DocumentKind, Passage, Plan
from vectorstore.arrange import Arrangement, Piece, Wanted, arranged
from vectorstore.chroma import COLLECTION, write_vectors
from vectorstore.holdings import Holdings, write_holdings
from vectorstore.manifest import FORMAT, Manifest, by_plan, corpus_of, plan_hash
from vectorstore.passages import cut_passages
from vectorstore.reuse import Models, Old, Progress, Rows, read_all
from vectorstore.seal import require_sizes, seal
from vectorstore.segment import (
    CHROMA,
    DENSE,
    LEXICAL,
    PASSAGES,
    Contents,
    Held,
    Segment,
    all_contents,
    collection_of,
    require_whole,
)
from vectorstore.versions import Versions

STATED_MAX = 8_000  # passages of an index up to which token states of more than plans are stored: some 240 MB


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is to hold: the passages of plans, in order; of plans that say something alone."""

    wanted: tuple[Wanted, ...]

    @property
    def plans(self) -> dict[str, str]:
        return {one.plan_id: one.hashed for one in self.wanted}

    @property
    def corpus(self) -> str:
        return corpus_of(self.plans)

    @classmethod
    def of_passages(cls, passages: Sequence[Passage]) -> "Content":
        stated = len(passages) <= STATED_MAX
        return cls(tuple(_wanted(plan_id, ones, stated) for plan_id, ones in by_plan(passages).items()))

    @classmethod
    def of(cls, holdings: Holdings, before: Manifest | None = None, by_encoder: bool = False) -> "Content":
        """Plans that lie in version `before` are not read: their passages are those it had.

        Token states are kept of plans; of other documents where those are few and it is the encoder that is searched
        by: else a national collection would be read for hours, and thirty kilobytes a sentence.
        """
        shelf, known, found = holdings.shelf, before.plans if before and before.format == FORMAT else {}, []
        size = before.passages if before else 0
        fresh = {each: cut_passages([plan]) for each, plan in _unread(holdings, known)}
        size += sum(map(len, fresh.values()))
        for plan_id in shelf.ids:
            if plan_id in fresh:
                plan = shelf.plan(plan_id)
                stated = (by_encoder and size <= STATED_MAX) or (plan is not None and plan.kind is DocumentKind.PLAN)
                found.append(_wanted(plan_id, fresh[plan_id], stated))
            elif plan_id in known:
                found.append(Wanted(plan_id, known[plan_id], partial(_cut_now, holdings, plan_id)))
        return cls(tuple(one for one in found if one.hashed))


def _unread(holdings: Holdings, known: Mapping[str, str]) -> Iterable[tuple[str, Plan]]:
    shelf = holdings.shelf
    for plan_id in shelf.ids:
        lying = shelf.lying(plan_id)
        if (lying is None or plan_id not in known) and (plan := shelf.plan(plan_id)):
            yield plan_id, plan


def _cut_now(holdings: Holdings, plan_id: str) -> list[Passage]:
    plan = holdings.plan(plan_id)
    return cut_passages([plan]) if plan else []


def _wanted(plan_id: str, passages: list[Passage], stated: bool) -> Wanted:
    return Wanted(plan_id, plan_hash(passages) if passages else "", lambda: passages, stated)


@dataclass(frozen=True, slots=True)
class Job:
    """Who builds where. `healing`: nothing is taken over that is not looked through first."""

    versions: Versions
    models: Models
    progress: Progress
    healing: bool = False

    @property
    def encoder_id(self) -> str:
        return self.models.encoder.id if self.models.encoder else ""

    def usable(self) -> list[Contents]:
        """Segments of these models, where their vectors are to lie; those that are live first."""
        versions, served = self.versions, bool(self.versions.chroma_url)
        live = set(versions.live_segments)
        ours = (self.models.embedder.id, self.encoder_id, served)
        found = [
            one
            for one in all_contents(versions.segments)
            if (one.embedder, one.encoder, one.collection != COLLECTION) == ours and self._is_whole(one)
        ]
        return sorted(found, key=lambda one: (one.name not in live, one.name))

    def _is_whole(self, contents: Contents) -> bool:
        folder, url = self.versions.segments / contents.name, self.versions.chroma_url
        try:
            require_sizes(folder, contents.files)
            if self.healing:
                require_whole(folder)
                Segment(folder, url, self.encoder_id).release()
        except (OSError, ValueError):
            return False
        return bool(url) or (folder / CHROMA).is_dir()


def publish(job: Job, content: Content, holdings: Holdings | None = None) -> Path:
    """By who holds `versions.alone`. Raises OSError, StoreError; then what was live stays live.

    Segments that were finished by then are kept for the next try, unless it was the disk that failed.
    """
    versions = job.versions
    if not content.wanted:
        raise StoreError(f"No passages to index in '{versions.directory}'. Give at least one plan that can be read.")
    name, draft = versions.draft()
    try:
        known = write_holdings(draft, holdings, versions.live) if holdings else {}
        names, size = _segments(job, content)
        built_at = datetime.now(UTC).isoformat(timespec="seconds")
        seals, embedder = seal(draft, known), job.models.embedder
        manifest = Manifest(FORMAT, embedder.id, content.corpus, size, built_at, names, content.plans, seals)
        manifest.write(draft)
        folder = versions.publish(draft, name)
    except BaseException as error:
        with suppress(OSError, StoreError):  # no server to forget its vectors: the next sweep tells it
            versions.abandon(draft, name)
            if isinstance(error, OSError):
                versions.sweep_segments()
        raise
    with suppress(OSError, StoreError):  # it is live; what is left over goes with the next
        versions.retire()
    return folder


def _segments(job: Job, content: Content) -> tuple[tuple[str, ...], int]:
    """The names of those that hold `content`, and how many passages it has; what is missing is written."""
    usable = job.usable()
    plan = arranged(content.wanted, usable)
    said, total = _Said(job.progress, plan), sum(one.size for one in plan.kept)
    names = [one.name for one in plan.kept]
    for group in plan.groups:
        names.append(_write(job, group, usable, said))
        total += sum(piece.count for piece in group)
    job.progress("verify", said.total, said.total)
    return tuple(names), total


class _Said:
    """Tells progress over all segments that are written."""

    def __init__(self, progress: Progress, plan: Arrangement) -> None:
        self._progress, self._done = progress, dict[str, int]()
        self.total = sum(piece.count for group in plan.groups for piece in group)

    def __call__(self, what: str, more: int) -> None:
        self._done[what] = self._done.get(what, 0) + more
        self._progress(what, self._done[what], self.total)


def _write(job: Job, group: Sequence[Piece], usable: Iterable[Contents], said: Callable[[str, int], None]) -> str:
    """A segment, verified before anyone relies on it."""
    versions, url = job.versions, job.versions.chroma_url
    name, draft = versions.draft_in(versions.segments)
    collection = collection_of(name) if url else COLLECTION
    try:
        rows = Rows(group, _olds(job, group, usable))
        rows.postings().save(draft / LEXICAL)
        said("lexical", len(rows.lines))
        vectors = read_all(draft, rows, job.models, said)
        np.save(draft / DENSE, vectors)
        ids = [str(json.loads(line)["id"]) for line in rows.lines]
        write_vectors(draft / CHROMA, ids, vectors, url, collection)
        with (draft / PASSAGES).open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in rows.lines)
        held = _held(group)
        Contents(name, job.models.embedder.id, job.encoder_id, collection, held, seal(draft)).write(draft)
        Segment(draft, url, job.encoder_id).release()
        os.replace(draft, versions.segments / name)
    except BaseException:
        with suppress(StoreError):
            versions.discard(draft, name)
        raise
    return name


def _olds(job: Job, group: Sequence[Piece], usable: Iterable[Contents]) -> dict[str, Old]:
    """The segments a group's passages lie in, and those with other versions of its plans."""
    sources = {piece.source.contents.name for piece in group if piece.source}
    fresh = {piece.wanted.plan_id for piece in group if not piece.source}
    needed = [one for one in usable if one.name in sources or not fresh.isdisjoint(one.plans)]
    return {one.name: Old(job.versions.segments / one.name, one, job.encoder_id) for one in needed}


def _held(group: Sequence[Piece]) -> dict[str, Held]:
    found, start = dict[str, Held](), 0
    for piece in group:
        found[piece.wanted.plan_id] = Held(piece.wanted.hashed, start, piece.count)
        start += piece.count
    return found
