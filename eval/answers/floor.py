"""What no run may sink below: for each set the bounds of its figures, on a sample that is always the same.

`{"writers": {"sample": 150, "figures": {"correct": 0.8, "false_declines": 0.05}}}`
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from eval.answers.results import Run, read_json
from eval.answers.score import LOWER_IS_BETTER
from eval.answers.sets import SetName
from eval.jsonl import explain
from ingest.errors import BadSetting

FLOOR = Path(__file__).parent.parent / "floor.json"
OF_MODELS = ("judge", "route", "entails")  # sections that the models' manifests are held to


class Bounds(BaseModel):
    """Of one set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sample: int = Field(gt=0)  # questions asked
    figures: dict[str, float]  # at least; at most for times, false declines and false answers

    @field_validator("figures", mode="before")
    @classmethod
    def _numbers(cls, figures: object) -> object:
        if isinstance(figures, dict) and any(isinstance(bound, bool | str) for bound in figures.values()):
            raise ValueError("bounds are numbers")
        return figures


Floor = Mapping[SetName, Bounds]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure beyond its bound."""

    set: str
    name: str
    bound: float
    actual: float | None

    def __str__(self) -> str:
        wanted = "at most" if self.name in LOWER_IS_BETTER else "at least"
        actual = "not measured" if self.actual is None else f"{self.actual:.4g}"
        return f"{self.name} of {self.set} is {actual}, the floor asks for {wanted} {self.bound:g}"


def read_floor(path: Path = FLOOR) -> Floor:
    """Raises BadSetting naming the set and what is wrong with it."""
    floor = {}
    for name, content in read_json(path, "floor").items():
        if name in OF_MODELS:
            continue
        if name not in set(SetName):
            raise BadSetting("floor", name, f"one of {', '.join(SetName)}")
        try:
            floor[SetName(name)] = Bounds.model_validate(content)
        except ValidationError as error:
            raise BadSetting(f"floor {name}", content, explain(error)) from error
    return floor


def shortfalls(run: Run, bounds: Bounds) -> tuple[Shortfall, ...]:
    """Figures beyond their bounds; one that was not measured falls short. Raises BadSetting for an unknown one."""
    actual = {figure.name: figure.value for figure in run.scores.figures}
    found = []
    for name, bound in bounds.figures.items():
        if name not in actual:
            raise BadSetting(f"floor {run.settings.set}", name, f"one of {', '.join(actual)}")
        value = actual[name]
        if value is None or (value > bound if name in LOWER_IS_BETTER else value < bound):
            found.append(Shortfall(run.settings.set, name, bound, value))
    return tuple(found)
