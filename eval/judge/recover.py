"""The ONNX files the bot opens → checkpoints to go on from, for whoever has the files but not the checkpoints.

Which weight of a file is which is seen from an export of a network of the same shape whose weights are all different.
int8 weights come back as int8 times scale: exported again untouched they are the same numbers.
"""

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from eval.judge.checkpoint import Networks, Training
from eval.judge.cross_network import CrossNetwork
from eval.judge.export import export_cross, export_encoder, export_judge, export_router
from eval.judge.manifest import read_manifest
from eval.judge.network import EncoderNetwork, JudgeNetwork, RouterNetwork
from eval.judge.ship import Folders
from ingest.errors import ModelUnavailable

Array = NDArray[np.generic]
Arrays = Mapping[str, Array]  # by their names in the file
CROSS = "cross"  # under which the manifest tells of the third stage
QUANTISED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"  # as onnxruntime's quantiser names them
UNNAMED = re.compile(r"^onnx::\w+?_(\d+)")  # numbered as the graph was walked: only their order tells which they are
TURNED = "_Transposed"  # it turns some matrices around, and says so


@dataclass(frozen=True, slots=True, eq=False)
class Recovered:
    """What `checkpoint.save` and `checkpoint.save_cross` take."""

    networks: Networks
    training: Training
    cross: CrossNetwork
    crossed: Training


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What a served file holds, in full precision."""

    path: Path
    arrays: Arrays

    def rows(self, name: str) -> int:
        """Raises ModelUnavailable."""
        if name not in self.arrays:
            raise self.lacks(name)
        return len(self.arrays[name])

    def lacks(self, name: str) -> ModelUnavailable:
        return ModelUnavailable(str(self.path), f"it holds no {name}: another network, or another torch, made it")

    def count(self, part: str) -> int:
        """How many layers, say, the names tell of."""
        return len({name.split(f".{part}.")[1].split(".")[0] for name in self.arrays if f".{part}." in name})


def recover(folders: Folders) -> Recovered:
    """The networks of the served files, and how far they came. Raises ModelUnavailable."""
    encoding, judging = weights_of(folders.encoder / "encoder.onnx"), weights_of(folders.judge / "judge.onnx")
    crossing, routing = weights_of(folders.judge / "cross.onnx"), weights_of(folders.router / "router.onnx")
    words, positions = encoding.rows("encoder.words.weight"), encoding.rows("encoder.positions.weight")
    networks = Networks(
        EncoderNetwork(words, positions, encoding.count("layers")),
        JudgeNetwork(blocks=judging.count("blocks")),
        RouterNetwork(),
    )
    cross = CrossNetwork(crossing.count("layers"))
    fill(networks.encoder, encoding, lambda path: export_encoder(networks, path, quantise=False))
    fill(networks.judge, judging, lambda path: export_judge(networks, path, quantise=False))
    fill(networks.router, routing, lambda path: export_router(networks, path))
    fill(cross, crossing, lambda path: export_cross(cross, path, quantise=False))
    told = read_manifest(folders.judge).get("training", {})
    notes = {name: note for name, note in told.items() if name not in {"seconds", CROSS}}
    crossed = {CROSS: told[CROSS]} if CROSS in told else {}
    return Recovered(networks, Training(0, float(told.get("seconds", 0)), notes), cross, Training(notes=crossed))


def fill(network: nn.Module, served: Weights, export: Callable[[Path], None]) -> None:
    """Put the served weights into `network`, which `export` writes as it is. Raises ModelUnavailable."""
    _scatter(network)
    with tempfile.TemporaryDirectory() as aside:
        export(Path(aside, "shape.onnx"))
        shape = _read(Path(aside, "shape.onnx"))
    with torch.no_grad():
        for name, weight in network.named_parameters():
            value = _found(weight, shape, served.arrays)
            if value is None or value.shape != weight.shape:
                raise served.lacks(name)
            weight.copy_(value)


def weights_of(path: Path) -> Weights:
    """Raises ModelUnavailable."""
    arrays = _read(path)
    for name in [name for name in arrays if name.endswith(QUANTISED)]:
        whole = name.removesuffix(QUANTISED)
        numbers, zero = arrays[name].astype(np.float32), arrays[whole + ZERO].astype(np.float32)
        arrays[whole] = (numbers - zero) * arrays[whole + SCALE].astype(np.float32)
    return Weights(path, arrays)


def _scatter(network: nn.Module) -> None:
    """Values no two weights share; a weight that is 0 or 1 throughout looks like any other such."""
    draw = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(torch.randn(weight.shape, generator=draw))


def _found(weight: Tensor, shape: Arrays, served: Arrays) -> Tensor | None:
    """The served value of what, in the export of `shape`, has the values of `weight`: itself, or turned, or by rows."""
    own = weight.detach().numpy()
    for name, value in shape.items():
        if np.array_equal(value, own):
            return _tensor(served.get(name), served.get(name + TURNED))
        if own.ndim == 2 and np.array_equal(value, own.T):
            return _tensor(served.get(name + TURNED), served.get(name))
    rows = [served.get(name) for row in own for name, value in shape.items() if np.array_equal(value, row)]
    whole = [row for row in rows if row is not None]
    return torch.from_numpy(np.stack(whole)) if len(whole) == len(own) else None


def _tensor(as_it_is: Array | None, turned: Array | None) -> Tensor | None:
    if as_it_is is not None:
        return torch.from_numpy(as_it_is.copy())
    return None if turned is None else torch.from_numpy(turned.T.copy())


def _read(path: Path) -> dict[str, Array]:
    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # protobuf's DecodeError is its own
        raise ModelUnavailable(str(path), f"it is no ONNX file that can be read ({type(error).__name__})") from error
    numbers = sorted({int(found[1]) for tensor in graph.initializer if (found := UNNAMED.match(tensor.name))})
    places = {str(number): place for place, number in enumerate(numbers)}
    return {
        UNNAMED.sub(lambda found: f"#{places[found[1]]}", tensor.name): numpy_helper.to_array(tensor)
        for tensor in graph.initializer
    }
