"""A document for Word: the one file that imports docx."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.export import wording
from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table, lines_of

LATIN, CHINESE = "Calibri", "宋体"
BRAND, SOFT = RGBColor(0x0F, 0x5B, 0x78), RGBColor(0x52, 0x61, 0x6F)
LONGEST_PROPERTY = 255  # characters that a file's property holds
SIZES: Mapping[str, float] = {"Title": 20, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11, "Normal": 11}
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def blank() -> Any:
    """An empty document of the library's own, for who writes into it himself."""
    return docx.Document()


def as_docx(document: Document) -> bytes:
    made = blank()
    _style(made)
    _describe(made, document)
    made.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        WRITERS[type(block)](made, block)
    _remark(made, document.notice)
    _foot(made)
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


def _style(made: Any) -> None:
    """Chinese type, quiet headings, room at the margins."""
    for name, size in SIZES.items():
        style = made.styles[name]
        style.font.name, style.font.size, style.font.italic = LATIN, Pt(size), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for themed in THEMED:  # a theme's font goes before a named one
            fonts.attrib.pop(qn(f"w:{themed}"), None)
        fonts.set(qn("w:eastAsia"), CHINESE)
        if name != "Normal":
            style.font.color.rgb = BRAND
    made.styles["Normal"].paragraph_format.space_after = Pt(6)
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.6)


def _describe(made: Any, document: Document) -> None:
    """The file's properties; where the wording comes from stands among them."""
    told, now = made.core_properties, datetime.now(UTC)
    told.title, told.author = document.title[:LONGEST_PROPERTY], wording.FILE_NAME
    told.keywords, told.comments = document.label[:LONGEST_PROPERTY], document.notice[:LONGEST_PROPERTY]
    told.language, told.created, told.modified = "zh-CN", now, now


def _heading(made: Any, block: Heading) -> None:
    made.add_paragraph(block.text, style=f"Heading {block.level}")


def _facts(made: Any, block: Facts) -> None:
    for name, value in block.rows:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(f"{name}：").font.color.rgb = SOFT
        paragraph.add_run(value)


def _paragraph(made: Any, block: Paragraph) -> None:
    for line in lines_of(block.text):
        made.add_paragraph(line)


def _remark(made: Any, block: Remark | str) -> None:
    _small(made.add_paragraph(), block if isinstance(block, str) else block.text)


def _points(made: Any, block: Points) -> None:
    for item in block.items:
        made.add_paragraph(item, style="List Bullet")


def _quote(made: Any, block: Quote) -> None:
    """Its words, then in small letters where they stand, beside a bar."""
    for line in lines_of(block.text):
        _barred(made.add_paragraph(line), after=2)
    source = made.add_paragraph()
    _barred(source, after=8)
    _small(source, f"{block.mark} {block.address}".strip())
    if block.link:
        _small(source, wording.BETWEEN)
        _linked(source, wording.OPEN, block.link)
    if block.remark:
        _small(source, f"\n{block.remark}")


def _table(made: Any, block: Table) -> None:
    table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))  # stands again on each page
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), SOFT


def _linked(paragraph: Any, text: str, address: str) -> None:
    """The library has no call for a link."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.font.underline = Pt(9), BRAND, True
    link.append(run._r)
    paragraph._p.append(link)


def _barred(paragraph: Any, after: float) -> None:
    borders, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in {"val": "single", "sz": "18", "space": "8", "color": str(BRAND)}.items():
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Cm(0.5), Pt(after)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _foot(made: Any) -> None:
    """On each page: what alone is authoritative, and the page's number as a field that Word fills in."""
    foot = made.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = wording.PAGE.split("{page}")
    _small(foot, f"{wording.FOOT}{wording.BETWEEN}{before}")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = foot.add_run("1")
    run.font.size, run.font.color.rgb = Pt(9), SOFT
    field.append(run._r)
    foot._p.append(field)
    _small(foot, after)


WRITERS: Mapping[type, Callable[[Any, Any], None]] = {
    Heading: _heading,
    Facts: _facts,
    Paragraph: _paragraph,
    Remark: _remark,
    Points: _points,
    Quote: _quote,
    Table: _table,
}
