"""A finished training → the folder the bot opens: `entails.onnx` in int8, and a manifest with what was measured."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import astuple
from pathlib import Path

import torch
from torch import Tensor, nn

from bot.check.entails import FOLDER, ClaimReader
from eval.entail.evaluate import Figures, Read, dev_answers, dev_sets, measure, point, read_answers, read_set
from eval.entail.examples import HELD_ON_PLANS, held_plan_of
from eval.entail.network import EntailNetwork
from eval.entail.sources import whole_corpus
from eval.judge.checkpoint import Training
from eval.judge.export import write_model
from eval.judge.manifest import data_hashes, sha256, write_manifest
from eval.verification.pairs import FOLDER as PAIRS
from eval.verification.pairs import read_pairs
from eval.verification.sentence import read_sentences

HELD_BACK = 0.11  # of the honest sentences the threshold is chosen on, at most: a false one that passes costs more
ANSWERS = "answers"  # sentences near the wording of the plan that is held
FINE = tuple(round(0.005 * step, 3) for step in range(1, 200))
FILE = "entails.onnx"
Say = Callable[[str], None]


class ServedEntail(nn.Module):
    """One row of integers, not padded → the probability that all is borne out, and of each token that it is not."""

    def __init__(self, network: EntailNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, cited: Tensor, alike: Tensor) -> tuple[Tensor, Tensor]:
        borne, pointed = self.network(ids, cited.float(), alike, torch.ones(ids.shape))
        return torch.sigmoid(borne), torch.sigmoid(pointed)


def export_entail(network: EntailNetwork, path: Path, quantise: bool = True) -> None:
    row = torch.ones(1, 9, dtype=torch.long)
    texts = {1: "t"}
    axes: Mapping[str, Mapping[int, str]] = {
        "ids": texts, "cited": texts, "alike": texts, "borne": {}, "pointed": texts,
    }  # fmt: skip
    write_model(ServedEntail(network), (row, row, row), path, ["ids", "cited", "alike"], axes, quantise)


def ship(
    network: EntailNetwork, training: Training, say: Say, folder: Path = FOLDER, held_back: float = HELD_BACK
) -> None:
    """Written and measured aside first, then copied. Raises ModelUnavailable."""
    with tempfile.TemporaryDirectory() as aside:
        draft = Path(aside)
        export_entail(network, draft / FILE)
        write_manifest(draft, {"threshold": 0.5})
        reader, corpus = ClaimReader(draft), whole_corpus()

        def borne(said: str, cited: str) -> float:
            return reader.read(said, cited).borne

        held_plan = held_plan_of(training.notes)
        sets = {name: read_set(rows, corpus, borne) for name, rows in dev_sets(read_pairs(), held_plan).items()}
        if held_plan:
            sets[ANSWERS] = read_answers(dev_answers(read_sentences()), corpus, borne)
        threshold = choose([one for name in HELD_ON_PLANS for one in sets[name]], held_back)
        figures = {name: measure(rows) for name, rows in sets.items()}
        for name, rows in sets.items():
            say(told(name, figures[name], rows, threshold))
        write_manifest(draft, _manifest(threshold, figures, sets, training, sha256(draft / FILE)))
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(draft.iterdir()):
            shutil.copyfile(path, folder / path.name)
    say(f"Written: {folder}")


def choose(rows: list[Read], held_back: float) -> float:
    """The highest threshold that holds back no more than so many; the lowest when each does."""
    return next((step for step in reversed(FINE) if point(rows, step).held_back <= held_back), FINE[0])


def told(name: str, figures: Figures, rows: list[Read], threshold: float) -> str:
    at = point(rows, threshold)
    return (
        f"{name}: {figures.sentences} sentences, AUROC {figures.auroc:.3f}; "
        f"from {threshold}: {at.caught:.3f} caught, {at.held_back:.3f} held back"
    )


def _manifest(
    threshold: float, figures: Mapping[str, Figures], sets: Mapping[str, list[Read]], training: Training, digest: str
) -> dict[str, object]:
    at = {name: point(rows, threshold) for name, rows in sets.items()}
    return {
        "threshold": threshold,
        "dev": {
            name: {"auroc": one.auroc, "caught": at[name].caught, "held_back": at[name].held_back}
            for name, one in figures.items()
        },
        "curve": {name: [list(astuple(each)) for each in one.curve] for name, one in figures.items()},
        "sha256": digest,
        "data": data_hashes(PAIRS),
        "training": {"seconds": round(training.seconds), "steps": training.steps, **training.notes},
    }  # fmt: skip
