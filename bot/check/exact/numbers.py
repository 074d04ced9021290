"""Every number of a sentence stands in what it cites, of the same kind and year and within its bound.

As people say it, if they do: 四十块, 六万多. What it counts is not compared here: that is for the reader of claims.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bot.check.draft import Fault, FaultKind
from bot.check.exact import sums as sums_of
from bot.check.exact.sums import Sum
from bot.check.read.claim import MASK, Claim
from bot.check.read.evidence import Evidence, Figure
from bot.check.read.tokens import Sort, Token, number
from bot.check.read.units import DOWN, MEASURES, MORE, PARTS, TIMES, UP, same_kind
from ingest.numerals import NUMERALS

MOST_COUNTED = 12
ALSO_LISTED = frozenset("家 份 门 件 支 名 所".split())  # 三家 of a list
YEARS = range(20, 60)  # 到35年: of this century
OPENS_YEAR = ("", *"到至在于从自底,。:;、")  # what stands before such a year; nothing, too
CHANGED = re.compile(rf"(?P<up>{sums_of.UP}|加|增|添|升|涨|提(?!供))|(?P<down>{sums_of.DOWN}|减|降|差)")
UP_TO = re.compile(r"[到至为达]$")
NEAR = 4  # characters
UP_FROM = re.compile(r"(?:及?以上|[^\d,;。]{0,2}[至到-])$")
LISTED = re.compile(r"、|以及|[和与及]")
INTRODUCED = re.compile(r":|,(?:即|包括|分别是|分别为)")  # what is counted follows
ROWS = re.compile(r"[一二三四五六七八九]是")
SAME_TIME = {
    Decimal(3): re.compile(r"每个?季"),
    Decimal(6): re.compile(r"(?<![上下])半年"),
    Decimal(12): re.compile("一年"),
}
NEVER = re.compile(r"(?!)")
COUNTED = re.compile(rf"第?(?P<run>\d+|[{NUMERALS}]+)(?P<what>[^\W\d{NUMERALS}])")
IDIOMS = frozenset("手边头方面")  # 一手抓…，一手抓…: 两手抓
YEAR_AFTER = re.compile(r"^\((\d{4})年?\)")


def number_faults(claim: Claim, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    """Dates and document numbers are checked elsewhere."""
    counted = frozenset(_countable(claim))
    for figure in claim.figures:
        token = figure.token
        if any(one.start <= token.start < one.end for one in sums) or _is_computed(token, claim, sums):
            continue
        kind = _fault(figure, claim)
        if kind and not _counts(token, claim, counted):
            yield Fault(kind, claim.text[max(0, token.start - 3) : token.end + 2])
    known = {value for each in claim.evidence for one in each.tokens for value in one.values}
    for start, end in claim.absent:  # 没有写明罚款500元: an amount that is nowhere is no part of what is absent
        amounts = [one for one in claim.tokens if one.sort is Sort.QUANTITY and start <= one.start < end]
        yield from (Fault(FaultKind.NUMBER, one.text) for one in amounts if not known.issuperset(one.values))
    for token in claim.tokens:
        if token.sort is Sort.LITERAL and not _literal_stands(token, claim):
            yield Fault(FaultKind.NUMBER, token.text)


def _fault(figure: Figure, claim: Claim) -> FaultKind | None:
    """What no cited figure has in common with this one."""
    token, evidence = figure.token, claim.segment(figure.token.start).evidence
    written = [one for each in evidence for one in each.figures]
    valued = [one for one in written if _is_as_great(token, one.token)]
    united = [one for one in valued if same_kind(token.unit, one.token.unit)]
    bounded = [one for one in united if _is_as_bound(token, one.token)]
    year = _year(figure, claim)
    if any(year is None or one.year in (None, year) for one in bounded) or _is_told_otherwise(token, claim, evidence):
        return None
    if bounded:
        return FaultKind.DATE
    return FaultKind.NUMBER if united or not valued else FaultKind.UNIT


def _is_as_great(said: Token, written: Token) -> bool:
    """六万多 is 6.2万; of a range an end may be told, the low one as the least, the high one as the most."""
    if said.values == written.values:
        return True
    if len(said.values) != 1:
        return False
    value, (low, *_, high) = said.values[0], (*written.values, *written.values)
    if low < high:
        return value in ((low,) if said.bound == UP else (high,) if said.bound == DOWN else (low, high))
    digits = f"{value.normalize():f}"
    step: int = 10 ** (len(digits) - len(digits.rstrip("0")))
    return said.bound == MORE and 0 < low - value < step


def _is_as_bound(said: Token, written: Token) -> bool:
    """Not 以上 for 以下, nor where the text has no bound, but for 内 of a time. A bound may be left out."""
    told, known = (UP if one.bound == MORE else one.bound for one in (said, written))
    if told in ("", known) or said.values != written.values:
        return True
    return told == DOWN and not known and said.unit in TIMES


def _is_told_otherwise(token: Token, claim: Claim, evidence: Sequence[Evidence]) -> bool:
    """1家 for 一家; 300到1000 for 300以上1000以下; 35年 for 2035年, 28日 for 3月28日; 三个月 for 每季度."""
    (value, *_), unit, text = token.values, token.unit, claim.masked
    if len(token.values) == 2:
        return any(_is_between(token, each) for each in evidence)
    ones = _units_of_ones(evidence) if value == 1 else ()
    if any(unit == one or (unit not in MEASURES and same_kind(unit, one)) for one in ones):
        return True
    dated = [one.values for each in evidence for one in each.tokens if one.sort in (Sort.DATE, Sort.YEAR)]
    if token.text.endswith("日") or text.startswith("号", token.end):
        return any(value in one[2:] for one in dated) and text[token.end : token.end + 1] not in tuple("内里")
    if unit == "年" and value in YEARS and text[max(0, token.start - 1) : token.start] in OPENS_YEAR:
        return any(2000 + value in one for one in dated)
    pattern = SAME_TIME.get(value, NEVER) if unit == "个月" else NEVER
    return any(pattern.search(one.text) for one in evidence)


def _units_of_ones(evidence: Sequence[Evidence]) -> list[str]:
    """一家, 一年一次: 家, 年, 次."""
    return [one.unit for each in evidence for one in each.tokens if one.sort is Sort.ONE]


def _is_between(said: Token, one: Evidence) -> bool:
    """Two figures side by side are its ends: 300元以上1000元以下, 15毫米至25毫米."""
    ends = [each.token for each in one.figures if len(each.token.values) == 1 and same_kind(said.unit, each.token.unit)]
    return any(
        (low.values[0], high.values[0]) == said.values and UP_FROM.match(one.text[low.end : high.start])
        for low, high in pairwise(ends)
    )


def _year(figure: Figure, claim: Claim) -> Decimal | None:
    """2025年850家, 506家（2020年）."""
    after = YEAR_AFTER.match(claim.masked[figure.token.end : figure.token.end + 7])
    return Decimal(after.group(1)) if after else figure.year


def _is_computed(token: Token, claim: Claim, sums: tuple[Sum, ...]) -> bool:
    """The result of a sum that is shown, or what two figures differ by: 145项，比117项多28项."""
    if any(token.values == (one.result,) and token.unit in one.units for one in sums):
        return True
    near = claim.masked[max(0, token.start - NEAR) : token.start], claim.masked[token.end : token.end + NEAR]
    change = CHANGED.search(near[0]) or CHANGED.search(near[1])
    if token.bound or len(token.values) != 1 or UP_TO.search(near[0]) or not change:
        return False
    unit = {"百分点": "%", "%": ""}.get(token.unit, token.unit)  # what per cents differ by are points
    own = {one.token.values[0] for one in claim.figures if one.token.unit == unit and one.token is not token}
    if any(one + token.values[0] in own for one in own):
        return True
    more = token.values[0] if change["up"] else -token.values[0]
    return any(_has_grown(each, unit, more) for each in claim.evidence)


def _has_grown(one: Evidence, unit: str, more: Decimal) -> bool:
    """Whether a figure is by so much another in a later year."""
    years: dict[Decimal, list[Decimal]] = defaultdict(list)
    for each in one.figures:
        if each.token.unit == unit and each.year:
            years[each.token.values[0]].append(each.year)
    return any(max(years[value + more]) > min(years[value]) for value in list(years) if value + more in years)


def _literal_stands(token: Token, claim: Claim) -> bool:
    """2+4+X as it is; 四位一体 unless the text counts otherwise what stands after the number: 三位一体."""
    named = any(place.start <= token.start < place.end for place in claim.places)
    if named or MASK in claim.masked[token.start : token.end]:
        return True
    evidence, counted = claim.segment(token.start).evidence, COUNTED.fullmatch(token.text)
    stands = any(token.text in one.text or token.text in one.path for one in evidence)
    if stands or not counted or counted["what"] in MEASURES:
        return stands
    others = {run for each in evidence for run in _counted_in(each.text).get(counted["what"], ())}
    return not others or _count(counted["run"]) in others


@lru_cache(maxsize=1024)
def _counted_in(text: str) -> Mapping[str, frozenset[Decimal | str]]:
    """How often a text counts what stands behind a number: 三位一体 → 位: 3."""
    found: dict[str, set[Decimal | str]] = defaultdict(set)
    for run, what in COUNTED.findall(text):
        if run != "一" or what not in IDIOMS:
            found[what].add(_count(run))
    return {what: frozenset(counts) for what, counts in found.items()}


def _count(run: str) -> Decimal | str:
    """百 and 千 alone are no numbers, but not the same."""
    return number(run) or run


def _counts(token: Token, claim: Claim, counted: frozenset[int]) -> bool:
    """两地: as many as are named, listed or cited; 五年: as far apart as the years are; 两套 where none counts."""
    count = token.values[0]
    if token.bound or len(token.values) != 1 or count % 1:
        return False
    if token.unit == "年":
        years = {one.year for each in claim.evidence for one in each.figures if one.year is not None}
        return len(years) > 1 and count - max(years) + min(years) in (0, 1)
    if token.unit not in PARTS | ALSO_LISTED or not 2 <= count <= MOST_COUNTED:
        return False
    evidence = claim.segment(token.start).evidence
    if int(count) in counted:
        return True
    known = (*(one.token.unit for each in evidence for one in each.figures), *_units_of_ones(evidence))
    spoken = token.unit in PARTS and not token.text[0].isdigit()
    return spoken and not any(same_kind(token.unit, one) for one in known)


def _countable(claim: Claim) -> Iterator[int]:
    yield len({one.clause_id for one in claim.evidence})
    yield len({one.plan.id for one in claim.evidence})
    yield len({plan for place in claim.places for plan in place.plans})
    yield sum(one.sort is Sort.DOCUMENT for one in claim.tokens)
    yield len(claim.figures) - 1  # 两个指标：92%，350项
    for one in claim.evidence:
        yield len(one.units)
        yield from Counter(unit.role for unit in one.units).values()
    yield len(ROWS.findall(claim.text))
    for part in re.split(r"[。:;,]", claim.text):
        yield len(LISTED.findall(part)) + 1
    for part in (part for one in claim.evidence for part in re.split(r"[。;,\n]", one.text)):
        yield len(LISTED.findall(part)) + 1
    told = INTRODUCED.split(claim.text)[1:]
    yield from (len(re.findall("[,;]", part)) + 1 for part in told)
