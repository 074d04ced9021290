"""The log of documents: every step that changed, or was to change, which documents are held; by whom, when."""

from collections.abc import Iterable
from dataclasses import asdict, fields

import sqlalchemy as sql

from bot.records.audit import DOCUMENT, Entry, entered
from bot.records.database import Database
from bot.records.tables import CHANGES, DRAFTS
from vectorstore.holdings import Change

ACCEPTED, PENDING, REJECTED = "accepted", "pending", "rejected"
REMOVED = "removed"
_NAMES = [one.name for one in fields(Change)]


class SqlChanges:
    """Implements `bot.curator.Ledger`. Steps are written once and never changed."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def settle(self, changes: Iterable[Change]) -> None:
        """Record those that are not yet, and what they mean for drafts, in one transaction."""
        told = {change.id: change for change in changes}
        known = sql.select(CHANGES.c.id).where(CHANGES.c.id.in_(told))
        with self.database.read() as connection:
            new = set(told) - set(connection.execute(known).scalars())
        if not new:
            return
        with self.database.write() as connection:
            new -= set(connection.execute(known).scalars())  # another process may have been first
            for change in (one for one in told.values() if one.id in new):
                self.record(connection, change)
                _decide(connection, change)

    def record(self, connection: sql.Connection, change: Change) -> None:
        """A step, and its entry in the audit trail, within the transaction of what it tells of."""
        connection.execute(sql.insert(CHANGES).values(asdict(change)))
        entered(connection, _entry(change))

    def all(self, limit: int = 100, plan_id: str = "") -> list[Change]:
        """The latest first."""
        wanted = sql.select(*(CHANGES.c[name] for name in _NAMES)).order_by(CHANGES.c.at.desc(), CHANGES.c.id.desc())
        if plan_id:
            wanted = wanted.where(CHANGES.c.plan_id == plan_id)
        with self.database.read() as connection:
            return [Change(**row) for row in connection.execute(wanted.limit(limit)).mappings()]


def _entry(change: Change) -> Entry:
    action = f"{DOCUMENT}.{change.action}"
    return Entry(action, change.who, change.plan_id, change.request_id, change.note, change.at, change.id)


def _decide(connection: sql.Connection, change: Change) -> None:
    """A draft that went live is accepted; of a plan that was removed no draft keeps the text."""
    if change.draft_id:
        decided = {"status": ACCEPTED, "decided_at": change.at, "decided_by": change.who, "document": None}
        connection.execute(sql.update(DRAFTS).where(DRAFTS.c.id == change.draft_id).values(decided))
    if change.action == REMOVED:
        decided = {"status": REJECTED, "decided_at": change.at, "decided_by": change.who, "document": None}
        gone = DRAFTS.c.plan_id.in_(change.plan_id.split(",")) & (DRAFTS.c.status == PENDING)
        gone &= DRAFTS.c.made_at <= change.at
        connection.execute(sql.update(DRAFTS).where(gone).values(decided))
