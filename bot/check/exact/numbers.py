"""Every number of a sentence stands in what it cites: the same value, unit and bound, of the same year.

What it counts is not compared here: that is for the reader of claims.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.check.draft import Fault, FaultKind
from bot.check.exact.sums import Sum
from bot.check.read.claim import MASK, Claim
from bot.check.read.evidence import Evidence, Figure
from bot.check.read.tokens import Sort, Token, number
from bot.check.read.units import MEASURES, UP, same_kind
from ingest.numerals import NUMERALS

MOST_COUNTED = 12
YEARS = range(20, 60)  # 到35年: of this century
MORE = re.compile(r"[多少高低增减差提添升降涨]")
UP_TO = re.compile(r"[到至为达]$")
NEAR = 4  # characters
LISTED = re.compile(r"、|以及|[和与及]")
INTRODUCED = re.compile(r":|,(?:即|包括|分别是|分别为)")  # what is counted follows
ROWS = re.compile(r"[一二三四五六七八九]是")
MONTHS = {Decimal(3): ("季度", "每季"), Decimal(6): ("半年",), Decimal(12): ("每年", "一年")}
COUNTED = re.compile(rf"(?P<nth>第?)(?P<run>[{NUMERALS}]+)(?P<what>.)")
RIVAL = {nth: re.compile(rf"{'第' if nth else ''}([{NUMERALS}\d]+)(.)") for nth in (False, True)}
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
    ranged = any(one.token.values == token.values for one in written)
    if len(token.values) == 2 and not ranged:  # 300到1000: 300以上1000以下
        ends = (replace(figure, token=replace(token, values=(end,))) for end in token.values)
        return next(filter(None, (_fault(end, claim) for end in ends)), None)
    valued = [one for one in written if _is_valued(token, one.token)]
    united = [one for one in valued if same_kind(token.unit, one.token.unit)]
    bounded = [one for one in united if _is_bounded(token, one.token)]
    year = _year(figure, claim)
    if any(year is None or one.year in (None, year) for one in bounded) or _is_plain(token, evidence):
        return None
    if bounded:
        return FaultKind.DATE
    return FaultKind.NUMBER if united or not valued else FaultKind.UNIT


def _is_valued(said: Token, written: Token) -> bool:
    """六万多 is 6.2万; an end of a range may be told."""
    if said.values == written.values or (len(said.values) == 1 and said.values[0] in written.values):
        return True
    if said.bound != UP or len(said.values) != 1 or len(written.values) != 1:
        return False
    digits = f"{said.values[0]:f}"
    step: int = 10 ** (len(digits) - len(digits.rstrip("0")))
    return 0 < written.values[0] - said.values[0] < step


def _is_bounded(said: Token, written: Token) -> bool:
    """Neither 以上 for 以下, nor where the text has no bound, but of 内 of a time. Of a range the ends are bounds."""
    loose = not written.bound and said.unit in MEASURES - {"%"}
    return loose or said.values != written.values or said.bound in ("", written.bound)


def _is_plain(token: Token, evidence: Sequence[Evidence]) -> bool:
    """1个 of what the text calls 一个; 35年 of 2035年, 28日 of 3月28日; 三个月 of 每季度, 六个月 of 半年."""
    (value, *_), unit = token.values, token.unit
    days = {one.values[2] for each in evidence for one in each.tokens if one.sort is Sort.DATE}
    if unit in ("", "日") and set(token.values) <= days:
        return True
    if unit == "年" and value in YEARS and any(2000 + value in one.values for each in evidence for one in each.tokens):
        return True
    if unit == "个月" and any(word in one.text for one in evidence for word in MONTHS.get(value, ())):
        return True
    return value == 1 and any(one.sort is Sort.ONE for each in evidence for one in each.tokens)


def _year(figure: Figure, claim: Claim) -> Decimal | None:
    """2025年850家, 506家（2020年）."""
    after = YEAR_AFTER.match(claim.masked[figure.token.end : figure.token.end + 7])
    return Decimal(after.group(1)) if after else figure.year


def _is_computed(token: Token, claim: Claim, sums: tuple[Sum, ...]) -> bool:
    """The result of a sum that is shown, or what two figures of the sentence differ by: 145项，比117项多28项."""
    if any(token.values == (one.result,) and token.unit in one.units for one in sums):
        return True
    near = claim.masked[max(0, token.start - NEAR) : token.start], claim.masked[token.end : token.end + NEAR]
    if token.bound or UP_TO.search(near[0]) or not any(map(MORE.search, near)):
        return False
    unit = {"百分点": "%", "%": ""}.get(token.unit, token.unit)  # what per cents differ by are points
    own = [one for one in claim.figures if one.token is not token]
    rows = [[one for one in each.figures if one.year is not None] for each in claim.evidence]
    alike = [{one.token.values[0] for one in row if one.token.unit == unit} for row in (own, *rows)]
    return any(one + token.values[0] in each for each in alike for one in each)


def _literal_stands(token: Token, claim: Claim) -> bool:
    """2+4+X as it is; 四位一体 unless the text counts otherwise what stands after the number: 三位一体."""
    named = any(place.start <= token.start < place.end for place in claim.places)
    if named or MASK in claim.masked[token.start : token.end]:
        return True
    evidence, counted = claim.segment(token.start).evidence, COUNTED.fullmatch(token.text)
    stands = any(token.text in one.text or token.text in one.path for one in evidence)
    if stands or not counted:
        return stands
    rivals = [one for each in evidence for one in RIVAL[bool(counted["nth"])].findall(each.text)]
    others = {number(run) for run, what in rivals if what == counted["what"] and run != "一"}
    return not others or number(counted["run"]) in others


def _counts(token: Token, claim: Claim, counted: frozenset[int]) -> bool:
    """两地: as many as are named, listed or cited; 五年: as far apart as the years are; 两套 where none counts."""
    if token.bound or len(token.values) != 1:
        return False
    count = token.values[0]
    if token.unit == "年":
        years = {one.year for each in claim.evidence for one in each.figures if one.year is not None}
        return len(years) > 1 and count - max(years) + min(years) in (0, 1)
    if token.unit in MEASURES or not 2 <= count <= MOST_COUNTED:
        return False
    counts = [one.token.unit for each in claim.segment(token.start).evidence for one in each.figures]
    spoken = not token.text[0].isdigit() and not any(same_kind(token.unit, one) for one in counts)
    return spoken or int(count) in counted


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
    told = INTRODUCED.split(claim.text)[1:]
    yield from (len(re.findall("[,;]", part)) + 1 for part in told)
