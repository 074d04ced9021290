"""How long is kept what people asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from bot.records.receipts import RecordsUnavailable
from bot.records.store import SqlRecords

FOR_EVER = 0
DAY_SECONDS = 86_400.0


def prune(records: SqlRecords, days: int, now: datetime | None = None) -> int:
    """Forget what was asked more than `days` ago, with its ratings; how many answers.

    Nothing for FOR_EVER, nor where nothing was ever kept. Raises RecordsUnavailable.
    """
    if days == FOR_EVER or not records.database.exists:
        return 0
    return records.forget_before((now or datetime.now(UTC)) - timedelta(days=days))


@contextmanager
def pruned_daily(
    records: SqlRecords, days: int, failed: Callable[[RecordsUnavailable], None], seconds: float = DAY_SECONDS
) -> Iterator[None]:
    """Beside what is done meanwhile: at once, and every `seconds`. `failed` hears of a failure; the next day comes."""
    over = Event()

    def work() -> None:
        while not over.is_set():
            try:
                prune(records, days)
            except RecordsUnavailable as error:
                failed(error)
            over.wait(seconds)

    thread = Thread(target=work, name="prune", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=1)  # a deletion that is under way is whole or not at all
