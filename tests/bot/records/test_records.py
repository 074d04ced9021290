"""Receipts and feedback, kept and given back unchanged, and what happens when they cannot be kept."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from bot.records.receipts import Feedback, Receipt, RecordsUnavailable, moment, write_receipt
from bot.records.store import SqlRecords
from ingest.errors import BadSetting
from tests.bot.fakes import FakeBot

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def receipt(bot: FakeBot) -> Receipt:
    return write_receipt(bot.ask("诚信计量自我承诺"), "v1", NOON)


@pytest.fixture(params=["memory", "file"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlRecords]:
    url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/deep/er/records.db"
    records = SqlRecords(url)
    yield records
    records.close()


def test_receipt_comes_back_as_it_was_kept(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(receipt)
    assert records.receipt(receipt.answer_id) == receipt
    assert records.receipt("unknown") is None


def test_receipt_pins_the_clauses_as_they_stood(bot: FakeBot, receipt: Receipt) -> None:
    assert receipt.citations
    for cited in receipt.citations:
        text = bot.corpus.clause(cited.clause_id).text
        assert text[cited.start : cited.end] == cited.quote
        assert cited.text_sha256 == sha256(text.encode()).hexdigest()
    assert receipt.asked_at == "2026-03-15T12:00:00.000+00:00"


def test_ratings_need_an_answer(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(receipt)
    good = Feedback(receipt.answer_id, True, "清楚", moment(NOON))
    bad = replace(good, useful=False, comment="")
    assert records.rate(good)
    assert records.rate(bad)
    assert not records.rate(replace(good, answer_id="unknown"))
    assert records.feedback(receipt.answer_id) == (good, bad)


def test_an_answer_id_is_used_once(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(receipt)
    with pytest.raises(RecordsUnavailable):
        records.keep(receipt)


def test_old_receipts_are_forgotten_with_their_ratings(records: SqlRecords, receipt: Receipt) -> None:
    fresh = replace(receipt, answer_id="fresh", asked_at=moment(NOON + timedelta(days=1)))
    for each in (receipt, fresh):
        records.keep(each)
        records.rate(Feedback(each.answer_id, True, "", moment(NOON)))
    assert records.forget_before(NOON + timedelta(hours=1)) == 1
    assert records.receipt(receipt.answer_id) is None
    assert records.feedback(receipt.answer_id) == ()
    assert records.receipt("fresh") == fresh
    assert len(records.feedback("fresh")) == 1


def test_receipts_outlive_the_process(tmp_path: Path, receipt: Receipt) -> None:
    url = f"sqlite:///{tmp_path}/records.db"
    first = SqlRecords(url)
    first.keep(receipt)
    first.close()
    second = SqlRecords(url)
    assert second.receipt(receipt.answer_id) == receipt
    second.close()


def test_many_threads_and_two_openings_of_one_file(tmp_path: Path, receipt: Receipt) -> None:
    openings = [SqlRecords(f"sqlite:///{tmp_path}/records.db") for _ in range(2)]
    failures: list[Exception] = []

    def keep(number: int) -> None:
        try:
            openings[number % 2].keep(replace(receipt, answer_id=str(number)))
        except RecordsUnavailable as error:
            failures.append(error)

    threads = [Thread(target=keep, args=(number,)) for number in range(48)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert all(openings[0].receipt(str(number)) for number in range(48))
    for each in openings:
        each.close()


def test_a_locked_database_is_an_error_soon_and_no_longer_than_the_lock(tmp_path: Path, receipt: Receipt) -> None:
    file = tmp_path / "records.db"
    records = SqlRecords(f"sqlite:///{file}")
    assert records.receipt("x") is None
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RecordsUnavailable, match="locked"):
        records.keep(receipt)
    other.rollback()
    other.close()
    records.keep(receipt)
    records.close()


def test_a_place_that_cannot_be_written_is_tried_again(tmp_path: Path, receipt: Receipt) -> None:
    blocker = tmp_path / "folder"
    blocker.write_text("a file where the folder should be")
    records = SqlRecords(f"sqlite:///{blocker}/records.db")
    with pytest.raises(RecordsUnavailable):
        records.keep(receipt)
    blocker.unlink()
    records.keep(receipt)
    assert records.receipt(receipt.answer_id) == receipt
    records.close()


def test_a_file_that_is_no_database(tmp_path: Path, receipt: Receipt) -> None:
    file = tmp_path / "records.db"
    file.write_text("not a database, but long enough to be taken for one\n" * 50)
    records = SqlRecords(f"sqlite:///{file}")
    with pytest.raises(RecordsUnavailable, match="not a database"):
        records.keep(receipt)
    records.close()


@pytest.mark.parametrize("url", ["", "records.db", "nosuch://user:secret@host/db", "mysql://user:secret@host/db"])
def test_urls_nobody_understands(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL") as caught:
        SqlRecords(url)
    assert "secret" not in str(caught.value)


def test_records_that_can_be_kept_check_out(records: SqlRecords, receipt: Receipt) -> None:
    records.check()
    records.keep(receipt)
    records.check()
    assert records.receipt(receipt.answer_id) == receipt


def test_a_check_tells_what_takes_no_writes(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    SqlRecords(f"sqlite:///{file}").check()
    for mode in ("mode=ro", "immutable=1"):
        read_only = SqlRecords(f"sqlite:///file:{file}?{mode}&uri=true")
        with pytest.raises(RecordsUnavailable, match=r"records\.db.*readonly"):
            read_only.check()
        read_only.close()
