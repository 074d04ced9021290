"""The audit trail: who did what to keys, documents and what is kept of users; when, and by which request.

An entry is written in the transaction of what it tells of: neither is there without the other. None is ever changed.
"""

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sql

from bot.records.database import Database
from bot.records.ids import id_in_order
from bot.records.masking import mask
from bot.records.receipts import moment
from bot.records.tables import AUDIT

DOCUMENT = "document"  # before the step of the log of documents: document.added, document.removed …


class Act(StrEnum):
    """What is done to keys and users; of documents, the log of changes knows."""

    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    KEY_ROTATED = "key.rotated"
    USER_EXPORTED = "user.exported"
    USER_DELETED = "user.deleted"
    RECORDS_PRUNED = "records.pruned"


@dataclass(frozen=True, slots=True)
class By:
    """`who`: a key's id, `cli:` and who ran a command, or empty for nobody known. Commands have no request."""

    who: str = ""
    request_id: str = ""


NOBODY = By()


def _now() -> str:
    return moment(datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Entry:
    """`subject`: the id of a key, the ids of documents, or the keyed hash of a user; never a key or a user's own id."""

    action: str
    who: str
    subject: str = ""
    request_id: str = ""
    note: str = ""
    at: str = field(default_factory=_now)
    id: str = field(default_factory=id_in_order)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is wanted of the trail: an action or its first part (`key`), and who, to what. `before`: an entry's id."""

    action: str = ""
    who: str = ""
    subject: str = ""
    before: str = ""


def entered(connection: sql.Connection, entry: Entry) -> None:
    """Write `entry` within the transaction of what it tells of."""
    values = {name: getattr(entry, name) for name in _NAMES}
    connection.execute(sql.insert(AUDIT).values({**values, "note": mask(entry.note)}))


def entry_of(act: Act, by: By, subject: str = "", note: str = "") -> Entry:
    return Entry(act, by.who, subject, by.request_id, note)


class SqlAudit:
    """Every method raises RecordsUnavailable when it cannot do its part."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def entries(self, sought: Sought = Sought(), limit: int = 100) -> list[Entry]:
        """The latest first."""
        wanted = sql.select(AUDIT).order_by(AUDIT.c.at.desc(), AUDIT.c.id.desc()).limit(limit)
        for column, value in ((AUDIT.c.who, sought.who), (AUDIT.c.subject, sought.subject)):
            wanted = wanted.where(column == value) if value else wanted
        if sought.action:
            within = AUDIT.c.action.startswith(f"{sought.action}.", autoescape=True)
            wanted = wanted.where((AUDIT.c.action == sought.action) | within)
        with self.database.read() as connection:
            if sought.before:
                wanted = wanted.where(_older(connection, sought.before))
            return [Entry(**row) for row in connection.execute(wanted).mappings()]

    def note(self, entry: Entry) -> None:
        """Of what has no transaction of its own."""
        with self.database.write() as connection:
            entered(connection, entry)

    def forget_before(self, at: datetime) -> int:
        """Delete entries from before `at` (UTC); how many."""
        with self.database.write() as connection:
            return int(connection.execute(sql.delete(AUDIT).where(AUDIT.c.at < moment(at))).rowcount)


def _older(connection: sql.Connection, entry_id: str) -> sql.ColumnElement[bool]:
    """Than the entry of that id; nothing is, when it is not there."""
    at = connection.execute(sql.select(AUDIT.c.at).where(AUDIT.c.id == entry_id)).scalar()
    if at is None:
        return sql.false()
    return sql.or_(AUDIT.c.at < at, sql.and_(AUDIT.c.at == at, AUDIT.c.id < entry_id))


_NAMES = [each.name for each in fields(Entry)]
