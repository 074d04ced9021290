"""Rows of a box or a table → tables with a head, as the plan printed them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from ui.plan_marks import Line, Mark, Marks, Sort, plain, runs
from ui.replies import ClauseText
from ui.rows import CELL, sign_of

COLON = "："


@dataclass(frozen=True, slots=True)
class Cell:
    """`sign`: what a bare number lacks beneath its row's name 覆盖率（%）."""

    column: str
    value: Line
    sign: str

    @property
    def text(self) -> str:
        return plain(self.value) + self.sign


@dataclass(frozen=True, slots=True)
class Row:
    path: str
    number: str
    name: Line
    cells: tuple[Cell, ...]
    cited: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(cell.column for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow each other, each with a cell for every column. `name_column` heads their names."""

    name_column: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_row(clause: ClauseText, number: str, marks: Marks, cited: bool) -> Row | None:
    """None for a row whose cells do not name their columns: it is shown as text."""
    name, *rest = _stretches(clause.text)
    if not rest:
        return None
    shown = clause.text[slice(*name)]
    cells = []
    for start, end in rest:
        colon = clause.text.find(COLON, start, end)
        if colon < 0:
            return None
        value = runs(clause.text, colon + 1, end, _onto_values(marks, start, colon + 1, end))
        cells.append(Cell(clause.text[start:colon], value, sign_of(shown, clause.text[colon + 1 : end])))
    return Row(clause.clause_path, number, runs(clause.text, *name, marks), tuple(cells), cited)


def tables(rows: Iterable[tuple[Row, str]]) -> tuple[Table, ...]:
    """Rows with what heads their names. A row that lacks columns of its neighbours goes with them: a cell over several
    rows is told of the first alone.
    """
    found: list[Table] = []
    for (head, columns), group in groupby(rows, key=lambda pair: (pair[1], pair[0].columns)):
        own = Table(head, columns, tuple(row for row, _ in group))
        last = found[-1] if found else None
        wider = max(own.columns, last.columns, key=len) if last else ()
        if last and _holds(wider, own.columns) and _holds(wider, last.columns):
            named = max(last, own, key=lambda table: len(table.rows)).name_column
            found[-1] = Table(named, wider, (*last.rows, *own.rows))
        else:
            found.append(own)
    return tuple(replace(one, rows=tuple(_filled(row, one.columns) for row in one.rows)) for one in found)


def _holds(wider: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    """Whether all of `columns` are among `wider`, in their order, each once."""
    return len(set(wider)) == len(wider) and tuple(one for one in wider if one in columns) == columns


def _filled(row: Row, columns: tuple[str, ...]) -> Row:
    if row.columns == columns:
        return row
    own = {cell.column: cell for cell in row.cells}
    return replace(row, cells=tuple(own.get(column, Cell(column, (), "")) for column in columns))


def name_column(clause: ClauseText) -> str:
    """As the plan heads it; empty where it does not."""
    return clause.cells[0].column if clause.cells else ""


def _stretches(text: str) -> list[tuple[int, int]]:
    """Start and end of each cell."""
    found, start = [], 0
    for part in text.split(CELL):
        found.append((start, start + len(part)))
        start += len(part) + len(CELL)
    return found


def _onto_values(marks: Marks, start: int, value: int, end: int) -> Marks:
    """A hit in a column's name, which stands in the head alone, shows on the value."""
    moved = (
        Mark(value, end, mark.sort, mark.value)
        if mark.sort is Sort.HIT and start <= mark.start < value and mark.end <= value
        else mark
        for mark in marks
    )
    return tuple(moved)
