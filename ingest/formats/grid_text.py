"""A table as the lines of a markdown table, which is the one written form the rest of ingest reads tables in."""

from collections.abc import Sequence


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows, the header first, as `| a | b |` with `|---|---|` below the header. Columns and rows without text go.

    >>> table_lines([["指标", "2025年"], ["专利（项）", "80"]])
    ['| 指标 | 2025年 |', '|---|---|', '| 专利（项） | 80 |']
    """
    width = max((len(row) for row in rows), default=0)
    padded = [[_cell(text) for text in row] + [""] * (width - len(row)) for row in rows]
    kept = [column for column in range(width) if any(row[column] for row in padded)]
    lines = [f"| {' | '.join(row[column] for column in kept)} |" for row in padded if any(row)]
    return [lines[0], f"|{'---|' * len(kept)}", *lines[1:]] if lines else []


def _cell(text: str) -> str:
    """On one line, and with no bar of its own."""
    return " ".join(text.split()).replace("|", "｜")
