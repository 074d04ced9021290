"""How much of one text stands in another, in order."""

import re
from dataclasses import dataclass

from ingest.clean import clean
from ingest.model import Plan

SEPARATOR = re.compile(r"\|[|:-]+")  # |---|---|


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` is of characters, 0 to 1; `same` of `clauses` have their path and every character."""

    share: float
    same: int
    clauses: int
    strange: tuple[str, ...] = ()  # paths that only the one read back has


def characters(source: str) -> str:
    """What a reader sees, as cleaning gives it, without blanks and the bars of tables."""
    lines = [line.text for line in clean(source)[0] if not SEPARATOR.fullmatch(line.text)]
    return "".join("".join(lines).replace("|", "").split())


def share_of_characters(expected: str, actual: str) -> float:
    """The longest common subsequence, as a share of the longer text: what is lost and what is added both count."""
    longest = max(len(expected), len(actual))
    return _common(expected, actual) / longest if longest else 1.0


def _common(one: str, other: str) -> int:
    """Its length, with a bit for each character of `one` (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << index
    whole = (1 << len(one)) - 1
    row = whole
    for char in other:
        matched = row & places.get(char, 0)
        row = ((row + matched) | (row - matched)) & whole
    return len(one) - row.bit_count()


def likeness(expected: Plan, actual: Plan) -> Likeness:
    texts = {clause.path: clause.text for clause in actual.clauses}
    paths = {clause.path for clause in expected.clauses}
    return Likeness(
        share=share_of_characters(characters(expected.source), characters(actual.source)),
        same=sum(texts.get(clause.path) == clause.text for clause in expected.clauses),
        clauses=len(expected.clauses),
        strange=tuple(path for path in texts if path not in paths),
    )
