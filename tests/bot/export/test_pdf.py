"""A PDF that shows Chinese, breaks any length into pages, and obeys nothing that stands in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import reportlab

from bot.export import wording
from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Table
from bot.export.formats import checked_font
from bot.export.pdf import MOST_COLUMNS, as_pdf
from ingest.errors import BadSetting
from tests.bot.export.export_builders import HOSTILE, SITE, everything


@contextmanager
def opened(document: Document) -> Iterator[Any]:
    pdf = pypdfium2.PdfDocument(as_pdf(document))
    yield pdf
    pdf.close()


def text_of(document: Document) -> str:
    """Of all pages, blanks aside."""
    with opened(document) as pdf:
        return "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_chinese_is_chinese_and_is_found_as_text() -> None:
    text = "对企业新购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。〔2021〕37号 ① ㎡ ℃"
    told = text_of(Document("计量规划问答", (Paragraph(text),), "注"))
    assert "".join(text.split()) in told
    assert "计量规划问答" in told


def test_chinese_is_drawn() -> None:
    """Each of two characters that differ much is drawn, and not as the same empty box."""

    def ink(char: str) -> bytes:
        with opened(Document("", (Paragraph(char * 30),), "")) as pdf:
            return bytes(pdf[0].render(scale=1).to_numpy()[60:110].tobytes())

    blank, one, many = ink("　"), ink("一"), ink("齉")
    assert len({blank, one, many}) == 3


def test_hostile_text_is_only_text() -> None:
    told = text_of(everything(HOSTILE))
    assert told.count("<script>alert(1)</script>&lt;b&gt;<w:t>x</w:t>") >= 8
    assert "<para>y</para>" in told
    assert "{{7*7}}" in told
    assert "\u202e" not in told


def test_what_the_font_lacks_is_shown_as_such_and_said() -> None:
    told = text_of(Document("题", (Paragraph("好👍🏽呀☺️ é m² 𠮷"),), "注"))
    assert "好□□呀" in told
    assert "ém²□" in told
    assert wording.NOT_SHOWN.replace(" ", "") in told
    assert wording.NOT_SHOWN.replace(" ", "") not in text_of(everything("计量 abc é"))


def test_a_minus_of_a_sum_is_shown() -> None:
    told = text_of(Document("题", (Paragraph("多1170家（2020−850＝1170）。"),), "注"))
    assert "2020－850＝1170" in told
    assert wording.NOT_SHOWN.replace(" ", "") not in told


@pytest.mark.parametrize("more", ["", "é"], ids=["one face", "two faces"])
def test_no_line_begins_with_a_comma(more: str) -> None:
    texts = (Paragraph(more + "计量，" * 400), Paragraph(f"{more}甲" + "计量，" * 400))
    with opened(Document("题", texts, "注")) as pdf:
        lines = [line for page in pdf for line in page.get_textpage().get_text_range().splitlines()]
    assert len(lines) > 40
    assert not [line for line in lines if line.startswith("，")]


def test_a_link_opens_the_reader_and_nothing_else_is_a_link() -> None:
    raw = as_pdf(everything("http://a.example"))
    assert set(re.findall(rb"/URI \(([^)]*)\)", raw)) == {f"{SITE}/plans/xiamen?clause=%E5%9B%9B24#x".encode()}
    assert b"/JavaScript" not in raw
    assert b"/OpenAction" not in raw


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("计量" * 4000),
        Paragraph("a" * 8000),
        Paragraph("🙂" * 3000 + "é" * 3000),
        Quote("很长的引文。" * 1500, "《甲》 · 一", "", "[1]"),
        Table(("出处", "正文"), (("[1]", "格" * 5000), ("[2]", "短"))),
        Table(tuple("列" * n for n in range(1, MOST_COLUMNS + 4)), (("格" * 300,) * (MOST_COLUMNS + 3),) * 3),
        Table(("一",), (("",),) * 300),
        Points(("点" * 3000,)),
        Facts((("名" * 100, "f" * 12_000),)),
        Heading("题" * 2000),
    ],
    ids=["long", "no blanks", "mixed faces", "quote", "cell", "columns", "rows", "point", "fact", "heading"],
)
def test_whatever_is_long_goes_on_on_the_next_page(block: Any) -> None:
    with opened(Document("题", (block, Paragraph("末尾")), "注")) as pdf:
        assert len(pdf) > 1
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
    assert "末尾" in last


def test_every_page_has_its_number_and_the_notice() -> None:
    with opened(Document("题", (Paragraph("计量\n" * 200),), "注")) as pdf:
        for number, page in enumerate(pdf, start=1):
            told = page.get_textpage().get_text_range()
            assert wording.FOOT in told
            assert wording.PAGE.format(page=number) in told
        assert number > 3


def test_questions_are_in_the_outline_and_the_file_says_what_it_is() -> None:
    with opened(Document("问答", (Heading("一问"), Paragraph("甲"), Heading("二问")), "注", "原文摘录")) as pdf:
        assert [mark.get_title() for mark in pdf.get_toc()] == ["一问", "二问"]
        told = pdf.get_metadata_dict()
    assert (told["Title"], told["Subject"]) == ("问答", "原文摘录")


def test_no_font_is_carried_along() -> None:
    raw = as_pdf(everything())
    assert b"/FontFile" not in raw
    assert b"STSong-Light" in raw
    assert len(raw) < 20_000


VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def test_a_font_of_one_s_own_is_carried_along() -> None:
    raw = as_pdf(Document("abc", (Paragraph("def"),), "ghi"), str(VERA))
    assert b"/FontFile2" in raw
    pdf = pypdfium2.PdfDocument(raw)
    told = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert "abc" in told
    assert "def" in told


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (Path(__file__).with_name("nowhere.ttf"), "TrueType"),
        (Path(__file__), "TrueType"),
        (VERA, "Chinese characters"),
    ],
    ids=["nothing", "no font", "no Chinese"],
)
def test_what_sets_no_chinese_is_refused_when_the_service_starts(file: Path, said: str) -> None:
    with pytest.raises(BadSetting, match=f"METROLOGY_PDF_FONT.*{said}"):
        checked_font(str(file))
    assert checked_font("") == ""
