"""The cover of a standard (GB/T 1.1—2020, 8.1): its number, its name, the days of issue and of effect, who issues it.

ICS 03.080.30 · DB4199 · 某市地方标准 · DB4199/T 086—2025 · 社区老年食堂服务规范 · Specification for … ·
2025-06-20发布 2025-08-01实施 · 某市市场监督管理局发布
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from ingest.dates import DATE, iso_date
from ingest.head import Row, Span, rows_of
from ingest.signature import ISSUER_LINE

# GB/T 1.1—2020 · JJF 1001-2011 · DB4199/T 086—2025 · T/CMA 012—2023 · Q/ABC 001-2024
NUMBER = re.compile(
    r"(?:GB|JJ[FG]|DB\d{2,4}|[A-Z]{2,4}|[TQ]/[A-Z0-9]{2,10})(?:/[TZ])?[ \u3000]?\d+(?:\.\d+)*(?:[—–-]{1,2}|―)\d{4}$"
)
DAYS = re.compile(rf"(?P<issued>{DATE})发布[ \u3000]?(?:(?P<effective>{DATE})[实试]施)?$")
ISSUED_BY = re.compile(r"(?P<names>[\u4e00-\u9fff、 \u3000]{4,80})发布$")
REPLACES = re.compile(r"代替|部分代替")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 30  # lines


@dataclass(frozen=True, slots=True)
class Cover:
    """What it says."""

    number: Span | None = None
    title: Span | None = None
    issued_on: Span | None = None
    issuer: Span | None = None


def find_cover(front: str) -> Cover | None:
    """The cover in 题头: a number on a line of its own and below it the day of issue; None where there is none."""
    rows = rows_of(front)[:LONGEST]
    at = next((index for index, row in enumerate(rows) if NUMBER.match(row.text)), None)
    days = next(((index, match) for index, row in enumerate(rows) if (match := DAYS.match(row.text))), None)
    if at is None or days is None or days[0] < at:
        return None
    below, match = days
    iso = iso_date(match["issued"])
    if iso is None:
        return None
    start = rows[below].start + match.start("issued")
    named = list(takewhile(_is_name, (row for row in rows[at + 1 : below] if not REPLACES.match(row.text))))
    title = Span("".join(row.text for row in named), named[0].start, named[-1].end) if named else None
    number = Span(rows[at].text, rows[at].start, rows[at].end)
    return Cover(number, title, Span(iso, start, start + len(match["issued"])), _issuer(rows[below + 1 :]))


def _is_name(row: Row) -> bool:
    """Of the Chinese name, which an English one follows."""
    return CHINESE.search(row.text) is not None


def _issuer(rows: list[Row]) -> Span | None:
    """Those who issue it, on the line that ends with 发布 or on those right above 发布 alone."""
    for index, row in enumerate(rows):
        if match := ISSUED_BY.match(row.text):
            return Span(match["names"].strip(), row.start, row.start + match.end("names"))
        if row.text == "发布" and index and ISSUER_LINE.fullmatch(rows[index - 1].text):
            signers = list(takewhile(lambda one: ISSUER_LINE.fullmatch(one.text), reversed(rows[:index])))[::-1]
            return Span("、".join(one.text for one in signers), signers[0].start, signers[-1].end)
    return None
