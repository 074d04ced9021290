"""A document that numbers nothing: its head is 题头, every paragraph after it a clause of its own, 段1, 段2, …"""

from ingest.clean import Line
from ingest.head import find_number
from ingest.marks import TITLE_MAX, is_unfinished
from ingest.model import Kind
from ingest.signature import DATE_LINE
from ingest.statements import opens_field
from ingest.title_line import ends_as_title, is_title_line
from ingest.title_run import may_open
from ingest.unit import Unit

HEAD_LINES = 8


def read_paragraphs(lines: list[Line], front_path: str) -> list[Unit]:
    """题头 where there is one, then the paragraphs; a short line among them is the heading of those below it."""
    start = _head_end([line.text for line in lines])
    units: list[Unit] = []
    if start:
        front = Unit(Kind.FRONT, front_path, front_path)
        front.paragraphs.extend(line.body for line in lines[:start])
        units.append(front)
    above: tuple[str, ...] = ()
    for index in range(start, len(lines)):
        body = lines[index].body
        last = units[-1].paragraphs[-1] if units and units[-1].kind is Kind.PARAGRAPH else None
        if last and is_unfinished(last.text) and not opens_field(body.text, last.text):
            units[-1].paragraphs[-1] += body
            continue
        path = f"段{len(units) - bool(start) + 1}"
        if _is_heading(lines, index):
            above = (body.text,)
            units.append(Unit(Kind.HEADING, path, body.text, title=body))
        else:
            units.append(Unit(Kind.PARAGRAPH, path, "", above, paragraphs=[body]))
    return units


def _head_end(texts: list[str]) -> int:
    """The lines of title, number, date and addressee; a document of titles alone has no head."""
    end = 0
    for index, text in enumerate(texts[:HEAD_LINES]):
        bracketed = text.startswith("（") and text.endswith("）")
        if text.endswith("：") and "。" not in text and "，" not in text:
            return index + 1
        titled = may_open(text) if index == 0 else is_title_line(text) and ends_as_title(text)
        if not (bracketed or DATE_LINE.match(text) or titled or find_number(text)):
            break
        end = index + 1
    return end


def _is_heading(lines: list[Line], index: int) -> bool:
    text = lines[index].text
    bare = len(text) <= TITLE_MAX and is_title_line(text) and not text.endswith(("）", "》"))
    if not bare or index + 1 >= len(lines):
        return False
    below = lines[index + 1].text
    return "。" in below or "，" in below or len(below) > TITLE_MAX
