"""The audit trail: every act leaves an entry, in the transaction of the act; and how it is read and forgotten."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.records.audit import Act, By, Entry, Sought, SqlAudit, entered, entry_of
from bot.records.changes import SqlChanges
from bot.records.database import Database
from bot.records.drafts import Draft, SqlDrafts
from bot.records.keys import Scope, SqlKeys, Wanted, make_key
from bot.records.receipts import RecordsUnavailable, moment, write_receipt
from bot.records.retention import FOR_EVER, prune
from bot.records.secret import Secret
from bot.records.store import SqlRecords
from ingest.errors import UnknownEntry
from tests.bot.fakes import FakeBot
from vectorstore.holdings import Change

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
SECRET = Secret(b"s" * 32)
OFFICE = By("3f2a9c1b7d4e", "request-1")
CHANGE = Change("c1", moment(NOW), "key-1", "added", "one,two", "", "v0", "v1", "核对过", "request-2")


@pytest.fixture
def audit(database: Database) -> SqlAudit:
    return SqlAudit(database)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/records.sqlite3")
    yield database
    database.close()


def told(audit: SqlAudit) -> list[tuple[str, str, str, str, str]]:
    """Oldest first."""
    return [(one.action, one.who, one.subject, one.request_id, one.note) for one in reversed(audit.entries())]


def test_keys_leave_entries_without_the_key(audit: SqlAudit) -> None:
    keys = SqlKeys(audit.database)
    made, opens = make_key(Wanted("小程序", Scope.STAFF), SECRET, NOW)
    keys.add(made, OFFICE)
    renewed, _ = keys.renew(made.id, SECRET, NOW, NOW + timedelta(hours=1), OFFICE)
    keys.end(renewed.id, NOW, OFFICE)
    rotated = f"小程序 (staff): {renewed.id} in its place, which ends at 2026-03-15T13:00:00.000+00:00"
    assert told(audit) == [
        ("key.created", OFFICE.who, made.id, "request-1", "小程序 (staff)"),
        ("key.rotated", OFFICE.who, made.id, "request-1", rotated),
        ("key.revoked", OFFICE.who, renewed.id, "request-1", "小程序 (staff)"),
    ]
    everything = str(audit.entries())
    assert opens not in everything
    assert made.digest not in everything


def test_what_was_not_done_leaves_none(audit: SqlAudit) -> None:
    with pytest.raises(UnknownEntry):
        SqlKeys(audit.database).end("x", NOW, OFFICE)
    made, _ = make_key(Wanted("一"), SECRET, NOW)
    SqlKeys(audit.database).add(made, OFFICE)
    with pytest.raises(RecordsUnavailable):
        SqlKeys(audit.database).add(made, OFFICE)
    assert [one.subject for one in audit.entries()] == [made.id], "the key and its entry, or neither"


def test_what_is_told_or_deleted_of_a_user_leaves_entries_by_the_hash(audit: SqlAudit) -> None:
    records, user = SqlRecords(audit.database), SECRET.of_user("openid-1")
    records.keep(write_receipt(FakeBot().ask("诚信计量"), "v1", NOW, user))
    records.of_user(user, OFFICE)
    records.forget_user(user, OFFICE)
    assert told(audit) == [
        ("user.exported", OFFICE.who, user, "request-1", "1 answers"),
        ("user.deleted", OFFICE.who, user, "request-1", "1 answers, 0 ratings"),
    ]


def test_every_step_of_the_documents_is_an_entry_once(audit: SqlAudit) -> None:
    changes = SqlChanges(audit.database)
    changes.settle([CHANGE])
    changes.settle([CHANGE])
    assert changes.all() == [CHANGE]
    assert told(audit) == [("document.added", "key-1", "one,two", "request-2", "核对过")]


def test_drafts_too(audit: SqlAudit) -> None:
    drafts = SqlDrafts(SqlChanges(audit.database))
    kept = drafts.keep(Draft("", "one", "甲.txt", "", {}, "0", b"x", "", "key-1"), "request-1")
    assert drafts.reject(kept, "key-2", "旧了，电话13812345678", "request-2")
    assert told(audit) == [
        ("document.drafted", "key-1", "one", "request-1", "甲.txt"),
        ("document.rejected", "key-2", "one", "request-2", "旧了，电话***"),
    ]


def entry(number: int, action: str = "key.created", who: str = "a", subject: str = "k") -> Entry:
    return Entry(action, who, subject, at=moment(NOW + timedelta(minutes=number // 2)), id=f"e{number}")


@pytest.fixture
def trail(audit: SqlAudit) -> SqlAudit:
    """Two entries a moment."""
    given = [entry(0), entry(1, "key.revoked", "b"), entry(2, "keyhole.made"), entry(3, "key_created", subject="x")]
    with audit.database.write() as connection:
        for one in given:
            entered(connection, one)
    return audit


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), ["e3", "e2", "e1", "e0"]),
        (Sought(action="key"), ["e1", "e0"]),
        (Sought(action="key.revoked"), ["e1"]),
        (Sought(action="key_"), []),
        (Sought(who="b"), ["e1"]),
        (Sought(who="a", subject="k"), ["e2", "e0"]),
        (Sought(before="e3"), ["e2", "e1", "e0"]),
        (Sought(before="e2"), ["e1", "e0"]),
        (Sought(before="e0"), []),
        (Sought(before="nowhere"), []),
    ],
)
def test_what_is_sought_is_found_the_latest_first(trail: SqlAudit, sought: Sought, found: list[str]) -> None:
    assert [one.id for one in trail.entries(sought)] == found


def test_what_is_done_within_one_millisecond_stays_in_order(audit: SqlAudit) -> None:
    given = [Entry("key.created", "a", str(number), at=moment(NOW)) for number in range(50)]
    with audit.database.write() as connection:
        for one in given:
            entered(connection, one)
    assert [one.subject for one in reversed(audit.entries())] == [one.subject for one in given]


def test_a_page_at_a_time(trail: SqlAudit) -> None:
    first = trail.entries(limit=3)
    assert [one.id for one in first] == ["e3", "e2", "e1"]
    assert [one.id for one in trail.entries(Sought(before=first[-1].id), 3)] == ["e0"]


@pytest.mark.parametrize(("days", "left"), [(30, 1), (FOR_EVER, 2), (1, 0)])
def test_it_is_kept_for_days_of_its_own(database: Database, days: int, left: int) -> None:
    audit = SqlAudit(database)
    for age in (29, 31):
        audit.note(Entry(Act.KEY_CREATED, "a", at=moment(NOW - timedelta(days=age))))
    assert prune(SqlRecords(database), 180, NOW, audit_days=days) == 0
    assert len(audit.entries()) == left


def test_the_days_of_questions_are_not_those_of_the_trail(file: Database) -> None:
    SqlAudit(file).note(entry_of(Act.RECORDS_PRUNED, OFFICE))
    prune(SqlRecords(file), 1, datetime.now(UTC) + timedelta(days=400), audit_days=730)
    assert len(SqlAudit(file).entries()) == 1


def test_the_trail_begins_with_what_the_log_of_documents_knows(tmp_path: Path) -> None:
    """A database of the version before: its log has no requests."""
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    SqlRecords.at(url).receipt("x")
    raw = sqlite3.connect(tmp_path / "records.sqlite3")
    raw.executescript(
        "DROP TABLE audit; ALTER TABLE changes DROP COLUMN request_id; UPDATE alembic_version SET version_num = '3'"
    )
    raw.execute("INSERT INTO changes VALUES ('c1', '2026-03-15', 'key-1', 'removed', 'one', '', 'v0', 'v1', '重复')")
    raw.commit()
    raw.close()
    database = Database(url)
    assert told(SqlAudit(database)) == [("document.removed", "key-1", "one", "", "重复")]
    SqlChanges(database).settle([Change("c1", "2026-03-15", "key-1", "removed", "one")])
    assert len(SqlAudit(database).entries()) == 1
    database.close()
