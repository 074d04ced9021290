"""Who issued a document, and when it was signed and printed, as 题头 and 落款 say it."""

import re
from itertools import pairwise

from ingest.dates import DATE, iso_date
from ingest.head import MASTHEAD, NUMBER_LINE, ORDER, ORDERED, Row, Span, labelled, rows_of
from ingest.marks import find_mark
from ingest.model import Clause, Kind
from ingest.signature import DATE_LINE, ISSUER_LINE, SEALED, SIGNER_MAX

DATED = re.compile(DATE)
ISSUED_LABELS = ("成文日期", "发文日期")
ISSUER_LABELS = ("机关", "机构", "单位")
# 某市人民政府关于… · 某局等三部门关于… · 2025年某县人民政府工作报告
TITLED = re.compile(
    r"(?:\d{4}年度?)?(?P<issuer>[^，。；：（）《》\n]{2,60}?(?:等[一二三四五六七八九十\d]{1,2}(?:个)?(?:部门|单位))?)(?:关于|(?<=政府)工作报告$)"
)


def signed_date(text: str) -> Span | None:
    """The first date line that tells no printing; else what the table above says."""
    told = [(span, iso_date(span.value)) for label, span in labelled(text) if label in ISSUED_LABELS]
    said = _date(text, printed=False) or next((Span(iso, span.start, span.end) for span, iso in told if iso), None)
    return said or _beside_number(text)


def _beside_number(text: str) -> Span | None:
    """（临市监办〔2024〕18号 2024年3月5日）"""
    for row in rows_of(text):
        match = NUMBER_LINE.match(row.text)
        if match and match["day"] and (iso := iso_date(match["day"])):
            return Span(iso, row.start + match.start("day"), row.start + match.end("day"))
    return None


def printed_date(text: str) -> Span | None:
    return _date(text, printed=True)


def printed_above(text: str) -> tuple[Span | None, Span | None]:
    """某委员会办公室2025年2月28日印发 below the title of a document that nobody signs: whose it is, and of when.

    A number may stand before it.
    """
    for row in rows_of(text):
        numbered = NUMBER_LINE.match(row.text)
        at = row.start + (numbered.start("signer") if numbered and numbered["signer"] else 0)
        within = _is_bracketed(row)
        told = row.text[:-1] if within else row.text
        at += within and at == row.start
        match = DATE_LINE.match(told, at - row.start)
        printed = numbered or within or told.endswith("印发")
        if match and match["issuer"] and printed and ISSUER_LINE.fullmatch(match["issuer"]):
            day = DATED.search(told, match.end("issuer"))
            iso = iso_date(day.group()) if day else None
            signed = Span(iso, row.start + day.start(), row.start + day.end()) if day and iso else None
            return Span(match["issuer"], at, row.start + match.end("issuer")), signed
    return None, None


def _is_bracketed(row: Row) -> bool:
    """（2024年8月20日） · （某区商务局2025年3月20日）"""
    return row.text.startswith("（") and row.text.endswith("）")


def _date(text: str, printed: bool) -> Span | None:
    for row in rows_of(text):
        told = row.text[1:-1] if _is_bracketed(row) else row.text
        if DATE_LINE.match(told) and told.endswith("印发") is printed:
            found = DATED.search(row.text)
            if found and (iso := iso_date(found.group())):
                end = row.end if printed else row.start + found.end()
                return Span(iso, row.start + found.start(), end)
    return None


def find_issuer(clause: Clause, title: tuple[int, int] | None) -> Span | None:
    """Those who sign above the date or on its line; `title` is a span of the front that is no signature."""
    rows = [row for row in rows_of(clause.text) if not (title and title[0] <= row.start < title[1])]
    for index, row in enumerate(rows):
        dated = DATE_LINE.match(row.text)
        if dated and not row.text.endswith("印发"):
            if dated["issuer"] and ISSUER_LINE.fullmatch(dated["issuer"]):
                return _named(clause, [Row(dated["issuer"], row.start)])
            if signers := _above(rows, index, clause.kind):
                return _named(clause, signers)
    alone = next((row for row in rows if ISSUER_LINE.fullmatch(row.text) or row.text == "国务院"), None)
    if alone:
        return _named(clause, [alone])
    return next((span for label, span in labelled(clause.text) if label.endswith(ISSUER_LABELS)), None)


def _above(rows: list[Row], index: int, kind: Kind) -> list[Row]:
    """The authorities right above a date; in 落款 whoever stands there."""
    signers: list[Row] = []
    for row in reversed(rows[:index]):
        bare = SEALED.sub("", row.text)
        if len(bare) > SIGNER_MAX or find_mark(bare) or any(char in bare for char in "，。；：（）"):
            break
        signers.insert(0, row)
    authorities = [row for row in signers if ISSUER_LINE.fullmatch(row.text) or row.text == "国务院"]
    return authorities or (signers[-1:] if kind is Kind.BACK else [])


def _named(clause: Clause, rows: list[Row]) -> Span:
    """Several authorities, on lines of their own or apart by a blank, are joined by 、."""
    bare = [Row(SEALED.sub("", row.text), row.start) for row in rows]
    names = [name for row in bare for name in _apart(clause, row)]
    return Span("、".join(names), bare[0].start, bare[-1].end)


def _apart(clause: Clause, row: Row) -> list[str]:
    """某市市场监督管理局 某市商务局 on one line: cleaning took the blank, the origins tell of it."""
    cuts = [at for at in range(row.start + 1, row.end) if clause.origins[at] - clause.origins[at - 1] > 1]
    ends = [row.start, *cuts, row.end]
    names = [clause.text[start:end] for start, end in pairwise(ends)]
    return names if all(len(name) > 3 and ISSUER_LINE.fullmatch(name) for name in names) else [row.text]


# 2013年7月26日某省第十二届人民代表大会常务委员会第四次会议通过
PASSING = re.compile(
    rf"{DATE}(?:[上下]午)?在?(?P<issuer>[\u4e00-\u9fff]{{2,40}}?(?:人民代表大会常务委员会|人民代表大会|人民政府|国务院|委员会))(?=第[^，。；\n]{{1,12}}会议(?!上)|[^，。；\n]{{0,6}}常务会议)"
)
TERM = re.compile(r"第[一二三四五六七八九十]{1,3}届")


def passed_by(text: str) -> Span | None:
    """The body that passed a statute, whatever its term was."""
    match = PASSING.search(text)
    return Span(TERM.sub("", match["issuer"]), match.start("issuer"), match.end("issuer")) if match else None


def ordered_by(text: str) -> Span | None:
    """国务院令第500号公布: whose order it is."""
    match = ORDERED.search(text)
    return Span(match["issuer"], match.start("issuer"), match.end("issuer")) if match else None


def masthead(text: str) -> Span | None:
    """某市人民政府办公室文件, 某市人民政府令: who issues is what stands before."""
    for row in rows_of(text):
        if match := MASTHEAD.match(row.text) or ORDER.match(row.text):
            return Span(match["issuer"], row.start, row.start + len(match["issuer"]))
    return None


def numbered_by(text: str) -> Span | None:
    """（临政发〔2025〕9号2025年5月8日临水市人民政府印发）: who is named beside the number."""
    for row in rows_of(text):
        match = NUMBER_LINE.match(row.text)
        if match and match["by"] and ISSUER_LINE.fullmatch(match["by"]):
            return Span(match["by"], row.start + match.start("by"), row.start + match.end("by"))
    return None


def titled(title: str, start: int) -> Span | None:
    """某市人民政府关于加强诚信计量工作的意见: the authority named before 关于."""
    match = TITLED.match(title)
    if not match or not (ISSUER_LINE.fullmatch(match["issuer"]) or "等" in match["issuer"]):
        return None
    return Span(match["issuer"], start + match.start("issuer"), start + match.end("issuer"))
