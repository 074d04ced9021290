"""Questions and what became of them, as records tell, and the days they were asked on. Days are those of Beijing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Protocol, runtime_checkable

from bot.model import Status
from bot.records.receipts import moment

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
DAYS = 30  # of a period nobody names
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)  # beyond them moments cannot be told in another time zone


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of Beijing, both included."""

    first: date
    last: date

    @property
    def bounds(self) -> tuple[str, str]:
        """From and before, as receipts write moments."""
        ends = (self.first, self.last + timedelta(days=1))
        start, end = (datetime.combine(day, time(), BEIJING).astimezone(UTC) for day in ends)
        return moment(start), moment(end)


def today() -> date:
    """In Beijing."""
    return datetime.now(BEIJING).date()


def period(first: date | None, last: date | None, now: date) -> Period:
    """What is not given: until today, DAYS days."""
    end = _possible(last or max(now, first or now))
    return Period(_possible(first or end - timedelta(days=DAYS - 1)), end)


def _possible(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it. `told` is what was said without a citation, notes too."""

    answer_id: str
    question: str
    status: Status
    clauses: tuple[str, ...]  # ids of what was cited, in order
    told: tuple[str, ...]
    asked_at: str
    liked: int = 0
    disliked: int = 0

    @property
    def in_question(self) -> bool:
        """Whether staff should look at it."""
        return self.status is not Status.ANSWERED or self.disliked > 0


def exchange_of(row: Mapping[str, Any]) -> Exchange:
    """From a receipt's columns and, `rated` and `liked`, how many rated the answer and how many of them liked it."""
    told = (one["text"] for one in row["statements"] if not one["citations"])
    liked = row["liked"] or 0
    return Exchange(
        answer_id=row["answer_id"],
        question=row["question"],
        status=Status(row["status"]),
        clauses=tuple(dict.fromkeys(one["clause_id"] for one in row["citations"])),
        told=(*told, *row["notes"]),
        asked_at=row["asked_at"],
        liked=liked,
        disliked=(row["rated"] or 0) - liked,
    )


@runtime_checkable
class Exchanges(Protocol):
    """Where they are kept."""

    def exchanges(self, start: str, end: str) -> Iterable[Exchange]:
        """Those asked from `start` on and before `end`, as receipts write moments, oldest first.

        Raises RecordsUnavailable.
        """
