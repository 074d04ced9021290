"""How long is kept what people asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from bot.records.audit import SqlAudit
from bot.records.receipts import RecordsUnavailable
from bot.records.store import SqlRecords

FOR_EVER = 0
DAY_SECONDS = 86_400.0


def prune(records: SqlRecords, days: int, now: datetime | None = None, audit_days: int = FOR_EVER) -> int:
    """Forget what was asked more than `days` ago, with its ratings; how many answers. The audit trail has its own days.

    Nothing for FOR_EVER, nor where nothing was ever kept. Raises RecordsUnavailable.
    """
    if not records.database.exists:
        return 0
    now = now or datetime.now(UTC)
    if audit_days != FOR_EVER:
        SqlAudit(records.database).forget_before(now - timedelta(days=audit_days))
    return 0 if days == FOR_EVER else records.forget_before(now - timedelta(days=days))


@contextmanager
def pruned_daily(
    records: SqlRecords,
    days: int,
    failed: Callable[[RecordsUnavailable], None],
    seconds: float = DAY_SECONDS,
    audit_days: int = FOR_EVER,
) -> Iterator[None]:
    """Beside what is done meanwhile: at once, and every `seconds`. `failed` hears of a failure; the next day comes."""
    over = Event()

    def work() -> None:
        while not over.is_set():
            try:
                prune(records, days, audit_days=audit_days)
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
