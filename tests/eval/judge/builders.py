"""Small rows, readings and a fake understanding for the tests of the training."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bot.model import Intent
from eval.judge.reading import Reading
from eval.judge.rows import ASKS, DATA, ROUTES, Labelled, Row
from vectorstore.index import Query

XIAMEN = "xiamen:三(四)20"
SENTENCE = "督促法定计量检定机构履行强制检定职责"


def row_line(**changes: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "question": "厦门强检归谁管",
        "history": [],
        "plans": ["xiamen"],
        "answerable": "yes",
        "missing": "",
        "support": [{"clause": XIAMEN, "sentence": SENTENCE}],
        "near": [],
        "asks": ["who"],
        "route": "quote",
        "register": "plain",
        **changes,
    }


def make_labelled(writer: str = "merchants", **changes: Any) -> Labelled:
    row = Row.model_validate(row_line(**changes))
    return Labelled(row, writer, Query(row.question, row.history), None)


def write_rows(path: Path, *rows: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def sampled(folder: Path, every: int) -> Path:
    """`folder` with every so many'th of each writer's questions: to read all twenty thousand takes long."""
    for path in DATA.glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / path.name).write_text("".join(lines[::every]), encoding="utf-8")
    return folder


def reading(
    *verdicts: tuple[float, float, float], first: int = 0, intent: Intent = Intent.QUOTE, **asks: float
) -> Reading:
    """Candidates numbered from `first`."""
    rows = tuple(range(first, first + len(verdicts)))
    intents = {route: float(route is intent) for route in ROUTES}
    probabilities = np.array(verdicts, dtype=np.float32).reshape(-1, 3)
    return Reading(rows, probabilities, intents, {ask: asks.get(ask, 0.0) for ask in ASKS})
