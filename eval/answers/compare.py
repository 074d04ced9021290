"""A run against an earlier one, and against the floor no run may sink below."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.answers.results import Run, read_json
from eval.answers.score import LOWER_IS_BETTER, METRICS
from ingest.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an earlier run came to: case id → whether right, figure → value."""

    correct: Mapping[str, bool]
    figures: Mapping[str, float | None]
    cases_hash: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure then and now; None where it was not measured."""

    name: str
    before: float | None
    after: float | None

    @property
    def by(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Change:
    """What a run changed. Ids are in the order of the run; `gone` in that of the baseline."""

    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    new: tuple[str, ...]  # not in the baseline
    gone: tuple[str, ...]  # in the baseline alone
    figures: tuple[Shift, ...]
    same_cases: bool  # whether both asked the very same cases, so that the figures compare


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure beyond its floor (a ceiling for times and false declines)."""

    name: str
    floor: float
    actual: float | None

    def __str__(self) -> str:
        bound = "at most" if self.name in LOWER_IS_BETTER else "at least"
        actual = "not measured" if self.actual is None else f"{self.actual:.4g}"
        return f"{self.name} is {actual}, the floor asks for {bound} {self.floor:g}"


def read_baseline(path: Path) -> Baseline:
    """The JSON of an earlier run. Raises BadSetting when the file is not one."""
    content = read_json(path, "baseline")
    try:
        return Baseline(
            correct={str(case["id"]): bool(case["correct"]) for case in content["cases"]},
            figures={name: figure["value"] for name, figure in content["figures"].items()},
            cases_hash=str(content["settings"]["cases_hash"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadSetting("baseline", path, "the JSON file an earlier run wrote") from error


def compare(run: Run, baseline: Baseline) -> Change:
    """What a run changed against an earlier one."""
    was = baseline.correct
    judged = {judgement.outcome.case.id: judgement.correct for judgement in run.judgements}
    return Change(
        fixed=tuple(case_id for case_id, right in judged.items() if right and was.get(case_id) is False),
        broken=tuple(case_id for case_id, right in judged.items() if not right and was.get(case_id) is True),
        new=tuple(case_id for case_id in judged if case_id not in was),
        gone=tuple(case_id for case_id in was if case_id not in judged),
        figures=tuple(
            Shift(figure.name, baseline.figures.get(figure.name), figure.value) for figure in run.scores.figures
        ),
        same_cases=baseline.cases_hash == run.settings.cases_hash,
    )


def read_floor(path: Path) -> Mapping[str, float]:
    """Bounds by figure, `{"correct": 0.9, "latency_p95_ms": 200}`. Raises BadSetting for a name that is no figure."""
    content: Mapping[str, Any] = read_json(path, "floor")
    for name, bound in content.items():
        if name not in METRICS:
            raise BadSetting("floor", name, f"one of {', '.join(METRICS)}")
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            raise BadSetting(f"floor {name}", bound, "a number")
    return content


def below_floor(run: Run, floor: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """Figures beyond their bounds; only those the floor names are held to it. One that was not measured falls short."""
    actual = {figure.name: figure.value for figure in run.scores.figures}
    shortfalls = []
    for name, bound in floor.items():
        value = actual[name]
        if value is None or (value > bound if name in LOWER_IS_BETTER else value < bound):
            shortfalls.append(Shortfall(name, bound, value))
    return tuple(shortfalls)
