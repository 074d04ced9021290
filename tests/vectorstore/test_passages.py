"""A passage is a sentence of one clause, or a few; together they are the clause. Its lead says what it does not."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Clause, Kind, Plan
from vectorstore.passages import LEAD_MAX, LISTED, LISTING_MIN, cut_passages, lead_of, sentence_spans, statement_spans


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("一句。两句；三句", ["一句。", "两句；", "三句"], "the last sentence needs no mark"),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"], "a closing quote belongs to what it closes"),
        ("（详见附件。）下文。", ["（详见附件。）", "下文。"], "a closing bracket too"),
        ("《甲！》《乙？》丙", ["《甲！》", "《乙？》", "丙"], "and a title's mark"),
        (
            "‘好。’「行。」『可。』【止。】完",
            ["‘好。’", "「行。」", "『可。』", "【止。】", "完"],
            "every kind of bracket",
        ),
        ("“（好。）”完", ["“（好。）”", "完"], "several at once"),
        ("一行\n二行\n\n 三行 ", ["一行", "二行", "三行"], "line breaks part, and are in no sentence"),
        ("覆盖率达2.5%以上，其中A.B不断", ["覆盖率达2.5%以上，其中A.B不断"], "a full stop of numbers ends nothing"),
        ("！？", ["！", "？"], "marks alone are not lost"),
        ("", [], "nothing has no sentence"),
        (" \n ", [], "nor have blanks"),
    ],
)
def test_sentences(text: str, expected: list[str], why: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == expected, why


@given(st.text(alphabet="计量 \n。！？；：“”（）《》", max_size=60))
def test_sentences_tile_any_text_but_for_blanks(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert {text[place] for place in range(len(text)) if place not in covered} <= {" ", "\n"}


def searchable_clauses(plans: dict[str, Plan]) -> list[Clause]:
    return [clause for plan in plans.values() for clause in plan.clauses if clause.searchable]


GOALS = [f"建成省级计量测试中心{count}家以上，" for count in range(1, LISTED + 1)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("".join(GOALS), GOALS, "each of many goals is asked for by itself"),
        (
            "总体水平全面提升，" + "".join(GOALS),
            ["总体水平全面提升，" + GOALS[0], *GOALS[1:]],
            "what leads up belongs to it",
        ),
        ("".join(GOALS) + "全省领先。", [*GOALS[:-1], GOALS[-1] + "全省领先。"], "and what follows"),
        ("前句。" + "".join(GOALS), ["前句。", *GOALS], "sentence by sentence"),
        ("".join(GOALS[1:]) + "服务能力明显增强" * 6, None, "a few goals are read at once"),
        ("".join(f"秤{one}台，" for one in range(1, LISTED + 1)), None, "and so is what is short"),
        ("建成中心1家、站2个、库3座、室4间和点5处" + "，服务能力明显增强" * 6, None, "what no comma parts stays"),
    ],
)
def test_statements(text: str, expected: list[str] | None, why: str) -> None:
    assert [text[start:end] for start, end in statement_spans(text)] == (expected or [text]), why


def test_goals_in_prose_are_cut_only_where_the_sentence_is_long() -> None:
    text = "".join(GOALS)
    assert len(text) >= LISTING_MIN
    assert len(statement_spans(text)) == LISTED


@pytest.mark.parametrize("longest", [0, 220])
def test_passages_of_the_shipped_plans_tile_their_clauses(plans: dict[str, Plan], longest: int) -> None:
    by_clause: dict[str, list[tuple[int, int, str]]] = {}
    for passage in cut_passages(plans.values(), longest):
        by_clause.setdefault(passage.clause_id, []).append((passage.start, passage.end, passage.text))
    clauses = searchable_clauses(plans)
    assert len(clauses) > 150
    for clause in clauses:
        cut = by_clause.pop(clause.id)
        assert [clause.text[start:end] for start, end, _ in cut] == [text for *_, text in cut], clause.id
        assert "".join("".join(text for *_, text in cut).split()) == "".join(clause.text.split()), clause.id
        ends = {end for _, end in statement_spans(clause.text)}
        for start, end, _ in cut:
            assert end in ends, f"{clause.id} is cut inside a statement"
            one = sum(start < mark <= end for mark in ends) == 1
            assert end - start <= longest or one, f"{clause.id}: only one long sentence may exceed the length"
    assert by_clause == {}, "a clause that says nothing has no passage"


def test_passages_carry_their_addresses(plans: dict[str, Plan]) -> None:
    passages = cut_passages(plans.values())
    clauses = {clause.id: clause for clause in searchable_clauses(plans)}
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        clause = clauses[passage.clause_id]
        assert (passage.plan_id, passage.heading) == (clause.plan_id, clause.heading)
        assert all(heading in passage.context for heading in clause.headings)
    assert list(dict.fromkeys(passage.clause_id for passage in passages)) == list(clauses), "in the plans' order"


def test_neighbouring_sentences_share_a_passage_up_to_the_length(plans: dict[str, Plan]) -> None:
    sentence = "量" * 99 + "。"
    model = plans["xiamen"].clauses[0]
    clause = replace(model, kind=Kind.ITEM, text=sentence * 2 + sentence * 2 + "量" * 300 + "。" + "尾。", origins=())
    plan = replace(plans["xiamen"], clauses=(clause,))
    cut = cut_passages([plan], 220)
    assert [passage.end - passage.start for passage in cut] == [200, 200, 301, 2]
    assert [passage.id for passage in cut] == [f"{clause.id}#{number}" for number in range(4)]
    assert [passage.end - passage.start for passage in cut_passages([plan])] == [100] * 4 + [301, 2], "unless asked to"


@pytest.mark.parametrize(
    ("kind", "text", "count", "why"),
    [
        (Kind.HEADING, "保障措施", 0, "a bare heading says nothing"),
        (Kind.BOX, "专栏1 指标", 0, "nor does the title of a box that is a list"),
        (Kind.BOX, "专栏1 指标\n内容。", 2, "a box with a body does, title and all"),
        (Kind.ROW, "强制检定覆盖率\t％\t95", 1, "and a row without any full stop"),
    ],
)
def test_which_clauses_are_searched(plans: dict[str, Plan], kind: Kind, text: str, count: int, why: str) -> None:
    clause = replace(plans["xiamen"].clauses[0], kind=kind, text=text, heading="专栏1 指标", origins=())
    assert len(cut_passages([replace(plans["xiamen"], clauses=(clause,))])) == count, why


@pytest.mark.parametrize(
    ("kind", "headings", "text", "expected", "why"),
    [
        (Kind.SECTION, "重点任务/指导思想", "坚持创新。", "指导思想", "a section's own heading alone"),
        (Kind.ITEM, "强化监管/诚信计量", "要检查。", "强化监管，诚信计量", "what stands above an item is part of it"),
        (Kind.ITEM, "任务/强化监管/诚信", "要检查。", "强化监管，诚信", "right above it, no further up"),
        (Kind.ROW, "目标/主要指标/", "覆盖率：95", "主要指标", "a row is read under its table's title"),
        (Kind.BOX_ITEM, "专栏/器具", "研制。", "专栏，器具", "a box's item too"),
        (Kind.ITEM, "强化监管/诚信计量", "诚信计量。", "强化监管", "what the sentence says itself is left out"),
        (Kind.ITEM, "强化监管/诚信计量", "强化监管，诚信计量。", "", "all of it, if it says all"),
        (Kind.ITEM, "强化监管/强化监管", "要检查。", "强化监管", "nothing is said twice"),
        (Kind.ITEM, "", "要检查。", "", "no headings"),
        (Kind.FRONT, "题/题头", "泉政文〔2023〕14号", "", "a front's heading is a name of ours"),
        (Kind.BACK, "题/落款", "2023年3月2日", "", "and so is a back's"),
        (Kind.ITEM, f"{'上' * 30}/{'下' * 30}", "检查。", f"{'上' * 30}，{'下' * 9}", "long headings are cut"),
    ],
)
def test_lead(kind: Kind, headings: str, text: str, expected: str, why: str, plans: dict[str, Plan]) -> None:
    """`headings` from the outermost to the clause's own."""
    *above, own = headings.split("/")
    model = plans["xiamen"].clauses[0]
    clause = replace(model, kind=kind, headings=tuple(above), heading=own, text=text, origins=())
    assert lead_of(clause, text) == expected, why


def test_passages_carry_their_leads(plans: dict[str, Plan]) -> None:
    clauses = {clause.id: clause for clause in searchable_clauses(plans)}
    passages = cut_passages(plans.values())
    assert all(one.lead == lead_of(clauses[one.clause_id], one.text) for one in passages)
    assert all(len(one.lead) <= LEAD_MAX for one in passages)
    assert sum(bool(one.lead) for one in passages) > len(passages) / 2
    of_row = next(one for one in passages if one.clause_id == "xiamen:专栏1/9")
    assert of_row.lead == "计量发展主要指标"
