"""Where a training of the reader of claims begins: from an encoder, from a checkpoint, or from the shipped file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from bot.check.entails import FOLDER
from eval.entail.network import EntailNetwork, from_encoder
from eval.entail.ship import FILE, export_entail
from eval.judge.checkpoint import Training, layers_of, load, load_alone, save_alone
from eval.judge.manifest import read_manifest
from eval.judge.recover import fill, weights_of
from ingest.errors import BadSetting

NAME = "entails"  # of the network in its checkpoint


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A reader to train, and how far an earlier training of it came."""

    network: EntailNetwork
    before: Training = field(default_factory=Training)


def begin(encoder: Path | None, start: Path | None, seed: int, shipped: Path = FOLDER) -> Begun:
    """Raises ModelUnavailable, BadSetting."""
    torch.manual_seed(seed)
    if start and encoder:
        raise BadSetting("--start", start, "it without --encoder: a training begins from one of them")
    if start:
        return Begun(*load_reader(start))
    if encoder:
        return Begun(from_encoder(load(encoder)[0].encoder))
    return recovered(shipped)


def recovered(shipped: Path) -> Begun:
    """The network of the shipped file; exported again untouched it is the same file. Raises ModelUnavailable."""
    weights = weights_of(shipped / FILE)
    words, positions = (weights.rows(f"network.{name}.weight") for name in ("words", "positions"))
    network = EntailNetwork(words, positions, weights.count("layers"))
    fill(network, weights, lambda path: export_entail(network, path, quantise=False))
    told = read_manifest(shipped).get("training", {})
    notes = {name: note for name, note in told.items() if name not in {"seconds", "steps"}}
    return Begun(network, Training(int(told.get("steps", 0)), float(told.get("seconds", 0)), notes))


def load_reader(path: Path) -> tuple[EntailNetwork, Training]:
    """Raises ModelUnavailable."""
    return load_alone(path, NAME, _of_shape)


def save_reader(path: Path, network: EntailNetwork, training: Training) -> None:
    save_alone(path, NAME, network, training)


def _of_shape(weights: Mapping[str, Any]) -> EntailNetwork:
    return EntailNetwork(len(weights["words.weight"]), len(weights["positions.weight"]), layers_of(weights))
