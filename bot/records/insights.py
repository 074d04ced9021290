"""What was asked in a period, and what could not be answered, for staff: counts, and questions grouped.

Only records are read: nothing is asked again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import Status
from bot.question.fold import fold
from bot.records.exchanges import BEIJING, Exchange, Period
from bot.records.masking import mask
from bot.records.reasons import Reason, reason_of
from bot.records.topics import grouped
from ingest.corpus import Corpus
from vectorstore.encoder import Floats

MOST_QUESTIONS = 500  # different ones that are grouped, those asked most
MOST_SHOWN = 20  # of a group


class Nearness(Protocol):
    """What tells which questions are alike."""

    def vectors(self, texts: Sequence[str], asked: bool = False) -> Floats:
        """(n, d), rows of length 1."""

    def nearest(self, question: str) -> str:
        """A clause id; empty for none."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How many questions, by what became of them."""

    name: str
    asked: int
    statuses: dict[Status, int]
    disliked: int


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One wording, however often it was asked. `answer_id` is of the latest answer, for its receipt."""

    question: str
    times: int
    disliked: int
    status: Status
    reason: Reason | None
    clause_id: str
    answer_id: str
    last_asked_at: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; `name` is a clause id (empty: near none), or the question asked most of them."""

    name: str
    heading: str
    times: int
    disliked: int
    questions: tuple[AskedQuestion, ...]  # those asked most first, MOST_SHOWN at most


@dataclass(frozen=True, slots=True)
class Insights:
    """`questions` are all different ones that were unanswered or disliked; `left_out` of them are in no group."""

    period: Period
    asked: int
    days: tuple[Volume, ...]
    statuses: dict[Status, int]
    plans: tuple[Volume, ...]  # by what was cited; a question may count for several
    reasons: dict[Reason, int]
    questions: tuple[AskedQuestion, ...]
    by_clause: tuple[Group, ...]
    by_topic: tuple[Group, ...]
    left_out: int


def for_staff(question: str) -> str:
    """A question as staff may see it; what was kept before questions were masked too."""
    return mask(question)


def gather(exchanges: Iterable[Exchange], wanted: Period, corpus: Corpus, nearness: Nearness) -> Insights:
    """Reads each exchange once. Equal records and models give equal insights."""
    days: dict[str, _Count] = {}
    plans = {plan.id: _Count() for plan in corpus.plans}
    whole, reasons = _Count(), Counter[Reason]()
    open_ones: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        cited = {clause.partition(":")[0] for clause in exchange.clauses}
        of_plans = [count for plan, count in plans.items() if plan in cited]
        for count in (whole, days.setdefault(_day(exchange.asked_at), _Count()), *of_plans):
            count.add(exchange)
        if reason := reason_of(exchange.status, exchange.told):
            reasons[reason] += 1
        if exchange.in_question:
            open_ones.setdefault(fold(exchange.question), []).append(exchange)
    questions = _questions(open_ones, nearness)
    topics = grouped(nearness.vectors([one.question for one in questions], asked=True))
    return Insights(
        period=wanted,
        asked=whole.statuses.total(),
        days=tuple(days[day].volume(day) for day in sorted(days)),
        statuses={status: whole.statuses[status] for status in Status},
        plans=tuple(count.volume(plan) for plan, count in plans.items()),
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        questions=questions,
        by_clause=_by_clause(questions, corpus),
        by_topic=_ordered(_group(members[0].question, "", members) for members in _picked(questions, topics)),
        left_out=len(open_ones) - len(questions),
    )


class _Count:
    """Of one day or plan, as the exchanges come."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.disliked = 0

    def add(self, exchange: Exchange) -> None:
        self.statuses[exchange.status] += 1
        self.disliked += exchange.disliked > 0

    def volume(self, name: str) -> Volume:
        statuses = {status: self.statuses[status] for status in Status}
        return Volume(name, self.statuses.total(), statuses, self.disliked)


def _day(asked_at: str) -> str:
    return datetime.fromisoformat(asked_at).astimezone(BEIJING).date().isoformat()


def _questions(found: dict[str, list[Exchange]], nearness: Nearness) -> tuple[AskedQuestion, ...]:
    """Different wordings, those asked most first; of equally many the latest."""
    recent = sorted(found.items(), key=lambda item: (item[1][-1].asked_at, item[0]), reverse=True)
    most = sorted(recent, key=lambda item: -len(item[1]))[:MOST_QUESTIONS]
    return tuple(asked_question(asked, nearness) for _, asked in most)


def asked_question(asked: Sequence[Exchange], nearness: Nearness) -> AskedQuestion:
    """One wording, asked at these times; the last one tells what became of it."""
    last = asked[-1]
    text = " ".join(last.question.split())
    return AskedQuestion(
        question=for_staff(text),
        times=len(asked),
        disliked=sum(one.disliked > 0 for one in asked),
        status=last.status,
        reason=reason_of(last.status, last.told),
        clause_id=last.clauses[0] if last.clauses else nearness.nearest(text),
        answer_id=last.answer_id,
        last_asked_at=last.asked_at,
    )


def _by_clause(questions: Sequence[AskedQuestion], corpus: Corpus) -> tuple[Group, ...]:
    clauses: dict[str, list[AskedQuestion]] = {}
    for one in questions:
        clauses.setdefault(one.clause_id, []).append(one)
    return _ordered(_group(clause, _heading(clause, corpus), members) for clause, members in clauses.items())


def _heading(clause_id: str, corpus: Corpus) -> str:
    """Empty for a clause that the plans no longer have."""
    return corpus.clause(clause_id).heading if corpus.has_clause(clause_id) else ""


def _picked(questions: Sequence[AskedQuestion], topics: Iterable[Sequence[int]]) -> Iterator[list[AskedQuestion]]:
    for rows in topics:
        yield [questions[row] for row in rows]


def _group(name: str, heading: str, members: Sequence[AskedQuestion]) -> Group:
    times, disliked = sum(one.times for one in members), sum(one.disliked for one in members)
    return Group(name, heading, times, disliked, tuple(members[:MOST_SHOWN]))


def _ordered(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (-group.times, -group.disliked, group.name)))
