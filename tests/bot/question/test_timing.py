"""The day a question is asked of, and what was in force on it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.model import Intent, Question
from bot.question.fold import fold
from bot.question.timing import day_asked, timed
from ingest.corpus import Corpus
from tests.documents import TEXTS, corpus_of

TODAY = date(2026, 6, 1)
DAYS = [
    ("截至2024年6月30日", "2024-06-30", "a day"),
    ("截至2024年6月", "2024-06-30", "a month, its last day"),
    ("截至2024年2月", "2024-02-29", "of a leap year"),
    ("截至2024年底", "2024-12-31", "a year, its last day"),
    ("截止到2024年", "2024-12-31", "in other words"),
    ("截至2024-06-30", "2024-06-30", "in ISO"),
    ("2016年时有效的计量法", "2016-12-31", "what was in force in a year"),
    ("现行计量法", "2026-06-01", "today"),
    ("目前有效的办法", "2026-06-01", "today in other words"),
    ("截至2035年的目标", "", "a year to come is a target's"),
    ("截至2024年13月", "", "no such month"),
    ("2024年的目标", "", "a year alone is none"),
    ("厦门怎么做", "", "no day"),
]


@pytest.mark.parametrize(("text", "day", "why"), DAYS)
def test_the_day_a_question_names(text: str, day: str, why: str) -> None:
    assert day_asked(fold(text), TODAY) == day, why


@pytest.fixture(scope="module")
def held() -> Corpus:
    return corpus_of(*TEXTS)


QUANZHOU = ("quanzhou", "quanzhou-rule", "quanzhou-old", "quanzhou-expired")
LAWS = ("law-2018", "law-2015")


def asked(text: str = "怎么做", plans: tuple[str, ...] = (), documents: tuple[str, ...] = ()) -> Question:
    return Question(text, text, text, plans=(*plans, *documents), documents=documents)


def test_it_is_asked_of_those_in_its_scope_in_their_order() -> None:
    question = replace(asked(), scope=("c", "a"))
    assert question.among(("a", "b", "c")) == ("a", "c")
    assert asked().among(("a", "b")) == ("a", "b")


class TestInForce:
    def test_today(self, held: Corpus) -> None:
        found = timed(asked(plans=QUANZHOU), held, TODAY)
        assert found.plans == ("quanzhou", "quanzhou-rule")
        assert found.lapsed == (), "the place has others"
        assert not {"law-2015", "quanzhou-old", "quanzhou-expired"} & set(found.scope)
        assert {"law-2018", "national-notice"} <= set(found.scope), "what is to come is told of, marked"

    def test_on_a_day_the_question_names(self, held: Corpus) -> None:
        found = timed(asked("截至2022年6月", QUANZHOU), held, TODAY)
        assert found.plans == ("quanzhou", "quanzhou-old", "quanzhou-expired")
        assert found.as_of == "2022-06-30"
        assert "national-notice" not in found.scope

    def test_on_a_day_the_caller_names(self, held: Corpus) -> None:
        assert timed(asked(plans=LAWS), held, TODAY, "2016-01-01").plans == ("law-2015",)

    def test_the_questions_own_day_goes_before(self, held: Corpus) -> None:
        assert timed(asked("现行的", LAWS), held, TODAY, "2016-01-01").plans == ("law-2018",)

    def test_a_plan_that_says_no_day_is_always_in_force(self, held: Corpus) -> None:
        assert {"xiamen", "quanzhou"} <= set(timed(asked("截至2020年"), held, TODAY).scope)

    def test_of_those_that_may_be_asked_alone(self, held: Corpus) -> None:
        cities = replace(asked(), scope=("xiamen", "quanzhou", "quanzhou-old"))
        assert timed(cities, held, TODAY).scope == ("xiamen", "quanzhou"), "cities, and in force"


class TestAskedForItself:
    def test_by_a_name_that_no_other_has(self, held: Corpus) -> None:
        assert timed(asked(documents=("quanzhou-expired",)), held, TODAY).plans == ("quanzhou-expired",)

    def test_not_by_a_name_that_one_in_force_has(self, held: Corpus) -> None:
        found = timed(asked(documents=LAWS), held, TODAY)
        assert found.plans == found.documents == ("law-2018",)

    def test_by_its_version(self, held: Corpus) -> None:
        question = Question("问", "问", "问", plans=LAWS, documents=LAWS, versions=LAWS)
        assert timed(question, held, TODAY).plans == LAWS

    def test_by_the_caller(self, held: Corpus) -> None:
        assert timed(asked(plans=("law-2015",)), held, TODAY, chosen=("law-2015",)).plans == ("law-2015",)

    def test_a_place_that_has_nothing_else_has_nothing_in_force(self, held: Corpus) -> None:
        found = timed(asked(plans=("quanzhou-expired",)), held, TODAY)
        assert (found.plans, found.lapsed) == ((), ("quanzhou-expired",))


TERMS = [
    ("何时施行", ("law-2018",), ("effective",)),
    ("什么时候生效", ("law-2018",), ("effective",)),
    ("施行日期是哪天", ("law-2018",), ("effective",)),
    ("还有效吗", ("quanzhou-rule",), ("expiry",)),
    ("有效期到什么时候", ("quanzhou-rule",), ("expiry",)),
    ("废止了吗", ("quanzhou-old",), ("expiry",)),
    ("何时施行", ("xiamen",), ()),
    ("怎么施行", ("law-2018",), ()),
    ("何时施行", (), ()),
]


@pytest.mark.parametrize(("text", "plans", "fields"), TERMS)
def test_asked_of_its_time(held: Corpus, text: str, plans: tuple[str, ...], fields: tuple[str, ...]) -> None:
    found = timed(asked(text, documents=plans), held, TODAY)
    assert found.fields == fields
    assert (found.intent is Intent.METADATA) is bool(fields)


def test_the_shipped_plans_are_never_left_out() -> None:
    question = asked("截至1990年", ("xiamen",))
    found = timed(question, corpus_of(), TODAY)
    assert (found.plans, found.scope, found.lapsed) == (("xiamen",), (), ())
