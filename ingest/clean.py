"""Decoded source → clean lines, in named steps. Each step says what it removed; none loses an origin."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from re import Match

from opencc import OpenCC

from ingest.markup import drop_markup, heading_level
from ingest.model import Discard
from ingest.pipes import open_tables
from ingest.traced import Traced

CJK = r"\u3400-\u9fff"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
SYLLABLE = rf"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouüv{TONED}]{{1,4}}(?:ng?|r)?"
NEUTRAL = "de|di|le|ma|me|men|ne|ba|ge|zhe|zi|tou|shang|xia|li"  # what is spoken without a tone
# 民(mín)  得(de) — but not (UTC), (e-CQS), nor the units (kg), (min), (ha), (a)
PINYIN = re.compile(rf"(?<=[{CJK}])[(（](?:(?=[^)）]{{0,5}}[{TONED}]){SYLLABLE}|{NEUTRAL})[)）]")
BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,200}\]")  # Word bookmarks of a text export
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]+")
BLANKS = r" \u00a0\u2002-\u200a\u3000\u202f"
BLANK = f"[{BLANKS}]"
PAGE_RULE = re.compile(rf"(?m)^[{BLANKS}\t\f]*[-—–－]{BLANK}?\d{{1,4}}{BLANK}?[-—–－][{BLANKS}\t]*$|\f")  # "— 12 —"
# a run of blanks means something only between two Latin words or numbers
IDLE_BLANK = re.compile(rf"(?<![A-Za-z0-9.,;:{BLANKS}]){BLANK}++|{BLANK}++(?![A-Za-z0-9])")
LINE_EDGE_BLANK = re.compile(rf"(?m)^{BLANK}++|(?<!{BLANK}){BLANK}++$")

FULL_WIDTH = {
    ",": "，",
    ":": "：",
    ";": "；",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
}
HALF_PUNCTUATION = re.compile("[,:;()?!]")
ANGLED_TITLE = re.compile(rf"<([{CJK}《“][^<>\n]*)>")  # <计量发展规划> — but not 误差<0.5%
ASCII_WORD = re.compile(r"[A-Za-z0-9/]")
ALPHANUMERIC_FORMS = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
TRADITIONAL_SHARE = 0.02  # of CJK characters; below it a document is simplified and left alone
TRADITIONAL_MIN = 3  # 乾县 or 瞭望 alone do not make a text Traditional
MANY_NOTES = 3

Step = Callable[[Traced], tuple[Traced, list[Discard]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it. `gap` counts the empty lines above, `tabbed` says it began with a TAB.

    `level` counts the hashes of a Markdown heading.
    """

    body: Traced
    gap: int
    tabbed: bool
    raw: Traced
    level: int = 0

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def cells(self) -> list[Traced]:
        """The line's TAB-separated cells, blanks stripped; one cell for ordinary text."""
        return [cell.strip() for cell in self.raw.split("\t")]


def clean(source: str) -> tuple[list[Line], list[Discard]]:
    """Simplified, full-width-punctuated lines of `source` and everything that was set aside."""
    text = Traced.whole(source)
    discards: list[Discard] = []
    for step in STEPS:
        text, dropped = step(text)
        discards.extend(dropped)
    marked_up = any(discard.reason == "markup" for discard in discards)
    return _lines(text, source if marked_up else ""), discards


def drop_pinyin_notes(text: Traced) -> tuple[Traced, list[Discard]]:
    """A reading in brackets after its character. Only in documents that are full of toned ones."""
    toned = sum(1 for match in PINYIN.finditer(text.text) if set(match.group()) & set(TONED))
    if toned < MANY_NOTES:
        return text, []
    return text.drop(PINYIN, "pinyin")


def drop_bookmarks(text: Traced) -> tuple[Traced, list[Discard]]:
    return text.drop(BOOKMARK, "bookmark")


def drop_invisible(text: Traced) -> tuple[Traced, list[Discard]]:
    return text.drop(INVISIBLE, "invisible")


def drop_page_rules(text: Traced) -> tuple[Traced, list[Discard]]:
    return text.drop(PAGE_RULE, "page_rule")


def drop_idle_blanks(text: Traced) -> tuple[Traced, list[Discard]]:
    """Blanks at line edges and beside Chinese characters; TABs stay, they separate cells."""
    text, edges = text.drop(LINE_EDGE_BLANK, "blank")
    text, inner = text.drop(IDLE_BLANK, "blank")
    return text, edges + inner


def widen_punctuation(text: Traced) -> tuple[Traced, list[Discard]]:
    """Half-width marks become full-width unless they stand inside a Latin word or a number."""
    whole = text.text.translate(ALPHANUMERIC_FORMS)

    def widen(match: Match[str]) -> str:
        before, after = whole[match.start() - 1 : match.start()], whole[match.end() : match.end() + 1]
        inside = bool(ASCII_WORD.match(before) and ASCII_WORD.match(after))
        return match.group() if inside else FULL_WIDTH[match.group()]

    return text.substitute(ANGLED_TITLE.sub(r"〈\1〉", HALF_PUNCTUATION.sub(widen, whole))), []


def simplify(text: Traced) -> tuple[Traced, list[Discard]]:
    """Traditional → simplified, when the document is written in Traditional characters."""
    simplified = to_simplified(text.text)
    ideographs = sum(1 for char in text.text if "\u3400" <= char <= "\u9fff")
    changed = sum(1 for old, new in zip(text.text, simplified, strict=False) if old != new)
    if changed < max(TRADITIONAL_MIN, TRADITIONAL_SHARE * ideographs):
        return text, []
    return text.substitute(simplified), []


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """`text` in simplified characters, one for one: a phrase that would change the length goes by character.

    What has no traditional character stays as it is: phrases of the table would make 说明复盖 of 说明覆盖.
    """
    if all(_simplify_character(char) == char for char in text):
        return text
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_simplify_character(char) for char in text)


@cache
def _simplify_character(char: str) -> str:
    converted: str = _converter().convert(char)
    return converted if len(converted) == 1 else char


def _lines(text: Traced, marked_up: str) -> list[Line]:
    """`marked_up` is the source of a Markdown document, whose headings' levels count."""
    lines, gap = [], 0
    for raw in text.split("\n"):
        tabbed = raw.text.startswith("\t")
        body = raw.strip()
        if not len(body):
            gap += 1
            continue
        level = heading_level(marked_up, body.origins[0]) if marked_up else 0
        lines.append(Line(body, gap, tabbed, raw, level))
        gap = 0
    return lines


STEPS: tuple[Step, ...] = (
    drop_invisible,
    open_tables,
    drop_bookmarks,
    drop_pinyin_notes,
    drop_page_rules,
    drop_markup,
    drop_idle_blanks,
    widen_punctuation,
    simplify,
)
