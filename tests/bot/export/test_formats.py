"""All formats take whatever anybody wrote; names of files are plain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.export.answers import answer_document
from bot.export.document import Document
from bot.export.formats import MEDIA_TYPES, Format, file_name, titled, written
from tests.bot.export.export_builders import everything, receipt, today

MAGIC = {Format.MARKDOWN: b"# ", Format.DOCX: b"PK\x03\x04", Format.PDF: b"%PDF-1."}
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize("wanted", list(Format))
def test_a_format_is_what_it_says(wanted: Format) -> None:
    assert written(everything(), wanted).startswith(MAGIC[wanted])
    assert wanted in MEDIA_TYPES


@settings(max_examples=12, deadline=None)
@given(text=ANYTHING)
def test_no_text_breaks_a_format(text: str) -> None:
    told = answer_document(receipt((text, []), question=text, notes=(text,)), today())
    whole = Document(text, (*everything(text).blocks, *told.blocks), text, text)
    for wanted in Format:
        assert written(whole, wanted).startswith(MAGIC[wanted])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("厦门：新买的计量器具，能扣吗？", "计量规划问答-厦门新买的计量器具能扣吗-20260315.docx"),
        ("问" * 2000, f"计量规划问答-{'问' * 20}-20260315.docx"),
        ("../../etc/passwd\r\nX: y", "计量规划问答-etcpasswdXy-20260315.docx"),
        ('a"b;c%00\u202egpj', "计量规划问答-abc00gpj-20260315.docx"),
        ("👍", "计量规划问答-20260315.docx"),
        ("שלום 计量", "计量规划问答-计量-20260315.docx"),
    ],
)
def test_a_file_is_named_by_question_and_day(question: str, expected: str) -> None:
    assert file_name(question, "2026-03-15", Format.DOCX) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("贯彻《计量发展规划（2021-2035年）》的、意见", "贯彻《计量发展规划（2021-2035年）》的、意见.pdf"),
        ('../关于/某:某*的"通知"?\n<a>|', "关于某某的通知a.pdf"),
        ("长" * 200, f"{'长' * 80}.pdf"),
        ("a\u202egpj שלום", "agpj.pdf"),
        ("👍", "计量规划问答.pdf"),
    ],
)
def test_a_plan_s_file_has_its_title(title: str, expected: str) -> None:
    assert titled(title, Format.PDF) == expected
