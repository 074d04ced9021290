"""Rows of cells, as any layout of a table gives them."""

from dataclasses import dataclass

from ingest.columns import is_head
from ingest.traced import Traced

NOTHING = Traced("", ())
CELL_MAX = 40  # characters of a cell in the first row

Row = list[Traced]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as found, the head among them; `end` is the index of the first line after them."""

    end: int
    rows: list[Row]


def widest(rows: list[Row]) -> int:
    return max(len(row) for row in rows)


def filled(row: Row) -> list[Traced]:
    return [cell for cell in row if len(cell)]


def reads_as_head(row: Row) -> bool:
    cells = filled(row)
    heads = sum(is_head(cell.text) for cell in cells)
    return heads >= 2 and heads * 2 >= len(cells)
