"""A run against an earlier one of the same set."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.answers.results import Run, read_json
from ingest.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an earlier run came to: question id → whether right, figure → value."""

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
    same_cases: bool  # whether both asked the very same questions, so that the figures compare


def read_baseline(path: Path) -> Mapping[str, Baseline]:
    """The JSON of an earlier call, by set. Raises BadSetting when the file is not one."""
    content = read_json(path, "baseline")
    try:
        return {
            str(name): Baseline(
                correct={str(case["id"]): bool(case["correct"]) for case in run["cases"]},
                figures={name: figure["value"] for name, figure in run["figures"].items()},
                cases_hash=str(run["settings"]["cases_hash"]),
            )
            for name, run in content["runs"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise BadSetting("baseline", path, "the JSON file an earlier run wrote") from error


def compare(run: Run, baseline: Baseline) -> Change:
    """What a run changed against an earlier one."""
    was = baseline.correct
    judged = {judgement.outcome.case.id: not judgement.reasons for judgement in run.judgements}
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
