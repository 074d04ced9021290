"""An indicator chosen for an answer, and the plan that states it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ingest.model import Indicator, Plan
from ingest.names import LEADING_VERBS


@dataclass(frozen=True, slots=True)
class Told:
    """`score` says how well the name fits; 0 marks one told only because it contradicts another."""

    plan: Plan
    indicator: Indicator
    score: float


def key(indicator: Indicator) -> str:
    """The name two plans would share for one quantity."""
    return LEADING_VERBS.sub("", indicator.name.removeprefix("全市").removeprefix("市级"))


def number(value: str | None) -> Decimal | None:
    """A plain number, None for ranges, absent values and words."""
    try:
        return Decimal(value) if value is not None else None
    except InvalidOperation:
        return None


def unit_of_gap(indicator: Indicator) -> str:
    """Percentages differ by points."""
    return "个百分点" if indicator.unit == "%" else indicator.unit
