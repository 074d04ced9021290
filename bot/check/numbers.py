"""Every number of a sentence stands in what it cites: the same value, unit and bound, of the same year and thing."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.check.claim import MASK, Claim, Segment, numbers_said
from bot.check.counts import is_count
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, Figure, figure
from bot.check.sums import Sum
from bot.check.tokens import Sort, Token

GENERIC_UNIT = "个"  # counts whatever 家, 项, 名 count
COUNTED_BY_GENERIC = frozenset(("家", "项", "名", "所", "座", "部", "类", "种", "台套", "次", "支", ""))
OTHER_BY = 0.2  # by how much more another figure may be about the same thing
OTHER_MIN = 0.4
SAME_THING = 0.6  # of what stands around a number: so much tells the same thing
# 覆盖率达到92%,是泉州到2025年的目标
TOLD_AFTER = re.compile(
    r"[^。;\d]*?(?:是|为|属于|作为|列为)[^,。;\d]{0,8}(?P<year>\d{4})年[^,。;\d]{0,4}(?:目标|指标|预期)"
)
NARROWING = re.compile(
    r"区\(市\)级|省部级及以上|省级以上|省部级|国家级|省级|市级|县级|强检|强制检定|注册|执业|高能级|秘书长单位"
)
DOING = re.compile(r"主导|主持|参与")
GROWTH = re.compile(
    r"(?:增加|新增|增长|提高|提升|上升|净增|(?<![不至最])多|再增|扩大|减少|下降|降低|(?<![不至最])少|缩减)(?:了|约|近|超过)?$|"
    r"(?:新增|净增|再增加?|增加|减少)(?![到至为])[^,;。到至达为\d]{0,16}$"
)
TARGET = re.compile(r"目标|计划|力争|预期|增至|增加到|增加至|提高到|提升到|达到|要达|实现")
BASE = re.compile(r"基数|基期|现状|原有|起点|基准值")
FROM = re.compile(r"(?:从|由)$")
YEAR_AFTER = re.compile(r"^\((\d{4})年?\)")
ARTICLE_END = re.compile(r"[,;:。的中里]|$")
WHOLE = re.compile(r"其中(?!提|写|包括|一|之)|合计|共计|总计|加起来|总数")
VAGUE = re.compile(
    r"半数|过半|一半|翻一番|翻番|翻两番|成倍|多数|少数|绝大部分|数十|数百|上百|上千|数千|几十|几百|近百(?!分)|近千|若干倍"
)


def number_faults(claim: Claim, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    """Figures, ordinals and vague amounts. Dates and document numbers are checked elsewhere."""
    for token in numbers_said(claim):
        segment = claim.segment(token.start)
        if any(one.start <= token.start < one.end for one in sums):
            continue
        in_name = any(place.start <= token.start < place.end for place in claim.places)  # 三明, 九江
        if token.sort is Sort.LITERAL and not in_name and not _literal_stands(token, segment):
            yield Fault(FaultKind.NUMBER, token.text)
        elif token.sort is Sort.QUANTITY:
            yield from _quantity_faults(claim, token, segment, sums)
        elif token.sort is Sort.ONE:
            yield from _one_faults(claim, token, segment)
    yield from _within(claim)
    for match in VAGUE.finditer(claim.masked):
        if not any(match.group() in one.text for one in claim.segment(match.start()).evidence):
            yield Fault(FaultKind.NUMBER, match.group())


def _within(claim: Claim) -> Iterator[Fault]:
    """其中…10项 makes one number a part of another, 合计350项 a sum of some: the clause must say so."""
    for match in WHOLE.finditer(claim.masked):
        evidence = claim.segment(match.start()).evidence
        end = claim.masked.find(",", match.end()) % (len(claim.masked) + 1)
        counts = [one for one in claim.tokens if one.sort is Sort.QUANTITY and match.end() <= one.start < end]
        words = ("其中",) if match.group() == "其中" else ("合计", "共计", "总计", "总数", "共")
        if counts and not any(word in one.text for one in evidence for word in words):
            yield Fault(FaultKind.NUMBER, match.group())


def _literal_stands(token: Token, segment: Segment) -> bool:
    if token.text == "第一位":  # of a list of units; who stands there is checked as a lead
        return any(one.units for one in segment.evidence)
    return any(token.text in one.text or token.text in one.path for one in segment.evidence)


def _one_faults(claim: Claim, token: Token, segment: Segment) -> Iterator[Fault]:
    """一个 is an article unless the clause gives the same thing another number."""
    if ARTICLE_END.match(claim.masked, token.end):
        return  # 国家标准物质一项，…
    said = _said(claim, token)
    others = [one for each in segment.evidence for one in each.figures if _unit_fits(token.unit, one.token.unit)]
    best = max((_alike(said, one) for one in others), default=0.0)
    year = _year_of(claim, token, said)
    fitting = [one for one in others if one.token.values == token.values and one.year in (None, year or one.year)]
    if best >= 0.5 and not any(_alike(said, one) == best and _role_fits(claim, token, one, year) for one in fitting):
        yield Fault(FaultKind.NUMBER, token.text)


def _quantity_faults(claim: Claim, token: Token, segment: Segment, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    said = _said(claim, token)
    rows = [(each, one) for each in _evidence_for(claim, token, segment) for one in each.figures]
    if _is_computed(token, sums) or (is_count(claim, token) and not _is_told(said, token, rows)):
        return
    valued = [one for _, one in rows if one.token.values == token.values]
    united = [one for one in valued if _unit_fits(token.unit, one.token.unit)]
    bounded = [one for one in united if one.token.bound == token.bound]
    year = _year_of(claim, token, said)
    dated = [one for one in bounded if year is None or one.year is None or one.year == year]
    if not dated:
        yield Fault(_kind(valued, united, bounded), claim.text[max(0, token.start - 3) : token.end + 2])
        return
    fitting = [one for one in dated if _role_fits(claim, token, one, year) and _level_fits(said, one)]
    if not fitting:
        yield Fault(FaultKind.NUMBER, f"{token.text}: {claim.text[max(0, token.start - 8) : token.start]}")
        return
    own = max(_alike(said, one) for one in fitting)
    nearest = [one for one in fitting if _alike(said, one) == own]
    lost = "" if claim.text.startswith("数", token.end) else _lost(claim, nearest[0])
    if lost and all(_lost(claim, one) for one in nearest):
        yield Fault(FaultKind.NUMBER, f"{lost}: {claim.text[max(0, token.start - 8) : token.end]}")
    rivals = [(_alike(said, one), one) for _, one in rows if one not in fitting and _is_rival(token, one)]
    other = max((alike for alike, _ in rivals), default=0.0)
    leveled = any(alike > own and said.levels & one.levels for alike, one in rivals)  # 省级…2个, …5个
    if other >= OTHER_MIN and (other > own + OTHER_BY or leveled):
        yield Fault(FaultKind.NUMBER, claim.text[max(0, token.start - 8) : token.end])
    growth = GROWTH.search(claim.masked[max(0, token.start - 20) : token.start])
    if growth and not any(GROWTH.search(one.before) for one in fitting):
        yield Fault(FaultKind.NUMBER, growth.group() + token.text)


def _lost(claim: Claim, one: Figure) -> str:
    """What narrows the thing counted in the clause and is not told: 市级 of 350项, 强检 of 92%, 参与 of 主导、参与."""
    lost = [word for word in NARROWING.findall(one.part) if word not in claim.text]
    parts = [word for word in DOING.findall(one.part) if word not in claim.text]
    half = parts if parts and any(word in claim.text for word in DOING.findall(one.part)) else []
    return next(iter([*lost, *half]), "")


def _is_told(said: Figure, token: Token, rows: Sequence[tuple[Evidence, Figure]]) -> bool:
    """Whether the clause counts the same thing itself: its 4个平台 are not 3个 because three are listed."""
    return any(_unit_fits(token.unit, one.token.unit) and _alike(said, one) >= SAME_THING for _, one in rows)


def _level_fits(said: Figure, one: Figure) -> bool:
    return not said.levels or not one.levels or bool(said.levels & one.levels)


def _kind(valued: list[Figure], united: list[Figure], bounded: list[Figure]) -> FaultKind:
    if bounded:
        return FaultKind.DATE
    if united or not valued:
        return FaultKind.NUMBER
    return FaultKind.UNIT


def _evidence_for(claim: Claim, token: Token, segment: Segment) -> tuple[Evidence, ...]:
    """厦门和泉州分别为850家和2020家: the first number is the first place's."""
    if len(segment.places) < 2 or "分别" not in claim.masked[segment.start : segment.end]:
        return segment.evidence
    alike = [
        one for one in numbers_said(claim)
        if one.sort is Sort.QUANTITY and segment.start <= one.start < segment.end and one.unit == token.unit
    ]  # fmt: skip
    if len(alike) != len(segment.places):
        return segment.evidence
    plan = segment.places[alike.index(token)]
    return tuple(one for one in segment.evidence if one.plan.id == plan)


def _said(claim: Claim, token: Token) -> Figure:
    return figure(claim.masked, token, claim.piece_at(token.start) or claim.pieces[-1])


def _alike(said: Figure, one: Figure) -> float:
    """Share of what the sentence says around its number that stands around the clause's."""
    return len(said.about & one.about) / len(said.about) if said.about else 0.0


def _is_rival(token: Token, one: Figure) -> bool:
    return one.token.sort is Sort.QUANTITY and (_unit_fits(token.unit, one.token.unit) or not token.unit)


def _unit_fits(said: str, written: str) -> bool:
    if said == written or not said:
        return True
    return said == GENERIC_UNIT and written in COUNTED_BY_GENERIC


def _year_of(claim: Claim, token: Token, said: Figure) -> Decimal | None:
    """2025年850家, 506家（2020年）."""
    after = YEAR_AFTER.match(claim.masked[token.end : token.end + 7])
    if after:
        return Decimal(after.group(1))
    before = [one for one in claim.tokens if one.sort in (Sort.YEAR, Sort.DATE) and one.end <= token.start]
    if before and len(before[-1].values) != 2 and MASK not in claim.masked[before[-1].start : before[-1].end]:
        return before[-1].values[0] or None
    after = TOLD_AFTER.match(claim.masked, token.end)
    if after and said.year is None:
        return Decimal(after["year"])
    return said.year


def _role_fits(claim: Claim, token: Token, one: Figure, year: Decimal | None) -> bool:
    """A base value is not told as a target, nor the other way round."""
    if not (one.base or one.target):
        return True
    piece = claim.piece_at(token.start)
    text = piece.text if piece else ""
    if FROM.search(claim.masked[max(0, token.start - 1) : token.start]):
        return one.base
    if year is not None:
        return not (one.target and BASE.search(text) and not TARGET.search(text))
    before = claim.masked[max(0, token.start - 4) : token.start]
    if BASE.search(text) and not TARGET.search(text):
        return one.base
    if TARGET.search(text) or re.search(r"(?:至|到|达)$", before):
        return one.target
    return True


def _is_computed(token: Token, sums: tuple[Sum, ...]) -> bool:
    return any(token.values == (one.result,) and token.unit in one.units for one in sums)
