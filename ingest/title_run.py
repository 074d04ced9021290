"""The title among the lines of 题头: the run of short lines that ends like one, with what belongs to it below."""

import re

from ingest.head import CHINESE, FACTS, LABELLED, MASTHEAD, ORDER, Row, Span, is_number, is_prose, labelled, rows_of
from ingest.signature import DATE_LINE, ISSUER_LINE
from ingest.title_line import ends_as_title

# （征求意见稿） on a line of its own below the title
REMARK_LINE = re.compile(
    r"（(?:试行|暂行|征求意见稿|送审稿|草案|修订稿|[^（）]{0,12}(?:修正本?|修订本?|版)|20\d\d(?:年)?[—–-]{1,2}20\d\d年?)）$"
)
# ZJAC00—2024—0007 · 某省人民政府公报2024年第15期 · 办理结果类别：A
FILED = re.compile(
    r"[A-Z]{2,8}\d{0,3}(?:[—–-]{1,2}\d{2,6}){1,3}$|[\u4e00-\u9fff]{0,20}(?:\d{4}年)?第\d{1,4}期(?:（总第\d{1,5}期）)?$"
)
ANY_FIELD = re.compile(r"[\u4e00-\u9fff]{2,10}[：:][^：:]{1,30}$")
GOES_ON = re.compile(r"（[^（）]{2,20}）的")  # （2021—2035年）的批复, below a title
TYPE_ALONE = re.compile(r"（[\u4e00-\u9fff]{2,8}）")  # （申报指南） below what it is of
FIELD_MAX = 12  # 分类：公告公示
WEEKDAY = re.compile("星期[一二三四五六日天]")  # of a site that tells the day
BARS = frozenset("|｜")  # between the entries of a menu
NAME_MIN = 10  # characters above a type in brackets
GOES_ON_MAX = 2  # lines below that close a bracket of the title
SAME_PLACE = 2  # characters
RUN_MAX = 6  # lines of a title: three issuers and what they say
OPENING_MAX = 120


def find_title(text: str) -> Span | None:
    """The run of short lines that ends like a title (…通知, …实施方案); else the short lines the text begins with.

    A later, inner title does not replace it.
    """
    rows = rows_of(text)
    first: int | None = None
    for index, row in enumerate(rows):
        if row.text in ("目录", "目次"):
            break
        if first is not None and TYPE_ALONE.fullmatch(row.text) and ends_as_title(row.text[1:-1]):
            start = _below_issuer(rows, first, index)
            above = "".join(one.text for one in rows[start:index])
            if len(above) >= NAME_MIN and not ISSUER_LINE.fullmatch(above):
                return _run(rows, start, index)
        if not _may_be_title(row.text):
            first = None
            continue
        first = index if first is None else first
        quoted = row.text.startswith("《") and row.text.endswith("》")
        if ends_as_title(row.text) and not quoted:
            last = _with_remark(rows, first, _closed(rows, first, index))
            return _of_minutes(rows, last) or _run(rows, _below_issuer(rows, first, index), last)
    return _labelled_title(text) or _opening_lines(rows)


def _may_be_title(line: str) -> bool:
    special = DATE_LINE.match(line) or MASTHEAD.match(line) or ORDER.match(line) or line.startswith("（")
    field = ANY_FIELD.match(line) and (len(line) <= FIELD_MAX or not ends_as_title(line))
    filed = FILED.match(line) or not CHINESE.search(line) or field or set(line) & BARS or WEEKDAY.search(line)
    return not (is_prose(line) or special or filed or is_number(line) or LABELLED.match(line) or FACTS.match(line))


def _run(rows: list[Row], first: int, last: int) -> Span:
    first = max(first, last - RUN_MAX + 1)
    return Span("".join(row.text for row in rows[first : last + 1]), rows[first].start, rows[last].end)


def _closed(rows: list[Row], first: int, last: int) -> int:
    """Where a 《 is open, the line below that closes it ends the title: （征求意见稿）》意见的公告."""
    for index in range(last, min(last + GOES_ON_MAX + 1, len(rows))):
        joined = "".join(row.text for row in rows[first : index + 1])
        if joined.count("《") <= joined.count("》") and ends_as_title(joined):
            return index
        if index > last and (is_prose(rows[index].text) or is_number(rows[index].text)):
            break
    return last


def _below_issuer(rows: list[Row], first: int, last: int) -> int:
    """某市某局 above 某市…指引 is who issues it; above 关于…, and above another, it is of the title."""
    if first == last or _says_of_what(rows[first : last + 1]):
        return first
    own, below = rows[first].text, rows[first + 1].text
    heads = ISSUER_LINE.fullmatch(own) and not ISSUER_LINE.fullmatch(below) and own[:SAME_PLACE] == below[:SAME_PLACE]
    return first + 1 if heads else first


def _of_minutes(rows: list[Row], last: int) -> Span | None:
    """某县人民政府专题会议纪要 heads the paper; what they are of stands below number and day: 关于…的会议纪要."""
    if not rows[last].text.endswith("纪要") or _says_of_what(rows[: last + 1]):
        return None
    first = next((at for at, row in enumerate(rows) if at > last and row.text.startswith("关于")), len(rows))
    ends = (at for at in range(first, min(first + RUN_MAX, len(rows))) if rows[at].text.endswith("纪要"))
    end = next(ends, None)
    if end is None or any(is_prose(row.text) for row in rows[last + 1 : end + 1]):
        return None
    return _run(rows, first, end)


def _says_of_what(rows: list[Row]) -> bool:
    return any("关于" in row.text for row in rows)


def _with_remark(rows: list[Row], first: int, index: int) -> int:
    """The line below belongs to the title too: （试行）, or what goes on （2021—2035年）的批复."""
    below = rows[index + 1].text if index + 1 < len(rows) else ""
    told = _says_of_what(rows[first : index + 1])
    goes_on = told and GOES_ON.match(below) and not is_prose(below) and ends_as_title(below)
    return index + 1 if REMARK_LINE.match(below) or goes_on else index


def _labelled_title(text: str) -> Span | None:
    return next((span for label, span in labelled(text) if label in ("标题", "信息名称", "文件名称", "名称")), None)


def _opening_lines(rows: list[Row]) -> Span | None:
    """A document whose title ends like no other: the first line, be it long; else an order's masthead."""
    headed = [row for row in rows[:3] if MASTHEAD.match(row.text) or ORDER.match(row.text) or is_number(row.text)]
    first = next((row for row in rows[:3] if row not in headed), None)
    below = next((row for row in rows if first and row.start > first.start), None)
    signed = first and ISSUER_LINE.fullmatch(first.text) and below and DATE_LINE.match(below.text)
    if first and not signed and may_open(first.text):
        return Span(first.text, first.start, first.end)
    order = next((row for row in rows[:3] if ORDER.match(row.text)), None)
    return Span(order.text, order.start, order.end) if order else None


def may_open(line: str) -> bool:
    ended = line.endswith(("。", "：", "；", "，", "！"))
    special = DATE_LINE.match(line) or LABELLED.match(line) or line.startswith(("（", "《"))
    return len(line) <= OPENING_MAX and not ended and not special
