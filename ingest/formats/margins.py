"""Running heads, feet and page numbers: what stands at the edge of pages and belongs to no text."""

import re
from collections import Counter

from ingest.formats.columns import Row

EDGE = 0.12  # of the page's height, above and below
ROWS_MAX = 3  # at one edge
PAGES_SHARE = 0.4  # of the pages: left and right pages may have heads of their own
# — 12 — · 第 3 页 共 12 页 · 3/12 · 12
PAGE_NUMBER = re.compile(
    r"[-—–－·\s]{0,6}(?:第\s?)?\d{1,4}\s?(?:页)?\s?(?:[/，,共\s]{1,3}\d{1,4}\s?页?)?[-—–－·\s]{0,6}"
)
DIGITS = re.compile(r"\d+")

Edged = tuple[list[Row], float]  # rows of a page and its height


def without_margins(pages: list[Edged]) -> tuple[list[list[Row]], tuple[str, ...]]:
    """The rows of each page that are text, and what was set aside, each once with # for its digits."""
    keys = Counter(key for rows, height in pages for key in {_key(row) for row in _edge(rows, height)})
    wanted = max(2, PAGES_SHARE * len(pages))
    aside: dict[str, None] = {}
    kept: list[list[Row]] = []
    for rows, height in pages:
        out = _dropped(rows, height, keys, wanted)
        aside |= dict.fromkeys(_key(row) for row in out)
        kept.append([row for row in rows if row not in out])
    return kept, tuple(aside)


def _key(row: Row) -> str:
    return DIGITS.sub("#", "".join(row.text.split()))


def _edge(rows: list[Row], height: float) -> list[Row]:
    texts = [row for row in rows if row.table is None]
    top = [row for row in texts[:ROWS_MAX] if row.y1 < EDGE * height]
    return top + [row for row in texts[-ROWS_MAX:] if row.y0 > (1 - EDGE) * height]


def _dropped(rows: list[Row], height: float, keys: Counter[str], wanted: float) -> list[Row]:
    edge = _edge(rows, height)
    outermost = [row for row in (rows[:1] + rows[-1:]) if row in edge]
    numbers = [row for row in outermost if PAGE_NUMBER.fullmatch(row.text.strip())]
    return numbers + [row for row in edge if keys[_key(row)] >= wanted and row not in numbers]
