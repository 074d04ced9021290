"""Runs and tables of a page in the order they are read: columns one after the other, tables without rulings found."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.grid import Table
from ingest.formats.runs import Run

COLUMN_MIN = 9  # times the size: the lines of a column are mostly wider, cells of a table mostly narrower
ROWS_MIN = 3  # that have something on both sides of a gutter, or stand in columns, one below the other
OVERLAP = 0.5  # of the lower run's height: then two runs stand on one row
FACING = 0.2  # the same, for lines of two columns


@dataclass(frozen=True, slots=True)
class Row:
    """Runs that stand beside each other, from left to right; or a table, alone."""

    runs: tuple[Run, ...] = ()
    table: Table | None = None

    @property
    def y0(self) -> float:
        return self.table.y0 if self.table else min(run.y0 for run in self.runs)

    @property
    def y1(self) -> float:
        return self.table.y1 if self.table else max(run.y1 for run in self.runs)

    @property
    def x0(self) -> float:
        return self.table.x0 if self.table else self.runs[0].x0

    @property
    def x1(self) -> float:
        return self.table.x1 if self.table else max(run.x1 for run in self.runs)

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)


def rows_of(runs: Sequence[Run], tables: Sequence[Table] = ()) -> list[Row]:
    """From top to bottom."""
    grouped: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: (each.middle[1], each.x0)):
        last = grouped[-1] if grouped else None
        if last and _overlap(last[0], run) > OVERLAP:
            last.append(run)
        else:
            grouped.append([run])
    rows = [Row(tuple(sorted(group, key=lambda each: each.x0))) for group in grouped]
    return sorted([*rows, *(Row(table=table) for table in tables)], key=lambda row: row.y0)


def _overlap(one: Run, other: Run) -> float:
    """As a share of the lower one's height."""
    return (min(one.y1, other.y1) - max(one.y0, other.y0)) / max(min(one.y1 - one.y0, other.y1 - other.y0), 0.1)


def in_columns(rows: list[Row]) -> list[list[Row]]:
    """Stretches that are read one after the other; each has one column."""
    found = next(((index, seen) for index in range(len(rows)) if (seen := _gutter(rows[index:]))), None)
    if found is None:
        return [rows] if rows else []
    start, (gutter, length) = found
    end = start + length
    while start and len(rows[start - 1].runs) == 1 and _is_clear(rows[start - 1], gutter):
        start -= 1  # a line beside which the other column has nothing
    zone, below = rows[start:end], rows[end:]
    left = [part for row in zone if (part := _part(row, gutter, left=True))]
    right = [part for row in zone if (part := _part(row, gutter, left=False))]
    above = [rows[:start]] if start else []
    return [*above, left, *in_columns(right), *in_columns(below)]


def _part(row: Row, gutter: float, left: bool) -> Row | None:
    """What of the row stands on that side."""
    if row.table is not None:
        return row if (row.table.x1 <= gutter) == left else None
    runs = _side(row, gutter, left)
    return Row(runs) if runs else None


def _is_clear(row: Row, gutter: float) -> bool:
    return row.x1 <= gutter or row.x0 >= gutter


def _side(row: Row, gutter: float, left: bool) -> tuple[Run, ...]:
    return tuple(run for run in row.runs if (run.x1 <= gutter) == left)


def _gutter(rows: list[Row]) -> tuple[float, int] | None:
    """Where the gutter that begins in the first row is, and for how many rows it goes on; None if there is none.

    Lines of two columns need not stand at one height, so that the second row may show it.
    """
    first = sorted((run for row in rows[:2] for run in row.runs), key=lambda run: run.x0)
    for before, after in pairwise(first):
        if after.x0 <= before.x1:
            continue
        left, right, length = before.x1, after.x0, 0
        for row in rows:
            clear = _clear(row, left, right)
            if clear is None:
                break
            left, right = clear
            length += 1
        middle = (left + right) / 2
        if _faces(rows[:length], middle) >= ROWS_MIN and _is_prose(rows[:length], middle):
            return middle, length
    return None


def _faces(rows: list[Row], gutter: float) -> int:
    """How many lines on the left have one on the right beside them."""
    right = [side for row in rows if (side := _side(row, gutter, left=False))]
    left = [side for row in rows if (side := _side(row, gutter, left=True))]
    return sum(any(_overlap(one[0], other[0]) > FACING for other in right) for one in left)


def _clear(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """What of the gap the row leaves free; None when something stands across it."""
    spans = [(run.x0, run.x1) for run in row.runs] if row.table is None else [(row.x0, row.x1)]
    for x0, x1 in spans:
        if x1 <= right and x0 < (left + right) / 2:
            left = max(left, x1)
        elif x0 >= left:
            right = min(right, x0)
        else:
            return None
    return (left, right) if right > left else None


def _is_prose(rows: list[Row], gutter: float) -> bool:
    widths = [
        [sum(run.x1 - run.x0 for run in side) / side[0].size for row in rows if (side := _side(row, gutter, left))]
        for left in (True, False)
    ]
    return all(side and median(side) >= COLUMN_MIN for side in widths)


def with_tables(rows: list[Row]) -> list[Row]:
    """Rows in whose runs columns show, at least three one below the other, become tables."""
    found: list[Row] = []
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and len(rows[end].runs) > 1:
            end += 1
        columns = _columns(rows[index:end])
        if end - index >= ROWS_MIN and len(columns) > 1:
            found.append(Row(table=_aligned(rows[index:end], columns)))
            index = end
        else:
            found.extend(rows[index : max(end, index + 1)])
            index = max(end, index + 1)
    return found


def _columns(rows: list[Row]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((run.x0, run.x1) for row in rows for run in row.runs):
        if columns and x0 <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], x1)
        else:
            columns.append((x0, x1))
    return columns


def _aligned(rows: list[Row], columns: list[tuple[float, float]]) -> Table:
    cells = tuple(tuple(tuple(run for run in row.runs if x0 <= run.x0 <= x1) for x0, x1 in columns) for row in rows)
    return Table(columns[0][0], rows[0].y0, columns[-1][1], rows[-1].y1, cells)
