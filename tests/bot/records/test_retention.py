"""What is older than it may be goes, at the start and every day."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.records.receipts import Feedback, RecordsUnavailable, moment, write_receipt
from bot.records.retention import FOR_EVER, prune, pruned_daily
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeBot

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def keep(records: SqlRecords, name: str, at: datetime) -> None:
    receipt = write_receipt(FakeBot().ask("诚信计量"), "v1", at)
    records.keep(replace(receipt, answer_id=name))


@pytest.mark.parametrize(("days", "left"), [(180, {"young", "edge"}), (1, set()), (FOR_EVER, {"young", "edge", "old"})])
def test_older_than_so_many_days(records: SqlRecords, days: int, left: set[str]) -> None:
    ages = {"young": timedelta(days=10), "edge": timedelta(days=180), "old": timedelta(days=180, seconds=1)}
    for name, age in ages.items():
        keep(records, name, NOW - age)
    assert prune(records, days, NOW) == 3 - len(left)
    assert {name for name in ages if records.receipt(name)} == left


def test_many_are_deleted_a_few_at_a_time(records: SqlRecords) -> None:
    for number in range(5):
        keep(records, str(number), NOW)
        records.rate(Feedback(str(number), True, "", moment(NOW)))
    assert records.forget_before(NOW + timedelta(seconds=1), at_once=2) == 5
    assert records.feedback("4") == ()


def test_where_nothing_was_kept_nothing_is_made(tmp_path: Path) -> None:
    records = SqlRecords.at(f"sqlite:///{tmp_path}/records.sqlite3")
    assert prune(records, 180) == 0
    assert list(tmp_path.iterdir()) == []


def failed(error: RecordsUnavailable) -> None:
    raise AssertionError(str(error))


def test_it_is_done_at_once_and_again(records: SqlRecords) -> None:
    keep(records, "before", datetime.now(UTC) - timedelta(days=2))
    with pruned_daily(records, 1, failed, seconds=0.05):
        gone(records, "before")
        keep(records, "meanwhile", datetime.now(UTC) - timedelta(days=2))
        keep(records, "fresh", datetime.now(UTC))
        gone(records, "meanwhile")
    assert records.receipt("fresh")


def gone(records: SqlRecords, name: str) -> None:
    until = time.monotonic() + 60
    while records.receipt(name):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_failure_is_told_and_the_next_day_comes(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_text("not a database, but long enough to be taken for one\n" * 50)
    records, failures = SqlRecords.at(f"sqlite:///{tmp_path}/records.db"), list[RecordsUnavailable]()
    with pruned_daily(records, 1, failures.append, seconds=0.02):
        until = time.monotonic() + 60
        while len(failures) < 2:
            assert time.monotonic() < until
            time.sleep(0.02)
    assert "not a database" in failures[0].reason
    records.close()
