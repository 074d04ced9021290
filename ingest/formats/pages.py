"""Pages → the text of a document: margins off, columns in order, tables as markdown, paragraphs whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.columns import Row, in_columns, rows_of, with_tables
from ingest.formats.grid import Table, tables_of
from ingest.formats.grid_text import table_lines
from ingest.formats.margins import without_margins
from ingest.formats.paragraphs import Line, paragraphs
from ingest.formats.runs import Page, Run

FEW = 8  # lines of a column: too few to show its edges
ONE_EDGE = 1.5  # times the size: edges of columns that near are one


@dataclass(frozen=True, slots=True)
class PagesText:
    text: str
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    rows: list[Row]
    x0: float
    x1: float


def text_of(pages: Sequence[Page]) -> PagesText:
    found: list[tuple[list[Row], float]] = []
    for page in pages:
        tables, rest = tables_of(page.runs, page.rulings)
        found.append((rows_of(rest, tables), page.height))
    kept, aside = without_margins(found)
    columns = [column for rows in kept for stretch in in_columns(rows) for column in [_column(with_tables(stretch))]]
    return PagesText("\n".join(_lines(_settled(columns))) + "\n", aside)


def _column(rows: list[Row]) -> _Column:
    texts = [row for row in rows if row.table is None] or rows
    return _Column(rows, min(row.x0 for row in texts), max(row.x1 for row in texts))


def _settled(columns: list[_Column]) -> list[_Column]:
    """A column with few lines has the edges of the document's others, where it lies within them."""
    long = [column for column in columns if len(column.rows) >= FEW]
    if not long:
        long = columns
    x0, x1 = (median(each.x0 for each in long), median(each.x1 for each in long)) if long else (0.0, 0.0)
    return [
        _Column(each.rows, min(each.x0, x0), max(each.x1, x1)) if len(each.rows) < FEW and each.x1 > x0 else each
        for each in columns
    ]


def _lines(columns: list[_Column]) -> Iterator[str]:
    """Text and tables in order; a table that goes on at the head of the next column is one table."""
    waiting: list[Line] = []
    table: list[list[str]] = []
    for column in columns:
        usual = _usual_distance(column.rows)
        above: Row | None = None
        for row in column.rows:
            if row.table and not row.table.is_frame:
                yield from paragraphs(waiting)
                waiting = []
                table = _continued(table, _cells(row.table))
            else:
                if table:
                    yield from ("", *table_lines(table), "")
                    table = []
                if row.table:
                    yield from paragraphs(waiting)
                    waiting = []
                    yield from ("", *_frame(row.table), "")
                else:
                    waiting.append(_line(row, column, above, usual))
            above = row
    yield from paragraphs(waiting)
    if table:
        yield from ("", *table_lines(table), "")


def _line(row: Row, column: _Column, above: Row | None, usual: float) -> Line:
    size = max(run.size for run in row.runs)
    distance = (row.y1 - above.y1) / usual if above is not None and above.table is None and usual else 0.0
    return Line(row.text, size, row.x0 - column.x0, column.x1 - row.x1, distance)


def _usual_distance(rows: list[Row]) -> float:
    gaps = [below.y1 - above.y1 for above, below in pairwise(rows) if above.table is None and below.table is None]
    return median(gaps) if gaps else 0.0


def _continued(table: list[list[str]], more: list[list[str]]) -> list[list[str]]:
    if not table or len(more[0]) != len(table[0]):
        return table + more
    return table + (more[1:] if more[0] == table[0] else more)


def _cells(table: Table) -> list[list[str]]:
    return [[_cell(cell) for cell in row] for row in table.rows]


def _cell(runs: Sequence[Run]) -> str:
    """Lines of a cell run on; they are cut by its width alone."""
    return "".join(paragraphs(Line(row.text, 1.0, 0.0, 0.0) for row in rows_of(runs)))


def _frame(table: Table) -> Iterator[str]:
    """Text in a frame has edges of its own."""
    column = _column(rows_of(table.runs))
    usual = _usual_distance(column.rows)
    rows = [None, *column.rows]
    yield from paragraphs(_line(row, column, above, usual) for above, row in zip(rows, column.rows, strict=False))
