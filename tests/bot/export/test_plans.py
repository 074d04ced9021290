"""A plan as a document: every word with its address, its outline, its tables, and what is to be known of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import docx
import pytest

from bot.api.render import clause_url, plan_url
from bot.export import wording
from bot.export.document import Document, Facts, Heading, Quote, Remark
from bot.export.formats import Format, written
from bot.export.plans import Reader, plan_document, standing_of
from bot.export.word import as_docx
from ingest.corpus import Corpus
from ingest.model import Clause, Kind, Plan, ResponsibleUnit, Role, Validity
from tests.bot.export.export_builders import SITE
from tests.bot.scripted import the_corpus

PLANS = the_corpus().plans
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROW = (("指标", "检定覆盖率（%）"), ("2020年", "86"), ("2025年", "95"))
NOWHERE = Reader("", lambda _: "")


def clause(path: str = "三1", kind: Kind = Kind.ITEM, **given: Any) -> Clause:
    fields = {"heading": "甲", "headings": (), "text": "甲。乙丙。", **given}
    return Clause("p", path, kind, origins=(), **fields)


def row(number: int, *cells: tuple[str, str], **given: Any) -> Clause:
    return clause(f"专栏1/{number}", Kind.ROW, **{"heading": "检定覆盖率（%）", "cells": cells, **given})


def plan_of(*clauses: Clause, **given: Any) -> Plan:
    return replace(PLANS[1], clauses=clauses, **given)


def blocks_of(*clauses: Clause) -> list[Any]:
    """Of a plan of these clauses, without what it says of itself."""
    return list(plan_document(plan_of(*clauses), "", NOWHERE).blocks[1:])


def document_of(plan: Plan) -> Document:
    return plan_document(plan, "", Reader(plan_url(SITE, plan.id), partial(clause_url, SITE, plan.id)))


def flat(*texts: str) -> str:
    return "".join("".join(texts).split())


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_word_of_a_plan_is_in_its_word_file_with_its_address(plan: Plan) -> None:
    made: Any = docx.Document(BytesIO(as_docx(document_of(plan))))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]
    headings = {text for style, text in styled if style.startswith("Heading")}
    said = flat(*(text for _, text in styled))
    lines = [[cell.text for cell in line.cells] for table in made.tables for line in table.rows]
    for each in plan.clauses:
        address = f"〔{each.path}〕"
        if each.cells:
            shown = next(line for line in lines if address in line)
            assert {value for _, value in each.cells} <= set(shown), each.id
            continue
        if each.kind is Kind.BOX_ITEM:
            assert [each.text, address] in lines, each.id
            continue
        own = next((text for text in headings if text.startswith(each.path) and text.endswith(each.heading)), "")
        rest = flat(each.text.removeprefix(each.heading) if own else each.text).lstrip("。：:；")
        assert own or address in said, each.id
        assert not rest or f"{rest}{address}" in said, each.id
    assert made.core_properties.title == plan.title


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_plan_is_whole_in_markdown(plan: Plan) -> None:
    text = written(document_of(plan), Format.MARKDOWN).decode().replace("\\", "")
    assert all(f"〔{each.path}〕" in text or f" {each.path}" in text for each in plan.clauses)
    assert all(each.text.split("\n")[-1][-9:] in text for each in plan.clauses if not each.cells)


def test_a_plan_is_a_pdf_of_pages_with_links_and_an_outline() -> None:
    plan = the_corpus().plan("jinhua")
    made = written(document_of(plan), Format.PDF)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") > 3
    assert made.count(b"/URI") >= sum(each.kind is not Kind.HEADING for each in plan.clauses)
    assert made.count(b"/Title") > 3


def test_the_outline_is_one_of_headings() -> None:
    made = blocks_of(
        clause("三", Kind.HEADING, heading="任务", text="任务"),
        clause("三(一)", Kind.SECTION, heading="研究", headings=("任务",), text="研究。做事。"),
        clause("三(一)1", headings=("任务", "研究"), text="甲：乙丙。"),
        clause("三(一)1(1)", headings=("任务", "研究", "甲"), heading="丁", text="戊。"),
    )
    assert [block for block in made if isinstance(block, Heading)] == [
        Heading("三、任务", 2), Heading("三(一) · 研究", 3), Heading("三(一)1 · 甲", 4), Heading("三(一)1(1) · 丁", 4),
    ]  # fmt: skip
    assert [(block.text, block.address) for block in made if isinstance(block, Quote)] == [
        ("做事。", "〔三(一)〕"), ("乙丙。", "〔三(一)1〕"), ("戊。", "〔三(一)1(1)〕"),
    ]  # fmt: skip
    word: Any = docx.Document(BytesIO(as_docx(Document("题", tuple(made), "注"))))
    assert ("Heading 2", "三、任务") in [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]


@pytest.mark.parametrize(
    "one",
    [
        clause("一(二)1", heading="目标", headings=("总则", "目标"), text="乙丙。"),
        clause("题头", Kind.FRONT, heading="关于某事的通知", text="关于某事的通知"),
        clause("第一条", Kind.ARTICLE, heading="第一条", text="为了某事。"),
        clause("段1", Kind.PARAGRAPH, heading="", text="。为了某事。"),
    ],
    ids=["borrowed from its section", "before the outline", "the address is all", "none"],
)
def test_what_has_no_heading_of_its_own_is_quoted_whole(one: Clause) -> None:
    assert blocks_of(one) == [Quote(one.text, f"〔{one.path}〕")]


def test_links_lead_into_the_reader() -> None:
    quotes = [block for block in document_of(PLANS[1]).blocks if isinstance(block, Quote)]
    assert all(block.link == clause_url(SITE, PLANS[1].id, block.address.strip("〔〕")) for block in quotes)
    assert blocks_of(clause())[1].link == ""


def tables_of(*rows: Clause) -> Sequence[Any]:
    box = clause("专栏1", Kind.BOX, heading="指标", text="指标")
    heading, *tables = blocks_of(box, *rows)
    assert heading == Heading("专栏1 · 指标", 2)
    return tables


def test_rows_are_a_table_whose_head_is_repeated() -> None:
    (table,) = tables_of(row(1, *ROW), row(2, *ROW))
    assert table.columns == ("指标", "2020年", "2025年", wording.SOURCE_COLUMN)
    assert table.rows[1] == ("检定覆盖率（%）", "86", "95", "〔专栏1/2〕")
    word: Any = docx.Document(BytesIO(as_docx(Document("题", (table,), "注"))))
    assert word.tables[0].rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


def test_a_cell_over_several_rows_is_told_of_the_first() -> None:
    first = row(1, ("类别", "支撑"), *ROW)
    for rows, shown in (((first, row(2, *ROW)), ("支撑", "")), ((row(2, *ROW), first), ("", "支撑"))):
        (table,) = tables_of(*rows)
        assert table.columns[:2] == ("类别", "指标")
        assert tuple(line[0] for line in table.rows) == shown


@pytest.mark.parametrize(
    "other",
    [(("指标", "甲"), ("2035年", "1")), (("2020年", "甲"), ("指标", "1")), (("指标", "甲"), ("指标", "乙"))],
    ids=["another column", "another order", "a column twice"],
)
def test_rows_of_other_columns_are_another_table(other: tuple[tuple[str, str], ...]) -> None:
    tables = tables_of(row(1, *ROW), row(2, *other))
    assert [len(table.rows) for table in tables] == [1, 1]
    assert tables[1].rows[0] == (*(value for _, value in other), "〔专栏1/2〕")


def test_what_a_box_lists_stands_in_a_frame_and_a_row_without_columns_is_text() -> None:
    units = (ResponsibleUnit("某局", Role.LISTED),)
    items = [clause(f"专栏1/{number}", Kind.BOX_ITEM, responsible_units=units) for number in (1, 2)]
    table, quote = tables_of(*items, row(3, heading="甲", text="甲｜乙"))
    assert table.rows == tuple(("甲。乙丙。\n责任单位：某局", f"〔专栏1/{number}〕") for number in (1, 2))
    assert quote == Quote("甲｜乙", "〔专栏1/3〕")


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("甲。做事。", "责任单位：某局、某厅"),
        ("甲。做事。（责任单位：某局）", "责任单位：某局、某厅"),
        ("甲。做事。（责任单位：某局、某厅）", ""),
    ],
)
def test_units_are_told_where_the_text_does_not_name_them(text: str, remark: str) -> None:
    units = (ResponsibleUnit("某局", Role.LEAD), ResponsibleUnit("某厅", Role.SUPPORT))
    _, quote = blocks_of(clause(text=text, responsible_units=units))
    assert quote.remark == remark
    bare = clause(text="甲", responsible_units=units)
    assert blocks_of(bare)[1] == Quote("", "〔三1〕", remark="责任单位：某局、某厅")


def test_it_says_what_the_plan_says_of_itself_and_what_it_does_not() -> None:
    quanzhou = the_corpus().plan("quanzhou")
    timed = replace(quanzhou, validity=Validity(version="修订", since="2023-03-02", until="2025-12-31"))
    told = plan_document(timed, "按2026年1月1日：已经失效。", Reader("https://a/plans/quanzhou", lambda _: ""))
    facts, standing, *_ = told.blocks
    assert isinstance(facts, Facts)
    rows = dict(facts.rows)
    assert rows["发文字号"] == "泉政文〔2023〕14号"
    assert rows["成文（发布）日期"] == rows["施行日期"] == "2023年3月2日"
    assert (rows["适用地区"], rows["版本"], rows["有效期至"]) == ("泉州", "修订", "2025年12月31日")
    assert rows["网址"] == "https://a/plans/quanzhou"
    assert standing == Remark("按2026年1月1日：已经失效。")
    assert told.notice == wording.NOTICE
    unsaid: Any = plan_document(the_corpus().plan("xiamen"), "", NOWHERE).blocks[0]
    silent = dict(unsaid.rows)
    assert silent["发文字号"] == wording.SILENT
    assert not {"网址", "版本", "有效期至"} & set(silent)


@pytest.mark.parametrize(
    ("validity", "asked", "expected"),
    [
        (Validity(), "", ""),
        (Validity(), "2024-06-30", "按2024年6月30日：有效。"),
        (Validity(until="2025-12-31"), "", "按2026年3月15日：有效期至2025年12月31日，已经失效。"),
        (Validity(until="2025-12-31"), "2024-06-30", "按2024年6月30日：有效。"),
        (Validity(since="2027-01-01"), "", "按2026年3月15日：自2027年1月1日起施行，尚未生效。"),
    ],
)
def test_whether_it_is_in_force_is_told_where_that_is_asked_or_it_is_not(
    validity: Validity, asked: str, expected: str
) -> None:
    plan = plan_of(clause(), validity=validity)
    assert standing_of(plan, asked, "2026-03-15", Corpus([plan])) == expected


def test_what_xml_cannot_hold_is_left_out() -> None:
    made: Any = docx.Document(BytesIO(as_docx(document_of(plan_of(clause(text="甲。\x00\x0b乙\uffff"))))))
    assert "乙" in [paragraph.text for paragraph in made.paragraphs]
