"""Where documents are handed in, looked at, accepted or rejected; and removed. Everything is written down."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.curator import Curator, DraftDecided, Outcome
from bot.offers import Described, Offer, described_as, in_place_of, offers
from bot.records.changes import PENDING
from bot.records.drafts import WAITING_MAX, Draft, SqlDrafts
from bot.review import Review, review
from ingest.errors import BadSetting, StoreError
from vectorstore.holdings import Change, Holdings

NAME_MAX = 120  # characters of a file's name


class TooManyDrafts(StoreError):
    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"{count} drafts wait for a decision already. Accept or reject some first.")


@dataclass(frozen=True, slots=True)
class Desk:
    """Joins who changes the documents and where it is written down. Safe to share between threads."""

    curator: Curator
    drafts: SqlDrafts

    def hand_in(
        self, document: bytes, file: str, described: Described, who: str, request_id: str = ""
    ) -> tuple[Draft, Review]:
        """A draft of `document`: a new version of the plan whose id is told, where one is held, else a new plan.

        Raises IngestError for what cannot be understood, BadSetting, TooManyDrafts.
        """
        name = file_name(file)
        if (waiting := self.drafts.waiting()) >= WAITING_MAX:
            raise TooManyDrafts(waiting)
        held = self.curator.held()
        known = held.plan(described.id) if described.id else None
        with _lying(document, name) as path:
            offer = _understood(path, described, held)
        draft = Draft(
            id="",
            plan_id=offer.plan.id,
            file=name,
            replaces=known.id if known else "",
            described=described.told,
            sha256=sha256(document).hexdigest(),
            document=document,
            made_at="",
            made_by=who,
        )
        return self.drafts.keep(draft, request_id), review(offer, held.plan(offer.plan.id))

    def look(self, draft_id: str) -> tuple[Draft, Review | None]:
        """A draft as it would be understood now; None once it is decided. Raises UnknownEntry."""
        draft, held = self.drafts.draft(draft_id), self.curator.held()
        if draft.document is None:
            return draft, None
        with _lying(draft.document, draft.file) as path:
            offer = _understood(path, Described(**draft.described), held)
        return draft, review(offer, held.plan(offer.plan.id))

    def accept(self, draft_id: str, who: str, note: str = "", request_id: str = "") -> Outcome:
        """Raises UnknownEntry, DraftDecided, PlanHeld, StoreError."""
        draft = self.drafts.draft(draft_id)
        if draft.status != PENDING or draft.document is None:
            raise DraftDecided(draft_id, draft.status)
        with _lying(draft.document, draft.file) as path:
            offer = _understood(path, Described(**draft.described), self.curator.held())
            if draft.replaces:
                return self.curator.replace(offer, who, draft_id, note, request_id)
            return self.curator.add([offer], who, draft_id, note, request_id)

    def reject(self, draft_id: str, who: str, note: str = "", request_id: str = "") -> Draft:
        """Raises UnknownEntry, DraftDecided."""
        draft = self.drafts.draft(draft_id)
        if not self.drafts.reject(draft, who, note, request_id):
            raise DraftDecided(draft_id, self.drafts.draft(draft_id).status)
        return self.drafts.draft(draft_id)

    def listed(self, status: str = "", limit: int = 100) -> list[Draft]:
        self.curator.settle()
        return self.drafts.all(status, limit)

    def log(self, limit: int = 100, plan_id: str = "") -> list[Change]:
        """The latest steps first."""
        self.curator.settle()
        return self.drafts.changes.all(limit, plan_id)


def file_name(told: str) -> str:
    """`told` when it is the name of a file and no way to another folder. Raises BadSetting."""
    name = unicodedata.normalize("NFC", told).strip()
    odd = any(char in "/\\:" or unicodedata.category(char).startswith("C") for char in name)
    if not name or odd or name.startswith(".") or len(name) > NAME_MAX:
        raise BadSetting("file", told[:NAME_MAX], f"a file's name of at most {NAME_MAX} characters, e.g. 意见.docx")
    return name


def _understood(path: Path, described: Described, held: Holdings) -> Offer:
    """Under the names of the plan it replaces, if it does."""
    known = held.plan(described.id) if described.id else None
    if known:
        return in_place_of(known, path, described)
    found, _ = offers([path])
    return described_as(found[0], **described.told) if described.told else found[0]


@contextmanager
def _lying(document: bytes, name: str) -> Iterator[Path]:
    """A file for as long as it takes to understand it."""
    with TemporaryDirectory(prefix="metrology-draft-") as folder:
        path = Path(folder) / name
        path.write_bytes(document)
        yield path
