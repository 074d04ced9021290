"""A PDF → text, and its pages as pictures. Alone imports pypdfium2, whose engine runs no script and fetches nothing."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from pypdfium2 import raw as engine

from ingest.errors import TooLarge, UnreadableDocument
from ingest.formats.pages import text_of
from ingest.formats.reading import Format, Reading, Record
from ingest.formats.runs import Glyph, Page, Ruling, runs_of

PAGES_MAX = 2000
OCR_PAGES_MAX = 300
OCR_DPI = 150
SIDE_MAX = 2400  # pixels of a rendered page, however large the page says it is
FEW = 10  # characters: a page with no more and a large picture is a scan
PICTURE_SHARE = 0.3  # of the page
BROKEN_SHARE = 0.3  # of the characters whose font does not say what they are
THIN = 3.0  # points: a filled shape so thin is a ruling
UPRIGHT = 0.05  # radians: text turned further is a watermark
EM_WIDE = 0x2E80  # from here on characters are as wide as they are high


@dataclass(frozen=True, slots=True)
class _Content:
    page: Page
    pictures: int
    scanned: bool
    turned: int  # characters that stand askew


def read(raw: bytes, name: str, ocr: bool = False) -> Reading:
    """With `ocr`, pages that are pictures are read too; without, they are named. Raises UnreadableDocument."""
    document = _opened(raw, name)
    count = len(document)
    if count > PAGES_MAX:
        raise TooLarge(name, f"it has {count:,} pages, more than the {PAGES_MAX:,} allowed. Split it.")
    contents = [_content(document, index, name) for index in range(count)]
    scanned = tuple(index + 1 for index, content in enumerate(contents) if content.scanned)
    pages, confidence = [content.page for content in contents], None
    if scanned and ocr:
        pages, confidence = _recognised(document, name, pages, scanned)
    found = text_of(pages)
    if not found.text.strip() and not scanned:
        raise UnreadableDocument(name, "it is a PDF without any text or picture. Export it from its source again.")
    turned = sum(content.turned for content in contents)
    record = Record(
        Format.PDF,
        pages=count,
        ocr_confidence=confidence,
        ocr_pages=scanned if ocr else (),
        unread_pages=() if ocr else scanned,
        pictures=sum(content.pictures for content in contents if not content.scanned),
        set_aside=found.set_aside,
        notes=(f"{turned} characters of a watermark left out",) if turned else (),
    )
    return Reading(found.text, record)


def _opened(raw: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(raw)
        len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == engine.FPDF_ERR_PASSWORD:
            message = "it is encrypted. Remove its password and give it again."
        else:
            message = f"it is a damaged PDF: {error}. Print it to PDF anew."
        raise UnreadableDocument(name, message) from error
    return document


def _content(document: pypdfium2.PdfDocument, index: int, name: str) -> _Content:
    try:
        page = document[index]
        texts = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(name, f"its page {index + 1} is damaged: {error}. Print it to PDF anew.") from error
    width, height = page.get_size()
    glyphs, turned, broken = _glyphs(texts, height)
    rulings, pictures, covered = _drawn(page, height)
    large = covered > PICTURE_SHARE * width * height
    scanned = (len(glyphs) <= FEW and large) or broken > BROKEN_SHARE * max(1, len(glyphs))
    content = Page(width, height, () if scanned else runs_of(glyphs, rulings), () if scanned else tuple(rulings))
    texts.close()
    page.close()
    return _Content(content, pictures, scanned, turned)


def _glyphs(texts: Any, height: float) -> tuple[list[Glyph], int, int]:
    """Characters as drawn; how many stand askew; how many are of a font that does not say what they are."""
    glyphs: list[Glyph] = []
    turned = broken = 0
    box, matrix = engine.FS_RECTF(), engine.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(texts.count_chars()):
        if engine.FPDFText_IsGenerated(texts.raw, index) == 1:
            continue
        code = engine.FPDFText_GetUnicode(texts.raw, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char < " " and char != "\x02":
            continue
        unmapped = engine.FPDFText_HasUnicodeMapError(texts.raw, index) == 1
        broken += unmapped or char == "\ufffd" or "\ue000" <= char <= "\uf8ff"
        engine.FPDFText_GetMatrix(texts.raw, index, matrix)
        angle = abs(math.atan2(matrix.b, matrix.a))
        if angle > UPRIGHT:
            turned += not char.isspace()
            continue
        engine.FPDFText_GetLooseCharBox(texts.raw, index, box)
        engine.FPDFText_GetCharOrigin(texts.raw, index, x, y)
        size = engine.FPDFText_GetFontSize(texts.raw, index) * math.hypot(matrix.c, matrix.d) or 1.0
        right = x.value + size if code >= EM_WIDE else max(box.right, x.value)
        glyphs.append(Glyph(char, x.value, right, height - y.value, size))
    return glyphs, turned, broken


def _drawn(page: Any, height: float) -> tuple[list[Ruling], int, float]:
    """Rulings, how many pictures, and how much of the page they cover."""
    rulings: list[Ruling] = []
    pictures, covered = 0, 0.0
    for each in page.get_objects(filter=[engine.FPDF_PAGEOBJ_PATH, engine.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = each.get_bounds()
        if each.type == engine.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        else:
            rulings.extend(_rulings(each, height))
    return rulings, pictures, covered


def _rulings(path: Any, height: float) -> Iterator[Ruling]:
    """Sides of a stroked shape, and shapes so thin that they are drawn for a line."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    engine.FPDFPath_GetDrawMode(path.raw, mode, stroked)
    for points in _outlines(path):
        xs, ys = [x for x, _ in points], [height - y for _, y in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if x1 - x0 <= THIN < y1 - y0:
            yield Ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
        elif y1 - y0 <= THIN < x1 - x0:
            yield Ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        elif stroked.value and len(points) >= 4:
            yield from (Ruling(x, y0, x, y1) for x in (x0, x1))
            yield from (Ruling(x0, y, x1, y) for y in (y0, y1))


def _outlines(path: Any) -> Iterator[list[tuple[float, float]]]:
    """Points of each closed or open shape of a path, on the page."""
    matrix = path.get_matrix()
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(engine.FPDFPath_CountSegments(path.raw)):
        segment = engine.FPDFPath_GetPathSegment(path.raw, index)
        if engine.FPDFPathSegment_GetType(segment) == engine.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        engine.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.on_point(x.value, y.value))
    if points:
        yield points


def _recognised(
    document: pypdfium2.PdfDocument, name: str, pages: list[Page], scanned: tuple[int, ...]
) -> tuple[list[Page], float]:
    """The pages with what OCR saw on the scanned ones, and its mean confidence."""
    from ingest.formats.ocr import Recogniser, mean_confidence

    if len(scanned) > OCR_PAGES_MAX:
        raise TooLarge(name, f"{len(scanned)} of its pages are pictures, more than {OCR_PAGES_MAX}. Split it.")
    recogniser = Recogniser(name)
    seen = {}
    for number in scanned:
        page = document[number - 1]
        scale = min(OCR_DPI / 72, SIDE_MAX / max(page.get_size()))
        seen[number] = recogniser.page(page.render(scale=scale).to_numpy(), scale)
        page.close()
    read_pages = [seen[number].page if number in seen else page for number, page in enumerate(pages, start=1)]
    return read_pages, mean_confidence(seen.values())


def as_scan(raw: bytes, dpi: int, pages: int | None = None) -> bytes:
    """The first pages of a PDF (all by default) as grey pictures in a PDF, as a scanner makes it."""
    source, made = pypdfium2.PdfDocument(raw), pypdfium2.PdfDocument.new()
    for number in range(min(pages or len(source), len(source))):
        width, height = source[number].get_size()
        image = pypdfium2.PdfImage.new(made)
        image.set_bitmap(source[number].render(scale=dpi / 72, grayscale=True))
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = made.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    written = BytesIO()
    made.save(written)
    return written.getvalue()
