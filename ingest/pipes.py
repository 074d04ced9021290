"""Tables drawn with marks → TAB-separated cells, so that one reader reads them all.

Markdown (| a | b | over |---|---|), boxes of │ and ─, and columns kept apart by blanks. The marks become discards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.aligned import APART, BLANKS, apart, skipped
from ingest.columns import is_head
from ingest.model import Discard
from ingest.traced import Traced, spans

RULE = "table_rule"
BARS = "|│┃"
RULE_LINE = re.compile(r"[ \t|│┃+\-:=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{3,}$")
CORNERS = "|│┃+└┴┘╚┗"
RULE_MARKS = "-─━═"
ESCAPED = re.compile(r"\\(?=[|│┃])")
LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
ALIGNED_MIN = 3  # rows and columns


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def is_rule(self) -> bool:
        return bool(RULE_LINE.match(self.text)) and any(mark in self.text for mark in RULE_MARKS)

    @property
    def is_row(self) -> bool:
        bare = self.text.strip(BLANKS + "\t")
        return len(bare) > 1 and bare[0] in BARS and bare[-1] in BARS and not self.is_rule

    @property
    def is_open_row(self) -> bool:
        """a | b, without bars at the edges."""
        return any(bar in self.text for bar in BARS) and not self.is_rule

    @property
    def bars(self) -> list[int]:
        """Offsets in the line of the bars that part cells; \\| is written in a cell."""
        return [i for i, char in enumerate(self.text) if char in BARS and self.text[i - 1 : i] != "\\"]

    @property
    def cells(self) -> list[str]:
        parts = pairwise([-1, *self.bars, len(self.text)])
        return [cell for a, b in parts if (cell := self.text[a + 1 : b].strip())]


def open_tables(text: Traced) -> tuple[Traced, list[Discard]]:
    """The text with its drawn tables as TAB-separated lines. A table of one column is no table but its lines."""
    edits = _Edits(text.text)
    lines = list(_lines(text.text))
    index = 0
    while index < len(lines):
        end, drawn = _block(lines, index)
        if drawn:
            edits.open(lines[index:end])
        elif end == index + 1 and (end := _aligned_end(lines, index)) > index:
            edits.part(lines[index:end])
        index = max(end, index + 1)
    return edits.apply(text)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(start, line)
        start += len(line) + 1


def _block(lines: list[_Line], start: int) -> tuple[int, bool]:
    """The end of the rows and rules that begin at `start`, and whether they draw a table."""
    if start + 1 < len(lines) and _opens(lines[start], lines[start + 1]):
        end = start + 2
        while end < len(lines) and lines[end].is_open_row:
            end += 1
        return end, True
    end, rows = start, 0
    if lines[start].is_rule and not set(lines[start].text) & set(CORNERS):
        return start + 1, False  # ---- is a rule of the page
    while end < len(lines) and (lines[end].is_row or lines[end].is_rule):
        rows += lines[end].is_row
        end += 1
    if end > start and lines[end - 1].is_rule and not set(lines[end - 1].text) & set(CORNERS):
        end -= 1
    ruled = any(line.is_rule for line in lines[start:end])
    return max(end, start + 1), rows > 1 or (rows > 0 and ruled)


def _opens(head: _Line, rule: _Line) -> bool:
    """A head and a rule of Markdown without bars at their edges."""
    bare = head.is_open_row and not head.is_row and rule.is_rule and any(bar in rule.text for bar in BARS)
    return bare and sum(is_head(cell) for cell in head.cells) * 2 >= len(head.cells) > 1


def _aligned_end(lines: list[_Line], start: int) -> int:
    """The end of rows whose cells stand apart by two blanks or more under a head."""
    cells = apart(lines[start].text)
    if len(cells) < ALIGNED_MIN or sum(is_head(cell) for cell in cells) * 2 < len(cells):
        return start
    end = start + 1
    while end < len(lines) and _under(lines[start].text, lines[end].text, len(cells)):
        end += 1
    return end if end - start >= ALIGNED_MIN else start


def _under(head: str, line: str, width: int) -> bool:
    """Whether a line is a row under `head`: as many cells, or fewer that each stand under a heading."""
    cells = apart(line)
    return len(cells) == width or (1 < len(cells) < width and skipped(head, line) is not None)


class _Edits:
    """What becomes a TAB or a line break, and what is dropped, all at offsets of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.put: dict[int, str] = {}
        self.dropped: set[int] = set()

    def open(self, lines: list[_Line]) -> None:
        rows = [line for line in lines if not line.is_rule]
        table = sum(len(line.cells) > 1 for line in rows) > 1
        for line in lines:
            if line.is_rule:
                self.dropped.update(range(line.start, line.start + len(line.text)))
        for line in rows:
            if table:
                self.put.update((line.start + at, "\t") for at in line.bars)
            else:
                self.dropped.update((line.start + line.bars[0], line.start + line.bars[-1]))
            self._open_cells(line, table)

    def _open_cells(self, line: _Line, table: bool) -> None:
        """\\| is a bar; <br> ends a line, but in a table the line is the row."""
        for match in ESCAPED.finditer(line.text):
            self.dropped.add(line.start + match.start())
        for match in LINE_BREAK.finditer(line.text):
            self.dropped.update(range(line.start + match.start(), line.start + match.end()))
            if not table:
                self.put[line.start + match.end() - 1] = "\n"

    def part(self, lines: list[_Line]) -> None:
        for line in lines:
            left = len(line.text) - len(line.text.lstrip(BLANKS))
            right = len(line.text.rstrip(BLANKS))
            gaps = list(APART.finditer(line.text, left, right))
            empty = skipped(lines[0].text, line.text) if len(gaps) < len(apart(lines[0].text)) - 1 else None
            for match, columns in zip(gaps, empty or [1] * len(gaps), strict=True):
                width = min(columns, match.end() - match.start())  # a TAB for each blank, so many as columns
                self.put.update((line.start + match.start() + index, "\t") for index in range(width))

    def apply(self, text: Traced) -> tuple[Traced, list[Discard]]:
        if not self.put and not self.dropped:
            return text, []
        marks = {at for at in self.dropped | set(self.put) if not text.text[at].isspace()}
        kept = [at for at in range(len(text.text)) if at in self.put or at not in self.dropped]
        done = Traced("".join(self.put.get(at, text.text[at]) for at in kept), tuple(text.origins[at] for at in kept))
        return done, spans(RULE, (text.origins[at] for at in sorted(marks)))
