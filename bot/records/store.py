"""Receipts and feedback in SQLite, or any database SQLAlchemy speaks to. Alone imports sqlalchemy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.model import Mode, Status
from bot.records.receipts import Feedback, Receipt, ReceiptCitation, ReceiptStatement, RecordsUnavailable, moment
from ingest.errors import BadSetting

LOCK_SECONDS = 0.5  # how long an answer may wait for another process that writes
TURN_SECONDS = 1.0  # and for the other threads of this one
TABLES = sql.MetaData()
RECEIPTS = sql.Table(
    "receipts",
    TABLES,
    sql.Column("answer_id", sql.String(64), primary_key=True),
    sql.Column("question", sql.Text, nullable=False),
    sql.Column("status", sql.String(16), nullable=False),
    sql.Column("statements", sql.JSON, nullable=False),
    sql.Column("citations", sql.JSON, nullable=False),
    sql.Column("notes", sql.JSON, nullable=False),
    sql.Column("mode", sql.String(16), nullable=False),
    sql.Column("model", sql.Text, nullable=False),
    sql.Column("corpus_version", sql.String(64), nullable=False),
    sql.Column("asked_at", sql.String(32), nullable=False, index=True),
)
FEEDBACK = sql.Table(
    "feedback",
    TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("answer_id", sql.ForeignKey("receipts.answer_id", ondelete="CASCADE"), nullable=False, index=True),
    sql.Column("useful", sql.Boolean, nullable=False),
    sql.Column("comment", sql.Text, nullable=False),
    sql.Column("given_at", sql.String(32), nullable=False),
)


class SqlRecords:
    """Opens nothing until first used and tries again after a failure: a full disk at start does not stop serving."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._made = False
        self._making = Lock()
        self._turn = Lock()  # threads queue here: SQLite's own waiting is by sleeping, and starves some of them

    def keep(self, receipt: Receipt) -> None:
        row = asdict(receipt)
        with self._write() as connection:
            connection.execute(sql.insert(RECEIPTS).values(row))

    def receipt(self, answer_id: str) -> Receipt | None:
        with self._begin() as connection:
            row = connection.execute(sql.select(RECEIPTS).where(RECEIPTS.c.answer_id == answer_id)).mappings().first()
        return _receipt(dict(row)) if row else None

    def rate(self, feedback: Feedback) -> bool:
        known = sql.select(RECEIPTS.c.answer_id).where(RECEIPTS.c.answer_id == feedback.answer_id)
        with self._write() as connection:
            if connection.execute(known).first() is None:
                return False
            connection.execute(sql.insert(FEEDBACK).values(asdict(feedback)))
        return True

    def feedback(self, answer_id: str) -> tuple[Feedback, ...]:
        """Ratings of one answer, oldest first."""
        wanted = sql.select(FEEDBACK).where(FEEDBACK.c.answer_id == answer_id).order_by(FEEDBACK.c.id)
        with self._begin() as connection:
            rows = connection.execute(wanted).all()
        return tuple(Feedback(row.answer_id, row.useful, row.comment, row.given_at) for row in rows)

    def forget_before(self, at: datetime) -> int:
        """Delete receipts asked before `at` (UTC) and their ratings; how many receipts. Questions may be personal."""
        old = RECEIPTS.c.asked_at < moment(at)
        with self._write() as connection:
            rated = sql.select(RECEIPTS.c.answer_id).where(old)
            connection.execute(sql.delete(FEEDBACK).where(FEEDBACK.c.answer_id.in_(rated)))
            return connection.execute(sql.delete(RECEIPTS).where(old)).rowcount

    def check(self) -> None:
        """Nothing, when receipts can be kept now. SQLite writes, for a full disk shows only then."""
        with self._write() as connection:
            if self._engine.dialect.name == "sqlite":
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {int(version)}")
            elif connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on":
                raise RecordsUnavailable(self._engine.url.render_as_string(), "the database takes no writes")

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[sql.Connection]:
        """A transaction. Raises RecordsUnavailable for whatever the database refuses."""
        try:
            self._make_tables()
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or type(error).__name__)
            raise RecordsUnavailable(self._engine.url.render_as_string(), reason) from error

    @contextmanager
    def _write(self) -> Iterator[sql.Connection]:
        """A transaction, one thread at a time."""
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise RecordsUnavailable(self._engine.url.render_as_string(), "too many answers wait for their receipts")
        try:
            with self._begin() as connection:
                yield connection
        finally:
            self._turn.release()

    def _make_tables(self) -> None:
        with self._making:
            if self._made:
                return
            file = self._engine.url.database
            if self._engine.dialect.name == "sqlite" and file and file != ":memory:":
                Path(file).parent.mkdir(parents=True, exist_ok=True)
            with self._engine.begin() as connection:
                for table in TABLES.sorted_tables:  # IF NOT EXISTS: several workers may start at once
                    connection.execute(sql.schema.CreateTable(table, if_not_exists=True))
                    for index in table.indexes:
                        connection.execute(sql.schema.CreateIndex(index, if_not_exists=True))
            self._made = True


def _engine(url: str) -> sql.Engine:
    """Raises BadSetting for a URL no installed driver understands; a password in it is not repeated."""
    try:
        parsed = sql.make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return sql.create_engine(parsed, pool_pre_ping=True, pool_timeout=1)
        memory = parsed.database in (None, "", ":memory:")
        arguments: dict[str, Any] = {"poolclass": StaticPool} if memory else {"pool_timeout": 1}
        threads = {"timeout": LOCK_SECONDS, "check_same_thread": False}
        engine = sql.create_engine(parsed, connect_args=threads, **arguments)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        shown = url.split("://", maxsplit=1)[0]
        raise BadSetting("DATABASE_URL", f"{shown}://…", "sqlite:///FILE or a URL whose driver is installed") from error
    sql.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for a writer, and a commit survives the process (not a power cut)."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _receipt(row: dict[str, Any]) -> Receipt:
    row["status"], row["mode"] = Status(row["status"]), Mode(row["mode"])
    row["statements"] = tuple(ReceiptStatement(each["text"], tuple(each["citations"])) for each in row["statements"])
    row["citations"] = tuple(ReceiptCitation(**each) for each in row["citations"])
    row["notes"] = tuple(row["notes"])
    return Receipt(**row)
