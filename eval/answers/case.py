"""A case: what is asked, and what a right answer must and must not hold."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.model import Status
from eval.jsonl import read_rows
from ingest.errors import DuplicateCase, NoCases

CASES = Path(__file__).parent.parent / "cases"
DECLINING = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})

Text = Annotated[str, Field(min_length=1)]
AnyOf = Annotated[tuple[Text, ...], Field(min_length=1)]


class Split(StrEnum):
    """DEV is for working with, HELD is looked at in figures only."""

    DEV = "dev"
    HELD = "held"
    ALL = "all"


class Case(BaseModel):
    """One line of a case file. An inner list of `gold` or `facts` is met by any one of its members."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text
    turns: Annotated[tuple[Text, ...], Field(min_length=1)]  # of one conversation; the last answer is judged
    intent: Text
    plans: tuple[Text, ...]  # the plans the question is about; empty when it names none
    status: Annotated[tuple[Status, ...], Field(min_length=1)]  # any of these is right
    gold: tuple[Text | AnyOf, ...]  # clause ids that must be cited
    also: tuple[Text, ...]  # clause ids that may be cited
    facts: tuple[Text | AnyOf, ...]  # strings the answer must hold
    forbidden: tuple[Text, ...]  # strings it must not hold
    split: Literal[Split.DEV, Split.HELD]
    user: Text
    aspect: str = ""

    @property
    def held(self) -> bool:
        return self.split is Split.HELD

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude={"id"})

    @property
    def gold_groups(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_group(member) for member in self.gold)

    @property
    def fact_groups(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_group(member) for member in self.facts)

    @property
    def acceptable(self) -> frozenset[str]:
        """Every clause id that may be cited."""
        return frozenset(self.also).union(*self.gold_groups)

    @property
    def expects_decline(self) -> bool:
        return Status.ANSWERED not in self.status and not DECLINING.isdisjoint(self.status)

    @property
    def expects_answer(self) -> bool:
        return DECLINING.isdisjoint(self.status)


def read_cases(path: Path = CASES, split: Split = Split.DEV) -> list[Case]:
    """Cases of a file, or of all .jsonl files of a folder in the order of their names.

    Raises NoCases, BadCase, DuplicateCase (over all splits).
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    cases = [case for file in files for case in read_rows(file, Case)]
    _require_unique(cases)
    chosen = [case for case in cases if split in (Split.ALL, case.split)]
    if not chosen:
        raise NoCases(path)
    return chosen


def _require_unique(cases: Sequence[Case]) -> None:
    seen = set()
    for case in cases:
        if case.id in seen:
            raise DuplicateCase(case.id)
        seen.add(case.id)


def _group(member: str | tuple[str, ...]) -> tuple[str, ...]:
    return (member,) if isinstance(member, str) else member
