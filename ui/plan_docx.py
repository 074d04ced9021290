"""A plan as a document of a word processor: headings for its outline, real tables, the address of each clause."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ui import reader_wording, wording
from ui.plan_marks import Line, plain
from ui.plan_outline import Block, build_blocks
from ui.plan_page import plan_facts
from ui.plan_tables import Table
from ui.plan_text import ADDRESS, standing_line
from ui.plan_time import TimedPlan

FONT, HEAD_FONT = "SimSun", "SimHei"  # what every Chinese office has
SOFT = RGBColor(0x52, 0x61, 0x6F)
DEEPEST = 6  # level of a heading


def plan_docx(plan: TimedPlan, day: str, address: str) -> bytes:
    """`day` as in `plan_text`."""
    document = Document()
    _set_page(document)
    document.core_properties.title = _writable(plan.title)
    document.core_properties.author = _writable(plan.issuer or "")
    document.core_properties.language = "zh-CN"
    document.add_paragraph(_writable(plan.title), style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    _facts(document, plan, day, address)
    for block in build_blocks(plan, "", {}):
        _block(document, block)
    _small(document.add_paragraph(), wording.FOOTER_IS_NOT)
    _footer(document, f"{plan.title}　{address}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    _font(document.styles["Normal"], FONT, 12)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    _font(document.styles["Title"], HEAD_FONT, 20)
    for level in range(1, DEEPEST):
        _font(document.styles[f"Heading {level}"], HEAD_FONT, max(12, 17 - level))


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = name, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):  # would win over the names
        fonts.attrib.pop(qn(theme), None)


def _facts(document: Any, plan: TimedPlan, day: str, address: str) -> None:
    told = [(name, value or wording.PLAN_SILENT) for name, value in plan_facts(plan)]
    _grid(document, (reader_wording.FACT_NAME, reader_wording.FACT_VALUE), [*told, (reader_wording.ADDRESS, address)])
    if standing := standing_line(plan, day):
        document.add_paragraph().add_run(_writable(standing)).bold = True


def _block(document: Any, block: Block) -> None:
    if block.lead:
        heading = document.add_heading(f"{block.number}{_writable(plain(block.lead))}", min(block.level, DEEPEST) - 1)
        _small(heading, ADDRESS.format(path=block.path))
    for at, line in enumerate(filter(None, (*block.lines, block.tail))):
        first = at == 0 and not block.lead
        paragraph = document.add_paragraph(f"{block.number}{_line(line)}" if first else _line(line))
        paragraph.paragraph_format.first_line_indent = Pt(24)  # two ideographs
        if first:
            _small(paragraph, ADDRESS.format(path=block.path))
    if block.units:
        document.add_paragraph(f"{wording.UNITS}：{'、'.join(_writable(unit.name) for unit in block.units)}")
    for part in block.parts:
        if isinstance(part, Table):
            _table(document, part)
        else:
            _block(document, part)


def _table(document: Any, table: Table) -> None:
    rows = [
        (f"{row.number}{plain(row.name)}{ADDRESS.format(path=row.path)}", *(cell.text for cell in row.cells))
        for row in table.rows
    ]
    _grid(document, (table.name_column, *table.columns), rows)


def _grid(document: Any, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table whose head is repeated on every page; no row is cut by the end of one."""
    grid = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(_writable(text)).bold = True
    _says(grid.rows[0], "w:tblHeader")
    for row in rows:
        added = grid.add_row()
        _says(added, "w:cantSplit")
        for cell, text in zip(added.cells, row, strict=True):
            cell.text = _writable(text)
    document.add_paragraph()


def _says(row: Any, what: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(what))


def _footer(document: Any, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    _small(paragraph, f"{_writable(text)}　")
    run = paragraph.add_run()
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field(kind, instruction))


def _field(kind: str, instruction: str) -> Any:
    """A part of what a word processor fills in: the number of the page."""
    if instruction:
        element = OxmlElement("w:instrText")
        element.text = instruction
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(9), SOFT, False


def _line(line: Line) -> str:
    return _writable(plain(line))


def _writable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (ord(char) >= 0x20 and char not in "\ufffe\uffff"))
