"""File → decoded text and how it was read. Knows what a document is by its content; knows nothing of plans."""

from dataclasses import replace
from pathlib import Path

from ingest.errors import ReaderMissing, TooLarge, UnreadableDocument
from ingest.formats.apart import MIB, Bounds, read_apart
from ingest.formats.detect import format_of
from ingest.formats.office import to_docx
from ingest.formats.reading import Format, Reading
from ingest.formats.text import read_text

TEXT_BYTES = 8 * MIB  # a plan has some 50 kB; a character costs some 100 bytes while it is understood
DOCUMENT_BYTES = 64 * MIB  # a scan has some 500 kB a page
BOUNDS = {
    Format.DOCX: Bounds(),
    Format.HTML: Bounds(seconds=20),
    Format.PDF: Bounds(seconds=120),
}
OCR_BOUNDS = Bounds(memory=4096 * MIB, seconds=3600)


def read(path: Path) -> Reading:
    """The document at `path`, of whatever format.

    Raises UnreadableDocument for a directory, an empty or binary file, one too large, damaged, encrypted or hostile.
    """
    return read_bytes(_bytes_of(path), str(path))


def read_bytes(raw: bytes, name: str) -> Reading:
    """The same of bytes at hand; `name` only names them in errors and is never used as a path."""
    shown = printable(name)
    found = format_of(raw, shown)
    limit = TEXT_BYTES if found in (Format.TEXT, Format.HTML) else DOCUMENT_BYTES
    if len(raw) > limit:
        raise TooLarge(shown, f"it has {len(raw):,} bytes, more than the {limit:,} allowed. Split it.")
    if found is Format.TEXT:
        return read_text(raw, shown)
    if found is Format.OFFICE:
        reading = read_apart(to_docx(raw, shown), shown, Format.DOCX, BOUNDS[Format.DOCX])
        return replace(reading, record=replace(reading.record, format=found))
    if found is Format.PICTURE:
        return read_apart(raw, shown, found, OCR_BOUNDS, ocr=True)
    reading = read_apart(raw, shown, found, BOUNDS[found])
    return _with_ocr(raw, shown, reading) if reading.record.unread_pages else reading


def _with_ocr(raw: bytes, name: str, reading: Reading) -> Reading:
    """Read anew with OCR for the pages that are pictures. Without OCR the others stand, if there are any."""
    try:
        return read_apart(raw, name, Format.PDF, OCR_BOUNDS, ocr=True)
    except ReaderMissing:
        if reading.text.strip():
            return reading
        raise


def printable(name: str) -> str:
    """A name that can be shown: no control or direction mark turns a message into another one."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(path, "it is a directory. Name a file, or ingest the directory as a whole.")
        if path.exists() and not path.is_file():
            raise UnreadableDocument(path, "it is a device or a pipe. Name a file.")
        size = path.stat().st_size
        if size > DOCUMENT_BYTES:
            raise TooLarge(path, f"it has {size:,} bytes, more than the {DOCUMENT_BYTES:,} allowed. Split it.")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a NUL is no name of a file
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(path, f"{reason}. Check the path and its permissions.") from error
