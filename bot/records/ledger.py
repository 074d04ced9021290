"""Rows that are written together: who comes while others are being written shares the next transaction with them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from time import sleep

from sqlalchemy.exc import DataError, IntegrityError

from bot.records.receipts import RecordsUnavailable

Row = tuple[str, ...]
MOST = 100  # rows of one transaction
PAUSE_SECONDS = 0.005  # for more to come, where several come at a time; one who comes alone is not made to wait
WAIT_SECONDS = 15.0  # that a row is waited for; longer than the database itself waits for anything
UNWRITTEN = "the writing of receipts broke off"


class Ledger:
    """Safe to share between threads. A row is written down, and survives the process, when its future is done."""

    def __init__(self, write: Callable[[Sequence[Row]], None], most: int = MOST) -> None:
        """`write` writes all rows or none, and raises RecordsUnavailable."""
        self._write, self._most = write, most
        self._waiting: list[tuple[Row, Future[None]]] = []
        self._writer: ThreadPoolExecutor | None = None
        self._at_work = False
        self._lock = Lock()

    def add(self, row: Row) -> "Future[None]":
        """Its future ends in RecordsUnavailable where the row could not be written."""
        written: Future[None] = Future()
        written.set_running_or_notify_cancel()  # it is written though who asked for it has left
        with self._lock:
            self._waiting.append((row, written))
            self._begin()
        return written

    def close(self) -> None:
        """What was added is written first. A row that comes later is written too, by another thread."""
        with self._lock:
            writer, self._writer = self._writer, None
        if writer:
            writer.shutdown()

    def _work(self) -> None:
        try:
            self._write_all()
        except BaseException:  # of nobody's foreseeing; those who wait already are still written for
            with self._lock:
                self._at_work = False
                self._begin()
            raise

    def _begin(self) -> None:
        """The writer's work, when there is some; for who holds the lock."""
        if self._waiting and not self._at_work:
            self._writer = self._writer or ThreadPoolExecutor(1, "ledger")
            self._writer.submit(self._work)
            self._at_work = True

    def _write_all(self) -> None:
        several = False
        while batch := self._next(PAUSE_SECONDS if several else 0.0):
            several = len(batch) > 1
            try:
                self._put_down(batch)
            finally:
                for _, written in batch:
                    if not written.done():  # nobody waits for ever
                        written.set_exception(RecordsUnavailable("the ledger", UNWRITTEN))

    def _next(self, pause: float) -> list[tuple[Row, "Future[None]"]]:
        if pause:
            sleep(pause)
        with self._lock:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._at_work = bool(batch)
            return batch

    def _put_down(self, batch: Sequence[tuple[Row, "Future[None]"]]) -> None:
        try:
            self._write([row for row, _ in batch])
        except RecordsUnavailable as error:
            if len(batch) > 1 and isinstance(error.__cause__, (DataError, IntegrityError)):
                for one in batch:  # the fault is one row's; the others are not to suffer for it
                    self._put_down([one])
                return
            for _, written in batch:
                written.set_exception(RecordsUnavailable(error.where, error.reason))
            return
        for _, written in batch:
            written.set_result(None)
