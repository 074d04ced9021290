"""Nothing is lost in silence: every source character has exactly one owner, and clean text keeps its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import to_simplified
from ingest.load import load_shipped_plans
from ingest.model import Clause, Kind, Plan
from ingest.traced import Traced, position, spans
from tests.ingest.ownership import DISCARDS, inserted, owners, unsettled
from tests.ingest.reader import PLAN_IDS, clause

HALF_TO_FULL = str.maketrans(",:;()?!<>", "，：；（）？！〈〉")
PLANS = load_shipped_plans().plans


def written_as(source_char: str) -> set[str]:
    """The clean spellings a source character may have."""
    wide = source_char.translate(HALF_TO_FULL)
    return {source_char, wide, to_simplified(source_char)}


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_character_has_exactly_one_owner(plans: dict[str, Plan], plan_id: str) -> None:
    assert unsettled(plans[plan_id]) == []


# why: the reader counted 398 pinyin notes in the State Council's web copy and two bookmarks in Xiamen's Word export
DISCARDED = {
    "state-council": {"pinyin", "blank"},
    "xiamen": {"bookmark", "blank"},
    "quanzhou": {"blank"},
    "qingdao": {"blank"},
    "jinhua": {"blank"},
}


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_discards_are_named_and_are_what_they_say(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    assert {discard.reason for discard in plan.discards} == DISCARDED[plan_id] <= DISCARDS
    blanks = [plan.source[d.start : d.end] for d in plan.discards if d.reason == "blank"]
    assert all(not blank.strip() for blank in blanks), "only white space goes as a blank"


def test_pinyin_and_bookmarks_are_counted(plans: dict[str, Plan]) -> None:
    assert sum(discard.reason == "pinyin" for discard in plans["state-council"].discards) == 398
    marks = [plans["xiamen"].source[d.start : d.end] for d in plans["xiamen"].discards if d.reason == "bookmark"]
    assert marks == ["[bookmark: _Hlk100152523]", "[bookmark: _GoBack]"]


def test_the_account_notices_a_lost_character(plans: dict[str, Plan]) -> None:
    """The check itself can fail: without 题头 its characters have no owner."""
    plan = plans["qingdao"]
    robbed = Plan(**{name: getattr(plan, name) for name in plan.__slots__} | {"clauses": plan.clauses[1:]})
    front = plan.clauses[0]
    assert len(unsettled(robbed)) == len(front.text) - front.text.count("\n")
    assert owners(plan)[front.origins[0]] == ["qingdao:题头"]


@given(st.data())
def test_any_slice_maps_back_to_its_source(data: st.DataObject) -> None:
    plan = data.draw(st.sampled_from(PLANS), label="plan")
    one: Clause = data.draw(st.sampled_from(plan.clauses), label="clause")
    start = data.draw(st.integers(0, len(one.text) - 1), label="start")
    end = data.draw(st.integers(start + 1, min(len(one.text), start + 40)), label="end")
    lines = plan.source.split("\n")
    for index in range(start, end):
        if inserted(plan, one, index):
            continue
        at = position(plan.source, one.origins[index])
        assert one.text[index] in written_as(lines[at.line - 1][at.column - 1])


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_origins_run_forward_and_breaks_stand_for_breaks(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    for one in plan.clauses:
        assert len(one.origins) == len(one.text)
        breaks = [plan.source[o] for char, o in zip(one.text, one.origins, strict=True) if char == "\n"]
        assert all(char.isspace() for char in breaks)
        if one.kind is not Kind.ROW:  # a row borrows its column headings from above
            assert list(one.origins) == sorted(set(one.origins))


def test_a_row_borrows_its_column_headings(plans: dict[str, Plan]) -> None:
    plan = plans["xiamen"]
    row = clause(plan, "专栏1/9")
    assert row.text == "引导培育诚信计量自我承诺单位（家）｜2020年：506｜2025年：850｜属性：预期性"
    column = row.origins[row.text.index("2025年")]
    assert position(plan.source, column).line == 15, "the heading 2025年 stands in the table's head"
    assert owners(plan)[column] == ["heading"], "and is owned there"
    value = row.origins[row.text.index("850")]
    assert (position(plan.source, value).line, position(plan.source, value).column) == (60, 2)
    assert owners(plan)[value] == ["xiamen:专栏1/9"]


# why each: where a reader with the file open finds it
POSITIONS = [
    ("xiamen", "三(四)21", "建立诚信", 143, 4, "after 21."),
    ("xiamen", "三(一)1", "开展计量", 66, 28, "after a bookmark and 1."),
    ("state-council", "题头", "国务院", 1, 1, "first line of a Traditional copy"),
    ("jinhua", "二(七)", "计量基础设施建设", 47, 1, "after a page end in mid-sentence"),
    ("qingdao", "落款", "2023年10月8日", 38, 1, "the last line has no line end"),
]


@pytest.mark.parametrize(("plan_id", "path", "words", "line", "column", "why"), POSITIONS)
def test_positions(  # noqa: PLR0913, PLR0917
    plans: dict[str, Plan], plan_id: str, path: str, words: str, line: int, column: int, why: str
) -> None:
    one = clause(plans[plan_id], path)
    at = position(plans[plan_id].source, one.origins[one.text.index(words)])
    assert (at.line, at.column) == (line, column), why


@given(st.text(alphabet="ab \n中", max_size=30), st.integers(0, 30))
def test_traced_pieces_keep_their_origins(source: str, cut: int) -> None:
    whole = Traced.whole(source)
    again = whole.slice(0, cut) + whole.slice(cut)
    assert again == whole
    assert all(source[o] == char for o, char in zip(whole.strip().origins, whole.strip().text, strict=True))
    assert "\n".join(part.text for part in whole.split("\n")) == source


def test_traced_refuses_a_spelling_of_another_length() -> None:
    with pytest.raises(ValueError, match="from 2 to 1"):
        Traced.whole("乾隆").substitute("干")


def test_spans_join_neighbours() -> None:
    assert [(d.start, d.end) for d in spans("blank", [1, 2, 3, 7, 9, 10])] == [(1, 4), (7, 8), (9, 11)]
