"""Receipts and feedback, kept and given back unchanged, and what happens when they cannot be kept."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from bot.records.receipts import Belongings, Feedback, Receipt, RecordsUnavailable, moment, write_receipt
from bot.records.store import SqlRecords
from ingest.errors import BadSetting
from tests.bot.fakes import FakeBot

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def receipt(bot: FakeBot) -> Receipt:
    return write_receipt(bot.ask("诚信计量自我承诺"), "v1", NOON)


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
    assert records.feedback(receipt.answer_id) == (bad,), "the last of one caller stands"


def test_a_caller_has_one_rating_the_last(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(receipt)
    first = Feedback(receipt.answer_id, True, "清楚", moment(NOON), "u", "user-u")
    other = replace(first, user="", caller="@a")
    for number in range(20):
        assert records.rate(replace(first, useful=number % 2 == 0))
    assert records.rate(other)
    assert records.rate(last := replace(first, useful=False, comment="不清楚", given_at=moment(NOON + DAY)))
    assert records.feedback(receipt.answer_id) == (last, other)


def test_ratings_of_one_caller_at_once_are_one(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(receipt)
    rating = Feedback(receipt.answer_id, True, "", moment(NOON), "", "@a")
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(records.rate, [rating] * 16))
    assert len(records.feedback(receipt.answer_id)) == 1


def test_what_people_wrote_is_masked_before_it_is_kept(records: SqlRecords, receipt: Receipt) -> None:
    records.keep(replace(receipt, question="我是13812345678"))
    records.rate(Feedback(receipt.answer_id, True, "回我a@b.cn", moment(NOON)))
    with records.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT question, comment FROM receipts NATURAL JOIN feedback").all()
    assert [tuple(row) for row in stored] == [("我是***", "回我***")]


def test_all_of_a_user_is_found_and_forgotten(records: SqlRecords, receipt: Receipt) -> None:
    mine = replace(receipt, user="me", caller="k")
    later = replace(mine, answer_id="later", asked_at=moment(NOON + DAY))
    others = replace(receipt, answer_id="others", user="you")
    for each in (later, mine, others, replace(receipt, answer_id="nobodys")):
        records.keep(each)
    rated = Feedback("others", True, "", moment(NOON), "me", "user-me")
    of_mine = Feedback(mine.answer_id, False, "", moment(NOON), "you", "user-you")
    for rating in (rated, of_mine):
        records.rate(rating)
    assert records.of_user("me") == Belongings((mine, later), (rated,))
    assert records.forget_user("me") == (2, 2)
    assert records.of_user("me") == Belongings((), ())
    assert records.feedback("others") == ()
    assert records.receipt("others") == others
    assert records.receipt("nobodys") is not None
    assert records.forget_user("me") == (0, 0)


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
    first = SqlRecords.at(url)
    first.keep(receipt)
    first.close()
    second = SqlRecords.at(url)
    assert second.receipt(receipt.answer_id) == receipt
    second.close()


def test_many_threads_and_two_openings_of_one_file(tmp_path: Path, receipt: Receipt) -> None:
    openings = [SqlRecords.at(f"sqlite:///{tmp_path}/records.db") for _ in range(2)]
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
    records = SqlRecords.at(f"sqlite:///{file}")
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
    records = SqlRecords.at(f"sqlite:///{blocker}/records.db")
    with pytest.raises(RecordsUnavailable):
        records.keep(receipt)
    blocker.unlink()
    records.keep(receipt)
    assert records.receipt(receipt.answer_id) == receipt
    records.close()


def test_a_file_that_is_no_database(tmp_path: Path, receipt: Receipt) -> None:
    file = tmp_path / "records.db"
    file.write_text("not a database, but long enough to be taken for one\n" * 50)
    records = SqlRecords.at(f"sqlite:///{file}")
    with pytest.raises(RecordsUnavailable, match="not a database"):
        records.keep(receipt)
    records.close()


@pytest.mark.parametrize("url", ["", "records.db", "nosuch://user:secret@host/db", "mysql://user:secret@host/db"])
def test_urls_nobody_understands(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL") as caught:
        SqlRecords.at(url)
    assert "secret" not in str(caught.value)


def test_records_that_can_be_kept_check_out(records: SqlRecords, receipt: Receipt) -> None:
    records.check()
    records.keep(receipt)
    records.check()
    assert records.receipt(receipt.answer_id) == receipt


def test_a_check_tells_what_takes_no_writes(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    SqlRecords.at(f"sqlite:///{file}").check()
    for mode in ("mode=ro", "immutable=1"):
        read_only = SqlRecords.at(f"sqlite:///file:{file}?{mode}&uri=true")
        with pytest.raises(RecordsUnavailable, match=r"records\.db.*readonly"):
            read_only.check()
        read_only.close()
