"""A saved web page → its main text: no menus, scripts or footers; tables as markdown. Alone imports selectolax."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.errors import UnreadableDocument
from ingest.formats.grid_text import table_lines
from ingest.formats.page_lines import PageLines
from ingest.formats.reading import Format, Reading, Record
from ingest.formats.text import Decoded, decode, decode_as
from ingest.title_line import ends_as_title

META_BYTES = 4096
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_-]{2,20})", re.I)
SILENT = frozenset(
    "script style noscript template head title nav header footer aside form button select option textarea iframe "
    "object embed svg canvas audio video map rt rp input datalist dialog".split()
)
BLOCK = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th pre "
    "blockquote center hr address figure figcaption fieldset details summary body".split()
)
CONTAINERS = frozenset("body div section article main td center".split())
HEADINGS = ("h1", "h2", "h3")
HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.I)
MAIN_SHARE = 0.9  # of the page's prose that the main part must hold
LINKS_SHARE = 0.6  # of a block's characters: then it is a menu
TOLD_MAX = 60  # characters of what was set aside
PROSE = frozenset("，。；：、")
PAGE_NAME = re.compile(r"[_|｜]|-(?=[^-]*$)")
LEAST_NAME = 6  # characters of a page's name that tell its heading
ENDS = frozenset("。；")  # of sentences: a menu has none
# class or id of what stands around a document, as pages are written: class="nav", id="breadcrumb"
AROUND = frozenset("nav navbar navigation menu breadcrumb breadcrumbs bread-crumb crumb crumbs share share-box".split())
TEXT = "-text"


def read(raw: bytes, name: str, ocr: bool = False) -> Reading:  # noqa: ARG001  every reader is asked alike
    """Raises UnreadableDocument for a page without text."""
    found = _decoded(raw, name)
    tree = LexborHTMLParser(found.text)
    body = tree.body
    if body is None:
        raise UnreadableDocument(name, "it is a page without a body. Save the page itself, not its frame.")
    walk = _Walk()
    named = tree.css_first("title")
    main = _main_part(body, named.text() if named else "")
    walk.block(main)
    text = walk.lines.text()
    if not text.strip():
        raise UnreadableDocument(name, "it is a page without text. Save it when its text shows, or as pdf.")
    aside = tuple(dict.fromkeys(walk.aside))
    return Reading(text, Record(Format.HTML, pictures=walk.pictures, repaired=found.repaired, set_aside=aside))


def _decoded(raw: bytes, name: str) -> Decoded:
    declared = CHARSET.search(raw[:META_BYTES])
    return (declared and decode_as(raw, declared[1].decode())) or decode(raw, name)


def _main_part(body: LexborNode, page: str) -> LexborNode:
    """The lowest element that holds nearly all prose, and the heading above it where there is one.

    Where there is one within, too, that above it counts if the page is named after it.
    """
    prose, name = _prose(body), PAGE_NAME.split("".join(page.split()))[0]
    found = here = body
    named = _named(body, name)
    while True:
        inner = next((child for child in here.iter() if _prose(child) >= MAIN_SHARE * prose), None)
        if inner is None or not prose or (_has_heading(here) and not _has_heading(inner)):
            return found
        if named - (within := _named(inner, name) if named else named):
            return found
        here, named = inner, within
        found = here if here.tag in CONTAINERS else found


def _named(node: LexborNode, name: str) -> set[str]:
    """The headings in it that hold the page's name, as 某县…申报指南_通知公告_某局 has it first."""
    if len(name) < LEAST_NAME:
        return set()
    texts = ("".join(one.text().split()) for heading in HEADINGS for one in node.css(heading))
    return {text for text in texts if name in text}


def _prose(node: LexborNode) -> int:
    """Marks of sentences in what shows; a menu has none."""
    return 0 if node.tag in SILENT else sum(node.text().count(mark) for mark in PROSE)


def _has_heading(node: LexborNode) -> bool:
    """<h1>, or <div class="title"> where that says enough to be one."""
    if node.tag in HEADINGS or any(node.css_first(heading) is not None for heading in HEADINGS):
        return True
    named = ("".join(one.text().split()) for one in node.css(".title, #title"))
    return any(len(text) >= LEAST_NAME and ends_as_title(text.rstrip("）")) for text in named)


class _Walk:
    """Goes through the page in its order."""

    def __init__(self) -> None:
        self.lines = PageLines()
        self.aside: list[str] = []
        self.pictures = 0
        self.literal = 0  # how deep inside <pre>

    def block(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == TEXT:
                self.lines.add(child.text_content or "", self.literal > 0)
            else:
                self._element(child)

    def _element(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in SILENT or "hidden" in node.attributes or HIDDEN.search(node.attributes.get("style") or ""):
            self._set_aside(node)
        elif tag == "br":
            self.lines.end()
        elif tag == "img":
            self.pictures += 1
        elif tag in BLOCK:
            self._block(node, tag)
        else:
            self.block(node)

    def _block(self, node: LexborNode, tag: str) -> None:
        self.lines.close()
        if tag == "table":
            self._table(node)
        elif tag in ("ol", "ul", "div") and (_is_menu(node) or _is_around(node)):
            self._set_aside(node)
        elif tag == "ol":
            self._numbered(node)
        else:
            self.literal += tag == "pre"
            self.block(node)
            self.literal -= tag == "pre"
        self.lines.close(blank_shows=tag in ("p", "pre", "div"))

    def _numbered(self, node: LexborNode) -> None:
        """A list whose numbers the browser writes."""
        start = node.attributes.get("start") or ""
        number = int(start) if start.isdecimal() else 1
        for child in node.iter():
            self.lines.close()
            self.lines.add(f"{number}.", literal=False)
            self.block(child)
            self.lines.close()
            number += 1

    def _set_aside(self, node: LexborNode) -> None:
        text = " ".join(node.text(separator=" ").split()) if node.tag not in ("script", "style", "noscript") else ""
        if text:
            self.aside.append(text[:TOLD_MAX])

    def _table(self, node: LexborNode) -> None:
        rows = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in _rows(node)]
        if node.css_first("table table") is not None or len(rows) < 2 or max(map(len, rows)) < 2:
            for cell in (cell for row in rows for cell in row):  # a frame that lays out the page
                self.block(cell)
                self.lines.close()
            return
        self.pictures += len(node.css("img"))
        grid = _grid(rows)
        labelled = [cell for row in grid for cell in row[::2] if cell]
        self.lines.blank()
        if labelled and all(cell.endswith(("：", ":")) for cell in labelled):
            for row in grid:  # the head of a government page: 索引号：…
                for label, text in zip(row[::2], row[1::2], strict=False):
                    self.lines.whole(f"{label}{text}")
        else:
            for line in table_lines(grid):
                self.lines.whole(line)
        self.lines.blank()


def _is_menu(node: LexborNode) -> bool:
    """Several links and little else. 上一篇 and 下一篇 are one too."""
    links = node.css("a")
    text = "".join(node.text().split())
    linked = sum(len("".join(link.text().split())) for link in links)
    return len(links) >= 2 and linked >= LINKS_SHARE * len(text) and not set(text) & ENDS


def _is_around(node: LexborNode) -> bool:
    """By its name, unless it may say something: <ul class="nav"> of a page whose menu is no links."""
    names = " ".join(node.attributes.get(name) or "" for name in ("class", "id")).lower().replace("_", "-").split()
    told = _has_heading(node) or node.css_first("table, h4, h5, h6") is not None
    return bool(AROUND & set(names)) and not told and not any(char in ENDS or char.isdigit() for char in node.text())


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _grid(rows: list[list[LexborNode]]) -> list[list[str]]:
    """Texts by row and column; of a cell that spans several, those after the first are empty."""
    grid: list[list[str]] = []
    held: dict[int, int] = {}  # column → rows that a cell above still takes
    for row in rows:
        line: list[str] = []
        for cell in row:
            while held.get(len(line), 0) > 0:
                held[len(line)] -= 1
                line.append("")
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + wide):
                held[column] = tall - 1
            line += [" ".join(_cell_text(cell).split()), *[""] * (wide - 1)]
        for column in range(len(line), max(held, default=-1) + 1):
            if held.get(column, 0) > 0:
                held[column] -= 1
        grid.append(line)
    return grid


def _cell_text(cell: LexborNode) -> str:
    walk = _Walk()
    walk.block(cell)
    return walk.lines.text()


def _span(cell: LexborNode, name: str) -> int:
    given = cell.attributes.get(name) or "1"
    return min(max(int(given), 1), 100) if given.isdecimal() and len(given) < 5 else 1
