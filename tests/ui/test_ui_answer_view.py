"""An answer as cards: who says it, each quote once, rows as tables, an address that is one."""

from typing import Any

import pytest

from ui.answer_view import Card, cards, place_of, safe_link, sources
from ui.replies import Reply
from ui.rows import Row, read_row
from ui.talk_view import Turn, render_talk


def citation(index: int, plan: str, path: str, quote: str, heading: str = "") -> dict[str, Any]:
    shared = {"plan_title": f"{plan}规划", "region": plan, "heading": heading, "url": f"/plans/{plan}"}
    return {"index": index, "plan_id": plan, "clause_path": path, "quote": quote, **shared}


def reply(cited: list[dict[str, Any]], *said: tuple[str, list[int]], **more: Any) -> Reply:
    statements = [{"text": text, "citations": numbers} for text, numbers in said]
    return Reply.model_validate({"status": "answered", "citations": cited, "statements": statements, **more})


JIA, YI = citation(1, "甲", "四24", "允许扣除。", "政策"), citation(2, "乙", "三(四)16", "应当检定。")
ROW = citation(3, "甲", "专栏1/2", "标准（项）｜2020年：180｜2025年：230")
RATE = citation(4, "甲", "专栏1/3", "检定率（%）｜2020年：86｜2025年：92.5")


def only(told: Reply) -> Card:
    (card,) = cards(told)
    return card


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲（四24）：「允许扣除。」", "甲"),
        ("甲（已失效）（四24）：「允许扣除。」", "甲（已失效）"),
        ("（四24）「允许扣除。」", "甲"),  # goes on with the plan before it
    ],
)
def test_a_quotation_is_its_quote_alone_beneath_who_says_it(text: str, place: str) -> None:
    card = only(reply([JIA], (text, [1])))
    assert (card.place, card.points[0].said, card.quotes) == (place, (), True)
    assert card.points[0].sources[0].passages[0].quote == "允许扣除。"


@pytest.mark.parametrize(
    "text",
    ["甲（四24）：「允许。」", "以下供参考：甲（四24）：「允许扣除。」", "甲：可以扣除。", "允许扣除。"],
    ids=["other words", "more before it", "own words", "no marks"],
)
def test_what_says_more_than_the_quote_is_said_as_it_is(text: str) -> None:
    assert only(reply([JIA], (text, [1]))).points[0].said == (text,)


def test_a_quote_in_several_pieces_is_known_by_their_join() -> None:
    cited = [citation(1, "甲", "三1", "一。"), citation(2, "甲", "三1", "二\n三。")]
    point = only(reply(cited, ("甲（三1）：「一。……二三。」", [1, 2]))).points[0]
    assert point.said == ()
    assert [one.quote for one in point.sources[0].passages] == ["一。", "二\n三。"]  # one clause, one source


def test_each_quote_stands_once_and_later_statements_point_to_it() -> None:
    told = reply([JIA, YI], ("甲可扣。", [1]), ("乙要检。", [2]), ("甲比乙宽。", [1, 2]))
    first, second, across = cards(told)
    assert [card.plan_id for card in (first, second, across)] == ["甲", "乙", ""]
    assert across.points[0].seen == (1, 2)
    assert across.points[0].sources == ()
    html = render_talk((Turn("问", reply=told),), ())
    assert html.count("<p>允许扣除。</p>") == 1
    assert html.count('href="#turn-1-source-1"') == 1


def test_what_is_looked_up_is_brought_together_and_what_a_model_wrote_stays_in_order() -> None:
    said = (("甲一。", [1]), ("乙一。", [2]), ("甲二。", [3]))
    assert [card.plan_id for card in cards(reply([JIA, YI, ROW], *said))] == ["甲", "乙"]
    written = cards(reply([JIA, YI, ROW], *said, generated=True))
    assert [card.plan_id for card in written] == ["甲", "乙", "甲"]


def test_what_rests_on_nothing_keeps_its_place() -> None:
    told = reply([JIA, YI], ("甲（四24）：「允许扣除。」", [1]), ("以下供参考：", []), ("乙。", [2]))
    assert [card.plan_id for card in cards(told)] == ["甲", "", "乙"]


def test_words_that_are_said_already_are_not_quoted_again() -> None:
    told = reply([citation(1, "甲", "题头", "国发〔2021〕37号")], ("甲：文号为国发〔2021〕37号。", [1]))
    html = render_talk((Turn("问", reply=told),), ())
    assert "<blockquote" not in html
    assert 'id="turn-1-source-1"' in html


def test_rows_that_follow_each_other_share_a_table() -> None:
    told = reply([ROW, RATE], ("甲（专栏1/2）：「标准（项）｜2020年：180｜2025年：230」", [3]),
                 ("（专栏1/3）「检定率（%）｜2020年：86｜2025年：92.5」", [4]))  # fmt: skip
    (block,) = only(told).blocks
    (table,) = block.tables
    assert table.columns == ("2020年", "2025年")
    assert [(row.cells[0][1], path) for row, _, path in table.rows] == [("180", "专栏1/2"), ("86%", "专栏1/3")]
    html = render_talk((Turn("问", reply=told),), ())
    assert html.count("<table>") == 1
    assert "｜" not in html.partition("data-copy")[0]
    assert 'id="turn-1-source-4"' in html


def test_beside_a_table_of_the_answer_rows_are_not_shown_again() -> None:
    told = reply([ROW], ("甲：标准：2020年180项。", [3]), answer="| 地区 | 目标 |\n| --- | --- |\n| 甲 | 230 |")
    html = render_talk((Turn("问", reply=told),), ())
    assert html.count("<table>") == 1
    assert 'id="turn-1-source-3"' in html


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("率（%）｜2020年：86｜属性：预期性", Row("率（%）", (("2020年", "86%"), ("属性", "预期性")))),
        ("率（‰）｜2020年：1.5", Row("率（‰）", (("2020年", "1.5‰"),))),
        ("标准（项）｜2020年：180", Row("标准（项）", (("2020年", "180"),))),  # a word stands in the name
        ("率（%）｜2020年：--", Row("率（%）", (("2020年", "--"),))),  # not given is no number
        ("率（%）｜2020年：86%", Row("率（%）", (("2020年", "86%"),))),
        ("一句话。", None),
        ("名称｜没有列名", None),
        ("｜2020年：1", None),
    ],
)
def test_a_row_is_read_from_its_quote(quote: str, expected: Row | None) -> None:
    assert read_row(quote) == expected


@pytest.mark.parametrize(
    ("path", "heading", "expected"),
    [
        ("一", "总体要求", "一、总体要求"),
        ("十二", "附则", "十二、附则"),
        ("四24", "加大政策支持", "四24 加大政策支持"),
        ("题头", "题头", "题头"),
        ("三(四)", "", "三(四)"),
    ],
)
def test_a_bare_numeral_does_not_read_as_a_dash(path: str, heading: str, expected: str) -> None:
    assert place_of(path, heading) == expected


def test_listed_chapters_take_their_stop() -> None:
    said = "甲：共有2个部分（章）：一 总体要求；二 主要任务。"
    assert only(reply([JIA], (said, [1]))).points[0].said == ("甲：共有2个部分（章）：一、总体要求；二、主要任务。",)


def test_citations_of_one_clause_are_one_source() -> None:
    told = reply([citation(1, "甲", "一", "a"), citation(2, "甲", "一", "b"), citation(3, "乙", "一", "c")])
    assert [[one.index for one in source.passages] for source in sources(told.citations)] == [[1, 2], [3]]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/plans/xiamen?clause=%E4%B8%89&start=1&end=2#%E4%B8%89", True),
        ("https://bot.example.gov.cn/plans/xiamen", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.test/x", False),
        ("/\\evil.test/x", False),
        ("http://[", False),
        ("http:evil", False),
        ("plans/xiamen", False),
        ("", False),
    ],
)
def test_only_pages_are_linked(url: str, kept: bool) -> None:
    assert safe_link(url) == (url if kept else "")


def test_references_without_a_citation_are_left_out() -> None:
    point = only(reply([JIA], ("一。\n二。", [1, 7]))).points[0]
    assert point.said == ("一。", "二。")
    assert [source.path for source in point.sources] == ["四24"]
