"""Whether two indicators count the same: one name, one unit, plain numbers; and what is not the same if they do not."""

from enum import StrEnum

from ingest.model import Indicator
from ingest.names import LEADING_VERBS


class Unlike(StrEnum):
    """Why two numbers may not be set against each other."""

    STATE = "state"  # one is reached already, the other aimed at
    NAME = "name"
    UNIT = "unit"
    BOUND = "bound"  # 300以上: no number but the least it may be
    VALUE = "value"  # 1—2, 一批: nothing that could be drawn


def unlike(one: Indicator, other: Indicator) -> Unlike | None:
    """One name, one unit and no 以上: else a difference of the two numbers means nothing."""
    if scoped(one.name) != scoped(other.name):
        return Unlike.NAME
    if one.unit != other.unit:
        return Unlike.UNIT
    return Unlike.BOUND if one.qualifier or other.qualifier else None


def scoped(name: str) -> str:
    """The name without its verb and without 全市, which every city's plan means; 市级 counts something else."""
    return LEADING_VERBS.sub("", name.removeprefix("全市"))
