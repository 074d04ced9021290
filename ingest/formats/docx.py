"""A Word document → text: numbering as the page shows it, tables, text boxes, footnotes, tracked changes accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableDocument
from ingest.formats.grid_text import table_lines
from ingest.formats.markup import parse
from ingest.formats.numbering import Numbering, is_on, read_numbering, value
from ingest.formats.package import MAIN, Package
from ingest.formats.reading import Format, Reading, Record

GONE = {"w.del", "w.moveFrom", "w.delText", "w.instrText", "w.rPr", "w.pPr", "mc.Fallback", "w.rt", "w.annotationRef"}
SIGNS = {"w.tab": "\t", "w.br": "\n", "w.cr": "\n", "w.noBreakHyphen": "-", "w.ptab": "\t", "w.sym": "□"}
PICTURES = {"a.blip", "v.imagedata"}
NOTES = {"w.footnoteReference": "word/footnotes.xml", "w.endnoteReference": "word/endnotes.xml"}
BLOCKS = {"w.p", "w.tbl"}
SET_ASIDE_MAX = 80  # characters of a head or foot that are told


@dataclass(frozen=True, slots=True)
class Style:
    based_on: str = ""
    list_id: str = ""
    depth: str = ""


@dataclass(slots=True)
class _Told:
    """What is met on the way."""

    pictures: int = 0
    boxes: list[Element] = field(default_factory=list)  # text boxes of the paragraph at hand
    notes: list[tuple[str, str]] = field(default_factory=list)  # (part, id) referred to by it
    noted: int = 0


def read(raw: bytes, name: str, ocr: bool = False) -> Reading:  # noqa: ARG001  every reader is asked alike
    """Raises UnreadableDocument when a part is missing or damaged."""
    package = Package(raw, name)
    main = _part(package, MAIN)
    body = main.find("w.body") if main is not None else None
    if body is None:
        raise UnreadableDocument(name, f"its part {MAIN} has no body. Open it in a word processor and save it again.")
    document = _Document(package)
    text = "\n".join(document.lines(body))
    if not text.strip():
        raise UnreadableDocument(name, _nothing(document.told.pictures))
    return Reading(f"{text}\n", Record(Format.DOCX, pictures=document.told.pictures, set_aside=_margins(package)))


def _nothing(pictures: int) -> str:
    if pictures:
        return f"it holds {pictures} pictures and no text. Save it as pdf, so that the pictures can be read by OCR."
    return "it is empty. Give a file with text in it."


def _part(package: Package, part: str) -> Element | None:
    raw = package.part(part)
    return None if raw is None else parse(raw, package.name, part)


def _margins(package: Package) -> tuple[str, ...]:
    """Heads and feet of pages, which are no text of the document."""
    found: dict[str, None] = {}
    for part in sorted(package.names):
        if part.startswith(("word/header", "word/footer")) and (root := _part(package, part)) is not None:
            text = "".join(one.text or "" for one in root.iter("w.t")).strip()
            found |= {text[:SET_ASIDE_MAX]: None} if text else {}
    return tuple(found)


class _Document:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.numbering: Numbering = read_numbering(_part(package, "word/numbering.xml"))
        self.styles, self.usual = _styles(_part(package, "word/styles.xml"))
        self.told = _Told()
        self.note_texts: dict[str, dict[str, Element]] = {}

    def lines(self, parent: Element) -> Iterator[str]:
        """A line for each paragraph; one whose mark was deleted goes on in the next."""
        before = ""
        for block in _blocks(parent):
            if block.tag == "w.tbl":
                yield from self._table(block)
                continue
            text, (boxes, notes) = self._paragraph(block), self._met()
            if block.find("w.pPr/w.rPr/w.del") is not None:
                before += text
            else:
                yield before + text
                before = ""
            for box in boxes:
                yield from ("", *self.lines(box), "")
            for part, note_id in notes:
                yield from self._note(part, note_id)
        if before:
            yield before

    def _met(self) -> tuple[list[Element], list[tuple[str, str]]]:
        """Boxes and notes of the paragraph just read."""
        met = self.told.boxes, self.told.notes
        self.told.boxes, self.told.notes = [], []
        return met

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(self._text(paragraph))
        if not text.strip():
            return ""  # Word numbers an empty paragraph too, and nobody sees it
        mark = self._mark(paragraph)
        apart = " " if mark[-1:] in (".", "．") and text[:1].isdigit() else ""
        return f"{mark}{apart}{text}"

    def _mark(self, paragraph: Element) -> str:
        properties = paragraph.find("w.pPr")
        style = value(properties.find("w.pStyle") if properties is not None else None, self.usual)
        own = properties.find("w.numPr") if properties is not None else None
        inherited = self._numbered(style)
        list_id = value(own.find("w.numId") if own is not None else None, inherited.list_id)
        depth = value(own.find("w.ilvl") if own is not None else None, inherited.depth)
        if not depth:
            depth = str(self.numbering.depth_of_style(list_id, style) or 0)
        return self.numbering.mark(list_id, int(depth)) if list_id and depth.isdecimal() else ""

    def _numbered(self, style: str) -> Style:
        """What the style or the nearest one it is based on says of numbering."""
        for _ in range(20):  # a circle of styles ends too
            found = self.styles.get(style)
            if found is None or found.list_id:
                return found or Style()
            style = found.based_on
        return Style()

    def _text(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag in GONE or (child.tag == "w.r" and is_on(child.find("w.rPr/w.vanish"))):
                continue
            if child.tag in ("w.t", "m.t"):
                yield child.text or ""
            elif child.tag in SIGNS:
                yield "" if child.get("w.type") in ("page", "column") else SIGNS[child.tag]
            elif child.tag == "w.txbxContent":
                self.told.boxes.append(child)
            elif child.tag in NOTES:
                self.told.notes.append((NOTES[child.tag], child.get("w.id", "")))
                yield f"［注{self.told.noted + len(self.told.notes)}］"
            else:
                self.told.pictures += child.tag in PICTURES
                yield from self._text(child)

    def _note(self, part: str, note_id: str) -> Iterator[str]:
        if part not in self.note_texts:
            root = _part(self.package, part)
            self.note_texts[part] = {one.get("w.id", ""): one for one in root} if root is not None else {}
        self.told.noted += 1
        note = self.note_texts[part].get(note_id)
        if note is not None:
            text = "".join("".join(self._text(paragraph)) for paragraph in note.iter("w.p"))
            yield f"［注{self.told.noted}］{text.strip()}"

    def _table(self, table: Element) -> Iterator[str]:
        rows = [row for row in _rows(table) if row.find("w.trPr/w.del") is None]
        cells = [list(_cells(row)) for row in rows]
        if not any(len(row) > 1 for row in cells) or len(rows) < 2:  # a frame around text
            yield ""
            for row in cells:
                for cell in row:
                    yield from self.lines(cell)
            yield ""
            return
        grid = [list(self._grid_row(row, cell_row)) for row, cell_row in zip(rows, cells, strict=True)]
        yield from ("", *table_lines(grid), "")

    def _grid_row(self, row: Element, cells: list[Element]) -> Iterator[str]:
        """Texts of a row; where a cell spans several columns or goes on from the row above, the rest is empty."""
        yield from [""] * _count(row.find("w.trPr/w.gridBefore"), 0)
        for cell in cells:
            merged = cell.find("w.tcPr/w.vMerge")
            goes_on = merged is not None and value(merged, "continue") != "restart"
            yield "" if goes_on else " ".join(line for line in self.lines(cell) if line.strip())
            yield from [""] * (_count(cell.find("w.tcPr/w.gridSpan"), 1) - 1)


def _count(element: Element | None, otherwise: int) -> int:
    text = value(element)
    return min(int(text), 64) if text.isdecimal() else otherwise


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, those inside content controls and insertions too."""
    for child in parent:
        if child.tag in BLOCKS:
            yield child
        elif child.tag not in GONE:
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[Element]:
    return _inner(table, "w.tr")


def _cells(row: Element) -> Iterator[Element]:
    return _inner(row, "w.tc")


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in GONE and child.tag not in BLOCKS:
            yield from _inner(child, tag)


def _styles(root: Element | None) -> tuple[dict[str, Style], str]:
    """Styles of paragraphs by id, and the one a paragraph has that names none."""
    found: dict[str, Style] = {}
    usual = ""
    for style in root.iterfind("w.style") if root is not None else ():
        numbered = style.find("w.pPr/w.numPr")
        style_id = style.get("w.styleId", "")
        found[style_id] = Style(
            based_on=value(style.find("w.basedOn")),
            list_id=value(numbered.find("w.numId") if numbered is not None else None),
            depth=value(numbered.find("w.ilvl") if numbered is not None else None),
        )
        if style.get("w.type") == "paragraph" and style.get("w.default") in ("1", "true"):
            usual = style_id
    return found, usual
