"""Texts a pattern would match, drawn from its own parse: what stands around them is not looked at."""

import random
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ANYTHING = "计甲a"
CATEGORIES = {"digit": "1", "space": " ", "word": "计"}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def sampled(pattern: str, flags: int, seed: int) -> str:
    """The same text for the same seed."""
    return _of(parser.parse(pattern, flags), random.Random(seed))


def _of(items: Any, draw: random.Random) -> str:
    return "".join(_one(kind, value, draw) for kind, value in items)


def _one(kind: Any, value: Any, draw: random.Random) -> str:
    if kind is codes.LITERAL:
        return chr(value)
    if kind in (codes.NOT_LITERAL, codes.ANY):
        return draw.choice(ANYTHING)
    if kind is codes.IN:
        return _of_set(value, draw)
    if kind is codes.BRANCH:
        return _of(draw.choice(value[1]), draw)
    if kind is codes.SUBPATTERN:
        return _of(value[3], draw)
    if kind in REPEATS:
        least, most, inner = value
        times = draw.randint(least, min(int(most), max(least, 1) + 1))
        return "".join(_of(inner, draw) for _ in range(times))
    return ""  # looks around, anchors


def _of_set(items: list[Any], draw: random.Random) -> str:
    if items[0][0] is codes.NEGATE:
        return draw.choice(ANYTHING)
    kind, value = draw.choice(items)
    if kind is codes.LITERAL:
        return chr(value)
    if kind is codes.RANGE:
        return chr(draw.randint(*value))
    return CATEGORIES.get(str(value).rsplit("_", maxsplit=1)[-1].lower(), "计")
