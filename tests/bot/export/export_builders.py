"""Receipts over the shipped plans, and what they are read against."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.api.render import clause_url
from bot.export.answers import Today
from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table
from bot.model import Mode, Status
from bot.records.labels import DEFAULT
from bot.records.receipts import Receipt, ReceiptCitation, ReceiptStatement
from ingest.corpus import Corpus
from tests.bot.scripted import the_corpus

SITE = "https://www.example.gov.cn/bot"
NOON = datetime(2026, 3, 15, 4, tzinfo=UTC)  # noon in Beijing
PLEDGE, TAX, ROW, OTHER_ROW = "xiamen:三(四)21", "xiamen:四24", "xiamen:专栏1/9", "quanzhou:专栏1/10"
HOSTILE = (
    "<script>alert(1)</script> &lt;b&gt; <w:t>x</w:t> **粗** [链](http://a.example) # 题\n- 一\n=1+1 | 列 | `码` "
    "\\rtf1 {{7*7}} ]]> <para>y</para> www.a.example\x00\x0b\x1b\u202e\u2066\ud800\ufffe👍🏽 $x$"
)


def cited(index: int, clause_id: str, start: int = 0, end: int | None = None) -> ReceiptCitation:
    text = the_corpus().clause(clause_id).text
    stop = len(text) if end is None else end
    return ReceiptCitation(index, clause_id, start, stop, text[start:stop], hashlib.sha256(text.encode()).hexdigest())


def receipt(*said: tuple[str, Sequence[int]], citations: Sequence[ReceiptCitation] = (), **more: Any) -> Receipt:
    """`said`: the words of each statement, in which {1} stands for the quote of that number, and its numbers."""
    quotes = ["", *(one.quote.replace("\n", "") for one in citations)]
    texts = tuple(ReceiptStatement(text.format(*quotes) if numbers else text, tuple(numbers)) for text, numbers in said)
    given: dict[str, Any] = {
        "answer_id": "a-1", "question": "厦门怎么推行诚信计量自我承诺？", "status": Status.ANSWERED,
        "statements": texts, "citations": tuple(citations), "notes": (), "mode": Mode.EXTRACTIVE, "model": "",
        "corpus_version": "v-1", "asked_at": "2026-03-14T18:02:03.456+00:00", **more,
    }  # fmt: skip
    return Receipt(**given)


def today(corpus: Corpus | None = None, version: str = "v-1") -> Today:
    return Today(corpus or the_corpus(), version, NOON, DEFAULT, lambda *place: clause_url(SITE, *place))


def everything(text: str = "字") -> Document:
    """A document of every kind of block, each saying `text`."""
    quote = Quote(text, f"《{text}》 · 四24", f"{SITE}/plans/xiamen?clause=%E5%9B%9B24#x", "[1]", text)
    table = Table(("出处", text), (("[1]", text), ("[2]", "")))
    blocks = (
        Heading(text), Heading(text, 3), Heading(text, 4), Facts(((text, text), ("空", ""))), Paragraph(text),
        Remark(text), Points((text, text)), quote, Quote("", "没有链接"), table,
    )  # fmt: skip
    return Document(text, blocks, text, text)
