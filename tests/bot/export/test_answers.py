"""Receipts become documents: every quote once, with its address and link; nothing is said that was not."""

from dataclasses import replace
from typing import Any

import pytest

from bot.export import wording
from bot.export.answers import LONGEST_HEADING, Today, answer_document, talk_document
from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table
from bot.model import Mode, Status
from bot.records.labels import Labels
from ingest.corpus import Corpus
from tests.bot.export.export_builders import OTHER_ROW, PLEDGE, ROW, SITE, TAX, cited, receipt, today
from tests.bot.scripted import the_corpus
from ui import wording as page

QUOTED = receipt(("厦门（三(四)21）：「{1}」", [1]), citations=[cited(1, PLEDGE, 61, 86)])


def of(kind: type, document: Document) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


def facts(document: Document) -> dict[str, str]:
    return dict(row for block in of(Facts, document) for row in block.rows)


def changed(text: str | None) -> Corpus:
    """The shipped plans with that text in the cited clause, or without the clause."""
    plans = []
    for plan in the_corpus().plans:
        kept = tuple(each for each in plan.clauses if text is not None or each.id != PLEDGE)
        new = tuple(replace(each, text=text) if each.id == PLEDGE and text else each for each in kept)
        plans.append(replace(plan, clauses=new))
    return Corpus(plans)


def test_a_quote_stands_once_with_its_address_and_link() -> None:
    document = answer_document(QUOTED, today())
    (quote,) = of(Quote, document)
    assert quote.text == "强化市场经营主体责任，推行经营者诚信计量自我承诺。"
    assert quote.address.endswith("》 · 三(四)21 · 建立诚信计量长效机制")
    assert quote.address.startswith("《厦门市贯彻落实国务院〈计量发展规划（2021-2035年）〉实施方案》")
    assert quote.link.startswith(f"{SITE}/plans/xiamen?clause=")
    assert "start=61&end=86#" in quote.link
    assert (quote.mark, quote.remark) == ("[1]", "")
    assert of(Paragraph, document) == [Paragraph("厦门（三(四)21）：")]


def test_it_says_when_with_what_outcome_on_which_documents() -> None:
    document = answer_document(QUOTED, today())
    told = facts(document)
    assert told[wording.ASKED_AT] == "2026年3月15日 02:02（北京时间）", "the day of the country, not of UTC"
    assert told[wording.STATUS_NAME] == "载明"
    assert told[wording.RECEIPT] == "a-1"
    assert told[wording.CORPUS_VERSION] == "v-1"
    assert told[wording.TAKEN_AT] == "2026年3月15日 12:00（北京时间）"
    assert told[wording.LABEL_NAME].startswith("原文摘录")
    (plans,) = of(Points, document)
    assert plans.items == (of(Quote, document)[0].address.split(" · ")[0],)
    assert document.notice == wording.NOTICE
    assert document.label == told[wording.LABEL_NAME]


@pytest.mark.parametrize("status", list(Status))
def test_the_outcome_is_named_as_on_the_page(status: Status) -> None:
    told = facts(answer_document(replace(QUOTED, status=status), today()))
    assert told[wording.STATUS_NAME] == page.STATUS.get(status.value, "载明")


def test_another_version_of_the_index_is_told() -> None:
    assert "v-1（" in facts(answer_document(QUOTED, today(version="v-2")))[wording.CORPUS_VERSION]


def test_what_a_model_wrote_is_labelled_so_whatever_it_cites() -> None:
    for citations in ([cited(1, PLEDGE, 61, 86)], []):
        written = receipt(("推行自我承诺。", [1]), citations=citations, mode=Mode.LLM, model="m")
        assert answer_document(written, today()).label == "人工智能生成合成内容，逐句核对原文"


def test_an_operator_who_marks_no_quotation_gets_none() -> None:
    told = replace(today(), labels=Labels(extractive=""))
    assert wording.LABEL_NAME not in facts(answer_document(QUOTED, told))


def test_words_of_its_own_keep_their_marks_and_a_quote_within_them_is_not_repeated() -> None:
    told = receipt(("发文字号为{1}。", [1]), citations=[cited(1, "quanzhou:题头", 0, 12)])
    document = answer_document(told, today())
    assert of(Paragraph, document)[0].text.endswith("。[1]")
    (quote,) = of(Quote, document)
    assert quote.text == ""
    assert "题头" in quote.address


def test_a_quote_seen_above_is_referred_to() -> None:
    again = receipt(("「{1}」", [1]), ("厦门（三(四)21）：「{1}」", [1]), citations=[cited(1, PLEDGE, 61, 86)])
    document = answer_document(again, today())
    assert len(of(Quote, document)) == 1
    assert of(Paragraph, document) == [Paragraph("厦门（三(四)21）：原文见上[1]")]


def test_neighbouring_rows_share_a_table_and_keep_their_sources() -> None:
    rows = [cited(1, ROW), cited(2, OTHER_ROW)]
    told = receipt(("厦门（专栏1/9）：「{1}」", [1]), ("泉州（专栏1/10）：「{2}」", [2]), citations=rows)
    document = answer_document(told, today())
    (table,) = of(Table, document)
    assert table.columns == ("出处", "指标", "2020年", "2025年", "属性")
    assert [row[0] for row in table.rows] == ["厦门 专栏1/9 [1]", "泉州 专栏1/10 [2]"]
    assert [row[2:4] for row in table.rows] == [("506", "850"), ("1254", "2020")]
    assert [(quote.text, quote.mark) for quote in of(Quote, document)] == [("", "[1]"), ("", "[2]")]
    assert all(quote.link for quote in of(Quote, document))


def test_a_sum_keeps_its_words_and_its_rows() -> None:
    said = "2025年目标，泉州比厦门多1170家（2020−850＝1170）。"
    told = receipt((said, [1, 2]), citations=[cited(1, ROW), cited(2, OTHER_ROW)])
    document = answer_document(told, today())
    assert of(Paragraph, document) == [Paragraph(f"{said}[1][2]")]
    assert len(of(Table, document)[0].rows) == 2


def test_a_declined_answer_says_what_it_said_and_names_no_document() -> None:
    told = receipt(("收录的规划文件没有载明所问的内容。", []), status=Status.NOT_FOUND, notes=("可问12345。",))
    document = answer_document(told, today())
    assert facts(document)[wording.STATUS_NAME] == "规划未载明"
    assert facts(document)[wording.LABEL_NAME] == "固定答复"
    assert Points(("可问12345。",)) in document.blocks
    assert Remark(wording.NO_PLANS) in document.blocks
    assert of(Quote, document) == []


def test_a_removed_plan_s_quote_is_what_the_receipt_says_and_nothing_more() -> None:
    without = Corpus(plan for plan in the_corpus().plans if plan.id != "xiamen")
    document = answer_document(QUOTED, today(without))
    (quote,) = of(Quote, document)
    assert (quote.text, quote.address, quote.link) == (QUOTED.citations[0].quote, "xiamen · 三(四)21", "")
    assert quote.remark == wording.GONE
    assert "厦门市" not in str(document), "its title is not in the receipt"
    assert "长效机制" not in str(document)
    assert of(Points, document)[0].items == (wording.PLAN_GONE.format(plan_id="xiamen"),)


def test_what_became_of_a_clause_is_told() -> None:
    text = the_corpus().clause(PLEDGE).text
    for new, remark, span in (
        (None, wording.GONE, ""),
        (text + "另有规定的除外。", wording.REWORDED, "start=61&end=86"),
        ("总则。" + text, wording.REWORDED, "start=64&end=89"),
        (text.replace("推行", "暂缓"), wording.LOST, ""),
    ):
        (quote,) = of(Quote, answer_document(QUOTED, today(changed(new))))
        assert quote.remark == remark
        assert quote.text == QUOTED.citations[0].quote
        assert ("start=" in quote.link) is bool(span)
        assert span in quote.link
        assert bool(quote.link) is (new is not None)


def test_a_row_that_changed_is_quoted_as_it_was() -> None:
    told = receipt(("厦门（专栏1/9）：「{1}」", [1]), citations=[cited(1, ROW)])
    plans = [
        replace(plan, clauses=tuple(replace(c, text="改") if c.id == ROW else c for c in plan.clauses))
        for plan in the_corpus().plans
    ]
    document = answer_document(told, today(Corpus(plans)))
    assert of(Table, document) == []
    assert of(Quote, document)[0].text == told.citations[0].quote


def test_a_lapsed_document_is_marked() -> None:
    plans = [
        replace(plan, validity=replace(plan.validity, until="2025-12-31")) if plan.id == "xiamen" else plan
        for plan in the_corpus().plans
    ]
    assert of(Points, answer_document(QUOTED, today(Corpus(plans))))[0].items[0].endswith("（已失效）")


def test_a_conversation_keeps_the_order_and_counts_what_is_missing() -> None:
    taxed = receipt(("「{1}」", [1]), citations=[cited(1, TAX)], question="税？", answer_id="a-2", corpus_version="v-0")
    document = talk_document([taxed, QUOTED], 1, today())
    heads = [block.text for block in of(Heading, document)]
    assert heads == ["1. 税？", f"2. {QUOTED.question}", wording.PLANS]
    assert document.title == "计量规划问答（3问）"
    assert document.blocks[0] == Remark(wording.MISSING.format(count=1))
    assert len(of(Points, document)[-1].items) == 1, "each document once"


def test_a_long_question_is_whole_beneath_its_heading() -> None:
    question = "计量" * 400 + "\n终"
    document = answer_document(replace(QUOTED, question=question), today())
    assert len(of(Heading, document)[0].text) <= LONGEST_HEADING + len("问：…")
    assert Paragraph(question) in document.blocks


def test_without_a_site_there_is_an_address_and_no_link() -> None:
    nowhere = Today(the_corpus(), "v-1", today().at, today().labels, lambda *_: "")
    (quote,) = of(Quote, answer_document(QUOTED, nowhere))
    assert (quote.link, bool(quote.address)) == ("", True)
