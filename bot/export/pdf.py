"""A document as PDF: the one file that imports reportlab.

Chinese is set in STSong-Light, a font that every viewer knows by name and has, or has its like of: none is embedded, so
that no font file is needed and a page takes a few kilobytes. What that font lacks is shown as □ and said to be so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from bot.export import wording
from bot.export.document import Block, Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table, lines_of

FONT, LATIN, LACKING = "STSong-Light", "Helvetica", "□"
INK, BRAND, SOFT, LINE, SHADE = "#1b2733", "#0f5b78", "#52616f", "#c4ced6", "#eaf3f6"
MARGIN = 62.0  # points
WIDTH = A4[0] - 2 * MARGIN
MOST_COLUMNS = 8  # of a table; a wider one is told cell by cell
UNSEEN = ("Cf", "Mn")  # joiners and what changes a character's look: of an emoji that is not shown


def as_pdf(document: Document) -> bytes:
    _register()
    story = [_set(document.title, "title"), *(one for block in document.blocks for one in WRITERS[type(block)](block))]
    story += [Spacer(0, 8), *_small(document.notice)]
    if any(_lacks(text) for text in _texts(document.blocks)):
        story += _small(wording.NOT_SHOWN)
    whole = BytesIO()
    SimpleDocTemplate(
        whole, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=58, bottomMargin=64,
        title=document.title, author=wording.FILE_NAME, subject=document.label, keywords=document.label, lang="zh-CN",
    ).build(story, onFirstPage=_foot, onLaterPages=_foot)  # fmt: skip
    return whole.getvalue()


@cache
def _register() -> None:
    registerFont(UnicodeCIDFont(FONT))


@cache
def _styles() -> Mapping[str, ParagraphStyle]:
    """By what is set in them."""
    body = {"fontName": FONT, "wordWrap": "CJK", "fontSize": 10.5, "leading": 17, "textColor": INK, "spaceAfter": 4}
    head = {**body, "textColor": BRAND, "keepWithNext": 1}
    small = {**body, "fontSize": 8.5, "leading": 13, "textColor": SOFT}
    made = {
        "title": {**head, "fontSize": 18, "leading": 26, "spaceAfter": 10},
        "2": {**head, "fontSize": 13.5, "leading": 20, "spaceBefore": 14, "spaceAfter": 6},
        "3": {**head, "fontSize": 11.5, "spaceBefore": 8},
        "4": {**head, "fontSize": 10.5, "spaceBefore": 6},
        "body": body,
        "fact": {**body, "fontSize": 9.5, "leading": 15, "spaceAfter": 1},
        "small": small,
        "point": {**body, "leftIndent": 14, "bulletIndent": 2},
        "quote": {**body, "leftIndent": 14, "spaceAfter": 0},
        "source": {**small, "leftIndent": 14, "spaceAfter": 0},
        "cell": {**body, "fontSize": 9.5, "leading": 14, "spaceAfter": 0},
    }
    return {name: ParagraphStyle(name, **values) for name, values in made.items()}


class _Barred(Set):  # type: ignore[misc]  # the library has no types
    """A paragraph beside a bar; one that goes on on the next page has it there too."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setFillColor(HexColor(BRAND))
        self.canv.rect(0, -2, 2.5, self.height + 4, stroke=0, fill=1)
        self.canv.restoreState()
        super().draw()


class _Listed(Set):  # type: ignore[misc]
    """A heading that the viewer's outline leads to."""

    def draw(self) -> None:
        name = f"at-{self.canv.getPageNumber()}-{id(self)}"
        self.canv.bookmarkPage(name)
        self.canv.addOutlineEntry(self.getPlainText(), name, 0)
        super().draw()


def _heading(block: Heading) -> Iterator[Any]:
    made: Callable[..., Any] = _Listed if block.level == 2 else Set
    yield made(_markup(" ".join(lines_of(block.text))), _styles()[str(block.level)])


def _facts(block: Facts) -> Iterator[Any]:
    for name, value in block.rows:
        yield Set(f'<font color="{SOFT}">{_markup(name)}：</font>{_markup(value)}', _styles()["fact"])
    yield Spacer(0, 6)


def _paragraph(block: Paragraph) -> Iterator[Any]:
    yield from (_set(line, "body") for line in lines_of(block.text))


def _remark(block: Remark) -> Iterator[Any]:
    yield from _small(block.text)


def _small(text: str) -> list[Any]:
    return [_set(line, "small") for line in lines_of(text)]


def _points(block: Points) -> Iterator[Any]:
    yield from (
        Set(_markup(" ".join(lines_of(item))), _styles()["point"], bulletText="·") for item in block.items if item
    )


def _quote(block: Quote) -> Iterator[Any]:
    yield Spacer(0, 3)
    for line in lines_of(block.text):
        yield _Barred(_markup(line), _styles()["quote"])
    opened = f'<link href={quoteattr(block.link)}><font color="{BRAND}">{wording.OPEN}</font></link>'
    source = _markup(f"{block.mark} {block.address}".strip())
    yield _Barred(source + (wording.BETWEEN + opened if block.link else ""), _styles()["source"])
    if block.remark:
        yield _Barred(_markup(block.remark), _styles()["source"])
    yield Spacer(0, 7)


def _table(block: Table) -> Iterator[Any]:
    if len(block.columns) > MOST_COLUMNS:
        for row in block.rows:
            yield from _facts(Facts(tuple(zip(block.columns, row, strict=True))))
        return
    rows = [[_cell(text) for text in row] for row in (block.columns, *block.rows)]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(SHADE)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    yield Grid(rows, colWidths=_widths(block), repeatRows=1, splitInRow=1, style=look, spaceBefore=3, spaceAfter=3)


def _widths(block: Table) -> list[float]:
    """What is long gets more room, nothing less than a third of its even share."""
    longest = [max(map(len, column)) for column in zip(block.columns, *block.rows, strict=True)]
    wanted = [min(max(length, 4), 24) for length in longest]
    return [WIDTH * each / sum(wanted) for each in wanted]


def _cell(text: str) -> list[Any]:
    return [_set(line, "cell") for line in lines_of(text)] or [_set("", "cell")]


def _set(text: str, style: str) -> Any:
    return Set(_markup(text), _styles()[style])


def _markup(text: str) -> str:
    """`text` in the library's own markup, of which none in the text itself is obeyed."""
    runs = ((kind, "".join(run)) for kind, run in groupby(text.replace("\t", " "), _face))
    return "".join(_run(kind, run) for kind, run in runs)


def _run(face: str, text: str) -> str:
    if face == FONT:
        return escape(text)
    return f'<font name="{LATIN}">{escape(text)}</font>' if face else LACKING * sum(map(_is_seen, text))


@lru_cache(8192)
def _face(char: str) -> str:
    """The font that has a character; empty for none."""
    if _encodable(char, "gbk"):
        return FONT
    return LATIN if _encodable(char, "cp1252") else ""


def _encodable(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_seen(char: str) -> bool:
    return category(char) not in UNSEEN


def _lacks(text: str) -> bool:
    return any(not _face(char) and _is_seen(char) for char in text)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Facts(rows) | Table(_, rows):
                yield from (text for row in rows for text in row)
            case Points(items):
                yield from items
            case Heading(text) | Paragraph(text) | Remark(text) | Quote(text):
                yield text


def _foot(canvas: Any, _: Any) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 8)
    canvas.setFillColor(HexColor(SOFT))
    canvas.drawString(MARGIN, 36, wording.FOOT)
    canvas.drawRightString(A4[0] - MARGIN, 36, wording.PAGE.format(page=canvas.getPageNumber()))
    canvas.restoreState()


WRITERS: Mapping[type, Callable[[Any], Iterable[Any]]] = {
    Heading: _heading,
    Facts: _facts,
    Paragraph: _paragraph,
    Remark: _remark,
    Points: _points,
    Quote: _quote,
    Table: _table,
}
