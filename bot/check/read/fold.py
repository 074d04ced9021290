"""Sentence or clause → one plain spelling in which two wordings of the same thing are the same characters."""

import re
from functools import lru_cache

from bot.question.fold import fold

FIVE_YEARS = re.compile(r"“?(十[二三四五六七])五”?(?=规划|计划|期间|时期|纲要)")  # “十四五”规划 = 第十四个五年规划
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
MARKS = str.maketrans({
    **dict.fromkeys("—–―‒－−~∼〜～﹣", "-"),
    **dict.fromkeys("「『‟„", "“"), **dict.fromkeys("」』", "”"), "‘": "“", "’": "”",
    "〈": "《", "〉": "》", "｜": "|", "＝": "=", "．": ".", "×": "*", "✕": "*",
})  # fmt: skip


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """As a question is folded, without blanks; quotation marks, dashes and thousands made uniform."""
    wide = fold(THOUSANDS.sub("", text).translate(MARKS)).translate(MARKS)
    return FIVE_YEARS.sub(r"第\1个五年", _pair_quotes("".join(wide.split())))


def _pair_quotes(text: str) -> str:
    """Straight double quotes → “ and ” in turn."""
    if '"' not in text:
        return text
    parts = text.split('"')
    return "".join(part + ("“" if index % 2 == 0 else "”") for index, part in enumerate(parts[:-1])) + parts[-1]
