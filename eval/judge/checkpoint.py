"""A training's state in one file: the three networks, what the optimizer remembers, and how far it came."""

import os
import pickle
from collections.abc import Callable, Mapping, Set
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import nn

from eval.judge.cross_network import CrossNetwork
from eval.judge.network import EncoderNetwork, JudgeNetwork, RouterNetwork
from ingest.errors import ModelUnavailable

Network = TypeVar("Network", bound=nn.Module)
PARTS = frozenset({"encoder", "judge", "router", "optimizer", "training"})


@dataclass(slots=True)
class Training:
    """How far a training came. `notes` is what the manifests tell of it, by stage."""

    steps: int = 0
    seconds: float = 0.0
    notes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """What is trained."""

    encoder: EncoderNetwork
    judge: JudgeNetwork
    router: RouterNetwork

    def train(self, on: bool = True) -> None:
        self.encoder.train(on)
        self.judge.train(on)
        self.router.train(on)


def save(path: Path, networks: Networks, training: Training, optimizer: torch.optim.Optimizer | None = None) -> None:
    """Beside the old file first, so that a killed training leaves one that can be read."""
    content = {
        "encoder": networks.encoder.state_dict(),
        "judge": networks.judge.state_dict(),
        "router": networks.router.state_dict(),
        "optimizer": optimizer.state_dict() if optimizer else None,
        "training": asdict(training),
    }
    _write(path, content)


def save_cross(path: Path, cross: CrossNetwork, training: Training) -> None:
    """As `save`; the third stage's checkpoint holds the cross-encoder alone."""
    save_alone(path, "cross", cross, training)


def load_cross(path: Path) -> tuple[CrossNetwork, Training]:
    """Raises ModelUnavailable."""
    return load_alone(path, "cross", lambda weights: CrossNetwork(layers_of(weights)))


def save_alone(path: Path, name: str, network: nn.Module, training: Training) -> None:
    """As `save`, of one network."""
    _write(path, {name: network.state_dict(), "training": asdict(training)})


def load_alone(path: Path, name: str, make: Callable[[Mapping[str, Any]], Network]) -> tuple[Network, Training]:
    """What `save_alone` wrote under `name`; `make` gives a network of the weights' shape. Raises ModelUnavailable."""
    content = _read(path, {name, "training"})
    network = make(content[name])
    try:
        network.load_state_dict(content[name])
    except RuntimeError as error:
        raise ModelUnavailable(str(path), f"it is a checkpoint of another network ({error})") from error
    return network, Training(**content["training"])


def load(path: Path) -> tuple[Networks, Training]:
    """Raises ModelUnavailable."""
    content = _read(path, PARTS)
    networks = Networks(encoder_of(content["encoder"]), JudgeNetwork(), RouterNetwork())
    _fill(path, content, networks)
    return networks, Training(**content["training"])


def resume(path: Path, networks: Networks, optimizer: torch.optim.Optimizer) -> Training:
    """Put what was saved into `networks` and `optimizer`. Raises ModelUnavailable."""
    content = _read(path, PARTS)
    _fill(path, content, networks)
    if content["optimizer"]:
        optimizer.load_state_dict(content["optimizer"])
    return Training(**content["training"])


def encoder_of(weights: Mapping[str, Any]) -> EncoderNetwork:
    """One of the weights' shape, yet without them."""
    return EncoderNetwork(len(weights["words.weight"]), len(weights["positions.weight"]), layers_of(weights))


def layers_of(weights: Mapping[str, Any]) -> int:
    """How many layers the weights of a network are of."""
    return len({name.split(".")[1] for name in weights if name.startswith("layers.")})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    torch.save(content, draft)
    os.replace(draft, path)


def _read(path: Path, parts: Set[str]) -> dict[str, Any]:
    try:
        content: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
        missing = parts - set(content)
    except (OSError, RuntimeError, pickle.UnpicklingError, EOFError) as error:
        raise ModelUnavailable(str(path), f"it is no checkpoint that can be read ({type(error).__name__})") from error
    if missing:
        raise ModelUnavailable(str(path), f"the checkpoint lacks {', '.join(sorted(missing))}")
    return content


def _fill(path: Path, content: dict[str, Any], networks: Networks) -> None:
    try:
        networks.encoder.load_state_dict(content["encoder"])
        networks.judge.load_state_dict(content["judge"])
        networks.router.load_state_dict(content["router"])
    except RuntimeError as error:
        raise ModelUnavailable(str(path), f"it is a checkpoint of another network ({error})") from error
