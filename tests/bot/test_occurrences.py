"""Words are found wherever they stand, but for width, script, case and blanks; never across paragraphs."""

import pytest

from bot.occurrences import occurrences, spelled
from ingest.model import Clause, Kind, Plan
from tests.bot.fakes import shipped_corpus

PLANS = shipped_corpus().plans


def found(text: str, words: str) -> list[str]:
    plan = next(iter(PLANS))
    clause = Clause("p", "一", Kind.ITEM, "", (), text, tuple(range(len(text))))
    made = Plan(**{**{name: getattr(plan, name) for name in plan.__slots__}, "clauses": (clause,)})
    return [one.clause.text[one.start : one.end] for one in occurrences(made, words)]


@pytest.mark.parametrize(
    ("text", "words", "expected", "why"),
    [
        ("计量，计量。", "计量", ["计量", "计量"], "each"),
        ("OIML 证书和 ＯＩＭＬ证书", "oiml證書", ["OIML 证书", "ＯＩＭＬ证书"], "width, script, case, blanks"),
        ("诚信计量", " 诚信  计量 ", ["诚信计量"], "a blank separates words, not meaning"),
        ("计量。量值", "计量量值", [], "a full stop is one"),
        ("计量。量值", "计量。量", ["计量。量"], "which may be asked for"),
        ("诚信\n计量", "诚信计量", [], "two paragraphs"),
        ("计计计", "计计", ["计计"], "none overlaps another"),
        ("计量", "计量法", [], "all of it"),
        ("计量", "\u200b😀", [], "nothing is left to look for"),
        ("86%", "86％", ["86%"], "a sign in another width"),
    ],
)
def test_exactly_these_words(text: str, words: str, expected: list[str], why: str) -> None:
    assert found(text, words) == expected, why


def test_every_occurrence_of_a_shipped_plan_is_counted() -> None:
    for plan in PLANS:
        counted = sum(clause.text.count("诚信计量") for clause in plan.clauses)
        places = list(occurrences(plan, "诚信计量"))
        assert len(places) == counted
        assert all(one.clause.text[one.start : one.end] == "诚信计量" for one in places)


def test_what_is_looked_for_is_told() -> None:
    assert spelled("ＯＩＭＬ 證書！！") == "oiml证书!"
    assert spelled("\u200b") == ""
