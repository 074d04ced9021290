"""Training by the clock: the loop of the cross-encoder's and the reader's stage."""

from collections.abc import Callable
from time import monotonic


def by_the_clock(
    minutes: float,
    save_after: float,
    step: Callable[[float], object],
    tell: Callable[[float], object],
    save: Callable[[float], object],
) -> float:
    """Seconds spent. `step` gets the share of the time that is spent, `tell` (after each) and `save` the seconds."""
    limit, begun = minutes * 60, monotonic()
    saved = begun
    while (spent := monotonic() - begun) < limit:
        step(spent / limit)
        tell(spent)
        if monotonic() - saved > save_after:
            saved = monotonic()
            save(saved - begun)
    return monotonic() - begun
