"""Numbers that count what the sentence itself names or lists: 两地, 四个部门, 三句话，即…, 五年间."""

import re
from decimal import Decimal

from bot.check.claim import Claim, numbers_said
from bot.check.evidence import Evidence
from bot.check.names import TAIL
from bot.check.tokens import Sort, Token
from ingest.model import Role

COUNTING = frozenset(
    ("地", "市", "城", "者", "处", "份", "个", "条", "项", "大", "类", "家", "省", "种", "点", "方", "部分", "方面")
)
UNITS_COUNTED = re.compile(r"(?:责任|配合|牵头)?(?:单位|部门)")
ITEMS = re.compile(r"[^,;。:]*$")
LISTED = frozenset(
    ("套", "支", "门", "家", "个", "项", "条", "句", "块", "层", "步", "类", "种", "件", "点", "方面", "部分", "处")
)
IN_ALL = re.compile(r",(?:一共|总共|共)$")  # 甲局、乙局,共两家
INTRODUCED = re.compile(r"^(?:分别是|分别为|包括|即|有)")
ROWS = re.compile(r"[一二三四五六七八九]是")
LISTS = re.compile(r"、|以及|[和与及]")
MARKS = re.compile(r"、|以及")


def is_count(claim: Claim, token: Token) -> bool:
    """两地, 四个部门: as many as the sentence names or cites. 五年: as far apart as the years of a row."""
    if token.unit == "年" and not token.bound and _is_span(claim, token.values[0]):
        return True
    if token.unit in ("家", "个") and _counts_units(claim, token):
        return any(token.values == (Decimal(count),) for one in claim.evidence for count in _unit_counts(one))
    if token.unit not in COUNTING | LISTED or token.bound or len(token.values) != 1 or not 2 <= token.values[0] <= 12:
        return False
    count = int(token.values[0])
    if claim.masked.startswith(("量化", "指标", "目标", "具体目标", "主要目标"), token.end):
        return count == _figures_said(claim) - 1
    listed = _lists_after(claim, token) or _lists_before(claim, token, count)
    return listed or _counts_cited(claim, token, count)


def _lists_after(claim: Claim, token: Token) -> bool:
    """Whether what follows names as many: 三句话，即甲，乙，丙; 分两块，一是…，二是…."""
    rest = re.split(r"[。;]", claim.masked[token.end :])[0]
    after = re.match(r"[^,:]*(?P<mark>[,:])(?P<told>.+)", rest)
    if not after or token.unit not in LISTED:
        return False
    introduced = after["mark"] == ":" or bool(INTRODUCED.match(after["told"]))
    return int(token.values[0]) in _counts_of(INTRODUCED.sub("", after["told"]), introduced)


def _counts_of(told: str, introduced: bool) -> tuple[int, ...]:
    """一是…，二是… counts itself; parts that begin alike are the items; else, in a list announced, what 、 parts."""
    rows = len(ROWS.findall(told))
    if rows > 1:
        return (rows,)
    parts = [part for part in re.split(r"[,;]|,?以及", told) if part]
    if len(parts) > 1 and len({part[0] for part in parts}) == 1:
        return (len(parts),)
    items = parts[0] if parts and introduced else ""
    return tuple(len([item for item in marks.split(items) if item]) for marks in (LISTS, MARKS))


def _lists_before(claim: Claim, token: Token, count: int) -> bool:
    """甲、乙和丙三者."""
    listed = ITEMS.search(IN_ALL.sub("", claim.masked[: token.start]))
    items = listed.group().removesuffix("等") if listed else ""
    marks = items.count("、") + len(re.findall(r"[^、](?:和|及|与)[^、]+$", items))
    if token.unit == "家" and not TAIL.search(items[-5:]):
        return False  # 集贸市场、加油站350家
    return "、" in items and count == marks + 1 and token.unit != "项"


def _counts_cited(claim: Claim, token: Token, count: int) -> bool:
    clauses = {one.clause_id for one in claim.evidence}
    named = {plan for place in claim.places for plan in place.plans}
    if token.unit in ("地", "市", "城"):
        return count in (len(named), len({one.plan.id for one in claim.evidence}))
    if token.unit in ("者", "处", "份", "条", "部分", "方面"):
        return count in (len(clauses), len(named), _figures_said(claim), _documents_said(claim))
    ahead = claim.text.startswith(("数", "指标", "目标"), token.end)
    return token.unit == "个" and count == _figures_said(claim) and ahead


def _counts_units(claim: Claim, token: Token) -> bool:
    before = claim.masked[max(0, token.start - 8) : token.start]
    return bool(UNITS_COUNTED.match(claim.masked, token.end) or UNITS_COUNTED.search(before))


def _unit_counts(one: Evidence) -> set[int]:
    """How many responsible units a clause has, in all and of each role."""
    return {len(one.units), *(sum(unit.role is role for unit in one.units) for role in Role)}


def _is_span(claim: Claim, years: Decimal) -> bool:
    for one in claim.evidence:
        known = {each.year for each in one.figures if each.year is not None}
        if len(known) > 1 and max(known) - min(known) == years:
            return True
    return False


def _figures_said(claim: Claim) -> int:
    return sum(
        one.sort is Sort.QUANTITY and one.unit not in COUNTING - {"家", "项", "个"} for one in numbers_said(claim)
    )


def _documents_said(claim: Claim) -> int:
    return sum(one.sort is Sort.DOCUMENT for one in claim.tokens)
