"""Text tables for the terminal, in which an ideograph is two columns wide."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Columns `text` takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns padded to their widest cell, the first to the left and the others to the right.

    Raises ValueError when a row has not as many cells as the header.
    """
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * size for size in widths])
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for number, (cell, size) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (size - width(cell))
        padded.append(blank + cell if number else cell + blank)
    return "  ".join(padded).rstrip()
