"""Sentence or clause → one plain spelling in which two wordings of the same thing are the same characters."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from ingest.clean import to_simplified

FIVE_YEARS = re.compile(r"“?(十[二三四五六七])五”?(?=规划|计划|期间|时期)")  # “十四五”规划 = 第十四个五年规划
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
MARKS = str.maketrans({
    **dict.fromkeys("—–―‒－−~∼〜～﹣", "-"),
    **dict.fromkeys("「『‟„", "“"), **dict.fromkeys("」』", "”"), "‘": "“", "’": "”",
    "〈": "《", "〉": "》", "｜": "|", "＝": "=", "．": ".", "×": "*", "✕": "*",
})  # fmt: skip
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERALS = "零〇一二两三四五六七八九十百千万亿"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, simplified, without blanks and invisible characters; quotation marks, dashes and thousands made uniform."""
    wide = unicodedata.normalize("NFKC", THOUSANDS.sub("", text).translate(MARKS)).translate(MARKS)
    kept = "".join(char for char in wide if not char.isspace() and unicodedata.category(char)[0] != "C")
    return FIVE_YEARS.sub(r"第\1个五年", _pair_quotes(to_simplified(kept)))


def _pair_quotes(text: str) -> str:
    """Straight double quotes → “ and ” in turn."""
    if '"' not in text:
        return text
    parts = text.split('"')
    return "".join(part + ("“" if index % 2 == 0 else "”") for index, part in enumerate(parts[:-1])) + parts[-1]


def chinese_number(run: str) -> Decimal | None:
    """三百五十 → 350, 二〇三五 → 2035, 六点二万 → 62000. None when it is not one number: 千亿, 一二三."""
    whole, point, rest = run.partition("点")
    if point:
        scale = MYRIADS.get(rest[-1:], 1)
        decimals = rest[:-1] if scale > 1 else rest
        head = chinese_number(whole)
        if head is None or not decimals or any(char not in DIGITS for char in decimals):
            return None
        return (head + Decimal("0." + "".join(str(DIGITS[char]) for char in decimals))) * scale
    if all(char in DIGITS for char in run):
        return Decimal("".join(str(DIGITS[char]) for char in run)) if len(run) in (1, 4) else None
    if run[0] in "百千万亿" or run in ("零", "〇"):
        return None
    return _positional(run)


def _positional(run: str) -> Decimal | None:
    total, section, digit = 0, 0, 0
    for index, char in enumerate(run):
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in TENS:
            section += (digit or (1 if index == 0 or run[index - 1] in "零〇万亿" else 0)) * TENS[char]
            digit = 0
        else:
            total = (total + section + digit) * MYRIADS[char] if char == "亿" else total + (section + digit) * 10**4
            section = digit = 0
    if digit and len(run) > 1 and run[-2] in "百千万":  # 三百五, 两万二
        digit *= {"百": 10, "千": 100, "万": 1000}[run[-2]]
    value = total + section + digit
    return Decimal(value) if value else None
