"""Which formats there are, and who writes them. Their libraries are imported at the first use."""

from collections.abc import Mapping
from enum import StrEnum
from unicodedata import bidirectional

from bot.export import wording
from bot.export.document import Document

LONGEST_TOPIC = 20  # characters of the question in a file's name
LONGEST_TITLE = 80  # characters of a document's own title in it
IN_TITLES = "《》〈〉（）〔〕-—、，"


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


def written(document: Document, wanted: Format, pdf_font: str = "") -> bytes:
    """`pdf_font`: a TrueType file that a PDF carries along."""
    match wanted:
        case Format.MARKDOWN:
            from bot.export.markdown import as_markdown

            return as_markdown(document)
        case Format.DOCX:
            from bot.export.word import as_docx

            return as_docx(document)
        case Format.PDF:
            from bot.export.pdf import as_pdf

            return as_pdf(document, pdf_font)


def checked_font(pdf_font: str) -> str:
    """The same, known to be one. Raises BadSetting."""
    if pdf_font:
        from bot.export.pdf import require_chinese

        require_chinese(pdf_font)
    return pdf_font


def file_name(question: str, day: str, wanted: Format) -> str:
    """计量规划问答-厦门的企业新购计量器具-20260315.docx: letters and digits alone, none that is written leftwards."""
    parts = (wording.FILE_NAME, _plain(question)[:LONGEST_TOPIC], day.replace("-", ""))
    return f"{'-'.join(part for part in parts if part)}.{wanted}"


def titled(title: str, wanted: Format) -> str:
    """厦门市贯彻落实国务院《计量发展规划（2021-2035年）》实施方案.docx: with the marks that titles have, as far as any
    system takes them.
    """
    return f"{_plain(title, IN_TITLES)[:LONGEST_TITLE] or wording.FILE_NAME}.{wanted}"


def _plain(text: str, more: str = "") -> str:
    kept = (char for char in text if char in more or char.isalnum())
    return "".join(char for char in kept if bidirectional(char) not in ("R", "AL", "AN"))
