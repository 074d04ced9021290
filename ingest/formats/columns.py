"""Runs and tables of a page in the order they are read: columns one after the other, tables without rulings found."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.formats.grid import Table
from ingest.formats.runs import Run

COLUMN_MIN = 9  # times the size: the lines of a column are mostly wider, cells of a table mostly narrower
ROWS_MIN = 3  # that have something on both sides of a gutter, or stand in columns, one below the other
OVERLAP = 0.5  # of the lower run's height: then two runs stand on one row


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
        if last and _beside(last[0], run):
            last.append(run)
        else:
            grouped.append([run])
    rows = [Row(tuple(sorted(group, key=lambda each: each.x0))) for group in grouped]
    return sorted([*rows, *(Row(table=table) for table in tables)], key=lambda row: row.y0)


def _beside(one: Run, other: Run) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > OVERLAP * min(one.y1 - one.y0, other.y1 - other.y0)


def in_columns(rows: list[Row]) -> list[list[Row]]:
    """Stretches that are read one after the other; each has one column."""
    start = next((index for index in range(len(rows)) if _gutter(rows[index:])), None)
    if start is None:
        return [rows] if rows else []
    gutter, length = _gutter(rows[start:]) or (0.0, 0)
    zone, below = rows[start : start + length], rows[start + length :]
    left = [Row(runs) if runs else row for row in zone if (runs := _side(row, gutter, left=True)) or _left(row, gutter)]
    right = [
        Row(runs) if runs else row for row in zone if (runs := _side(row, gutter, left=False)) or _right(row, gutter)
    ]
    above = [rows[:start]] if start else []
    return [*above, left, *in_columns(right), *in_columns(below)]


def _side(row: Row, gutter: float, left: bool) -> tuple[Run, ...]:
    return tuple(run for run in row.runs if (run.x1 <= gutter) == left)


def _left(row: Row, gutter: float) -> bool:
    return row.table is not None and row.table.x1 <= gutter


def _right(row: Row, gutter: float) -> bool:
    return row.table is not None and row.table.x0 >= gutter


def _gutter(rows: list[Row]) -> tuple[float, int] | None:
    """Where the gutter that begins in the first row is, and for how many rows it goes on; None if there is none."""
    if not rows or len(rows[0].runs) < 2:
        return None
    for before, after in zip(rows[0].runs, rows[0].runs[1:], strict=False):
        left, right = before.x1, after.x0
        length, both = 0, 0
        for row in rows:
            clear = _clear(row, left, right)
            if clear is None:
                break
            left, right = clear
            length += 1
            both += any(run.x1 <= left for run in row.runs) and any(run.x0 >= right for run in row.runs)
        middle = (left + right) / 2
        if both >= ROWS_MIN and _is_prose(rows[:length], middle):
            return middle, length
    return None


def _clear(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """What of the gap the row leaves free; None when something stands across it."""
    spans = [(run.x0, run.x1) for run in row.runs] if row.table is None else [(row.x0, row.x1)]
    for x0, x1 in spans:
        if x1 <= (left + right) / 2:
            left = max(left, x1)
        elif x0 >= (left + right) / 2:
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
