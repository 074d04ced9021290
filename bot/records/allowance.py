"""How many requests a caller has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """0 is no bound."""

    per_minute: int = 0
    per_day: int = 0


UNBOUNDED = Allowance()
KEYS = Allowance(per_minute=600, per_day=100_000)
VISITORS = Allowance(per_minute=60, per_day=2_000)
