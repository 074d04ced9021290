"""What a reader gives: plain text for understanding, and what is worth telling about how it was read."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What a document is by its content, whatever its name says."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    PICTURE = "picture"  # a photo or a scan
    OFFICE = "office"  # doc, wps, rtf, odt: what LibreOffice opens


@dataclass(frozen=True, slots=True)
class Record:
    """How a document was read. `ocr_pages` count from 1; `set_aside` are running heads and the like, each once."""

    format: Format = Format.TEXT
    pages: int | None = None
    ocr_confidence: float | None = None  # mean over characters, 0 to 1; None: nothing was read by OCR
    ocr_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()  # pictures nobody read, as OCR is not installed
    pictures: int = 0  # inside the document; what they show is not read
    repaired: int = 0  # bytes that were no text, each now one U+FFFD
    set_aside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The record in one line, e.g. `pdf, 12 pages, read by OCR with confidence 0.98 (pages 3–5)`."""
        parts = [self.format.value]
        if self.pages is not None:
            parts.append(_counted(self.pages, "page"))
        if self.ocr_confidence is not None:
            parts.append(f"read by OCR with confidence {self.ocr_confidence:.2f} (pages {_ranges(self.ocr_pages)})")
        if self.unread_pages:
            parts.append(f"PAGES NOT READ, pictures without OCR: {_ranges(self.unread_pages)}")
        if self.pictures:
            parts.append(f"{_counted(self.pictures, 'picture')} inside, not read")
        if self.repaired:
            parts.append(f"{_counted(self.repaired, 'byte')} were no text and became \ufffd")
        if self.set_aside:
            parts.append(f"set aside: {' / '.join(self.set_aside)}")
        return ", ".join((*parts, *self.notes))


AS_TEXT = Record()  # plain text, nothing to tell


@dataclass(frozen=True, slots=True)
class Reading:
    """Decoded text with "\\n" as its only line end, and how it came about."""

    text: str
    record: Record


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranges(pages: tuple[int, ...]) -> str:
    """1, 2, 3, 5 → 1–3, 5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
