"""Word documents written part by part, as Word writes what no library writes: changes, boxes, notes, numbering."""

import zipfile
from io import BytesIO

from ingest.formats import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inner: str, properties: str = "") -> str:
    """A paragraph; text without tags becomes a run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else run(inner) if inner else ''}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    shape = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{shape}{more}</w:lvl>'


def numbering(definitions: dict[int, str], lists: dict[int, tuple[int, str]]) -> str:
    """`definitions` are levels by id; `lists` say which definition a list has, and what it overrides."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in definitions.items()
    )
    nums = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>' for key, (of, more) in lists.items()
    )
    return f"<w:numbering {W}>{abstract}{nums}</w:numbering>"


def word(body: str, **parts: str) -> bytes:
    """The file; `parts` are whole parts by name, e.g. numbering=…, footnotes=…."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, part in parts.items():
            package.writestr(f"word/{name}.xml", part)
    return made.getvalue()


def lines(body: str, **parts: str) -> list[str]:
    """What is read of it, without empty lines."""
    return [line for line in docx.read(word(body, **parts), "a.docx").text.split("\n") if line]
