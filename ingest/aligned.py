"""Columns kept apart by blanks: which column each cell of a line stands under, when some cells are empty."""

import re
from unicodedata import east_asian_width

BLANKS = " \u00a0\u2002\u2003\u3000"
APART = re.compile(rf"(?<=[^{BLANKS}\t\n])[{BLANKS}]{{2,}}+(?=[^{BLANKS}\t\n])")
LONGEST = 400  # characters of a line with a table's cells
NEAR = 2  # columns on the screen by which a cell may stand beside its heading


def apart(line: str) -> list[str]:
    """The cells that two blanks or more part."""
    return APART.split(line.strip(BLANKS)) if "  " in line or "\u3000" in line else []


def skipped(head: str, line: str) -> list[int] | None:
    """How many columns each gap of `line` goes on by: [1, 1] when no cell before its last is empty.

    None when the cells do not stand under the headings.
    """
    if max(len(head), len(line)) > LONGEST:
        return None
    columns, cells = _places(head), _places(line)
    at, gaps = -1, []
    for start, end in cells:
        under = [i for i, (a, b) in enumerate(columns) if i > at and start < b + NEAR and a < end + NEAR]
        if not under:
            return None
        best = min(under, key=lambda i: (abs(columns[i][0] - start) + abs(columns[i][1] - end), i))
        gaps.append(best - at)
        at = best
    return gaps[1:] if gaps and gaps[0] == 1 else None


def _places(line: str) -> list[tuple[int, int]]:
    """Where cells begin and end on a screen on which a Chinese character is two columns wide."""
    bare = line.rstrip(BLANKS)
    begin = len(bare) - len(bare.lstrip(BLANKS))
    edges = [begin, *(edge for match in APART.finditer(bare, begin) for edge in match.span()), len(bare)]
    wide = [0]
    for char in bare:
        wide.append(wide[-1] + (2 if east_asian_width(char) in "WF" else 1))
    return [(wide[a], wide[b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
