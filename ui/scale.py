"""Round numbers beside a chart."""

from dataclasses import dataclass
from math import ceil, floor, log10

PARTS = 4  # at most, that a scale is divided into
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or a day beside a chart, and where it stands."""

    at: float
    text: str


def scale(most: float, *, whole: bool = False) -> tuple[float, ...]:
    """From 0 in even steps to the first that is no less than `most`; `whole`: no fractions.

    >>> scale(850)
    (0.0, 250.0, 500.0, 750.0, 1000.0)
    """
    if most <= 0:
        return tuple(float(part) for part in range(PARTS + 1))
    most = ceil(most) if whole else most
    power = 10.0 ** floor(log10(most / PARTS))
    step = next(step * power for step in STEPS if step * power * PARTS >= most and not (whole and step * power % 1))
    return tuple(round(step * part, 10) for part in range(ceil(most / step) + 1))
