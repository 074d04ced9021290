"""Who has more: the direction of a comparison is that of the numbers compared, or the clause says it itself."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.check.claim import Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Figure, pairs
from bot.check.sums import MOVES, Sum
from bot.check.tokens import Sort, Token

MORE_THAN = re.compile(r"(?P<more>高于|多于|大于|超过|领先于|优于)|(?P<less>低于|少于|小于|不及|不如|落后于)")
THAN = re.compile(r"(?:比|较|相比)(?!对|例|重|较|为)")
MORE = re.compile(r"(?P<more>多|高|大|增|快|早|宽)|(?P<less>少|低|小|减|慢|晚|窄)")
MOST = re.compile(r"最(?:多|高|大|少|低|小|严|早|晚|快|慢|强|好)")
RATHER = re.compile(r"较[多少高低大小快慢早晚宽窄短长](?:[,。;的]|$)")
EQUAL = re.compile(r"(?<!不)(?:一样[多高大]|相等|持平|同样多|(?:目标数?|数量|数值)(?:相同|一致|一样))")
ORDERED = re.compile(r"(?P<early>早于|先于)|晚于|后于")
END = re.compile(r"[,;。]")
REACH = 40  # characters after 比 within which 多 or 少 stands


def comparison_faults(claim: Claim, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    yield from _moves(claim)
    yield from _more_than(claim, sums)
    yield from _equal(claim)
    yield from _earlier(claim)
    for match in THAN.finditer(claim.masked):
        if RATHER.match(claim.masked, match.start()):
            yield from _rather(claim, match)
            continue
        ended = END.search(claim.masked, match.end())
        end = ended.start() if ended else len(claim.masked)
        word = MORE.search(claim.masked, match.end(), min(end, match.end() + REACH))
        if word and not any(one.start <= word.start() < one.end for one in sums):
            yield from _compared(claim, match, bool(word["more"]), sums)
    for match in MOST.finditer(claim.masked):
        if not any(match.group() in one.text for one in claim.evidence):
            yield Fault(FaultKind.COMPARISON, match.group())


def _rather(claim: Claim, match: re.Match[str]) -> Iterator[Fault]:
    """厦门的目标较低 is told against the other place; 配合单位较多 against none."""
    plans = list(dict.fromkeys(place.plan for place in claim.places))
    before = [place.plan for place in claim.places if place.end <= match.start()]
    if len(plans) != 2 or not before:
        return
    own, other = (_target(claim, plan) for plan in (before[-1], *(plan for plan in plans if plan != before[-1])))
    more = claim.masked[match.end()] in "多高大快早宽"
    if own is not None and other is not None and (own == other or (own > other) != more):
        yield Fault(FaultKind.COMPARISON, claim.masked[match.start() : match.end() + 1])


def _equal(claim: Claim) -> Iterator[Fault]:
    """一样多, 持平: of two places' rows that give different numbers."""
    plans = list(dict.fromkeys(place.plan for place in claim.places))
    if len(plans) != 2 or not any(one.is_row for one in claim.evidence):
        return
    for match in EQUAL.finditer(claim.masked):
        values = [_target(claim, plan) for plan in plans]
        if None not in values and values[0] != values[1]:
            yield Fault(FaultKind.COMPARISON, match.group())


def _more_than(claim: Claim, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    for match in MORE_THAN.finditer(claim.masked):
        if re.match(r"\d{4}年", claim.masked[match.end() :]):
            yield from _compared(claim, match, bool(match["more"]), sums)
            continue
        if re.match(r"\d", claim.masked[match.end() :]) or claim.masked[: match.start()].endswith("不"):
            continue
        yield from _placed(claim, match.start(), match.end(), bool(match["more"]), match.group(), sums)


def _earlier(claim: Claim) -> Iterator[Fault]:
    """2023年10月8日晚于2023年3月2日."""
    for match in ORDERED.finditer(claim.masked):
        days = [one for one in claim.tokens if one.sort in (Sort.DATE, Sort.YEAR)]
        before = [one.values for one in days if one.end <= match.start()]
        after = [one.values for one in days if one.start >= match.end()]
        first, second = (before[-1], after[0]) if before and after else ((), ())
        common = min(len(first), len(second))
        first, second = first[:common], second[:common]
        if first == second or (first < second) != bool(match["early"]):
            yield Fault(FaultKind.COMPARISON, match.group())


def _moves(claim: Claim) -> Iterator[Fault]:
    """从506家减少到850家."""
    figures = [one for one in claim.tokens if one.sort is Sort.QUANTITY]
    for match in MOVES.finditer(claim.masked):
        before = [one for one in figures if one.end <= match.start()]
        after = [one for one in figures if one.start >= match.end()]
        if match["down"] and not before and not any(match.group() in one.text for one in claim.evidence):
            yield Fault(FaultKind.COMPARISON, match.group())
        elif before and after and before[-1].unit == after[0].unit:
            rises = before[-1].values[-1] < after[0].values[-1]
            if rises != bool(match["up"]):
                yield Fault(FaultKind.COMPARISON, match.group())


def _compared(claim: Claim, than: re.Match[str], more: bool, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    """比厦门多 is between places; 比2020年多 between years of one row."""
    after = claim.masked[than.end() :]
    wording = claim.masked[than.start() : than.end() + 8]
    year = re.match(r"(\d{4})年", after)
    said = [one for one in claim.tokens if one.sort is Sort.QUANTITY]
    named = next((one for one in said if than.end() <= one.start <= than.end() + 6), None)
    ahead = [one for one in said if one.end <= than.start()]
    if named and ahead and MORE.search(claim.masked, named.end, named.end + 8):
        if (ahead[-1].values[0] > named.values[0]) != more:
            yield Fault(FaultKind.COMPARISON, wording)
        return
    if year is None:
        yield from _placed(claim, than.start(), than.end(), more, wording, sums)
        return
    other = _value_of_year(claim, Decimal(year.group(1)))
    said = [one for one in claim.tokens if one.sort is Sort.QUANTITY and one.end <= than.start()]
    own = said[-1].values[0] if said else _target(claim, None)
    if other is None or own is None or (own > other) != more:
        yield Fault(FaultKind.COMPARISON, wording)


def _placed(claim: Claim, start: int, end: int, more: bool, wording: str, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    before = [place for place in claim.places if place.end <= start]
    after = [place for place in claim.places if place.start >= end]
    if not before or not after or before[-1].plan == after[0].plan:
        if not any(claim.text[start : end + 2] in one.text for one in claim.evidence):
            yield Fault(FaultKind.COMPARISON, wording)
        return
    for one in sums:
        if one.difference and one.start >= end and (sign := _sign(claim, one, before[-1].plan, after[0].plan)):
            if (sign > 0) != more:
                yield Fault(FaultKind.COMPARISON, wording)
            return
    values = [_target(claim, place.plan) for place in (before[-1], after[0])]
    if values[0] is None or values[1] is None or values[0] == values[1] or (values[0] > values[1]) != more:
        yield Fault(FaultKind.COMPARISON, wording)


def _sign(claim: Claim, one: Sum, first: str, second: str) -> int:
    """Of a difference shown between two places: 1 when the first has more, -1 less, 0 when it is not between them."""
    values = [each.token.values[0] for each in one.operands]
    if len(values) != 2 or values[0] == values[1]:
        return 0
    own, other = _values_of(claim, first), _values_of(claim, second)
    for left, right in (values, values[::-1]):
        if left in own and right in other:
            return 1 if left > right else -1
    return 0


def _values_of(claim: Claim, plan: str) -> set[Decimal]:
    return {one.token.values[0] for each in claim.evidence if each.plan.id == plan for one in each.figures}


def _target(claim: Claim, plan: str | None) -> Decimal | None:
    """What the sentence says of a place, else what its excerpts aim at. None when that is not one number."""
    figures = [one for each in claim.evidence for one in each.figures if plan in (None, each.plan.id)]
    known = {one.token.values[0] for one in figures}
    said = [one for one in claim.tokens if _stands(claim, one, plan) and one.values[0] in known]
    years = {one.values[0] for one in claim.tokens if one.sort is Sort.YEAR and len(one.values) == 1}
    if said:
        return said[0].values[0]
    dated = [one for one in figures if one.year in years] or [one for one in figures if not one.base]
    about = frozenset(pairs(claim.masked))
    near = _nearest(dated, about)
    return near.token.values[0] if near else None


def _nearest(figures: list[Figure], about: frozenset[str]) -> Figure | None:
    values = {one.token.values[0] for one in figures}
    if len(values) <= 1:
        return figures[0] if figures else None
    ranked = sorted(figures, key=lambda one: -len(one.about & about))
    return ranked[0] if len(ranked[0].about & about) > len(ranked[1].about & about) else None


def _stands(claim: Claim, token: Token, plan: str | None) -> bool:
    segment = claim.segment(token.start)
    return token.sort is Sort.QUANTITY and (plan is None or segment.places == (plan,))


def _value_of_year(claim: Claim, year: Decimal) -> Decimal | None:
    found = [one for each in claim.evidence for one in each.figures if one.year == year]
    near = _nearest(found, frozenset(pairs(claim.masked)))
    return near.token.values[0] if near else None
