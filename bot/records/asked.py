"""What is asked most, and which answers were disliked and why, out of the records."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from bot.model import Status
from bot.question.fold import fold
from bot.records.exchanges import Exchange, exchange_of
from bot.records.insights import for_staff
from bot.records.receipts import Feedback, Receipt

MOST = 20  # wordings
DISLIKED = 50  # answers
Ratings = Callable[[str], Sequence[Feedback]]  # of an answer


@dataclass(frozen=True, slots=True)
class Often:
    """A wording, how often it was asked, and what became of it the last time."""

    question: str
    times: int
    status: Status
    answer_id: str


@dataclass(frozen=True, slots=True)
class Disliked:
    """`reasons`: what those who disliked the answer wrote, if anything."""

    question: str
    status: Status
    answer_id: str
    asked_at: str
    times: int
    reasons: tuple[str, ...]


def most_asked(exchanges: Iterable[Exchange], most: int = MOST) -> tuple[Often, ...]:
    """Of equally many the latest first."""
    asked: dict[str, list[Exchange]] = {}
    for one in exchanges:
        asked.setdefault(fold(one.question), []).append(one)
    recent = sorted(asked.items(), key=lambda item: (item[1][-1].asked_at, item[0]), reverse=True)
    often = sorted((ones for _, ones in recent), key=lambda ones: -len(ones))[:most]
    return tuple(Often(_shown(ones[-1]), len(ones), ones[-1].status, ones[-1].answer_id) for ones in often)


def disliked(exchanges: Iterable[Exchange], ratings: Ratings, most: int = DISLIKED) -> tuple[Disliked, ...]:
    """The latest first."""
    ones = sorted((one for one in exchanges if one.disliked), key=lambda one: one.asked_at, reverse=True)[:most]
    return tuple(
        Disliked(_shown(one), one.status, one.answer_id, one.asked_at, one.disliked, why(ratings(one.answer_id)))
        for one in ones
    )


def why(ratings: Iterable[Feedback]) -> tuple[str, ...]:
    """What was written beside a bad rating."""
    return tuple(for_staff(one.comment) for one in ratings if not one.useful and one.comment)


def exchange_in(receipt: Receipt) -> Exchange:
    """What a receipt tells of, without its ratings."""
    return exchange_of({**asdict(receipt), "rated": None, "liked": None})


def _shown(one: Exchange) -> str:
    return for_staff(" ".join(one.question.split()))
