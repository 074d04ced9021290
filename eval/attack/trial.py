"""One thing tried against the server, and whether what must hold held."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.answers.results import now
from eval.table import table

SHOWN = 160  # characters of what was said, in the table


@dataclass(frozen=True, slots=True)
class Trial:
    """`said`: what was seen; when it did not hold, what was wrong."""

    part: str
    name: str
    held: bool
    said: str = ""


def told(trials: Sequence[Trial]) -> str:
    """A table by part, then each trial that did not hold."""
    parts = list(dict.fromkeys(trial.part for trial in trials))
    of = {part: [trial for trial in trials if trial.part == part] for part in parts}
    rows = [[part, str(len(some)), str(sum(not trial.held for trial in some))] for part, some in of.items()]
    failures = [f"FAILED {trial.part}: {trial.name}: {trial.said[:SHOWN]}" for trial in trials if not trial.held]
    figures = [f"{trial.part}: {trial.name}: {trial.said}" for trial in trials if trial.held and trial.said]
    return "\n".join([table(["part", "tried", "failed"], rows), *failures, *figures])


def write_json(trials: Sequence[Trial], settings: dict[str, object], path: Path) -> None:
    content = {
        "at": now(),
        "settings": settings,
        "tried": len(trials),
        "failed": sum(not trial.held for trial in trials),
        "trials": [asdict(trial) for trial in trials],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
