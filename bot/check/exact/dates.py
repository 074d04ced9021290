"""Years, days, document numbers and addresses of a sentence stand in what it cites."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.check.draft import Fault, FaultKind
from bot.check.read.claim import MASK, Claim, Segment
from bot.check.read.evidence import Evidence
from bot.check.read.fold import plain
from bot.check.read.tokens import Sort, Token, tokens

ISSUED = re.compile(r"^(?:公开)?(?:发布|成文|落款|签发|印发|公布)")
TOLD_ISSUED = re.compile(r"(?:发布|成文|落款|签发|印发|公布)(?:日期|时间|日)?(?:为|是|于|:)?$")
OWN_NUMBER = re.compile(
    r"^(?!.*(?:依据|根据|上级|上位|省))[^,;。《》]*(?:实施方案|实施意见|工作方案)(?:的|,)(?:其)?文号(?:是|为|:|即)?[\u3400-\u9fff]{0,6}$"
)
NUMBER_OF = re.compile(r"(?:号)?[是为][^,;。《》]*(?:实施方案|实施意见|工作方案)的文号")
PROSE = re.compile(r"^.*(?:依据|根据|按照|贯彻|落实|文件|文号|字号|编号|以及|[和与及为是以的了号《》(),、:])")


def date_faults(claim: Claim) -> Iterator[Fault]:
    for token in claim.tokens:
        if MASK in claim.masked[token.start : token.end]:
            continue
        segment = claim.segment(token.start)
        if (
            token.sort is Sort.YEAR
            and not all(_year_stands(value, segment, len(token.values) == 2) for value in token.values)
        ) or (token.sort is Sort.DATE and not _day_stands(claim, token, segment)):
            yield Fault(FaultKind.DATE, token.text)


def _year_stands(year: Decimal, segment: Segment, ranged: bool) -> bool:
    """2021 of 2021—2035年 is no year of its own, nor is a single one an end of a range."""
    for one in segment.evidence:
        titled = tokens(plain(one.plan.title)) if ranged else ()
        for token in (*one.tokens, *titled):
            is_year = token.sort is Sort.DATE or (token.sort is Sort.YEAR and ranged == (len(token.values) == 2))
            if is_year and year in token.values[:2]:
                return True
        if any(figure.year == year for figure in one.figures):
            return True
    return False


def _day_stands(claim: Claim, token: Token, segment: Segment) -> bool:
    """A day, a month of a year, or a day of a month; what was printed then was not signed then."""
    dates = [
        (one.text.startswith("印发", written.end), written.values)
        for one in segment.evidence for written in one.tokens if written.sort is Sort.DATE
    ]  # fmt: skip
    alike = {
        printed for printed, values in dates if all(a in (0, b) for a, b in zip(token.values, values, strict=True))
    }
    after, before = claim.masked[token.end : token.end + 6], claim.masked[max(0, token.start - 10) : token.start]
    told = ISSUED.match(after) or TOLD_ISSUED.search(before)
    if not told or not any(printed for printed, _ in dates):
        return bool(alike)
    return ("印发" in told.group()) in alike


def document_faults(claim: Claim) -> Iterator[Fault]:
    for token in claim.tokens:
        if token.sort is not Sort.DOCUMENT:
            continue
        evidence = claim.segment(token.start).evidence
        own = OWN_NUMBER.search(claim.masked[: token.start]) or NUMBER_OF.match(claim.masked, token.end)
        if not any(_names(one, token, own=bool(own)) for one in evidence):
            yield Fault(FaultKind.DOCUMENT_NUMBER, token.text)


def _names(one: Evidence, token: Token, own: bool = False) -> bool:
    """`own`: it is told as the number of the plan itself, and not of one it names."""
    number = one.plan.metadata.number
    written = [*(() if own else one.tokens), *(tokens(plain(number.value)) if number else ())]
    return any(
        each.sort is Sort.DOCUMENT
        and each.values[-len(token.values) :] == token.values
        and _same_office(token.unit, each.unit)
        for each in written
    )


def _same_office(said: str, written: str) -> bool:
    """国发 = 文号是国发; 政发 is not 政办发. An office left out is no other office."""
    said, written = PROSE.sub("", said), PROSE.sub("", written)
    return not said or said.endswith(written) or written == said


def address_faults(claim: Claim) -> Iterator[Fault]:
    for token in claim.tokens:
        if token.sort is Sort.ADDRESS and MASK not in claim.masked[token.start : token.end]:
            segment = claim.segment(token.start)
            if not any(token.text in (one.text + one.path) or _is_path(token, one.path) for one in segment.evidence):
                yield Fault(FaultKind.ADDRESS, token.text)


PATH = re.compile(
    r"(?P<box>专栏)(?P<b>\d+)(?:/(?P<row>\d+))?|(?P<chapter>[一二三四五六七八九十]+)?(?:\((?P<section>[^)]+)\))?(?P<item>\d+)?"
)


def _is_path(token: Token, path: str) -> bool:
    match = PATH.match(path)
    if not match or not token.values:
        return False
    numbers = {
        "专栏": [match["b"]],
        "章": [match["chapter"]],
        "部分": [match["chapter"]],
        "节": [match["section"]],
    }.get(token.unit, [match["item"] or match["row"] or match["section"]])
    return any(token.values[0] in _values(number) for number in numbers if number)


def _values(number: str) -> tuple[Decimal, ...]:
    found = tokens(f"第{number}章")
    return found[0].values if found else ()
