"""What a document is, its content says; what is none is named."""

import zipfile
from io import BytesIO

import pytest

from eval.formats.typed import as_typed
from ingest.errors import UnreadableDocument
from ingest.formats.detect import format_of
from ingest.formats.reading import Format
from tests.ingest.formats.word import para, word


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return made.getvalue()


# why each: the bytes and what they are, whatever the name says
KINDS = [
    (as_typed(["一、总则"]), Format.PDF, "a PDF"),
    (b"\n\n" + as_typed(["一、总则"]), Format.PDF, "a PDF after two bytes of something"),
    (word(para("一、总则")), Format.DOCX, "Word"),
    (zipped("mimetype", "content.xml"), Format.OFFICE, "odt"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Format.OFFICE, "doc or wps"),
    (b"{\\rtf1 x}", Format.OFFICE, "rtf"),
    (b"\xff\xd8\xff\xe0 x", Format.PICTURE, "jpeg"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Format.PICTURE, "webp"),
    (b"<!DOCTYPE HTML><p>x", Format.HTML, "a page"),
    (b"\xef\xbb\xbf  <?xml version='1.0'?>\n<html xmlns='x'>", Format.HTML, "xhtml with a mark"),
    ("<html>".encode("utf-16"), Format.HTML, "a page in UTF-16"),
    ("# 方案\n\n误差<0.5%".encode(), Format.TEXT, "markdown"),
    (b"", Format.TEXT, "nothing"),
]


@pytest.mark.parametrize(("raw", "kind", "why"), KINDS)
def test_by_content(raw: bytes, kind: Format, why: str) -> None:
    assert format_of(raw, "a.txt") is kind, why


# why each: what is refused and what the message names
REFUSED = [
    (b"MZ\x90\x00", "a program", "an exe"),
    (b"\x1f\x8b\x08", "an archive", "gz"),
    (zipped("xl/workbook.xml", "[Content_Types].xml"), "spreadsheet", "xlsx"),
    (zipped("a.txt", "b.txt"), "an archive", "a zip of documents"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "docx with a password"),
]


@pytest.mark.parametrize(("raw", "names", "why"), REFUSED)
def test_what_is_no_document(raw: bytes, names: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=names) as caught:
        format_of(raw, "方案.docx")
    assert str(caught.value).startswith("Cannot read document '方案.docx'"), why
    assert str(caught.value).endswith("."), "a message ends with the next step"
