"""The marks that number a Chinese official document: 一、 （一） 1. 专栏1： 第一章 第一条.

Patterns are built from named fragments; a sample stands above each.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from re import Pattern

CHINESE_NUMERAL = "[一二三四五六七八九十百千零〇]+"


class Mark(StrEnum):
    CHAPTER = "chapter"
    SECTION = "section"
    ITEM = "item"
    BOX = "box"
    PART = "part"  # 第一编, 第一章, 第一节: headings of a statute
    ARTICLE = "article"  # 第一条


PATTERNS: tuple[tuple[Mark, Pattern[str]], ...] = (
    # 专栏1：计量发展主要指标 · 专栏 12
    (Mark.BOX, re.compile(rf"专栏\s?(?P<number>\d{{1,2}}|{CHINESE_NUMERAL})[：:、 ]?(?=[^。；]{{0,40}}$)")),
    # 第一编 · 第二章 总则 · 第一节
    (Mark.PART, re.compile(rf"(?P<number>第{CHINESE_NUMERAL}(?:分编|[编章节]))[ \u3000]?(?=[^。]{{0,40}}$)")),
    # 第二十一条 · 第3条
    (Mark.ARTICLE, re.compile(rf"(?P<number>第(?:{CHINESE_NUMERAL}|\d+)条(?:之{CHINESE_NUMERAL})?)[：　 ]?")),
    # 一、总体要求
    (Mark.CHAPTER, re.compile(rf"(?P<number>{CHINESE_NUMERAL})、")),
    # （三十一）推进诚信计量分类监管
    (Mark.SECTION, re.compile(rf"（(?P<number>{CHINESE_NUMERAL})）[、.]?")),
    # 21.建立诚信计量长效机制 · - 1.持续推进 — but not 0.02级
    (Mark.ITEM, re.compile(r"(?:[-•·]\s?)?(?P<number>\d{1,3})[.．、](?!\d)")),
)

# （责任单位：…） and the like close a paragraph as 。 does
TERMINAL = tuple("。！？；：…”）》")
HEADING_MAX = 40
BARE_HEADING_MAX = 60
TITLE_MAX = 25
PROSE_MIN = 40
PROSE_MAX = 5000  # longer is no paragraph but a text without full stops


@dataclass(frozen=True, slots=True)
class Found:
    """A mark at the head of a line: its number as written and where the wording starts."""

    mark: Mark
    number: str
    end: int


def find_mark(text: str) -> Found | None:
    """The mark `text` begins with, or None for unnumbered text."""
    for mark, pattern in PATTERNS:
        match = pattern.match(text)
        if match:
            return Found(mark, match["number"], match.end())
    return None


def run_in_heading(wording: str) -> str:
    """The heading sentence that opens a paragraph: 建立诚信计量长效机制。完善… → 建立诚信计量长效机制; else empty."""
    head, stop, rest = wording.partition("。")
    return head if stop and rest and len(head) <= HEADING_MAX else ""


def is_title(wording: str, mark: Mark, text_follows: bool) -> bool:
    """A heading on a line of its own. An article has one rarely: 第三条 下列情形： leads into its text."""
    if mark is Mark.ARTICLE:
        return text_follows and len(wording) <= TITLE_MAX and not any(char in wording for char in "，。；：、")
    short_sentence = wording.count("。") == 1 and wording.endswith("。") and len(wording) <= TITLE_MAX
    bare = len(wording) <= BARE_HEADING_MAX and not any(char in wording for char in "。；")
    return bare or (mark is Mark.SECTION and short_sentence and text_follows)


def part_level(path: str) -> int:
    """How deep a part of a statute stands: 第一编 0, 第二章 2, 第二章第一节 3."""
    return {"编": 0, "章": 2, "节": 3}[path[-1]] + path.endswith("分编")


def article_value(number: str) -> int:
    """第二十一条 → 21, 第3条之一 → 3."""
    return numeral_value(number[1 : number.index("条")])


def contents_list(lines: list[str]) -> tuple[int, int]:
    """First line and end of a table of contents: from 目录 to where its first heading stands again; (0, 0) if none."""
    start = next((i for i, line in enumerate(lines[:-1]) if line in ("目录", "目次")), None)
    first = find_mark(lines[start + 1]) if start is not None else None
    if start is None or first is None:
        return 0, 0
    for index in range(start + 2, len(lines)):
        again = find_mark(lines[index])
        if again and (again.mark, again.number) == (first.mark, first.number):
            return start, index
    return 0, 0


def is_unfinished(text: str) -> bool:
    """Prose that a page end cut: the next line goes on where it stopped."""
    if text.endswith(TERMINAL) or len(text) > PROSE_MAX:
        return False
    return len(text) >= PROSE_MIN or "，" in text or "。" in text


_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def numeral_value(numeral: str) -> int:
    """二十一 → 21, 38 → 38. Raises ValueError for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(f"'{numeral}' is not a Chinese numeral.")
    return total + digit


def numeral_text(value: int) -> str:
    """21 → 二十一, for 0 < value < 1000."""
    if not 0 < value < 1000:
        raise ValueError(f"{value} is outside 1 to 999.")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    names = "〇一二三四五六七八九"
    text = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else names[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (names[ones] if ones else "")
