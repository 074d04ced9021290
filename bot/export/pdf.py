"""A document as PDF: the one file that imports reportlab.

Chinese is set in STSong-Light, a face that viewers know by name and have, or have its like of: none is carried along,
so that no font file is needed and a page takes a few kilobytes. Where a TrueType file is given, what is used of it is
carried along. What a face lacks is shown as □ and said to be so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Paragraph as Paragraphs
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from bot.export import wording
from bot.export.document import Block, Document, Facts, Heading, Paragraph, Points, Quote, Remark, Table, lines_of
from bot.export.typeset import NEVER_FIRST, hung, is_in, shares
from ingest.errors import BadSetting

KNOWN, OWN, LATIN, LACKING = "STSong-Light", "Own", "Helvetica", "□"
INK, BRAND, SOFT, LINE, SHADE = "#1b2733", "#0f5b78", "#52616f", "#c4ced6", "#eaf3f6"
SETTING = "METROLOGY_PDF_FONT"
EDGE, PADDING = 62.0, 6.0  # points; the library keeps the latter within its margins
WIDTH = A4[0] - 2 * EDGE
MOST_COLUMNS = 8  # of a table; a wider one is told cell by cell
LIKE = str.maketrans({"\t": " ", "−": "－"})  # what is meant by the latter, a minus, every Chinese face has
UNSEEN = ("Cf", "Mn")  # joiners and what changes a character's look: of an emoji that is not shown


def as_pdf(document: Document, font: str = "") -> bytes:
    """`font`: a TrueType file to carry along. Raises BadSetting for one that is none."""
    press = _Press(open_face(font))
    whole = BytesIO()
    SimpleDocTemplate(
        whole, pagesize=A4, leftMargin=EDGE - PADDING, rightMargin=EDGE - PADDING, topMargin=58, bottomMargin=64,
        title=document.title, author=wording.FILE_NAME, subject=document.label, keywords=document.label, lang="zh-CN",
    ).build(press.story(document), onFirstPage=press.foot, onLaterPages=press.foot)  # fmt: skip
    return whole.getvalue()


@dataclass(frozen=True, slots=True)
class Face:
    """A face by its registered name, and which characters it has."""

    name: str
    has: Callable[[str], bool]


@cache
def open_face(font: str) -> Face:
    """Raises BadSetting."""
    if not font:
        registerFont(UnicodeCIDFont(KNOWN))
        return Face(KNOWN, lambda char: is_in(char, "gbk"))
    try:
        opened = TTFont(OWN, font)
    except (TTFError, OSError) as error:
        raise BadSetting(SETTING, font, f"a TrueType font, .ttf or .ttc ({error})") from error
    registerFont(opened)
    known = frozenset(opened.face.charToGlyph)
    return Face(OWN, lambda char: ord(char) in known)


def require_chinese(font: str) -> None:
    """Raises BadSetting."""
    if not all(map(open_face(font).has, "计量□")):
        raise BadSetting(SETTING, font, "a font that has Chinese characters")


@cache
def _styles(face: str) -> Mapping[str, ParagraphStyle]:
    """By what is set in them."""
    body = {"fontName": face, "wordWrap": "CJK", "fontSize": 10.5, "leading": 17, "textColor": INK, "spaceAfter": 4}
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
        "point": {**body, "leftIndent": 14, "bulletIndent": 2, "bulletFontName": face},
        "quote": {**body, "leftIndent": 14, "spaceAfter": 0},
        "source": {**small, "leftIndent": 14, "spaceAfter": 0},
        "cell": {**body, "fontSize": 9.5, "leading": 14, "spaceAfter": 0},
    }
    return {name: ParagraphStyle(name, **values) for name, values in made.items()}


class Set(Paragraphs):  # type: ignore[misc]  # the library has no types
    """A paragraph of which no line begins with a mark that must not; the library knows the Japanese ones alone."""

    def breakLinesCJK(self, maxWidths: Any) -> Any:  # noqa: N802, N803  the library's names
        broken = super().breakLinesCJK(maxWidths)
        if broken.kind == 0:
            broken.lines = [(0, [line]) for line in hung([line for _, (line,) in broken.lines])]
            return broken
        for before, line in pairwise(broken.lines):
            while not before.lineBreak and before.words and line.words and line.words[0].text[:1] in NEVER_FIRST:
                before.words[-1].text += line.words[0].text[:1]
                line.words[0].text = line.words[0].text[1:]
        return broken


class _Barred(Set):
    """A paragraph beside a bar; one that goes on on the next page has it there too."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setFillColor(HexColor(BRAND))
        self.canv.rect(0, -2, 2.5, self.height + 4, stroke=0, fill=1)
        self.canv.restoreState()
        super().draw()


class _Listed(Set):
    """A heading that the viewer's outline leads to."""

    def draw(self) -> None:
        name = f"at-{self.canv.getPageNumber()}-{id(self)}"
        self.canv.bookmarkPage(name)
        self.canv.addOutlineEntry(self.getPlainText(), name, 0)
        super().draw()


class _Press:
    """Sets blocks in one face."""

    def __init__(self, face: Face) -> None:
        self.face, self.styles, self.lacks = face, _styles(face.name), False

    def story(self, document: Document) -> list[Any]:
        found = [self._set(document.title, "title")]
        for block, following in pairwise((*document.blocks, None)):
            found += self._of(block) if block else ()
            if isinstance(block, Paragraph) and isinstance(following, Quote | Table):
                found[-1].keepWithNext = True
        found += [Spacer(0, 8), *self._lines(document.notice, "small")]
        return [*found, *self._lines(wording.NOT_SHOWN, "small")] if self.lacks else found

    def foot(self, canvas: Any, _: Any) -> None:
        canvas.saveState()
        canvas.setFont(self.face.name, 8)
        canvas.setFillColor(HexColor(SOFT))
        canvas.drawString(EDGE, 36, wording.FOOT)
        canvas.drawRightString(A4[0] - EDGE, 36, wording.PAGE.format(page=canvas.getPageNumber()))
        canvas.restoreState()

    def _of(self, block: Block) -> Iterable[Any]:
        match block:
            case Heading(text, level):
                return [self._set(text, str(level), _Listed if level == 2 else Set)]
            case Facts(rows):
                return [*(self._fact(name, value) for name, value in rows), Spacer(0, 6)]
            case Paragraph(text):
                return self._lines(text, "body")
            case Remark(text):
                return self._lines(text, "small")
            case Points(items):
                return [self._set(item, "point", bulletText="·") for item in items]
            case Quote():
                return self._quote(block)
            case Table():
                return self._table(block)

    def _fact(self, name: str, value: str) -> Any:
        return Set(f'<font color="{SOFT}">{self._markup(name)}：</font>{self._markup(value)}', self.styles["fact"])

    def _quote(self, block: Quote) -> Iterator[Any]:
        above = Spacer(0, 3)
        above.keepWithNext = True
        yield above
        yield from self._lines(block.text, "quote", _Barred)
        opened = f'<link href={quoteattr(block.link)}><font color="{BRAND}">{wording.OPEN}</font></link>'
        source = self._markup(f"{block.mark} {block.address}".strip())
        yield _Barred(source + (wording.BETWEEN + opened if block.link else ""), self.styles["source"])
        yield from self._lines(block.remark, "source", _Barred)
        yield Spacer(0, 10)

    def _table(self, block: Table) -> Iterator[Any]:
        if len(block.columns) > MOST_COLUMNS:
            for row in block.rows:
                yield from self._of(Facts(tuple(zip(block.columns, row, strict=True))))
            return
        rows = [[self._cell(text) for text in row] for row in (block.columns, *block.rows)]
        widths = [WIDTH * share for share in shares(list(zip(block.columns, *block.rows, strict=True)))]
        look = [
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(SHADE)),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        yield Grid(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=look, spaceBefore=3, spaceAfter=3)

    def _cell(self, text: str) -> list[Any]:
        return self._lines(text, "cell") or [self._set("", "cell")]

    def _lines(self, text: str, style: str, made: Callable[..., Any] = Set) -> list[Any]:
        return [self._set(line, style, made) for line in lines_of(text)]

    def _set(self, text: str, style: str, made: Callable[..., Any] = Set, **more: Any) -> Any:
        return made(self._markup(" ".join(lines_of(text))), self.styles[style], **more)

    def _markup(self, text: str) -> str:
        """`text` in the library's own markup, of which none in the text itself is obeyed."""
        runs = groupby(text.translate(LIKE), self._face_of)
        return "".join(self._run(face, "".join(run)) for face, run in runs)

    def _run(self, face: str, text: str) -> str:
        if face == self.face.name:
            return escape(text)
        if face:
            return f'<font name="{face}">{escape(text)}</font>'
        unshown = sum(category(char) not in UNSEEN for char in text)
        self.lacks = self.lacks or unshown > 0
        return LACKING * unshown

    def _face_of(self, char: str) -> str:
        """The name of a face that has it; empty for none."""
        if self.face.has(char):
            return self.face.name
        return LATIN if is_in(char, "cp1252") else ""
