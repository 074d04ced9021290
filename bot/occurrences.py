"""Where words stand in a plan: exactly these, but for width, script, case and blanks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.question.fold import fold, folded
from ingest.model import Clause, Plan

SPELLED = 2_000  # clauses whose spelling is remembered: who searches a plan does so again
BREAK = "\n"  # between two paragraphs, across which no words stand


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`clause.text[start:end]` are the words."""

    clause: Clause
    start: int
    end: int


def spelled(text: str) -> str:
    """Words as they are looked for, e.g. `ＯＩＭＬ 證書` → `oiml证书`; empty when nothing is left of them."""
    return "".join(folded(char) for char in fold(text)).lower()


def occurrences(plan: Plan, text: str) -> Iterator[Occurrence]:
    """In the order of the plan; none overlaps another."""
    wanted = spelled(text)
    if not wanted:
        return
    for clause in plan.clauses:
        words, origins = _with_origins(clause.text)
        at = words.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            yield Occurrence(clause, origins[at], origins[end - 1] + 1)
            at = words.find(wanted, end)


@lru_cache(maxsize=SPELLED)
def _with_origins(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as `spelled` spells it, and for each character the index in `text` it came from."""
    words: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        for plain in char if char == BREAK else folded(char).lower():
            words.append(plain)
            origins.append(index)
    return "".join(words), tuple(origins)
