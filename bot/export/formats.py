"""Which formats there are, and who writes them. Their libraries are imported at the first use."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from unicodedata import bidirectional

from bot.export import wording
from bot.export.document import Document

LONGEST_TOPIC = 20  # characters of the question in a file's name


class Format(StrEnum):
    """By the ending of its files."""

    MARKDOWN = "md"
    DOCX = "docx"
    PDF = "pdf"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


def written(document: Document, wanted: Format) -> bytes:
    return WRITERS[wanted](document)


def file_name(question: str, day: str, wanted: Format) -> str:
    """计量规划问答-厦门的企业新购计量器具-20260315.docx: letters and digits alone, none that is written leftwards."""
    plain = [char for char in question if char.isalnum() and bidirectional(char) not in ("R", "AL", "AN")]
    parts = (wording.FILE_NAME, "".join(plain[:LONGEST_TOPIC]), day.replace("-", ""))
    return f"{'-'.join(part for part in parts if part)}.{wanted}"


def _markdown(document: Document) -> bytes:
    from bot.export.markdown import as_markdown

    return as_markdown(document)


def _docx(document: Document) -> bytes:
    from bot.export.word import as_docx

    return as_docx(document)


def _pdf(document: Document) -> bytes:
    from bot.export.pdf import as_pdf

    return as_pdf(document)


WRITERS: Mapping[Format, Callable[[Document], bytes]] = {
    Format.MARKDOWN: _markdown,
    Format.DOCX: _docx,
    Format.PDF: _pdf,
}
