"""Rulings → tables: which cells there are, which are one, and what stands in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.runs import Ruling, Run

NEAR = 3.0  # points: rulings so near are one, ends so near meet
SHORT = 8.0  # points: shorter is no ruling but a stroke of something else
LINES_MAX = 400  # of one page in one direction: more is a drawing


@dataclass(frozen=True, slots=True)
class Table:
    """Runs by row and column; a merged cell has its runs where it begins. One cell alone is a frame around text."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: tuple[tuple[tuple[Run, ...], ...], ...]

    @property
    def is_frame(self) -> bool:
        return max(len(row) for row in self.rows) == 1 or len(self.rows) == 1

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(run for row in self.rows for cell in row for run in cell)


def tables_of(runs: Sequence[Run], rulings: Iterable[Ruling]) -> tuple[list[Table], list[Run]]:
    """Tables with something in them, and the runs outside all of them."""
    tables: list[Table] = []
    rest = list(runs)
    for group in _touching([each for each in rulings if _length(each) >= SHORT]):
        xs = _places(each.x0 for each in group if each.upright)
        ys = _places(each.y0 for each in group if not each.upright)
        if len(xs) < 2 or len(ys) < 2:
            continue
        inside = [run for run in rest if _within(run, xs, ys)]
        if inside:
            tables.append(_table(xs, ys, group, inside))
            rest = [run for run in rest if not _within(run, xs, ys)]
    return tables, rest


def _length(ruling: Ruling) -> float:
    return max(ruling.x1 - ruling.x0, ruling.y1 - ruling.y0)


def _within(run: Run, xs: list[float], ys: list[float]) -> bool:
    x, y = run.middle
    return xs[0] < x < xs[-1] and ys[0] < y < ys[-1]


def _touching(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Groups of rulings that meet, each a table or a drawing."""
    if len(rulings) > 2 * LINES_MAX:
        return []
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        near = [group for group in groups if any(_meet(ruling, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([ruling, *(each for group in near for each in group)])
    return groups


def _meet(one: Ruling, other: Ruling) -> bool:
    return (
        one.x0 - NEAR <= other.x1
        and other.x0 - NEAR <= one.x1
        and one.y0 - NEAR <= other.y1
        and other.y0 - NEAR <= one.y1
    )


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _table(xs: list[float], ys: list[float], group: list[Ruling], runs: list[Run]) -> Table:
    owners = _owners(xs, ys, group)
    cells: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        row, column = _index(ys, run.middle[1]), _index(xs, run.middle[0])
        cells.setdefault(owners[row, column], []).append(run)
    rows = tuple(
        tuple(tuple(cells.get((row, column), ())) for column in range(len(xs) - 1)) for row in range(len(ys) - 1)
    )
    return Table(xs[0], ys[0], xs[-1], ys[-1], rows)


def _index(edges: list[float], value: float) -> int:
    return next(index for index, (_, after) in enumerate(pairwise(edges)) if value <= after)


def _owners(xs: list[float], ys: list[float], group: list[Ruling]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the first of those it is one with: no ruling parts them."""
    upright = [each for each in group if each.upright]
    level = [each for each in group if not each.upright]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            y, x = (top + bottom) / 2, (left + right) / 2
            closed_left = any(abs(each.x0 - left) <= NEAR and each.y0 <= y <= each.y1 for each in upright)
            closed_above = any(abs(each.y0 - top) <= NEAR and each.x0 <= x <= each.x1 for each in level)
            own = (row, column)
            if column and not closed_left:
                own = owners[row, column - 1]
            elif row and not closed_above:
                own = owners[row - 1, column]
            owners[row, column] = own
    return owners
