"""The cover of a standard (GB/T 1.1—2020, 8.1): its number, its name, the days of issue and of effect, who issues it.

ICS 03.080.30 · DB4199 · 某市地方标准 · DB4199/T 086—2025 · 社区老年食堂服务规范 · Specification for … ·
2025-06-20发布 2025-08-01实施 · 某市市场监督管理局发布
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from ingest.dates import DATE, iso_date
from ingest.head import CHINESE, Row, Span, rows_of
from ingest.signature import ISSUER_LINE

# GB/T 1.1—2020 · JJF 1001-2011 · JJF（临）1002—2025 · NY/T 391—2021 · DB4199/T 086—2025 · T/CMA 012—2023
NUMBER = re.compile(
    r"(?:JJ[FG](?:（[\u4e00-\u9fff]{1,2}）)?|DB[ \u3000]?\d{2,4}|[A-Z]{2}|[TQ]/[A-Z0-9]{2,10})(?:/[TZ])?[ \u3000]?"
    r"\d+(?:\.\d+)*(?:[—–-]{1,2}|―)\d{4}$"
)
# what stands above the number: ICS 03.080.30 · CCS A 12 · DB4199 · 某市地方标准 · 备案号：12345—2025
ABOVE = re.compile(r"(?:ICS|CCS|DB\d|[A-Z]\s?\d{1,3}$|备案号|[TQ]/)|[\u4e00-\u9fff]{2,20}标准$")
DAYS = re.compile(rf"(?P<issued>{DATE})发布[ \u3000]?(?:{DATE}实施)?$")
ISSUED_BY = re.compile(r"(?P<names>[\u4e00-\u9fff、 \u3000]{4,80})发布$")
REPLACES = re.compile("(?:部分)?代替")
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
    above = [row for row in rows[:at] if not ABOVE.match(row.text)]  # its name, where that heads the page
    if len(above) > 1 or (above and (not _is_name(above[0]) or above[0].text.startswith(("附", "（")))):
        return None
    below, match = days
    iso = iso_date(match["issued"])
    if iso is None:
        return None
    start = rows[below].start + match.start("issued")
    between = (row for row in rows[at + 1 : below] if not (REPLACES.match(row.text) or "：" in row.text))
    named = above or list(takewhile(_is_name, between))
    title = Span("".join(row.text for row in named), named[0].start, named[-1].end) if named else None
    number = Span(rows[at].text, rows[at].start, rows[at].end)
    return Cover(number, title, Span(iso, start, start + len(match["issued"])), _issuer(rows[below + 1 :]))


def _is_name(row: Row) -> bool:
    """Of the Chinese name, which an English one follows, or who issues it."""
    return CHINESE.search(row.text) is not None and not ISSUER_LINE.fullmatch(row.text)


def _issuer(rows: list[Row]) -> Span | None:
    """Those who issue it: the line that ends with 发布, be it alone on it, and the bodies right above."""
    for index, row in enumerate(rows):
        last = ISSUED_BY.match(row.text)
        if last or row.text == "发布":
            above = list(takewhile(lambda one: ISSUER_LINE.fullmatch(one.text), reversed(rows[:index])))[::-1]
            names = [*(one.text for one in above), *([last["names"].strip()] if last else [])]
            start, end = (above or [row])[0].start, row.start + last.end("names") if last else rows[index - 1].end
            return Span("、".join(names), start, end) if names else None
    return None
