"""Text cut to so many bytes of UTF-8 where a reader can bear it: never through a character, a number or a mark.

Brackets and quotation marks stay in pairs: what a cut leaves open is closed after an ellipsis, and opened anew in what
is left, e.g. 「甲乙丙丁」 → 「甲乙……」 and 「……丙丁」.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.wording import CUT_SHORT

PAIRS = {
    "「": "」",
    "『": "』",
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "〔": "〕",
    "【": "】",
    "(": ")",
}
DEEPEST = 8  # pairs within pairs; what lies deeper is cut as if it were none
GAP = "……"
# 2025年 · 85.5%以上 · 37号 · [1][2]: what would say something else when only its beginning were left
WHOLE = re.compile(
    r"(?:\[\d{1,3}\])+ ?|[0-9A-Za-z][0-9A-Za-z.,:/@+-]{0,39}[%‰℃年月日时万亿千百十个家项号条章倍元]{0,3}"
)
NEVER_FIRST = frozenset("，。、；：！？…—,.;:!?%") | frozenset(PAIRS.values())  # and no mark of a citation
STOPS, PAUSES = frozenset("。；！？\n"), frozenset("，、：\n")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to cut at: before which character, at what cost, what is open there; the nicest ranks highest."""

    at: int
    bytes: int
    open: tuple[str, ...]
    rank: int


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode())


def shortened(text: str, limit: int) -> str:
    """`text` in `limit` bytes; when some is left out, it ends with words that say so."""
    return text if size(text) <= limit else cut(text, limit - size(CUT_SHORT))[0].rstrip() + CUT_SHORT


def pages(text: str, limit: int, tail: str) -> list[str]:
    """All of `text` in parts of at most `limit` bytes each, every one but the last ending with `tail`."""
    found: list[str] = []
    while size(text) > limit:
        kept, text = cut(text, limit - size(tail))
        found.append(kept.rstrip() + tail)
    return [*found, text]


def cut(text: str, limit: int) -> tuple[str, str]:
    """The beginning of `text` in at most `limit` bytes, and the rest. Takes time in proportion to `limit`."""
    places = [place for place in _places(text[: limit + 1]) if place.bytes <= limit]
    if not places:
        at = len(text.encode()[:limit].decode(errors="ignore"))
        return text[:at], text[at:]
    enough = max(place.bytes for place in places) / 2
    best = max((place for place in places if place.bytes >= enough), key=lambda place: (place.rank, place.at))
    kept, rest = text[: best.at], text[best.at :]
    if not best.open:
        return kept, rest.lstrip("\n")
    return kept + GAP + _closers(best.open), "".join(best.open) + GAP + rest


def _places(text: str) -> Iterator[_Place]:
    """Where `text` may be cut, from its beginning on."""
    glued = {place for match in WHOLE.finditer(text) for place in range(match.start() + 1, match.end())}
    marks = {match.start() for match in WHOLE.finditer(text) if match.group().startswith("[")}
    stack: list[str] = []
    spent = 0
    for at, char in enumerate(text):
        if at and at not in glued and at not in marks and not _continues(text[at - 1], char):
            closing = size(GAP + _closers(stack)) if stack else 0
            yield _Place(at, spent + closing, tuple(stack), _rank(text[at - 1], bool(stack)))
        spent += size(char)
        if char in PAIRS and len(stack) < DEEPEST:
            stack.append(char)
        elif stack and char == PAIRS[stack[-1]]:
            stack.pop()


def _continues(before: str, char: str) -> bool:
    """Whether `char` belongs to what stands before it."""
    if char in NEVER_FIRST or before in PAIRS or "\u200d" in (before, char):
        return True
    return unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def _rank(before: str, inside: bool) -> int:
    """After a sentence first, then after a part of one; outside of all brackets rather than within."""
    ends = before in STOPS or before == "]"  # with all its marks
    return (2 if not inside else 0) + (2 if ends else 1 if before in PAUSES else 0) * (2 if not inside else 1)


def _closers(stack: list[str] | tuple[str, ...]) -> str:
    return "".join(PAIRS[opener] for opener in reversed(stack))
