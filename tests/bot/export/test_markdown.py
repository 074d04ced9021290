"""Markdown that shows every word as it is, as a reader of Markdown sees it."""

import re

import pytest
from markdown_it import MarkdownIt

from bot.export.answers import answer_document
from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table, fit
from bot.export.markdown import as_markdown
from tests.bot.export.export_builders import HOSTILE, PLEDGE, SITE, cited, everything, receipt, today

READER = MarkdownIt("commonmark").enable("table")
TAG = re.compile(r"<(?!/?(?:h[1-4]|p|ul|li|strong|em|blockquote|a|table|thead|tbody|tr|th|td|hr|br)\b)")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def read(document: Document) -> str:
    """HTML."""
    return str(READER.render(as_markdown(document).decode()))


def words(html: str) -> str:
    """What a reader sees, blanks aside."""
    text = re.sub(r"<[^>]+>", "", html)
    for entity, char in ENTITIES.items():
        text = text.replace(entity, char)
    return "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "# 题", "C #", "题 ##", "- 项",
        "1. 项", "1) 项", "+ 项", "> 引", "===", "---", "```\n码", "    缩进", "\t缩进", "| a | b |",
        "[x]: http://a.example", "![图](http://a.example/x.png)", "<http://a.example>", "&#60;b&#62; &copy;",
        "a\\", "**粗*", "_斜_", "~~删~~", "<!-- x -->", "=1+2", "@名", "行一\n===\n行二", "http://a.example",
    ],
)  # fmt: skip
def test_every_word_is_shown_as_it_is(text: str) -> None:
    document = Document(
        "题", (Heading(text), Paragraph(text), Facts(((text, text),)), Remark(text), Points((text,))), "注"
    )
    html = read(document)
    assert words(html) == "".join(f"题{fit(text) * 2}{fit(text)}：{fit(text) * 3}注".split())
    assert not TAG.search(html)
    assert "href" not in html
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 1
    assert html.count("<li>") == 2


def test_nothing_that_looks_like_an_address_is_made_one() -> None:
    raw = as_markdown(Document("题", (Paragraph("见 https://a.example 或 www.a.example"),), "注")).decode()
    assert "https://a" not in raw
    assert "www.a" not in raw


def test_a_quote_is_a_quotation_with_its_source_and_link() -> None:
    html = read(Document("题", (Quote("一\n二", "《甲》 · 四24", f"{SITE}/plans/a?b=1&c=2", "[1]", "有改动"),), "注"))
    inside = html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert words(inside) == "一二[1]《甲》·四24·查看原文有改动"
    assert f'href="{SITE}/plans/a?b=1&amp;c=2"' in inside


def test_a_table_keeps_its_cells() -> None:
    html = read(Document("题", (Table(("出处", "a|b"), (("[1]", "c|d\ne"), ("", "<i>"))),), "注"))
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", html) == ["出处", "a|b", "[1]", "c|d e", "", "&lt;i&gt;"]


def test_an_answer_reads_from_its_question_to_the_notice() -> None:
    told = receipt(("厦门（三(四)21）：「{1}」", [1]), citations=[cited(1, PLEDGE, 61, 86)], notes=("另见。",))
    text = as_markdown(answer_document(told, today())).decode()
    order = [
        "# 计量规划问答", "## 问：厦门", "**结论**：载明", "厦门（三(四)21）：", "> 强化市场", "> \\[1\\] 《厦门市",
        "另见。", "所依据的文件", "只有规划文件",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert not TAG.search(read(everything(HOSTILE)))
