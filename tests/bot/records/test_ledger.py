"""Rows written together: none is acknowledged before it is written, one bad row harms no other."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.records.ledger import UNWRITTEN, Ledger, Row
from bot.records.receipts import KeepsSoon, RecordsUnavailable, write_receipt
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeBot
from tests.bot.records.test_records import NOON


class Book:
    """Rows as they were written, batch by batch; the first waits to be let through."""

    def __init__(self, refuse: dict[str, type[Exception]] | None = None) -> None:
        self.batches: list[list[str]] = []
        self.refuse = refuse or {}
        self.begun, self.go = Event(), Event()

    def write(self, rows: Sequence[Row]) -> None:
        self.begun.set()
        assert self.go.wait(10)
        for (name,) in rows:
            if kind := self.refuse.get(name):
                cause = None if kind is RecordsUnavailable else kind("INSERT", {}, Exception(name))
                raise RecordsUnavailable("the book", name) from cause
        self.batches.append([name for (name,) in rows])


def add(book: Book, names: str, most: int = 100) -> list["Future[None]"]:
    """The first alone, the others while it is being written."""
    ledger = Ledger(book.write, most)
    first = ledger.add((names[0],))
    assert book.begun.wait(10)
    others = [ledger.add((name,)) for name in names[1:]]
    assert not any(one.done() for one in (first, *others)), "nothing is done before it is written"
    book.go.set()
    wait((first, *others), 10)
    ledger.close()
    return [first, *others]


def test_who_comes_meanwhile_shares_a_transaction() -> None:
    found = add(book := Book(), "abcd")
    assert all(one.result() is None for one in found)
    assert book.batches == [["a"], ["b", "c", "d"]]


def test_a_transaction_has_a_bound() -> None:
    add(book := Book(), "abcdef", most=2)
    assert book.batches == [["a"], ["b", "c"], ["d", "e"], ["f"]]


def test_one_bad_row_harms_no_other() -> None:
    _, good, bad, last = add(book := Book({"c": IntegrityError}), "abcd")
    assert (good.result(), last.result()) == (None, None)
    with pytest.raises(RecordsUnavailable, match="c"):
        bad.result()
    assert book.batches == [["a"], ["b"], ["d"]]


@pytest.mark.parametrize("kind", [OperationalError, RecordsUnavailable])
def test_a_database_that_is_away_is_asked_once_for_all(kind: type[Exception]) -> None:
    found = add(book := Book({"b": kind}), "abc")
    assert book.batches == [["a"]]
    assert [type(one.exception()) for one in found] == [type(None), RecordsUnavailable, RecordsUnavailable]
    assert found[1].exception() is not found[2].exception(), "each raises its own"


def test_nobody_waits_for_ever() -> None:
    def broken(_: Sequence[Row]) -> None:
        raise ZeroDivisionError

    ledger = Ledger(broken)
    for _ in range(2):  # and the ledger goes on
        with pytest.raises(RecordsUnavailable, match=UNWRITTEN):
            ledger.add(("a",)).result(10)


def test_a_row_is_not_called_back() -> None:
    book = Book()
    ledger = Ledger(book.write)
    waiting = ledger.add(("a",))
    assert not waiting.cancel()
    book.go.set()
    ledger.close()
    assert book.batches == [["a"]]


def test_what_comes_after_the_end_is_written_too() -> None:
    book = Book()
    book.go.set()
    ledger = Ledger(book.write)
    for name in "ab":
        ledger.add((name,)).result(10)
        ledger.close()
    assert book.batches == [["a"], ["b"]]


def test_an_acknowledged_receipt_is_in_the_file(tmp_path: Path, bot: FakeBot) -> None:
    """Another connection sees it at once, as one would after the process was killed."""
    url = f"sqlite:///{tmp_path}/r.sqlite3"
    here, there = SqlRecords.at(url), SqlRecords.at(url)
    assert isinstance(here, KeepsSoon)
    receipts = [write_receipt(bot.ask(f"诚信计量{number} 13812345678"), "v1", NOON) for number in range(150)]

    def kept(number: int) -> bool:
        here.keep_soon(receipts[number]).result(10)
        return there.receipt(receipts[number].answer_id) is not None

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(kept, range(150)))
    shown = there.receipt(receipts[7].answer_id)
    assert shown is not None
    assert shown.question == "诚信计量7 ***", "masked before it is written"
    assert (shown.statements, shown.citations) == (receipts[7].statements, receipts[7].citations)
    here.close()
    there.close()


def test_an_id_twice_in_a_batch_is_refused_alone(tmp_path: Path, bot: FakeBot) -> None:
    records = SqlRecords.at(f"sqlite:///{tmp_path}/r.sqlite3")
    receipts = [write_receipt(bot.ask("诚信计量"), "v1", NOON) for _ in range(20)]
    found = [records.keep_soon(one) for one in (*receipts, receipts[3])]
    wait(found, 10)
    assert [one.exception() for one in found[:20]] == [None] * 20
    assert isinstance(found[20].exception(), RecordsUnavailable)
    records.close()
