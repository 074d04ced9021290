"""A scan and a photo are read by OCR and say so; without the extra they say what is missing."""

import sys
from io import BytesIO

import pytest

from eval.formats.compare import characters, share_of_characters
from eval.formats.typed import as_typed
from ingest.errors import ReaderMissing
from ingest.formats.ocr import Recogniser
from ingest.formats.pdf import as_scan, read

LINES = [
    "海州市诚信计量实施方案",
    "一、总体要求",
    "到2025年，建成10个计量测试中心，强制检定覆盖率达到95%。",
    "二、保障措施",
]


@pytest.fixture(scope="module")
def scan() -> bytes:
    """One page of a PDF which is a picture at 150 dpi, after one of text."""
    return as_scan(as_typed(LINES), 150)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra(scan: bytes) -> None:
    assert read(scan, "a.pdf").record.unread_pages == (1,)
    assert "NOT READ" in read(scan, "a.pdf").record.told
    for work in (lambda: read(scan, "a.pdf", ocr=True), lambda: Recogniser("a.pdf")):
        with pytest.raises(ReaderMissing, match=r"a\.pdf.*\[ocr\]"):
            work()


@pytest.mark.ocr
def test_a_scanned_page_and_a_picture_of_it(scan: bytes) -> None:
    pytest.importorskip("rapidocr")
    from PIL import Image
    from pypdfium2 import PdfDocument

    from ingest.read import read_bytes

    for raw in (scan, _png(Image, PdfDocument(scan))):
        found = read_bytes(raw, "a.bin")
        assert share_of_characters(characters("\n".join(LINES)), characters(found.text)) >= 0.98
        assert found.record.ocr_pages == (1,)
        assert (found.record.ocr_confidence or 0) > 0.9
        assert "read by OCR with confidence 0.9" in found.record.told or "1.00" in found.record.told


def _png(image_module: object, document: object) -> bytes:
    """The upper part of the page, as a phone would send it."""
    made = BytesIO()
    page = document[0].render(scale=150 / 72).to_pil()  # type: ignore[index]
    page.crop((0, 0, page.width, 500)).save(made, "PNG")
    return made.getvalue()
