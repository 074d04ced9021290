"""Runs as a file: for each set its settings, its figures and every question with what was expected and what came."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.answers.judgement import Conversation, Judgement
from eval.answers.score import Scores
from eval.figures import LEVEL, RESAMPLES, Figure
from ingest.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is needed to run the same again."""

    source: str  # URL, or "in process"
    mode: str
    set: str
    split: str
    sample: int | None
    cases_hash: str
    corpus_version: str
    seed: int
    workers: int
    started_at: str
    python: str = platform.python_version()
    resamples: int = RESAMPLES
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Run:
    """One set asked: everything a report shows."""

    settings: Settings
    scores: Scores
    judgements: tuple[Judgement, ...]

    @property
    def failures(self) -> tuple[Judgement, ...]:
        return tuple(judgement for judgement in self.judgements if judgement.reasons)

    @property
    def unanswered(self) -> int:
        """Questions that got no reply at all; they count as wrong."""
        return sum(judgement.outcome.reply is None for judgement in self.judgements)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def cases_hash(cases: Sequence[Conversation]) -> str:
    """Twelve hex digits over the questions, so that two runs can be seen to have asked the same."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(json.dumps([case.id, case.as_json()], sort_keys=True).encode())
    return digest.hexdigest()[:12]


def as_json(run: Run) -> dict[str, Any]:
    """The run as plain values; figures by name, cases in the order they were asked."""
    return {
        "settings": asdict(run.settings),
        "figures": _figures(run.scores.figures),
        "by": {
            kind: {key: _figures(figures) for key, figures in groups.items()} for kind, groups in run.scores.by.items()
        },
        "unanswered": run.unanswered,
        "cases": [_case(judgement) for judgement in run.judgements],
    }


def write_json(runs: Iterable[Run], path: Path) -> None:
    """`{"runs": {set: run}}`."""
    content = {"runs": {run.settings.set: as_json(run) for run in runs}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(path: Path, setting: str) -> Mapping[str, Any]:
    """A JSON object that a setting names. Raises BadSetting when it is not one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSetting(setting, path, f"a readable JSON file ({error})") from error
    if not isinstance(content, dict):
        raise BadSetting(setting, path, "a JSON object")
    return content


def _figures(figures: Sequence[Figure]) -> dict[str, dict[str, float | int | None]]:
    return {
        figure.name: {"value": figure.value, "low": figure.low, "high": figure.high, "count": figure.count}
        for figure in figures
    }


def _case(judgement: Judgement) -> dict[str, Any]:
    outcome = judgement.outcome
    return {
        "id": outcome.case.id,
        "correct": not judgement.reasons,
        "reasons": list(judgement.reasons),
        "expected": outcome.case.as_json(),
        "actual": outcome.reply.model_dump(mode="json") if outcome.reply else None,
        "took_ms": [round(took, 3) for took in outcome.took_ms],
    }
