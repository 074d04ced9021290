"""What documents a version holds: as they were understood, where they came from, and what changed last.

    holdings.json                order of the plans, the folder they came from, what was added and removed, the journal
    plans/<id>.json              a plan, understood
    documents/<id>/<file>        the file of a plan that was added by itself, to be read again by a later build

A version that holds its documents is one thing: catalogue, texts and both indexes go live together.
"""

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from ingest.catalogue import Entry
from ingest.errors import IndexDamaged, IndexMissing, StoreError
from ingest.model import Plan
from vectorstore.manifest import Manifest, Seals
from vectorstore.seal import reason, require_sealed, require_sizes
from vectorstore.shelf import PLAN, Lying, Shelf, read_plan

FILE, PLANS, DOCUMENTS = "holdings.json", "plans", "documents"
HELD = (FILE, f"{PLANS}/", f"{DOCUMENTS}/")  # how the names of their files begin
JOURNAL = 50  # changes a version remembers; older ones are in the records by then


class HoldingsLost(StoreError):
    """Documents that were added lie in a version that does not tell of them any more."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(
            f"Which documents were added cannot be read ({reason}); they lie in '{folder}'. "
            "Copy them elsewhere, delete that folder, run `metrology build`, then `metrology add` them again."
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One step from a version to the next: who did what, when; `before` and `after` are corpus versions."""

    id: str
    at: str
    who: str
    action: str  # built, added, replaced, removed; of drafts: drafted, accepted, rejected
    plan_id: str = ""
    draft_id: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A plan that came by itself and not from the folder; `file` is where its document lies."""

    entry: Entry
    file: Path


@dataclass(frozen=True, slots=True)
class Holdings:
    """`folder`: fingerprint of the folder as it was read. `removed`: ids of the folder that were taken out."""

    plans: Sequence[Plan]
    folder: str = ""
    skipped: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()
    removed: tuple[str, ...] = ()
    journal: tuple[Change, ...] = ()

    @property
    def shelf(self) -> Shelf:
        return Shelf.of(self.plans)

    def plan(self, plan_id: str) -> Plan | None:
        return self.shelf.plan(plan_id)

    def noted(self, change: Change) -> "Holdings":
        return replace(self, journal=(*self.journal, change)[-JOURNAL:])


class _Added(BaseModel):
    entry: Entry
    file: str


class _Written(BaseModel):
    """As `holdings.json` has it."""

    plans: list[str]
    folder: str
    skipped: tuple[str, ...] = ()
    added: list[_Added] = []
    removed: tuple[str, ...] = ()
    journal: Annotated[tuple[Change, ...], Field(max_length=JOURNAL)] = ()


def write_holdings(folder: Path, holdings: Holdings, before: Path | None = None) -> Seals:
    """What is the same as in version `before` is linked, not written again; seals of what was not even read.

    Raises OSError.
    """
    (folder / PLANS).mkdir()
    shelf, known = holdings.shelf, dict[str, tuple[int, str]]()
    for plan_id in shelf.ids:
        name = f"{PLANS}/{plan_id}.json"
        lying = shelf.lying(plan_id)
        if lying and lying.digest and _link(lying.path, folder / name):
            known[name] = (lying.size, lying.digest)
        elif plan := shelf.plan(plan_id):
            _write(folder, name, PLAN.dump_json(plan), before)
    earlier = _seals(before)
    for one in holdings.added:
        name = f"{DOCUMENTS}/{one.entry.id}/{one.file.name}"
        target = folder / name
        target.parent.mkdir(parents=True)
        if before is None or before not in one.file.parents or not _link(one.file, target):
            shutil.copyfile(one.file, target)  # never linked to what its owner may write to
        elif name in earlier:
            known[name] = earlier[name]
    written = _Written(
        plans=list(shelf.ids),
        folder=holdings.folder,
        skipped=holdings.skipped,
        added=[_Added(entry=one.entry, file=one.file.name) for one in holdings.added],
        removed=holdings.removed,
        journal=holdings.journal,
    )
    (folder / FILE).write_text(written.model_dump_json(indent=1), encoding="utf-8")
    return known


def _seals(folder: Path | None) -> Seals:
    try:
        return Manifest.read(folder).files if folder else {}
    except IndexMissing:
        return {}


def read_holdings(folder: Path, known: Mapping[str, Plan] | None = None, seals: Seals | None = None) -> Holdings:
    """`known`: plans by the digest of their file, which are not read again. Raises OSError or ValueError.

    Of a file that is sealed and known not even a byte is read.
    """
    written = read_summary(folder)
    plans = tuple(_plan(folder, f"{PLANS}/{plan_id}.json", known or {}, seals or {}) for plan_id in written.plans)
    return _holdings(folder, written, plans)


def _plan(folder: Path, name: str, known: Mapping[str, Plan], seals: Seals) -> Plan:
    sealed = seals.get(name, (0, ""))[1]
    return known[sealed] if sealed in known else read_plan(folder / name, sealed, known)


def _holdings(folder: Path, written: "_Written", plans: Sequence[Plan]) -> Holdings:
    added = tuple(Added(one.entry, folder / DOCUMENTS / one.entry.id / one.file) for one in written.added)
    return Holdings(plans, written.folder, written.skipped, added, written.removed, written.journal)


def read_summary(folder: Path) -> _Written:
    """All but the plans themselves. Raises OSError or ValueError."""
    return _Written.model_validate_json((folder / FILE).read_bytes())


def whole(folder: Path, documents: bool = False) -> Holdings:
    """The documents of a version, every byte as it was written: of a plan, that is seen when it is looked at.

    Files that were added are looked through when somebody means to read `documents`. Raises IndexMissing or
    IndexDamaged.
    """
    seals = Manifest.read(folder).files
    try:
        read = (FILE, f"{DOCUMENTS}/") if documents else (FILE,)
        require_sealed(folder, {name: one for name, one in seals.items() if name.startswith(read)}, thorough=True)
        require_sizes(folder, seals)
        written = read_summary(folder)
        plans = {plan_id: _lying(folder, f"{PLANS}/{plan_id}.json", seals) for plan_id in written.plans}
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, reason(folder, error)) from error
    return _holdings(folder, written, Shelf(plans))


def _lying(folder: Path, name: str, seals: Seals) -> Lying:
    return Lying(folder / name, *seals.get(name, (0, "")))


def salvaged(folder: Path) -> Holdings | None:
    """The documents of a damaged version, as they are; None when it kept none that are nowhere else.

    Raises HoldingsLost.
    """
    try:
        return read_holdings(folder)
    except (OSError, ValueError) as error:
        if (folder / DOCUMENTS).exists():
            raise HoldingsLost(folder / DOCUMENTS, reason(folder, error)) from error
        return None


def journal(folder: Path) -> tuple[Change, ...]:
    """What changed last; nothing where that cannot be read."""
    try:
        return read_summary(folder).journal
    except (OSError, ValueError):
        return ()


def fingerprint(folders: Iterable[Path]) -> str:
    """Sixteen hex digits over names and bytes of every file, so that a touched folder is told from an edited one."""
    digest = sha256()
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
        for path in files:
            digest.update(path.relative_to(folder).as_posix().encode(errors="surrogateescape") + b"\0")
            with suppress(OSError):  # what cannot be read is told by whoever reads the documents
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _write(folder: Path, name: str, content: bytes, before: Path | None) -> None:
    target, same = folder / name, before / name if before else None
    with suppress(OSError):
        if same and same.read_bytes() == content and _link(same, target):
            return
    target.write_bytes(content)


def _link(source: Path, target: Path) -> bool:
    """False where the file system knows no links."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True
