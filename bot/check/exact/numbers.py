"""Every number of a sentence stands in what it cites: the same value, unit and bound, of the same year.

What it counts is not compared here: that is for the reader of claims.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from bot.check.draft import Fault, FaultKind
from bot.check.exact.sums import Sum
from bot.check.read.claim import MASK, Claim
from bot.check.read.evidence import Figure
from bot.check.read.tokens import Sort, Token

GENERIC_UNIT = "个"  # counts whatever 家, 项, 名 count
COUNTED_BY_GENERIC = frozenset(("家", "项", "名", "所", "座", "部", "类", "种", "台套", "次", "支", ""))
OF_MANY = frozenset((">", ">="))  # 6.2万余 and 超过6.2万: a clause that says so may be told either way
COUNTING = frozenset(
    "地 市 城 者 处 份 个 条 项 大 类 家 省 种 点 方 部分 方面 套 支 门 句 块 层 步 件 名 级".split()
)  # fmt: skip
MOST_COUNTED = 12
SPOKEN = frozenset("头 样 层 段 份 块 条 点 句 步 类 种 方面 部分 者 处 地 大".split())  # counted as one speaks: 两头
MORE = re.compile(r"[多少高低增减差]")
UP_TO = re.compile(r"[到至为达]$")
NEAR = 4  # characters
LISTED = re.compile(r"、|以及|[和与及]")
INTRODUCED = re.compile(r":|,(?:即|包括|分别是|分别为)")  # what is counted follows
ROWS = re.compile(r"[一二三四五六七八九]是")
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
    for start, end in claim.absent:  # 没有写明罚款500元: an amount is no part of what is absent
        amounts = [one for one in claim.tokens if one.sort is Sort.QUANTITY and start <= one.start < end]
        yield from (Fault(FaultKind.NUMBER, one.text) for one in amounts)
    for token in claim.tokens:
        if token.sort is Sort.LITERAL and not _literal_stands(token, claim):
            yield Fault(FaultKind.NUMBER, token.text)


def _fault(figure: Figure, claim: Claim) -> FaultKind | None:
    """What no cited figure has in common with this one."""
    token, segment = figure.token, claim.segment(figure.token.start)
    valued = [one for each in segment.evidence for one in each.figures if one.token.values == token.values]
    united = [one for one in valued if _unit_fits(token.unit, one.token.unit)]
    bounded = [one for one in united if (one.token.bound == token.bound or {token.bound, one.token.bound} <= OF_MANY)]
    year = _year(figure, claim)
    if any(year is None or one.year in (None, year) for one in bounded):
        return None
    if bounded:
        return FaultKind.DATE
    return FaultKind.NUMBER if united or not valued else FaultKind.UNIT


def _year(figure: Figure, claim: Claim) -> Decimal | None:
    """2025年850家, 506家（2020年）."""
    after = YEAR_AFTER.match(claim.masked[figure.token.end : figure.token.end + 7])
    return Decimal(after.group(1)) if after else figure.year


def _unit_fits(said: str, written: str) -> bool:
    return not said or said == written or (said == GENERIC_UNIT and written in COUNTED_BY_GENERIC)


def _is_computed(token: Token, claim: Claim, sums: tuple[Sum, ...]) -> bool:
    """The result of a sum that is shown, or what two figures of the sentence differ by: 145项，比117项多28项."""
    if any(token.values == (one.result,) and token.unit in one.units for one in sums):
        return True
    near = claim.masked[max(0, token.start - NEAR) : token.start], claim.masked[token.end : token.end + NEAR]
    if token.bound or UP_TO.search(near[0]) or not any(map(MORE.search, near)):
        return False
    unit = {"百分点": "%", "%": ""}.get(token.unit, token.unit)  # what per cents differ by are points
    alike = {one.token.values[0] for one in claim.figures if one.token.unit == unit and one.token is not token}
    return any(one + token.values[0] in alike for one in alike)


def _literal_stands(token: Token, claim: Claim) -> bool:
    """三位一体, 2+4+X; not 三明, 两头, 第一位 of a list of units, or what is quoted or told to be absent."""
    if MASK in claim.masked[token.start : token.end]:
        return True
    if any(place.start <= token.start < place.end for place in claim.places):
        return True
    if token.text in ("第一位", "第一的") or (len(token.text) == 2 and token.text[1] in SPOKEN):
        return True
    return any(token.text in one.text or token.text in one.path for one in claim.segment(token.start).evidence)


def _counts(token: Token, claim: Claim, counted: frozenset[int]) -> bool:
    """两地, 四个部门: as many as the sentence names, lists or cites; 五年: as far apart as the years it cites."""
    if token.bound or len(token.values) != 1:
        return False
    count = token.values[0]
    if token.unit == "年":
        years = {one.year for each in claim.evidence for one in each.figures if one.year is not None}
        return len(years) > 1 and max(years) - min(years) == count
    if token.unit not in COUNTING or not (2 <= count <= MOST_COUNTED or token.text == "一家"):
        return False
    spoken = token.unit in SPOKEN and not token.text[0].isdigit()
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
