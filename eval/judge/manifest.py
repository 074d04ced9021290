"""What stands beside the weights: what they were made from, how they did, and the thresholds with their curves."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.judge.rows import DATA
from ingest.errors import BadSetting, ModelUnavailable

FLOOR = Path(__file__).parent.parent / "floor.json"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A dev figure below its floor; None when it was not measured."""

    name: str  # e.g. judge.citizens.bears_auroc
    floor: float
    actual: float | None

    def __str__(self) -> str:
        actual = "not measured" if self.actual is None else f"{self.actual:.4g}"
        return f"{self.name} is {actual}, the floor asks for at least {self.floor:g}"


def data_hashes(folder: Path = DATA) -> dict[str, dict[str, object]]:
    """Each data file's sha256 and number of lines."""
    return {path.name: _told(path) for path in sorted(folder.glob("*.jsonl"))}


def changed_data(manifest: Mapping[str, Any], folder: Path = DATA) -> tuple[str, ...]:
    """Data files that are not what the manifest was made from: changed, new or gone."""
    now, then = data_hashes(folder), manifest.get("data", {})
    return tuple(name for name in sorted({*now, *then}) if now.get(name) != then.get(name))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises ModelUnavailable."""
    try:
        content: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(str(folder), f"{NAME} cannot be read ({error})") from error
    return content


def write_manifest(folder: Path, content: Mapping[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_floors(path: Path = FLOOR) -> dict[str, float]:
    """The floors of judge and router, e.g. `judge.citizens.bears_auroc`; the other floors of the file are not ours.

    Raises BadSetting.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        sections = {name: content[name] for name in ("judge", "route") if name in content}
        flat = {
            f"{section}.{split}.{figure}": bound
            for section, splits in sections.items()
            for split, figures in splits.items()
            for figure, bound in figures.items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise BadSetting("floor", path, "JSON of section → split → figure → number") from error
    for name, bound in flat.items():
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            raise BadSetting(f"floor {name}", bound, "a number")
    return flat


def below_floors(
    floors: Mapping[str, float], judge: Mapping[str, Any], route: Mapping[str, Any]
) -> tuple[Shortfall, ...]:
    """`judge`, `route`: manifests. A floor on a figure that no manifest tells falls short."""
    actual = dict(_figures("judge", judge)) | dict(_figures("route", route))
    short = []
    for name, floor in floors.items():
        value = actual.get(name)
        if value is None or value < floor:
            short.append(Shortfall(name, floor, value))
    return tuple(short)


def _figures(section: str, manifest: Mapping[str, Any]) -> Iterable[tuple[str, float | None]]:
    for split, figures in manifest.get("dev", {}).items():
        for name, value in figures.items():
            yield f"{section}.{split}.{name}", value


def _told(path: Path) -> dict[str, object]:
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "lines": content.count(b"\n")}
