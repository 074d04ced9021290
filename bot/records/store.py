"""Receipts and feedback in the database. Nothing personal is written down: what people wrote is masked first."""

import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, Self

import sqlalchemy as sql

from bot.lately import Lately
from bot.model import Mode, Status
from bot.records.audit import NOBODY, Act, By, Entry, Sought, SqlAudit, entered, entry_of
from bot.records.database import Database
from bot.records.exchanges import Exchange, exchange_of
from bot.records.ledger import WAIT_SECONDS, Ledger, Row
from bot.records.masking import mask
from bot.records.receipts import (
    REMEMBERED,
    Belongings,
    Feedback,
    Receipt,
    ReceiptCitation,
    ReceiptStatement,
    RecordsUnavailable,
    moment,
)
from bot.records.tables import FEEDBACK, RECEIPTS

NAMES = tuple(each.name for each in fields(Receipt))
INSERT = "INSERT INTO receipts ({}) VALUES ".format(", ".join(f'"{name}"' for name in NAMES))
_WRITTEN: Lately[str] = Lately(2 * REMEMBERED)  # statements and citations
AT_ONCE = 500  # receipts deleted in one transaction: answers wait no longer than that for theirs


class SqlRecords:
    """Implements `bot.records.archive.Archive`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._ledger = Ledger(self._write)

    @classmethod
    def at(cls, url: str) -> Self:
        """Raises BadSetting."""
        return cls(Database(url))

    def keep(self, receipt: Receipt) -> None:
        try:
            self.keep_soon(receipt).result(WAIT_SECONDS)
        except TimeoutError as error:
            raise RecordsUnavailable("the ledger", f"not written in {WAIT_SECONDS:g} s") from error

    def keep_soon(self, receipt: Receipt) -> "Future[None]":
        """Implements `bot.records.receipts.KeepsSoon`: many are kept in one transaction."""
        return self._ledger.add(_row(receipt))

    def _write(self, rows: Sequence[Row]) -> None:
        """In one statement: a driver that hands over row by row stops for the other threads at each of them."""
        values = [value for row in rows for value in row]
        with self.database.write() as connection:
            marks = ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * len(NAMES))
            connection.exec_driver_sql(INSERT + ", ".join([f"({marks})"] * len(rows)), tuple(values))

    def receipt(self, answer_id: str) -> Receipt | None:
        with self.database.read() as connection:
            row = connection.execute(sql.select(RECEIPTS).where(RECEIPTS.c.answer_id == answer_id)).mappings().first()
        return _receipt(dict(row)) if row else None

    def rate(self, feedback: Feedback) -> bool:
        known = sql.select(RECEIPTS.c.answer_id).where(RECEIPTS.c.answer_id == feedback.answer_id)
        before = (FEEDBACK.c.answer_id == feedback.answer_id) & (FEEDBACK.c.caller == feedback.caller)
        row = {**asdict(feedback), "comment": mask(feedback.comment)}
        with self.database.write() as connection:
            if connection.execute(known.with_for_update()).first() is None:  # two at once: one after the other
                return False
            if not connection.execute(sql.update(FEEDBACK).where(before).values(row)).rowcount:
                connection.execute(sql.insert(FEEDBACK).values(row))
        return True

    def feedback(self, answer_id: str) -> tuple[Feedback, ...]:
        """Ratings of one answer, oldest first."""
        return self._ratings(FEEDBACK.c.answer_id == answer_id)

    def exchanges(self, start: str, end: str) -> list[Exchange]:
        """Implements `bot.records.exchanges.Exchanges`."""
        liked = sql.func.sum(sql.cast(FEEDBACK.c.useful, sql.Integer)).label("liked")
        counted = sql.select(FEEDBACK.c.answer_id, sql.func.count().label("rated"), liked)
        rated = counted.group_by(FEEDBACK.c.answer_id).subquery()
        asked = sql.select(RECEIPTS, rated.c.rated, rated.c.liked).outerjoin(
            rated, rated.c.answer_id == RECEIPTS.c.answer_id
        )
        asked = asked.where(RECEIPTS.c.asked_at >= start, RECEIPTS.c.asked_at < end)
        with self.database.read() as connection:
            rows = connection.execute(asked.order_by(RECEIPTS.c.asked_at, RECEIPTS.c.answer_id)).mappings()
            return [exchange_of(dict(row)) for row in rows]

    def of_user(self, user: str, by: By = NOBODY) -> Belongings:
        """All that is kept of a user, oldest first; `user` is the keyed hash. That it was told goes into the trail."""
        wanted = sql.select(RECEIPTS).where(RECEIPTS.c.user == user).order_by(RECEIPTS.c.asked_at)
        with self.database.write() as connection:
            rows = connection.execute(wanted).mappings().all()
            entered(connection, entry_of(Act.USER_EXPORTED, by, user, f"{len(rows)} answers"))
        return Belongings(tuple(_receipt(dict(row)) for row in rows), self._ratings(FEEDBACK.c.user == user))

    def forget_user(self, user: str, by: By = NOBODY) -> tuple[int, int]:
        """Delete a user's receipts with all their ratings, and the user's ratings; how many of each."""
        theirs = sql.select(RECEIPTS.c.answer_id).where(RECEIPTS.c.user == user)
        with self.database.write() as connection:
            about = FEEDBACK.c.answer_id.in_(theirs) | (FEEDBACK.c.user == user)
            ratings = connection.execute(sql.delete(FEEDBACK).where(about)).rowcount
            answers = connection.execute(sql.delete(RECEIPTS).where(RECEIPTS.c.user == user)).rowcount
            entered(connection, entry_of(Act.USER_DELETED, by, user, f"{answers} answers, {ratings} ratings"))
        return answers, ratings

    def entries(self, sought: Sought, limit: int) -> list[Entry]:
        """Implements `bot.records.archive.Audited`."""
        return SqlAudit(self.database).entries(sought, limit)

    def forget_before(self, at: datetime, at_once: int = AT_ONCE) -> int:
        """Delete receipts asked before `at` (UTC) and their ratings; how many receipts."""
        old = sql.select(RECEIPTS.c.answer_id).where(RECEIPTS.c.asked_at < moment(at)).limit(at_once)
        forgotten = 0
        while True:
            with self.database.write() as connection:
                ids = connection.execute(old).scalars().all()
                connection.execute(sql.delete(FEEDBACK).where(FEEDBACK.c.answer_id.in_(ids)))
                connection.execute(sql.delete(RECEIPTS).where(RECEIPTS.c.answer_id.in_(ids)))
            forgotten += len(ids)
            if len(ids) < at_once:
                return forgotten

    def check(self) -> None:
        """Nothing, when receipts can be kept now. Raises RecordsUnavailable."""
        self.database.check()

    def close(self) -> None:
        self._ledger.close()
        self.database.close()

    def _ratings(self, which: sql.ColumnElement[bool]) -> tuple[Feedback, ...]:
        with self.database.read() as connection:
            rows = connection.execute(sql.select(FEEDBACK).where(which).order_by(FEEDBACK.c.id)).all()
        return tuple(
            Feedback(row.answer_id, row.useful, mask(row.comment), row.given_at, row.user, row.caller) for row in rows
        )


def _row(receipt: Receipt) -> Row:
    """The columns' values in their order, as drivers take them."""
    values = {name: getattr(receipt, name) for name in NAMES}
    return tuple(map(_value, {**values, "question": mask(receipt.question)}.values()))


def _value(value: Any) -> str:
    """What is no text is written as JSON, once for all who are answered the same."""
    return str(value) if isinstance(value, str) else _WRITTEN.of(value, lambda: json.dumps(value, default=asdict))


def _masked(receipt: Receipt) -> Receipt:
    return replace(receipt, question=mask(receipt.question))


def _receipt(row: dict[str, Any]) -> Receipt:
    """Masked again, for it may have been kept before anything was."""
    row["status"], row["mode"] = Status(row["status"]), Mode(row["mode"])
    row["statements"] = tuple(ReceiptStatement(each["text"], tuple(each["citations"])) for each in row["statements"])
    row["citations"] = tuple(ReceiptCitation(**each) for each in row["citations"])
    row["notes"] = tuple(row["notes"])
    return _masked(Receipt(**row))
