"""Figures of a load: one row for each number of processes, kind of question and number of clients."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.load.generate import Sample
from eval.load.questions import Kind
from eval.load.usage import Busy
from eval.table import table

AT = 64  # clients at which the ratios are told
RATIO, SCALE, SPREAD = 0.15, 1.7, 2.0  # what is to be reached


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of good answers; None when there was none."""

    count: int
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """`closed` and `open`: how long answers took when each client waits for its answer, and at a fixed rate."""

    processes: int
    kind: Kind
    clients: int
    per_second: float  # good answers, closed
    closed: Times
    rate: float  # a second, open
    open: Times
    others: dict[str, int]  # what was no good answer, by status; "0" for none at all
    busy: Busy


@dataclass(frozen=True, slots=True)
class Reach:
    """A figure against what it should be. `value` None: what it takes was not measured."""

    name: str
    value: float | None
    bound: float
    at_least: bool

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.name}: not measured"
        sign, word = "≥" if self.at_least else "≤", "reached" if self.met else "NOT reached"
        return f"{self.name}: {self.value:.3f}, to be {sign} {self.bound:g}: {word}"


def times(samples: Sequence[Sample]) -> Times:
    took = np.array([sample.ms for sample in samples if sample.good], dtype=np.float64)
    if not len(took):
        return Times(0, None, None, None, None)
    p50, p95, p99 = (float(value) for value in np.quantile(took, [0.5, 0.95, 0.99]))
    return Times(len(took), float(took.mean()), p50, p95, p99)


def per_second(samples: Sequence[Sample], seconds: float) -> float:
    """Good answers that came within the time; those waited for beyond it do not count."""
    return sum(sample.good and sample.at <= seconds for sample in samples) / seconds


def not_good(samples: Sequence[Sample]) -> dict[str, int]:
    return {str(status): count for status, count in Counter(s.status for s in samples if not s.good).items()}


def reaches(rows: Sequence[Row]) -> list[Reach]:
    """All ratios the rows allow, at AT clients."""
    kinds = [kind for kind in Kind if kind is not Kind.EMPTY]
    empty = rate_of(rows, 1, Kind.EMPTY, AT)
    light = {kind: divided(rate_of(rows, 1, kind, AT), empty) for kind in (Kind.LOOK_UP, Kind.REPEATED)}
    scaled = {kind: divided(rate_of(rows, 2, kind, AT), rate_of(rows, 1, kind, AT)) for kind in kinds}
    return [
        *(Reach(f"{kind} ÷ empty, one process, {AT} clients", value, RATIO, True) for kind, value in light.items()),
        *(Reach(f"two processes ÷ one, {kind}, {AT} clients", value, SCALE, True) for kind, value in scaled.items()),
        *(_spread(rows, kind) for kind in kinds),
    ]


def _spread(rows: Sequence[Row], kind: Kind) -> Reach:
    """How unevenly clients are served: alike, each would wait for the service of all."""
    alone, many = row_of(rows, 1, kind, 1), row_of(rows, 1, kind, AT)
    service = alone.closed.mean if alone else None
    value = divided(many.closed.p99 if many else None, AT * service if service else None)
    return Reach(f"p99 at {AT} clients ÷ ({AT} × mean service time), {kind}", value, SPREAD, False)


def row_of(rows: Sequence[Row], processes: int, kind: Kind, clients: int) -> Row | None:
    wanted = (processes, kind, clients)
    return next((row for row in rows if (row.processes, row.kind, row.clients) == wanted), None)


def rate_of(rows: Sequence[Row], processes: int, kind: Kind, clients: int) -> float | None:
    row = row_of(rows, processes, kind, clients)
    return row.per_second if row else None


def divided(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


HEADER = [
    "processes, kind, clients",
    "a second",
    "÷ empty",
    "p50",
    "p95",
    "p99",
    "open at",
    "p50",
    "p95",
    "p99",
    "n",
    "not good",
]


def told(rows: Sequence[Row]) -> str:
    """A table in milliseconds, and what limits each kind."""
    lines = [table(HEADER, [_cells(rows, row) for row in rows]), ""]
    for row in rows:
        if row.clients == max(each.clients for each in rows):
            lines.append(f"{row.kind}, {row.processes} process(es), {row.clients} clients: limited by {row.busy.limit}")
    return "\n".join([*lines, "", *(str(reach) for reach in reaches(rows))])


def _cells(rows: Sequence[Row], row: Row) -> list[str]:
    against = divided(row.per_second, rate_of(rows, row.processes, Kind.EMPTY, row.clients))
    return [
        f"{row.processes} {row.kind} {row.clients}",
        f"{row.per_second:.1f}",
        _figure(against, 3),
        *_three(row.closed),
        f"{row.rate:.1f}",
        *_three(row.open),
        str(row.closed.count + row.open.count),
        " ".join(f"{count}×{status}" for status, count in row.others.items()) or "0",
    ]


def _three(took: Times) -> list[str]:
    return [_figure(value, 1) for value in (took.p50, took.p95, took.p99)]


def _figure(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
