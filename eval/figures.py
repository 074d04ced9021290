"""Measured quantities with their uncertainty: shares by Wilson, other ratios and quantiles under a seeded bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20230314
RESAMPLES = 1_000
LEVEL = 0.95  # of the intervals
Z = 1.959964  # normal deviations that LEVEL spans to either side
BLOCK = 2_000_000  # drawn row numbers held at once

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity over `count` rows and its 95 % interval. None when no row bears on it; never 0 in its place."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: int

    def __str__(self) -> str:
        if self.value is None or self.low is None or self.high is None:
            return "–"
        if self.name.endswith("_ms"):
            return f"{self.value:.1f} [{self.low:.1f}, {self.high:.1f}]"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ratio(name: str, parts: Sequence[tuple[float, float]], seed: int = SEED) -> Figure:
    """Sum of numerators over sum of denominators, one pair a row; rows with denominator 0 do not bear on it.

    >>> ratio("hit@1", [(1, 1), (0, 1), (0, 0)]).value
    0.5
    """
    rows = np.array([part for part in parts if part[1]], dtype=np.float64).reshape(-1, 2)
    return _figure(name, rows, lambda drawn: drawn[..., 0].sum(axis=-1) / drawn[..., 1].sum(axis=-1), seed)


def wilson(name: str, right: int, count: int) -> Figure:
    """Share of `count` rows that are `right`, with the Wilson score interval, which does not collapse at 0 and 1."""
    if not count:
        return Figure(name, None, None, None, 0)
    share, square = right / count, Z * Z / count
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * (share * (1 - share) / count + square / (4 * count)) ** 0.5
    return Figure(name, share, max(0.0, middle - half), min(1.0, middle + half), count)


def proportion(name: str, parts: Sequence[tuple[float, float]], seed: int = SEED) -> Figure:
    """As `ratio`; where each row is a yes or a no, the interval is Wilson's."""
    bearing = [part for part in parts if part[1]]
    if all(part in ((0.0, 1.0), (1.0, 1.0)) for part in bearing):
        return wilson(name, sum(part[0] > 0 for part in bearing), len(bearing))
    return ratio(name, bearing, seed)


def mean(name: str, values: Sequence[float], seed: int = SEED) -> Figure:
    """Mean of one value a row."""
    return ratio(name, [(value, 1.0) for value in values], seed)


def quantile(name: str, values: Sequence[float], part: float, seed: int = SEED) -> Figure:
    """Quantile of one value a row, e.g. `part` 0.95, with linear interpolation."""
    rows = np.array(values, dtype=np.float64).reshape(-1, 1)
    return _figure(name, rows, lambda drawn: np.quantile(drawn[..., 0], part, axis=-1), seed)


def ratio_of_medians(name: str, pairs: Sequence[tuple[float, float]], seed: int = SEED) -> Figure:
    """Median of the first over median of the second, both measured on the same row."""
    rows = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return _figure(name, rows, lambda drawn: np.median(drawn[..., 0], -1) / np.median(drawn[..., 1], -1), seed)


def _figure(name: str, rows: Floats, measure: Callable[[Floats], Floats], seed: int) -> Figure:
    if not len(rows):
        return Figure(name, None, None, None, 0)
    low, high = np.quantile(_resampled(rows, measure, seed), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(name, float(measure(rows)), float(low), float(high), len(rows))


def _resampled(rows: Floats, measure: Callable[[Floats], Floats], seed: int) -> Floats:
    """`measure` on RESAMPLES draws of as many rows with repeats."""
    generator = np.random.default_rng(seed)
    at_once = max(1, BLOCK // len(rows))
    blocks = []
    for start in range(0, RESAMPLES, at_once):
        draws = min(at_once, RESAMPLES - start)
        blocks.append(measure(rows[generator.integers(0, len(rows), size=(draws, len(rows)))]))
    return np.concatenate(blocks)
