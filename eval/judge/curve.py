"""Scores against truths: how well they part, and where to draw the line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STEPS = tuple(round(0.05 * step, 2) for step in range(1, 20))  # 0.05 … 0.95


@dataclass(frozen=True, slots=True)
class Point:
    """What taking `threshold` gives. Precision is 1 where nothing is taken."""

    threshold: float
    precision: float
    recall: float

    def as_json(self) -> list[float]:
        return [self.threshold, round(self.precision, 4), round(self.recall, 4)]

    def f(self, beta: float) -> float:
        """F-measure; `beta` below 1 weighs precision more."""
        below = beta**2 * self.precision + self.recall
        return (1 + beta**2) * self.precision * self.recall / below if below else 0.0


def auroc(scores: Sequence[float], truths: Sequence[bool]) -> float | None:
    """How often a true one scores above a false one, ties as half. None without both.

    >>> auroc([0.9, 0.4, 0.4], [True, True, False])
    0.75
    """
    right = np.array([score for score, truth in zip(scores, truths, strict=True) if truth])
    wrong = np.array([score for score, truth in zip(scores, truths, strict=True) if not truth])
    if not len(right) or not len(wrong):
        return None
    above = (right[:, None] > wrong[None, :]).mean() + (right[:, None] == wrong[None, :]).mean() / 2
    return float(above)


def curve(scores: Sequence[float], truths: Sequence[bool], steps: Sequence[float] = STEPS) -> tuple[Point, ...]:
    taken, true = np.array(scores, dtype=np.float64), np.array(truths, dtype=bool)
    return tuple(_point(threshold, taken >= threshold, true) for threshold in steps)


def best_point(points: Sequence[Point], beta: float) -> Point:
    """The highest F-measure; of equals the lowest threshold."""
    return max(points, key=lambda point: (point.f(beta), -point.threshold))


def _point(threshold: float, taken: "np.typing.NDArray[np.bool_]", true: "np.typing.NDArray[np.bool_]") -> Point:
    both = int((taken & true).sum())
    precision = both / int(taken.sum()) if taken.any() else 1.0
    recall = both / int(true.sum()) if true.any() else 0.0
    return Point(threshold, precision, recall)
