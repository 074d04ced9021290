"""Amounts as plans write them: 350项, 6.2万余项, 1—2个, 二百项, 3.8亿元, 12万台（件）, 94%以上.

Numbers keep the document's own wording; 万 and 亿 belong to the number, so that 3.8亿元 counts in 元.
"""

import re
from dataclasses import dataclass
from re import Match

from ingest.units import UNIT

# 350 · 6.2万 · 1—2 · 3‰—5 · 2,020 · 1，680 with the wrong comma
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:，\d{3})+(?!\d|[%％‰])|\d+)(?:\.\d+)?"
# 二百 · 三十五 · 一千二百 — two characters at least: 十项 and 百家 are no counts
NUMERAL = (
    r"(?<![一二三四五六七八九十百千万第数几上近])(?=[一二三四五六七八九十百千万两零]{2})"
    r"[一二三四五六七八九两]?[十百千万][一二三四五六七八九十百千万零]{0,8}"
)
TENTHS = r"(?<![一二三四五六七八九十百千万第数几])[一二三四五六七八九](?=成)"
HUNDREDTHS = rf"(?:{DIGITS}|[一二三四五六七八九十百零点]{{1,7}})"
SCALE = r"(?:万亿|[十百千]?[万亿]|[百千](?![米克瓦伏]))?"
NUMBER = rf"(?:{DIGITS}(?:[%％‰]?[—–~～至-]{DIGITS})?{SCALE}|{NUMERAL}|{TENTHS})"
AFTER = r"(?:（含）)?(?:及?以[上下]|以内|之内|左右|内(?=[，。；、）（\n]|$))"
# 350项 · 百分之九十五 · and 降至0, of which the unit is told before
VALUE = (
    rf"(?<![\d.,第])(?P<of>(?<![一二三四五六七八九十百千万两])[百千]分之)?(?P<value>(?(of){HUNDREDTHS}|{NUMBER}))(?P<more>余|多)?"
    rf"(?P<unit>(?(of)|(?:{UNIT}|(?<=[到至为]0)(?=[，。；、\n]|$))))(?P<qualifier>{AFTER})?"
)
AMOUNT = re.compile(VALUE)
# what stands before an amount and bounds it: 不低于95%; the longer before what it ends in
COMPARED = "低于 高于 超过 少于 多于 小于 大于 短于 长于".split()
BEFORE = (
    *(f"{denied}{than}" for denied in ("不得", "不应", "不能", "不宜", "不可", "不允许", "不") for than in COMPARED),
    *COMPARED,
    *"突破 至少 至多 最多 最少 最高 最低 大约 接近 ≥ ≤ > < 逾 超 约 近".split(),
)
PLAIN = str.maketrans({"%": None, "％": None, "‰": None, "，": ","})
NOT_GIVEN = {"--", "—", "——", "－", "-", "/", "／", "无", ""}
# ≥95 · 200项 · 95%以上 · [30]
CELL = re.compile(
    rf"(?:到?20\d\d年[底末]?)?(?P<before>{'|'.join(BEFORE)}|＞|＜|≧|≦)?(?:达到|达|约)?[\[［]?(?P<value>{DIGITS}(?:[%％‰]?[—–~～至-]{DIGITS})?{SCALE})[\]］]?"
    rf"(?P<more>余|多)?(?P<unit>[^\d，。；以余多（）]{{0,5}}?|台（[件套]）)(?P<qualifier>{AFTER})?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit. `qualifier` is what stands after it (以上, 余) or bounds it from before (不低于)."""

    value: str
    unit: str
    qualifier: str = ""


def amount_of(match: Match[str]) -> Amount:
    """The amount a match of VALUE states; 3‰—5‰ are 3—5 of ‰, 1，680 is 1,680, 百分之九十五 九十五%, 千分之三 三‰."""
    more = "余" if match["more"] else ""
    of = match["of"] or ""
    unit = {"百": "%", "千": "‰"}[of[0]] if of else match["unit"].replace("％", "%")
    return Amount(match["value"].translate(PLAIN), unit, more + (match["qualifier"] or ""))


def cell_amount(cell: str) -> Amount | None:
    """The amount that is all a table's cell says; None for words and for what is not given."""
    match = CELL.fullmatch(cell)
    if not match:
        return None
    bound = match["before"] or ("余" if match["more"] else "")
    return Amount(match["value"].translate(PLAIN), match["unit"].replace("％", "%"), bound + (match["qualifier"] or ""))


def bound_before(qualifier: str) -> str:
    """不低于 of a qualifier that stands before its number; empty for 以上 and 余, which follow it."""
    return next((word for word in (*BEFORE, *"＞＜≧≦") if qualifier.startswith(word)), "")


def given(cell: str) -> str | None:
    return None if cell in NOT_GIVEN else cell
