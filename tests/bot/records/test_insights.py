"""What was asked and not answered, counted and grouped, out of records."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot import wording
from bot.model import Status
from bot.records.exchanges import DAYS, Exchange, Exchanges, Period, period
from bot.records.insights import MOST_QUESTIONS, MOST_SHOWN, Insights, for_staff, gather
from bot.records.reasons import PHRASES, Reason, reason_of
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeTexts
from tests.bot.records.insight_builders import DETAIL, FINES, NOT_FOUND, PASTS, PLEDGE, Past, kept
from tests.bot.scripted import the_corpus

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TEXTS = FakeTexts({"罚款": FINES})


@pytest.fixture(scope="module")
def records() -> Iterator[SqlRecords]:
    records = kept(PASTS)
    yield records
    records.close()


@pytest.fixture(scope="module")
def found(records: SqlRecords) -> Insights:
    return gather(records.exchanges(*MARCH.bounds), MARCH, the_corpus(), TEXTS)


def of(*pasts: Past) -> Insights:
    records = kept(pasts)
    try:
        return gather(records.exchanges(*MARCH.bounds), MARCH, the_corpus(), TEXTS)
    finally:
        records.close()


class TestRecords:
    def test_they_are_exchanges(self, records: SqlRecords) -> None:
        assert isinstance(records, Exchanges)
        first, second, *_ = records.exchanges(*MARCH.bounds)
        assert (first.question, first.liked, first.disliked, first.in_question) == (PASTS[0].question, 2, 0, False)
        assert second == Exchange(second.answer_id, "罚款多少钱？", Status.PARTIAL, (FINES,), DETAIL, second.asked_at)
        assert first.told == ()

    def test_oldest_first_and_within_the_period(self, records: SqlRecords) -> None:
        days = [one.asked_at[:10] for one in records.exchanges(*MARCH.bounds)]
        assert days == sorted(days)
        day = Period(date(2026, 3, 11), date(2026, 3, 11))
        assert [one.question for one in records.exchanges(*day.bounds)] == [PASTS[1].question]
        assert records.exchanges(*Period(date(2026, 4, 1), date(2026, 4, 2)).bounds) == []

    def test_days_are_those_of_beijing(self) -> None:
        """16:00 UTC is midnight there."""
        before, after = Past("a", at="2026-03-10T15:59:59.999+00:00"), Past("b", at="2026-03-10T16:00:00.000+00:00")
        records = kept([before, after])
        day = Period(date(2026, 3, 11), date(2026, 3, 11))
        assert [one.question for one in records.exchanges(*day.bounds)] == ["b"]
        records.close()
        assert [volume.name for volume in of(before, after).days] == ["2026-03-10", "2026-03-11"]


class TestPeriod:
    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (None, None, (date(2026, 3, 2), date(2026, 3, 31))),
            (date(2026, 3, 30), None, (date(2026, 3, 30), date(2026, 3, 31))),
            (None, date(2026, 1, 30), (date(2026, 1, 1), date(2026, 1, 30))),
            (date(2026, 5, 1), None, (date(2026, 5, 1), date(2026, 5, 1))),
            (date(2026, 2, 1), date(2026, 2, 2), (date(2026, 2, 1), date(2026, 2, 2))),
            (date.min, date.max, (date(2000, 1, 1), date(2999, 12, 31))),
            (None, date.min, (date(2000, 1, 1), date(2000, 1, 1))),
            (date.max, None, (date(2999, 12, 31), date(2999, 12, 31))),
        ],
    )
    def test_what_is_not_said_or_impossible(
        self, first: date | None, last: date | None, expected: tuple[date, date]
    ) -> None:
        found = period(first, last, date(2026, 3, 31))
        assert (found.first, found.last) == expected
        assert found.bounds[0] < found.bounds[1]
        assert DAYS == 30


class TestVolumes:
    def test_by_day(self, found: Insights) -> None:
        assert [(one.name, one.asked, one.disliked) for one in found.days] == [
            ("2026-03-10", 2, 0),
            ("2026-03-11", 1, 1),
            ("2026-03-12", 3, 0),
        ]
        assert found.days[2].statuses == {
            Status.ANSWERED: 0, Status.PARTIAL: 1, Status.NOT_FOUND: 1, Status.OUT_OF_SCOPE: 1,
        }  # fmt: skip

    def test_by_status_and_reason(self, found: Insights) -> None:
        assert found.asked == len(PASTS)
        assert list(found.statuses.values()) == [2, 2, 1, 1]
        assert found.reasons == {Reason.DETAIL: 2, Reason.NO_CLAUSE: 1, Reason.OFF_TOPIC: 1}
        assert next(iter(found.reasons)) is Reason.DETAIL, "the commonest first"

    def test_by_plan_cited_and_every_plan_is_named(self, found: Insights) -> None:
        asked = {one.name: one.asked for one in found.plans}
        assert asked == {plan.id: 0 for plan in the_corpus().plans} | {"xiamen": 2, "quanzhou": 3}
        quanzhou = next(one for one in found.plans if one.name == "quanzhou")
        assert (quanzhou.statuses[Status.PARTIAL], quanzhou.disliked) == (2, 1)

    def test_sixty_ratings_of_one_answer_are_one_disliked_answer(self) -> None:
        found = of(Past("罚款", clauses=(FINES,), ratings=(False,) * 60 + (True,)))
        assert (found.days[0].disliked, found.questions[0].disliked) == (1, 1)


class TestQuestions:
    def test_only_those_in_doubt_each_once(self, found: Insights) -> None:
        assert [(one.question, one.times) for one in found.questions] == [
            ("罚款 多少钱？", 2),
            ("罚款几万？", 1),
            ("天气怎么样", 1),
            (PASTS[1].question, 1),
        ], "asked most first, then latest; of one moment the later in the alphabet"

    def test_each_has_its_latest_answer(self, records: SqlRecords, found: Insights) -> None:
        most = found.questions[0]
        latest = [one for one in records.exchanges(*MARCH.bounds) if one.question.startswith("罚款  ")]
        assert (most.answer_id, most.last_asked_at) == (latest[0].answer_id, latest[0].asked_at)
        assert (most.status, most.reason, most.clause_id) == (Status.PARTIAL, Reason.DETAIL, FINES)

    def test_a_disliked_answer_has_no_reason(self, found: Insights) -> None:
        disliked = next(one for one in found.questions if one.disliked)
        assert (disliked.question, disliked.reason, disliked.clause_id) == (PASTS[1].question, None, PLEDGE)

    def test_too_many_are_counted_aloud(self) -> None:
        pasts = [Past(f"问{n}", Status.NOT_FOUND, told=NOT_FOUND) for n in range(MOST_QUESTIONS + 3)]
        found = of(*pasts, Past("常问", Status.NOT_FOUND, at="2026-03-01"), Past("常问", Status.NOT_FOUND))
        assert (len(found.questions), found.left_out) == (MOST_QUESTIONS, 4)
        assert found.questions[0].question == "常问", "what is asked most is not what is left out"
        assert sum(group.times for group in found.by_topic) == MOST_QUESTIONS + 1


def test_staff_see_nothing_personal() -> None:
    assert for_staff("罚款多少，电话13812345678") == "罚款多少，电话***"


class TestGroups:
    def test_by_nearest_clause(self, found: Insights) -> None:
        groups = {group.name: (group.heading, group.times) for group in found.by_clause}
        heading = the_corpus().clause(FINES).heading
        assert groups == {FINES: (heading, 3), PLEDGE: ("建立诚信计量长效机制", 1), "": ("", 1)}
        assert found.by_clause[0].name == FINES
        assert [one.question for one in found.by_clause[0].questions] == ["罚款 多少钱？", "罚款几万？"]

    def test_by_topic(self, found: Insights) -> None:
        """The fake's vectors are equal where the first two characters are."""
        assert (found.by_topic[0].name, found.by_topic[0].times) == ("罚款 多少钱？", 3)
        assert len(found.by_topic) == 3

    def test_a_clause_the_plans_no_longer_have(self) -> None:
        found = of(Past("罚", Status.PARTIAL, ("quanzhou:九99",), notes=DETAIL))
        assert [(group.name, group.heading) for group in found.by_clause] == [("quanzhou:九99", "")]

    def test_equal_records_give_equal_insights(self, records: SqlRecords, found: Insights) -> None:
        assert gather(records.exchanges(*MARCH.bounds), MARCH, the_corpus(), TEXTS) == found

    def test_groups_show_some_and_count_all(self) -> None:
        found = of(*(Past(f"罚款{n}", Status.NOT_FOUND) for n in range(MOST_SHOWN + 5)))
        (group,) = found.by_topic
        assert (group.times, len(group.questions)) == (MOST_SHOWN + 5, MOST_SHOWN)

    def test_nothing_asked_is_no_error(self) -> None:
        found = of()
        assert (found.asked, found.days, found.by_clause, found.by_topic, found.reasons) == (0, (), (), (), {})


class TestReasons:
    @pytest.mark.parametrize(
        ("status", "told", "reason"),
        [
            (Status.ANSWERED, NOT_FOUND, None),
            (Status.NOT_FOUND, NOT_FOUND, Reason.NO_CLAUSE),
            (Status.NOT_FOUND, (wording.NOT_IN_PLAN.format(name="厦门"),), Reason.NO_CLAUSE),
            (Status.PARTIAL, (wording.NOT_IN_PLAN.format(name="厦门"), *DETAIL), Reason.DETAIL),
            (Status.PARTIAL, (wording.MISSING_DETAIL,), Reason.DETAIL),
            (Status.NOT_FOUND, (wording.NOT_IN_CORPUS.format(name="福州"), *NOT_FOUND), Reason.PLACE),
            (Status.PARTIAL, (wording.NOT_HELD.format(title="计量法"),), Reason.DOCUMENT),
            (Status.NOT_FOUND, (wording.NO_SUCH_ADDRESS.format(name="厦门", wording="第99条"),), Reason.ADDRESS),
            (Status.PARTIAL, (wording.ABSENT_FIELD.format(name="厦门", field="文号"),), Reason.FIELD),
            (Status.PARTIAL, (wording.OUTCOME_UNKNOWN,), Reason.OUTCOME),
            (Status.OUT_OF_SCOPE, (wording.OUT_OF_SCOPE,), Reason.OFF_TOPIC),
            (Status.OUT_OF_SCOPE, (wording.EMPTY_QUESTION,), Reason.EMPTY),
            (Status.NOT_FOUND, ("另有说法。",), Reason.OTHER),
            (Status.NOT_FOUND, (), Reason.OTHER),
        ],
    )
    def test_told_by_the_phrases(self, status: Status, told: tuple[str, ...], reason: Reason | None) -> None:
        assert reason_of(status, told) is reason

    def test_every_reason_can_be_given(self) -> None:
        assert {reason for reason, _ in PHRASES} | {Reason.OFF_TOPIC, Reason.OTHER} == set(Reason)

    @pytest.mark.parametrize(("reason", "phrases"), PHRASES, ids=[reason for reason, _ in PHRASES])
    def test_each_phrase_is_known_for_its_own_reason(self, reason: Reason, phrases: tuple[str, ...]) -> None:
        for phrase in phrases:
            names = dict.fromkeys(("name", "names", "title", "wording", "field", "aspect", "number", "year"), "某")
            assert reason_of(Status.PARTIAL, (phrase.format(**names),)) is reason


def test_a_past_is_as_the_bot_writes_it() -> None:
    """The builder's moments sort as the store's do."""
    receipt = replace(PASTS[0], at="2026-03-10").receipt()
    assert receipt.asked_at == "2026-03-10T04:00:00.000+00:00"
