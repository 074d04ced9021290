"""The marks that number a Chinese official document: one table of levels, outermost first, and how a line shows one.

    第一部分 第一编 第一分编 第一章 第一节 | 一、 | 第一条 | （一） | 1. | （1） | ① | 1.1 | 附件1 | 专栏1

What a mark is worth where it stands is decided by the outline.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from re import Pattern

from ingest.model import Kind
from ingest.numerals import CHINESE_NUMERAL, numeral_value


class Mark(StrEnum):
    HEADING = "heading"  # of Markdown, without a number
    BOX = "box"
    ANNEX = "annex"  # 附件1, 附录A, 附表2, 附：
    PART = "part"  # 第一部分, 第一编, 第一章, 第一节
    ARTICLE = "article"  # 第一条
    CHAPTER = "chapter"
    SECTION = "section"  # （一）
    DECIMAL = "decimal"  # 1.1, A.2.1
    ITEM = "item"
    POINT = "point"  # （1）, 1）
    CIRCLE = "circle"  # ①


@dataclass(frozen=True, slots=True)
class Level:
    """A level of numbering. `kind` is what a unit of it becomes, `fine` levels are read inside others only."""

    mark: Mark
    kind: Kind
    pattern: Pattern[str]
    fine: bool = False


PART_WORDS = ("部分", "编", "分编", "章", "节")  # outermost first
# （责任单位：…） and the like close a paragraph as 。 does
TERMINAL = tuple("。！？；：…”）》】]")
HEADING_MAX = 40
BARE_HEADING_MAX = 60
TITLE_MAX = 25
PROSE_MIN = 40
PROSE_MAX = 5000  # longer is no paragraph but a text without full stops
SEPARATOR = r"[：:、. \u3000]?"

LEVELS: tuple[Level, ...] = (
    # 专栏1：计量发展主要指标 · 【专栏1】 · 专栏二 · 专栏4-1
    Level(
        Mark.BOX,
        Kind.BOX,
        re.compile(
            rf"[【\[]?专栏\s?(?P<number>\d{{1,2}}(?:[-—–－]\d{{1,2}})?|{CHINESE_NUMERAL})[】\]]?{SEPARATOR}(?=[^。；]{{0,40}}$)"
        ),
    ),
    # 附件 · 附件2： · 附录A · 附表1 海州市计量指标 · 附：
    Level(
        Mark.ANNEX,
        Kind.ANNEX,
        re.compile(
            rf"[【\[]?附(?P<what>件|录|表|图|(?=[：:]))[ \u3000]?"
            rf"(?P<number>\d{{1,2}}|{CHINESE_NUMERAL}|[A-Z](?![A-Za-z]))?(?![则带加有近送属设])[】\]]?{SEPARATOR}(?=[^。；]{{0,60}}$)"
        ),
    ),
    # 第一部分 · 第一编 · 第二章 总则 · 第一节
    Level(
        Mark.PART,
        Kind.CHAPTER,
        re.compile(
            rf"(?P<number>第(?:{CHINESE_NUMERAL}|\d{{1,2}})(?:部分|分编|[编章节]))[：: \u3000]?(?=[^。]{{0,40}}$)"
        ),
    ),
    # 第二十一条 · 第3条
    Level(
        Mark.ARTICLE,
        Kind.ARTICLE,
        re.compile(rf"[【\[]?(?P<number>第(?:{CHINESE_NUMERAL}|\d{{1,3}})条(?:之{CHINESE_NUMERAL})?)[】\]]?[：　 ]?"),
    ),
    # 一、总体要求
    Level(Mark.CHAPTER, Kind.CHAPTER, re.compile(rf"(?P<number>{CHINESE_NUMERAL})、")),
    # （三十一）推进诚信计量分类监管
    Level(Mark.SECTION, Kind.SECTION, re.compile(rf"（(?P<number>{CHINESE_NUMERAL})）[、.]?")),
    # 1.1编制目的 · 4.1.1 · A.2 — whether it is a heading, only its neighbours tell
    Level(
        Mark.DECIMAL,
        Kind.SECTION,
        re.compile(r"(?P<number>(?:\d{1,2}|[A-Z])(?:[.．]\d{1,3}){1,5})(?![\d%％‰])[.．、]?"),
        fine=True,
    ),
    # 21.建立诚信计量长效机制 · - 1.持续推进 · 4.2025年新增 — but not 0.02级
    Level(Mark.ITEM, Kind.ITEM, re.compile(r"(?:[-•·]\s?)?(?P<number>\d{1,3})[.．、](?:(?!\d)|(?=20\d\d年))")),
    # （1）建设标准 · 1）建设标准
    Level(Mark.POINT, Kind.ITEM, re.compile(r"(?:（(?=\d{1,2}）))?(?P<number>\d{1,2})）[、.]?"), fine=True),
    # ①建设标准
    Level(Mark.CIRCLE, Kind.ITEM, re.compile(r"(?P<number>[①-⑳])[、.]?"), fine=True),
    # 1 总则: the outermost of 1, 1.1, 1.1.1
    Level(Mark.DECIMAL, Kind.CHAPTER, re.compile(r"(?P<number>\d{1,2})(?=[^\d.．、%）/:：~～—–-])"), fine=True),
)
KINDS = {Mark.HEADING: Kind.CHAPTER} | {level.mark: level.kind for level in LEVELS}


@dataclass(frozen=True, slots=True)
class Found:
    """A mark at the head of a line: its number as written and where the wording starts."""

    mark: Mark
    number: str
    end: int
    what: str = ""  # of an annex: 件, 录, 表, 图 or nothing

    @property
    def value(self) -> int:
        """The number counted: 第二十一条 → 21, 附件三 → 3, ② → 2; of 4.1.2 its last, of 专栏4-1 its first."""
        if self.mark is Mark.CIRCLE:
            return ord(self.number) - ord("①") + 1
        if self.mark is Mark.DECIMAL:
            return int(self.number.replace("．", ".").rpartition(".")[2])
        digits = COUNTED.search(self.number)
        return numeral_value(digits.group()) if digits else 0


COUNTED = re.compile(rf"\d{{1,3}}|{CHINESE_NUMERAL}")


def find_mark(text: str, fine: bool = False) -> Found | None:
    """The mark `text` begins with, or None for unnumbered text; with `fine` of all levels, else of those that head."""
    for level in LEVELS:
        if level.fine and not fine:
            continue
        if match := level.pattern.match(text):
            return Found(level.mark, match["number"] or "", match.end(), match.groupdict().get("what") or "")
    return None


def part_level(number: str) -> int:
    """How deep a part of a statute stands: 第一部分 0, 第一编 1, 第二章 3, 第二章第一节 4."""
    return max(depth for depth, word in enumerate(PART_WORDS) if number.endswith(word))


def article_value(number: str) -> int:
    """第二十一条 → 21, 第3条之一 → 3."""
    return numeral_value(number[1 : number.index("条")])


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


def is_unfinished(text: str) -> bool:
    """Prose that a page end cut: the next line goes on where it stopped."""
    if text.endswith(TERMINAL) or len(text) > PROSE_MAX:
        return False
    return len(text) >= PROSE_MIN or "，" in text or "。" in text or text.endswith("、")
