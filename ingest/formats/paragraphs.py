"""Lines of pages → paragraphs: what a line end or a page end cut is joined, what the eye sees as a new one stays."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.marks import TERMINAL, find_mark

INDENT = 0.8  # times the size: more is the first line of a paragraph
BLANK_LINE = 1.55  # times the usual distance of lines
SIZE = 0.12  # share: a line that much larger or smaller is of another kind
SLACK = (1.2, 2.2)  # times the size; the second where paragraphs are indented, so that a full line need not tell
INDENTED = 0.15  # share of lines: then the document indents its paragraphs
UNBROKEN = re.compile(r"[A-Za-z0-9.,%/～~—–-]*[，。；：、）》”！？]?")
HYPHEN = "\x02"  # how the PDF engine marks one that only a line end made
SAME_EDGE = 0.3  # times the size: lines that begin so near each other begin at one edge
WIDTH = 0.55  # of the size: a Latin letter


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its column. `indent` and `slack` are what it leaves free on either side, `distance` what lies between
    it and the line above, as a multiple of the usual; 0 where it is the first of a column."""

    text: str
    size: float
    indent: float
    slack: float
    distance: float = 0.0

    @property
    def centred(self) -> bool:
        return self.indent > INDENT * self.size and abs(self.indent - self.slack) < self.size


def paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Each on one line; an empty line where the page leaves one free."""
    listed = list(lines)
    if not listed:
        return
    indents = sum(INDENT <= line.indent / line.size <= 4 for line in listed) >= INDENTED * len(listed)
    text = listed[0].text
    for before, line in pairwise(listed):
        if _goes_on(before, line, indents):
            text = _joined(text, line.text)
        else:
            yield text.replace(HYPHEN, "")
            if line.distance > BLANK_LINE:
                yield ""
            text = line.text
    yield text.replace(HYPHEN, "")


def _goes_on(before: Line, line: Line, indents: bool) -> bool:
    if line.distance > BLANK_LINE or abs(line.size - before.size) > SIZE * before.size:
        return False
    if before.slack > _needed(line) + SLACK[indents] * before.size:
        return False
    if before.text.endswith(TERMINAL) and find_mark(line.text):
        return False
    if line.indent < INDENT * line.size:
        return True
    together = line.centred if indents else abs(line.indent - before.indent) < SAME_EDGE * line.size
    return together and not before.text.endswith(TERMINAL) and find_mark(line.text) is None


def _needed(line: Line) -> float:
    """Room that what cannot be broken at the head of the line would have wanted on the line above."""
    unbroken = UNBROKEN.match(line.text)
    letters = len(unbroken[0]) if unbroken else 0
    return letters * WIDTH * line.size if letters > 1 else 0.0


def _joined(text: str, more: str) -> str:
    if text.endswith(HYPHEN):
        return text[:-1] + more
    before, after = text[-1:], more[:1]
    if before == "-" and text[-2:-1].isalpha() and text[-2:-1].isascii() and after.islower():
        return text[:-1] + more
    words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return f"{text} {more}" if words and not (before.isdigit() and after.isdigit()) else text + more
