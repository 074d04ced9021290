"""Before each stretch of heavy work: whoever should let another go first does. Told by a context variable.

Two who compute at once slow each other down, be it on two cores; what a model has begun is not broken off.
"""

from collections.abc import Callable
from contextvars import ContextVar


def _nobody() -> None:
    """There is nobody to give way to."""


GIVE_WAY: ContextVar[Callable[[], None]] = ContextVar("give_way", default=_nobody)
