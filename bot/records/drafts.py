"""Drafts: documents that were handed in and wait for somebody to accept or reject them."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sql

from bot.records.changes import PENDING, REJECTED, SqlChanges
from bot.records.ids import id_in_order
from bot.records.receipts import moment
from bot.records.tables import DRAFTS
from ingest.errors import UnknownEntry
from vectorstore.holdings import Change

WAITING_MAX = 1_000  # drafts that wait for a decision


@dataclass(frozen=True, slots=True)
class Draft:
    """`replaces`: the id of the plan it is a new version of, empty for a new plan. The document goes once decided."""

    id: str
    plan_id: str
    file: str
    replaces: str
    described: dict[str, str]  # what was told of it beside it: name, region, level
    sha256: str
    document: bytes | None
    made_at: str
    made_by: str
    status: str = PENDING
    decided_at: str = ""
    decided_by: str = ""
    note: str = ""


class SqlDrafts:
    """Every method raises RecordsUnavailable when it cannot do its part."""

    def __init__(self, changes: SqlChanges) -> None:
        self.changes, self.database = changes, changes.database

    def keep(self, draft: Draft, request_id: str = "") -> Draft:
        """`draft` under a new id; that it was handed in is a step of the log."""
        made = replace(draft, id=uuid.uuid4().hex[:12], made_at=_now())
        step = replace(self._step("drafted", made, made.made_by), request_id=request_id)
        with self.database.write() as connection:
            connection.execute(sql.insert(DRAFTS).values({name: getattr(made, name) for name in _NAMES}))
            self.changes.record(connection, step)
        return made

    def draft(self, draft_id: str) -> Draft:
        """Raises UnknownEntry."""
        with self.database.read() as connection:
            row = connection.execute(sql.select(DRAFTS).where(DRAFTS.c.id == draft_id)).mappings().first()
        if row is None:
            raise UnknownEntry("draft", draft_id)
        return Draft(**row)

    def all(self, status: str = "", limit: int = 100) -> list[Draft]:
        """The latest first, without their documents."""
        columns = [column for column in DRAFTS.c if column.name != "document"]
        wanted = sql.select(*columns).order_by(DRAFTS.c.made_at.desc(), DRAFTS.c.id).limit(limit)
        if status:
            wanted = wanted.where(DRAFTS.c.status == status)
        with self.database.read() as connection:
            return [Draft(**row, document=None) for row in connection.execute(wanted).mappings()]

    def waiting(self) -> int:
        with self.database.read() as connection:
            counted = sql.select(sql.func.count()).where(DRAFTS.c.status == PENDING)
            return int(connection.execute(counted).scalar_one())

    def reject(self, draft: Draft, who: str, note: str, request_id: str = "") -> bool:
        """False when it was decided already."""
        decided = {"status": REJECTED, "decided_at": _now(), "decided_by": who, "note": note, "document": None}
        waiting = (DRAFTS.c.id == draft.id) & (DRAFTS.c.status == PENDING)
        with self.database.write() as connection:
            if not connection.execute(sql.update(DRAFTS).where(waiting).values(decided)).rowcount:
                return False
            step = replace(self._step("rejected", draft, who), note=note, request_id=request_id)
            self.changes.record(connection, step)
        return True

    def _step(self, action: str, draft: Draft, who: str) -> Change:
        return Change(id_in_order(), _now(), who, action, draft.plan_id, draft.id, note=draft.file)


_NAMES = [column.name for column in DRAFTS.c]


def _now() -> str:
    return moment(datetime.now(UTC))
