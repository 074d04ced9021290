"""A Word file that opens, says all, and obeys nothing that stands in it."""

import zipfile
from io import BytesIO
from typing import Any

import docx
from defusedxml import ElementTree

from bot.export import wording
from bot.export.document import Document, Paragraph, Quote, Table, fit
from bot.export.word import as_docx
from tests.bot.export.export_builders import HOSTILE, SITE, everything

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(document: Document) -> Any:
    return docx.Document(BytesIO(as_docx(document)))


def parts(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(as_docx(document))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_hostile_text_is_only_text() -> None:
    text = fit(HOSTILE).replace("\n", "")
    made = opened(everything(HOSTILE))
    said = "".join(paragraph.text for paragraph in made.paragraphs).replace("\n", "")
    assert said.count(text) >= 9
    assert made.tables[0].cell(0, 1).text.replace("\n", "") == text
    body = ElementTree.fromstring(parts(everything(HOSTILE))["word/document.xml"])
    assert {node.text for node in body.iter(f"{W}instrText")} == set()
    assert not list(body.iter("script"))


def test_every_part_is_well_formed_xml() -> None:
    found = parts(everything(HOSTILE))
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    assert len(found) > 8


def test_links_lead_out_and_only_where_they_should() -> None:
    made = opened(everything("见 http://a.example"))
    outside = {rel.target_ref for rel in made.part.rels.values() if rel.is_external}
    assert outside == {f"{SITE}/plans/xiamen?clause=%E5%9B%9B24#x"}
    links = made.element.body.iter(f"{W}hyperlink")
    assert [[node.text for node in link.iter(f"{W}t")] for link in links] == [[wording.OPEN]]


def test_headings_are_headings_and_chinese_type_is_named() -> None:
    made = opened(everything())
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert styles[:4] == ["Title", "Heading 2", "Heading 3", "Heading 4"]
    for name in ("Normal", "Heading 2"):
        fonts = made.styles[name].element.rPr.rFonts
        assert fonts.get(f"{W}eastAsia") == "宋体"
        assert fonts.get(f"{W}eastAsiaTheme") is None


def test_a_quote_is_set_apart_and_its_address_follows() -> None:
    made = opened(Document("题", (Quote("原文", "《甲》 · 四24", "", "[1]", "有改动"),), "注"))
    quote, source = made.paragraphs[1:3]
    assert (quote.text, source.text) == ("原文", "[1] 《甲》 · 四24\n有改动")
    for paragraph in (quote, source):
        assert paragraph._p.pPr.find(f"{W}pBdr") is not None
        order = [child.tag for child in paragraph._p.pPr]
        assert order.index(f"{W}pBdr") < order.index(f"{W}ind"), "as the schema has it: Word is strict"


def test_a_table_s_head_stands_again_on_each_page() -> None:
    made = opened(Document("题", (Table(("甲", "乙"), (("1", "2\n3"),)),), "注"))
    head, row = made.tables[0].rows
    assert head._tr.trPr.find(f"{W}tblHeader") is not None
    assert [cell.text for cell in row.cells] == ["1", "2\n3"]


def test_the_file_says_what_it_is() -> None:
    long = "长" * 400
    told = opened(Document(long, (), long, "人工智能生成合成内容")).core_properties
    assert told.keywords == "人工智能生成合成内容"
    assert told.language == "zh-CN"
    assert len(told.title) == 255
    assert "python-docx" not in f"{told.author}{told.comments}"
    assert abs((told.created.replace(tzinfo=None) - told.modified.replace(tzinfo=None)).total_seconds()) < 60


def test_the_notice_is_at_the_end_and_at_the_foot_of_every_page() -> None:
    made = opened(Document("题", (Paragraph("文"),), "只有正式文本有效。"))
    assert made.paragraphs[-1].text == "只有正式文本有效。"
    foot = made.sections[0].footer.paragraphs[0]
    assert wording.FOOT in "".join(foot._p.itertext())
    assert foot._p.find(f"{W}fldSimple").get(f"{W}instr") == "PAGE"
