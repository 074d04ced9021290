"""What a document is, told by its first bytes and its inner names; a wrong suffix misleads nobody."""

import re

from ingest.errors import UnreadableDocument
from ingest.formats.package import is_word, names_in
from ingest.formats.reading import Format

HEAD_BYTES = 4096
PDF_HEAD = 1024  # readers allow that much before %PDF
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*", b"GIF8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # doc, wps, and any encrypted docx
RTF = b"{\\rtf"
ZIP = b"PK\x03\x04"
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
REFUSED = {
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"PK\x05\x06": "an empty zip",
    b"Rar!": "an archive; unpack it and give the documents in it",
    b"7z\xbc\xaf": "an archive; unpack it and give the documents in it",
    b"\x1f\x8b": "an archive; unpack it and give the documents in it",
}
HTML_HEAD = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?"
    rb"(?:<!--|<!doctype html|<html|<head|<body|<meta|<div|<table)",
    re.I,
)
HTML_INSIDE = re.compile(rb"<(?:html|body)[\s>]", re.I)


def format_of(raw: bytes, name: str) -> Format:
    """Raises UnreadableDocument for what is no document, e.g. a program or an archive of documents."""
    head = raw[:HEAD_BYTES]
    for magic, what in REFUSED.items():
        if head.startswith(magic):
            raise UnreadableDocument(name, f"it is {what}.")
    if b"%PDF-" in head[:PDF_HEAD]:
        return Format.PDF
    if head.startswith(ZIP):
        return _of_zip(raw, name)
    if head.startswith((OLE, RTF)):
        return _of_office(raw, name)
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.PICTURE
    return Format.HTML if _is_html(head) else Format.TEXT


def _of_zip(raw: bytes, name: str) -> Format:
    names = names_in(raw, name)
    if is_word(names):
        return Format.DOCX
    if "content.xml" in names and "mimetype" in names:
        return Format.OFFICE
    inside = "a spreadsheet or presentation" if "[Content_Types].xml" in names else "an archive"
    raise UnreadableDocument(name, f"it is {inside}, not a text. Give the documents themselves, as docx or pdf.")


def _of_office(raw: bytes, name: str) -> Format:
    if OLE_ENCRYPTED in raw:
        raise UnreadableDocument(name, "it is encrypted. Remove its password and give it again.")
    return Format.OFFICE


def _is_html(head: bytes) -> bool:
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    return bool(HTML_HEAD.match(plain.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")) or HTML_INSIDE.search(plain))
