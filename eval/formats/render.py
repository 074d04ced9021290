"""Blocks → a Word document, a web page, a printed page, a scan. Needs Chromium for what is printed."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from bot.export.word import blank
from eval.formats.blocks import Block
from ingest.errors import ReaderMissing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120
STYLE = """
@page { size: A4; margin: 3cm 2.6cm; @top-center { content: "政府公报"; font-size: 10pt }
        @bottom-center { content: "— " counter(page) " —"; font-size: 10pt } }
body { font: 12pt/20pt "Noto Serif CJK SC", serif; margin: 0 } p { margin: 0; min-height: 20pt }
.text { text-indent: 2em; text-align: justify } .centred { text-align: center; font-size: 16pt; line-height: 26pt }
table { border-collapse: collapse; width: 100% } td { border: 1px solid; padding: 2pt; text-align: center }
"""
MENU = '<nav><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动交流</a></nav>'
FOOT = "<footer>版权所有 <a href='/map'>网站地图</a> 备案序号</footer><script>document.write('不是正文')</script>"


def as_docx(blocks: Sequence[Block]) -> bytes:
    document = blank()
    for block in blocks:
        if not block.rows:
            document.add_paragraph(block.text)
            continue
        table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
        for cells, row in zip(block.rows, table.rows, strict=True):
            for text, cell in zip(cells, row.cells, strict=False):
                cell.text = text
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def as_html(blocks: Sequence[Block], encoding: str = "utf-8", extra: str = "") -> bytes:
    """A page as a government's site has it: menus before, a footer after."""
    return _page(blocks, encoding, extra, MENU, FOOT)


def _page(blocks: Sequence[Block], encoding: str, extra: str, above: str, below: str) -> bytes:
    body = "\n".join(_element(block) for block in blocks)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><style>{STYLE}{extra}</style></head>'
        f"<body>{above}<div class='article'>{body}</div>{below}</body></html>"
    )
    return page.encode(encoding)


def _element(block: Block) -> str:
    if block.rows:
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        return f"<table>{rows}</table>"
    if not block.text:
        return "<p>&nbsp;</p>"
    return f'<p class="{"centred" if block.centred else "text"}">{escape(block.text)}</p>'


def printed(blocks: Sequence[Block], extra: str = "") -> bytes:
    """As PDF, with running head and page numbers, without what a site has around the text."""
    return print_page(_page(blocks, "utf-8", extra, "", ""))


def print_page(html: bytes) -> bytes:
    """Raises ReaderMissing without Chromium."""
    program = next((found for each in BROWSERS if (found := shutil.which(each))), None)
    if program is None:
        raise ReaderMissing("pdf", f"none of {', '.join(BROWSERS)} is installed, which prints it. Install Chromium.")
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_bytes(html)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [program, *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", page.as_uri()]
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        return made.read_bytes()
