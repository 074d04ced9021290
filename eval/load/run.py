"""`metrology eval load`: throughput and times under load, flooding, a soak; a report in words and in JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from eval.answers.results import now
from eval.load.flood import Flooding, flood
from eval.load.grid import Plan, Progress, measure
from eval.load.questions import Questions
from eval.load.rows import AT, Reach, reaches, told
from eval.load.servers import Program, ended_in_order, playground, serving
from eval.load.soak import Soaking, soak

Write = Callable[[str], None]


class Part(StrEnum):
    GRID = "grid"
    FLOOD = "flood"
    SOAK = "soak"


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be measured and where it is written down. `index` is copied for the servers."""

    parts: tuple[Part, ...]
    index: Path
    plan: Plan = field(default_factory=Plan)
    flooding: Flooding = field(default_factory=Flooding)
    soaking: Soaking = field(default_factory=Soaking)
    json: Path | None = None


def run(
    service: Callable[[Path], Program], supply: Questions, options: Options, write: Write, progress: Progress
) -> list[Reach]:
    """`service` is told which data folder to use. What was reached and what was not; also in the report."""
    report: dict[str, Any] = {"at": now(), "settings": _settings(options)}
    found: list[Reach] = []
    with ended_in_order(), playground(options.index) as data:
        program = service(data)
        if Part.GRID in options.parts:
            rows = measure(program, supply, options.plan, data, progress)
            write(told(rows))
            found += reaches(rows)
            report["rows"] = [{**asdict(row), "limit": row.busy.limit} for row in rows]
        if Part.FLOOD in options.parts:
            with serving(program, data) as server:
                flooded = flood(server, supply, options.flooding)
            write(f"{flooded.told()}\n{flooded.reach}")
            found.append(flooded.reach)
            report["flood"] = flooded.as_json()
        if Part.SOAK in options.parts:
            with serving(program, data) as server:
                soaked = soak(server, supply, options.soaking)
            write(soaked.told())
            found.append(Reach("memory and files flat over the soak (1: yes)", float(soaked.flat), 1.0, True))
            report["soak"] = soaked.as_json()
    report["reached"] = [{**asdict(reach), "met": reach.met} for reach in found]
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return found


def _settings(options: Options) -> dict[str, Any]:
    """Not where things lie on this machine."""
    chosen = {name: value for name, value in asdict(options).items() if name not in ("index", "json")}
    return {**chosen, "ratios_at_clients": AT}
