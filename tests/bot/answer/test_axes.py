"""Which indicators share an axis, and why the others do not."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answer.axes import Axis, axes, cell_of, in_conflict, why_apart
from bot.answer.told import Told
from bot.answer.unlike import Unlike, unlike
from bot.model import Citation
from ingest.corpus import Corpus
from ingest.model import Indicator, Kind, Plan

PLEDGES = "引导培育诚信计量自我承诺单位"
STANDARDS = "社会公用计量标准"
ALL = ("state-council", "xiamen", "quanzhou", "qingdao", "jinhua")


def plans_of(corpus: Corpus, *ids: str) -> list[Plan]:
    return [corpus.plan(plan_id) for plan_id in ids or ALL]


def told(axis: Axis) -> list[tuple[str, str | None]]:
    return [(one.plan.id, one.indicator.target) for one in axis.told]


def counted(name: str, unit: str = "家", qualifier: str = "", target: str | None = "3", **more: Any) -> Indicator:
    given = Indicator("p", "p:一", name, unit, None, None, 2025, target, qualifier, "", 0, 1)
    return replace(given, **more)


UNLIKE = [
    (counted("承诺单位"), counted("承诺单位"), None, "one name and unit"),
    (counted("引导培育诚信计量承诺单位"), counted("诚信计量承诺单位"), None, "a verb before it counts nothing else"),
    (counted("全市公用标准"), counted("公用标准"), None, "every city's plan means 全市"),
    (counted("市级公用标准"), counted("公用标准"), Unlike.NAME, "of one level only"),
    (counted("承诺单位"), counted("示范单位"), Unlike.NAME, "another thing"),
    (counted("承诺单位"), counted("承诺单位", "个"), Unlike.UNIT, "another unit"),
    (counted("承诺单位"), counted("承诺单位", qualifier="以上"), Unlike.BOUND, "no number but the least"),
    (
        counted("承诺单位", qualifier="以上"),
        counted("承诺单位", qualifier="以上"),
        Unlike.BOUND,
        "two of these neither",
    ),
]


@pytest.mark.parametrize(("one", "other", "expected", "why"), UNLIKE)
def test_unlike(one: Indicator, other: Indicator, expected: Unlike | None, why: str) -> None:
    assert unlike(one, other) == unlike(other, one) == expected, why


APART = [
    (counted("承诺单位"), counted("承诺单位", achieved=True), Unlike.STATE),
    (counted("承诺单位"), counted("示范单位", "个"), Unlike.NAME),
    (counted("承诺单位"), counted("承诺单位", target="1—2"), Unlike.VALUE),
]


@pytest.mark.parametrize(("one", "other", "expected"), APART)
def test_what_keeps_two_apart_is_said(corpus: Corpus, one: Indicator, other: Indicator, expected: Unlike) -> None:
    plan = corpus.plan("xiamen")
    assert why_apart(Told(plan, one, 1.0), Told(plan, other, 1.0)) is expected


def test_the_same_thing_of_two_cities_shares_an_axis(corpus: Corpus) -> None:
    (axis,) = axes(plans_of(corpus, "quanzhou", "xiamen"), PLEDGES, ())
    assert axis.is_shared
    assert axis.apart is None
    assert told(axis) == [("quanzhou", "2020"), ("xiamen", "850")]


def test_levels_verbs_and_states_stand_apart(corpus: Corpus) -> None:
    first, *others = axes(plans_of(corpus), STANDARDS, ())
    assert told(first) == [("xiamen", "230"), ("quanzhou", "260")]
    apart = [(one.apart, [plan_id for plan_id, _ in told(one)]) for one in others]
    assert sorted(apart) == [
        (Unlike.NAME, ["jinhua"]),  # what is built and what is rebuilt
        (Unlike.NAME, ["quanzhou", "qingdao"]),  # both 市级, so beside each other
        (Unlike.STATE, ["state-council"]),
    ]


def test_every_indicator_stands_on_one_axis(corpus: Corpus) -> None:
    for name in {one.name for plan in corpus.plans for one in plan.indicators}:
        shown = [one.indicator for axis in axes(plans_of(corpus), name, ()) for one in axis.told]
        assert shown, name
        assert len(shown) == len(set(shown)), name


def test_a_plan_that_contradicts_itself_shows_both(corpus: Corpus) -> None:
    qingdao = corpus.plan("qingdao")
    (axis,) = axes([qingdao, corpus.plan("quanzhou")], "诚信计量示范单位", ())
    assert sorted(told(axis)) == [("qingdao", "300"), ("qingdao", "350")]
    for one in axis.told:
        (other,) = in_conflict(one)
        assert {one.indicator.target, other.target} == {"300", "350"}
    assert not axis.is_shared


def test_what_text_and_table_repeat_is_shown_once(corpus: Corpus) -> None:
    first, *_ = axes(plans_of(corpus, "quanzhou", "jinhua"), "全市强检计量器具检定覆盖率", ())
    assert told(first) == [("quanzhou", "92"), ("jinhua", "100")]
    assert first.told[0].indicator.base_value == "86"
    assert in_conflict(first.told[0]) == ()


def test_no_indicator_is_made_of_what_counts_nothing(corpus: Corpus) -> None:
    assert axes(plans_of(corpus), "一次性税前扣除", ()) == ()


def test_a_cited_row_is_shown_though_it_is_not_named(corpus: Corpus) -> None:
    plan, row = corpus.plan("xiamen"), corpus.clause("xiamen:专栏1/9")
    cited = Citation(plan, row, 0, len(row.text))
    assert axes([plan], "商家守信", ()) == ()
    (axis,) = axes([plan], "商家守信", [cited])
    assert told(axis) == [("xiamen", "850")]


def test_of_a_sentence_only_what_is_cited_itself_is_shown(corpus: Corpus) -> None:
    plan = corpus.plan("qingdao")
    one = next(each for each in plan.indicators if each.name.endswith("研制标准物质"))
    clause = corpus.clause(one.clause_id)
    assert axes([plan], "商家守信", [Citation(plan, clause, 0, len(clause.text))]) == ()
    (axis,) = axes([plan], "商家守信", [Citation(plan, clause, one.start, one.end)])
    assert told(axis) == [("qingdao", "10")]


def test_a_bar_leads_to_its_cell(corpus: Corpus) -> None:
    for plan in corpus.plans:
        for one in plan.indicators:
            shown = Told(plan, one, 1.0)
            target, base = cell_of(shown, corpus), cell_of(shown, corpus, base=True)
            assert target.clause.id == base.clause.id == one.clause_id
            if target.clause.kind is not Kind.ROW:
                assert target.quote == base.quote == target.clause.text[one.start : one.end]
            elif not one.achieved:
                assert target.quote == one.target
                assert one.base_value is None or base.quote == one.base_value
