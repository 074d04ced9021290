"""Marks cut a clause's text; units, citations, hits and quotes may lie over each other."""

import pytest

from tests.ui.plan_builders import clause
from ui.plan_links import clause_link, part
from ui.plan_marks import Mark, Run, Sort, plain, runs
from ui.plan_units import list_start, unit_marks

QUOTE, HIT, CITE, UNIT = Sort.QUOTE, Sort.HIT, Sort.CITE, Sort.UNIT


def test_runs_cut_at_the_marks_only() -> None:
    quoted = Run("cd", quoted=True)
    assert runs("abcdef", 1, 6, [Mark(2, 4, QUOTE)]) == (Run("b"), quoted, Run("ef"))
    assert runs("abc", 0, 3, ()) == (Run("abc"),)
    assert runs("abc", 0, 1, [Mark(2, 3, QUOTE)]) == (Run("abc"[:1]),)
    assert runs("abc", 1, 1, [Mark(0, 3, QUOTE)]) == ()


def test_marks_may_overlap() -> None:
    found = runs("abcdef", 0, 6, [Mark(1, 4, QUOTE), Mark(3, 5, HIT, "7"), Mark(0, 2, CITE, "other")])
    assert found == (
        Run("a", link="other"),
        Run("b", quoted=True, link="other"),
        Run("c", quoted=True),
        Run("d", quoted=True, hit=7, opens=True),
        Run("e", hit=7),
        Run("f"),
    )
    assert plain(found) == "abcdef"


def test_a_hit_opens_once_though_the_line_begins_within_it() -> None:
    marks = [Mark(1, 5, HIT, "1")]
    assert [run.opens for run in (*runs("abcdef", 0, 3, marks), *runs("abcdef", 3, 6, marks))] == [
        False, True, False, False,
    ]  # fmt: skip


UNITS = [("甲局", "lead"), ("乙委", "listed")]


@pytest.mark.parametrize(
    ("text", "named", "tail", "why"),
    [
        ("做事。（责任单位：甲局、乙委）", ["甲局", "乙委"], "（责任单位：甲局、乙委）", "the list ends the text"),
        ("做事。\n责任单位：甲局，乙委。", ["甲局", "乙委"], "责任单位：甲局，乙委。", "a line of its own"),
        ("甲局做事，乙委也做。", ["甲局", "乙委"], "", "named, but not at the end"),
        ("甲局会同乙委（另行通知）。再做事。", ["甲局", "乙委"], "", "what follows says more"),
        ("甲局做了很多很多很多很多很多很多很多事，乙委做。", [], "", "too far apart for a list"),
        ("做事。（责任单位：乙委）", [], "", "not each is named"),
        ("乙委、甲局", [], "", "another order"),
    ],
)
def test_units_are_found_where_the_text_names_them(text: str, named: list[str], tail: str, why: str) -> None:
    one = clause(text=text, responsible_units=[{"name": name, "role": role} for name, role in UNITS])
    marks = unit_marks(one)
    assert [text[mark.start : mark.end] for mark in marks] == named, why
    assert text[list_start(text, marks) :] == tail, why
    assert [mark.value for mark in marks] == (["lead", "listed"] if named else [])


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("三(四)21", "xiamen?clause=三(四)21#三(四)21"),
        ("专栏1/9", "xiamen?clause=专栏1/9#专栏1/9"),
        ("三&x=1#y", "xiamen?clause=三%26x%3D1%23y#三%26x%3D1%23y"),
        ('三"<a>', "xiamen?clause=三%22%3Ca%3E#三%22%3Ca%3E"),
    ],
)
def test_addresses_are_short_and_closed(path: str, address: str) -> None:
    assert clause_link("xiamen", path) == address


def test_an_address_may_lead_to_a_spot() -> None:
    assert clause_link("", "三", "三¶2") == "?clause=三#三¶2"
    assert clause_link("state-council") == "state-council"
    assert part("50%") == "50%25"
