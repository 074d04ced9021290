"""What stands inside one clause: paragraphs (款) of an article, their points （一） (项), the points' own 1. (目)."""

import re
from dataclasses import dataclass

from ingest.marks import Mark, find_mark
from ingest.numerals import CHINESE_NUMERAL, numeral_value

POINT = re.compile(rf"(?:^|(?<=[；：。\n]))（(?P<number>{CHINESE_NUMERAL})）", re.M)
ITEM = re.compile(r"(?:^|(?<=[；：\n]))(?:（(?=\d{1,2}）))?(?P<number>\d{1,2})(?:[.．、）])(?!\d)", re.M)
LISTED = (Mark.SECTION, Mark.ITEM, Mark.POINT, Mark.CIRCLE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a clause's text and its number there."""

    number: int
    start: int
    end: int


def paragraphs(text: str) -> list[Stretch]:
    """The natural paragraphs; a list belongs to the paragraph that leads into it."""
    found: list[Stretch] = []
    start = 0
    for line in text.split("\n"):
        mark = find_mark(line, fine=True)
        end = start + len(line)
        if found and mark is not None and mark.mark in LISTED:
            found[-1] = Stretch(found[-1].number, found[-1].start, end)
        else:
            found.append(Stretch(len(found) + 1, start, end))
        start = end + 1
    return found


def points(text: str, start: int, end: int) -> list[Stretch]:
    """（一）, （二）, … of a paragraph, be they on lines of their own or not; 1., 2. where there are none."""
    return _listed(POINT, text, start, end) or _listed(ITEM, text, start, end)


def subpoints(text: str, start: int, end: int) -> list[Stretch]:
    """1., 2., … of a point."""
    return _listed(ITEM, text, start, end)


def find_inside(text: str, within: tuple[int, int, int]) -> Stretch | None:
    """The paragraph, point and subpoint that `within` counts, 0 for those not named; None where one is lacking."""
    paragraph, point, sub = within
    scope = _numbered(paragraphs(text), paragraph) if paragraph else Stretch(0, 0, len(text))
    if scope and point:
        scope = _only_point(text, scope, point)
    if scope and sub:
        scope = _numbered(subpoints(text, scope.start, scope.end), sub)
    return scope


def _only_point(text: str, scope: Stretch, point: int) -> Stretch | None:
    """The point of that number; of an article with several lists, only if one list has it."""
    if scope.number:
        return _numbered(points(text, scope.start, scope.end), point)
    lists = [points(text, each.start, each.end) for each in paragraphs(text)]
    found = [one for one in (_numbered(each, point) for each in lists) if one]
    return found[0] if len(found) == 1 else None


def _numbered(stretches: list[Stretch], number: int) -> Stretch | None:
    return next((one for one in stretches if one.number == number), None)


def _listed(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Stretch]:
    """Marks that count from one; each stretch reaches to the next."""
    marks: list[int] = []
    for match in pattern.finditer(text, start, end):
        if numeral_value(match["number"]) == len(marks) + 1:
            marks.append(match.start())
    ends = [*marks[1:], end] if marks else []
    return [
        Stretch(number, begin, begin + len(text[begin:stop].rstrip()))
        for number, (begin, stop) in enumerate(zip(marks, ends, strict=True), start=1)
    ]
