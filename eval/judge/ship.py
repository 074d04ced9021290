"""A finished training → the three folders the bot opens: weights, and manifests with what was measured on them."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from bot.judge import model as judge_model
from bot.question import route as router_model
from eval.judge.checkpoint import Networks, Training
from eval.judge.cross_network import CrossNetwork
from eval.judge.evaluate import Outcome, measure, read_dev, told
from eval.judge.export import export_cross, export_encoder, export_judge, export_router
from eval.judge.manifest import data_hashes, sha256, write_manifest
from eval.judge.rows import ASKS, ROUTES, Labelled
from eval.judge.served import Progress, open_served
from eval.judge.splits import HELD_PLAN, WRITERS, split_of
from eval.judge.train import Lessons, Say
from eval.route import evaluate as route
from ingest.errors import ModelUnavailable
from vectorstore import encoder as encoder_model
from vectorstore import student
from vectorstore.onnx import OnnxModel
from vectorstore.student import open_student

CARD = Path(__file__).parent / "card.md"
# of `bot.judge.model.Thresholds`, those that no labelled sentence decides: chosen on answers (`thresholds`)
SHARES = {
    "detail": 0.6,
    "anywhere": 0.5,
    "beside": 0.9,
    "quoted": 0.5,
    "near": 1.0,
    "peer": 0.85,
    "on_topic": 0.5,
    "together": 0.5,
}
UNCHOSEN = 0.5  # until the curve is there


@dataclass(frozen=True, slots=True)
class Folders:
    """Where each goes, by default where the bot looks for it."""

    encoder: Path = encoder_model.FOLDER
    judge: Path = judge_model.FOLDER
    router: Path = router_model.FOLDER

    @classmethod
    def under(cls, folder: Path | None) -> "Folders":
        """As `export --out` names them in `folder`; without one where the bot looks."""
        return cls(folder / "encoder", folder / "judge", folder / "router") if folder else cls()

    @property
    def each(self) -> tuple[Path, Path, Path]:
        return (self.encoder, self.judge, self.router)


@dataclass(frozen=True, slots=True)
class Trained:
    """What is shipped, and where it comes from."""

    networks: Networks
    training: Training
    base: Path
    cross: CrossNetwork | None = None  # not before the third stage
    crossed: Training = field(default_factory=Training)  # the third stage's


def ship(trained: Trained, lessons: Lessons, folders: Folders, say: Say, progress: Progress) -> None:
    """Everything is written and measured aside first, then copied. Raises ModelUnavailable."""
    with tempfile.TemporaryDirectory() as aside:
        draft = Folders(*(Path(aside, name) for name in ("encoder", "judge", "router")))
        _write_weights(trained, draft)
        _write_manifests(trained, lessons, draft, say, progress)
        _forget_student(folders.encoder, OnnxModel(draft.encoder / "encoder.onnx").digest, say)
        for source, target in zip(draft.each, folders.each, strict=True):
            target.mkdir(parents=True, exist_ok=True)
            for path in sorted(source.iterdir()):
                shutil.copyfile(path, target / path.name)
    say(f"Written: {', '.join(str(folder) for folder in folders.each)}")


def _forget_student(folder: Path, encoder: str, say: Say) -> None:
    """One that learned from the encoder before would give vectors of another space, and is refused beside this."""
    try:
        open_student(folder, encoder)
    except ModelUnavailable:
        for name in (student.MODEL, student.ABOUT):
            (folder / name).unlink(missing_ok=True)
        say("The student of the encoder before is gone; `metrology train student` makes one of this.")


def _write_weights(trained: Trained, draft: Folders) -> None:
    for folder in draft.each:
        folder.mkdir()
    try:
        shutil.copyfile(trained.base / "tokenizer.json", draft.encoder / "tokenizer.json")
    except OSError as error:
        raise ModelUnavailable(str(trained.base), f"tokenizer.json cannot be read ({error.strerror})") from error
    export_encoder(trained.networks, draft.encoder / "encoder.onnx")
    export_judge(trained.networks, draft.judge / "judge.onnx")
    if trained.cross:
        export_cross(trained.cross, draft.judge / "cross.onnx")
    export_router(trained.networks, draft.router / "router.onnx")


def _write_manifests(trained: Trained, lessons: Lessons, draft: Folders, say: Say, progress: Progress) -> None:
    """The served models need manifests to be opened; what was measured replaces them."""
    write_manifest(draft.judge, {"thresholds": _judge_thresholds(UNCHOSEN, UNCHOSEN)})
    write_manifest(draft.router, {**_outputs(), "thresholds": {"asked": UNCHOSEN}})
    served = open_served(lessons.stretches, progress, draft.encoder, draft.judge, draft.router)
    judged = read_dev(served, lessons.labelled, lessons.stretches, progress=progress)
    outcome, routed = measure(judged), route.measure(judged)
    say(told(outcome))
    say(route.told(routed))
    origin = _origin(trained, lessons.labelled, sha256(draft.encoder / "encoder.onnx"))
    thresholds = _judge_thresholds(outcome.bears_from, outcome.states_from)
    write_manifest(draft.encoder, origin)
    write_manifest(draft.judge, {"thresholds": thresholds, **outcome.as_json(), **origin})
    asked = {"thresholds": {"asked": routed.asked_from}}
    write_manifest(draft.router, {**_outputs(), **asked, **routed.as_json(), **origin})
    (draft.encoder / "README.md").write_text(_card(trained, lessons.labelled, outcome), encoding="utf-8")


def _judge_thresholds(bears: float, states: float) -> dict[str, float]:
    return {"bears": bears, "states": states, **SHARES}


def _outputs() -> dict[str, list[str]]:
    return {"routes": [str(route) for route in ROUTES], "asks": list(ASKS)}


def _origin(trained: Trained, labelled: Sequence[Labelled], encoder: str) -> dict[str, object]:
    """What all three manifests tell alike."""
    base = _read_base(trained.base)
    return {
        "encoder_sha256": encoder,
        "base": {name: base[name] for name in ("name", "licence", "package", "file_sha256")},
        "data": data_hashes(),
        "questions": _counts(labelled),
        "held_out": {"writers": [str(one) for one in WRITERS], "plan": HELD_PLAN},
        "training": {
            "seconds": round(trained.training.seconds + trained.crossed.seconds),
            **trained.training.notes,
            **trained.crossed.notes,
        },
    }


def _counts(labelled: Sequence[Labelled]) -> dict[str, int]:
    return dict(sorted(Counter(str(split_of(one)) for one in labelled).items()))


def _read_base(base: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((base / "base.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            str(base), f"base.json cannot be read; make it with `metrology train base --out {base}`"
        ) from error
    return content


def _card(trained: Trained, labelled: Sequence[Labelled], outcome: Outcome) -> str:
    base = _read_base(trained.base)
    rows = [
        f"| {split} | {of.questions} | {_shown(of.found)} | {_shown(of.clause_first)} | {_shown(of.bears_auroc)} |"
        for split, of in outcome.figures.items()
    ]
    values: Mapping[str, object] = {
        **base,
        "pieces": base["pieces_kept"],
        "questions": len(labelled),
        "trained": _counts(labelled).get("train", 0),
        "minutes": round((trained.training.seconds + trained.crossed.seconds) / 60),
        "rows": "\n".join(rows),
    }
    return Template(CARD.read_text(encoding="utf-8")).substitute(values)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".lstrip("0")
