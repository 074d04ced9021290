"""Versions on disk: which is live, who may write, what is swept away.

    DIR/CURRENT                 name of the live version
    DIR/versions/<name>/        never changed once it is live
    DIR/segments/<name>/        what versions are made of and share; kept while a version names it
    DIR/*/.building-*           a build or a deletion under way, or one that was killed; swept by the next writer
    DIR/.lock                   held by who writes; names it

`CURRENT` is replaced in one step, so that a process that is killed leaves the old version live, or the new one.
"""

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ingest.errors import IndexMissing, StoreError
from vectorstore.chroma import drop_vectors
from vectorstore.lease import unread
from vectorstore.manifest import Manifest
from vectorstore.segment import collection_of

DRAFT = ".building-"
POLL_SECONDS = 0.1
SILENT_SECONDS = 2.0  # that are waited for another writer without a word
PATIENCE_SECONDS = 900.0

Say = Callable[[str], None]


class IndexBusy(StoreError):
    """Another process has been writing for longer than was waited."""

    def __init__(self, directory: Path, writer: str, seconds: float) -> None:
        self.directory, self.writer, self.seconds = directory, writer, seconds
        super().__init__(
            f"The index at '{directory}' is being changed by {writer}; waited {seconds:g} s. "
            "Nothing was changed. Wait until that is done, then try again."
        )


def _silent(text: str) -> None:
    pass


class Versions:
    """All versions under a directory. `chroma_url` names the server that holds their vectors, if any."""

    def __init__(self, directory: Path, chroma_url: str = "") -> None:
        self.directory, self.chroma_url = directory, chroma_url
        self.folder, self.segments = directory / "versions", directory / "segments"

    @property
    def live(self) -> Path | None:
        """Folder of the live version, None when there is none."""
        try:
            name = (self.directory / "CURRENT").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.folder / name
        return folder if name and os.path.isdir(folder) else None  # unlike Path.is_dir, False for any odd name

    @property
    def live_segments(self) -> tuple[str, ...]:
        """Of the live version; none where it cannot be read."""
        return _segments_of(self.live) if self.live else ()

    @contextmanager
    def alone(self, say: Say = _silent, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """The only writer meanwhile; others wait, and are told for whom. Raises IndexBusy, OSError."""
        for folder in (self.folder, self.segments):
            folder.mkdir(parents=True, exist_ok=True)
        with (self.directory / ".lock").open("a+", encoding="utf-8") as lock:
            self._take(lock, say, patience)
            lock.truncate(0)
            lock.write(json.dumps({"pid": os.getpid(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}))
            lock.flush()
            yield

    def _take(self, lock: IO[str], say: Say, patience: float) -> None:
        began, told = time.monotonic(), False
        while not _locked(lock):
            waited = time.monotonic() - began
            if waited >= patience:
                raise IndexBusy(self.directory, _writer(lock), patience)
            if waited >= SILENT_SECONDS and not told:
                say(f"The index is being changed by {_writer(lock)}; waiting for it …")
                told = True
            time.sleep(POLL_SECONDS)

    def draft(self) -> tuple[str, Path]:
        """The name of a version to be, and an empty folder to make it in. What killed writers left is swept first.

        Segments that a killed writer had finished are kept until something goes live: they need not be made again.
        """
        self.sweep()
        return self.draft_in(self.folder)

    def draft_in(self, folder: Path) -> tuple[str, Path]:
        """Of a version or a segment."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        draft = folder / f"{DRAFT}{name}"
        draft.mkdir()
        return name, draft

    def publish(self, draft: Path, name: str) -> Path:
        """The finished draft is the live version from now on."""
        os.replace(draft, self.folder / name)
        pointer = self.directory / f".CURRENT-{os.getpid()}"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(pointer, self.directory / "CURRENT")
        return self.folder / name

    def abandon(self, draft: Path, name: str) -> None:
        """What was made of a version that did not go live."""
        for folder in (draft, self.folder / name):
            if folder.exists() and folder != self.live:
                shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Clear away what killed writers left half done."""
        for draft in self.folder.glob(f"{DRAFT}*"):
            shutil.rmtree(draft, ignore_errors=True)
        for draft in self.segments.glob(f"{DRAFT}*"):
            self.discard(draft, draft.name.removeprefix(DRAFT))
        for unswitched in self.directory.glob(".CURRENT-*"):
            unswitched.unlink(missing_ok=True)

    def sweep_segments(self) -> None:
        """Delete those that no version names."""
        named = {name for folder in self.folder.iterdir() for name in _segments_of(folder)}
        for each in self.segments.iterdir():
            if each.name not in named and not each.name.startswith(DRAFT):
                hidden = self.segments / f"{DRAFT}{each.name}"
                os.replace(each, hidden)  # as a version: never taken for whole
                self.discard(hidden, each.name)

    def others(self) -> list[str]:
        """Names of the versions beside the live one; none while nobody knows which is live."""
        if (live := self.live) is None:
            return []
        names = (folder.name for folder in self.folder.iterdir() if folder != live)
        return [name for name in names if not name.startswith(DRAFT)]

    def retire(self) -> None:
        """Delete every version but the live one, as far as nobody reads it; and segments that were theirs alone."""
        for name in self.others():
            with unread(self.folder / name) as free:
                if free:
                    hidden = self.folder / f"{DRAFT}{name}"
                    os.replace(self.folder / name, hidden)  # killed from here on, it is swept, never taken for whole
                    shutil.rmtree(hidden, ignore_errors=True)
        if self.live_segments:  # else nobody knows what is needed
            self.sweep_segments()

    def retire_if_free(self) -> None:
        """As `retire`, when nobody writes: a version that is about to go live is not live yet."""
        with suppress(OSError, StoreError), self.alone(patience=0.0):
            self.sweep()
            self.retire()

    def discard(self, folder: Path, name: str) -> None:
        """A segment. Vectors on a server go first: the folder is what remembers them."""
        if self.chroma_url:
            drop_vectors(self.chroma_url, collection_of(name))
        shutil.rmtree(folder, ignore_errors=True)


def _segments_of(folder: Path) -> tuple[str, ...]:
    """Of a version; nothing of one that cannot be read."""
    try:
        return Manifest.read(folder).segments
    except IndexMissing:
        return ()


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _writer(lock: IO[str]) -> str:
    """Who holds the lock, as far as it says."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        lock.seek(0)
        told = json.loads(lock.read())
        return f"process {told['pid']} since {told['since']}"
    return "another process"
