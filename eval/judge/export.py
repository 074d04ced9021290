"""Networks → ONNX files as the bot runs them: encoder, judge, cross-encoder in int8, the router in full precision."""

import logging
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from eval.judge.checkpoint import Networks
from eval.judge.cross_network import CrossNetwork, upper_layers
from eval.judge.network import EncoderNetwork, JudgeNetwork, RouterNetwork
from eval.judge.tokens import Tokens, pooled
from vectorstore.encoder import DIMENSION

OPSET = 17
QUANTISED = ["MatMul", "Gemm", "Gather"]
Axes = Mapping[str, Mapping[int, str]]


class ServedEncoder(nn.Module):
    """ids, mask → states, vector, and the states below the layers that a cross-encoder reads anew."""

    def __init__(self, encoder: EncoderNetwork) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        cut = len(self.encoder.layers) - upper_layers(self.encoder)
        below = self.encoder.run(self.encoder.embed(ids), mask, 0, cut)
        tokens = pooled(self.encoder.run(below, mask, cut), mask)
        return tokens.states, tokens.vector, below


class ServedJudge(nn.Module):
    """One question (q, qv), which is never padded, and sentences (x, xm, xv) → probabilities."""

    def __init__(self, judge: JudgeNetwork) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, q: Tensor, qv: Tensor, x: Tensor, xm: Tensor, xv: Tensor) -> Tensor:
        count = x.shape[0]
        question = Tokens(q.expand(count, -1, -1), torch.ones(count, q.shape[1]), qv.expand(count, -1))
        return torch.softmax(self.judge(question, Tokens(x, xm, xv)), 1)


class ServedCross(nn.Module):
    """One question (q) and one text (x), neither padded, as the encoder's lower layers have them → probabilities."""

    def __init__(self, cross: CrossNetwork) -> None:
        super().__init__()
        self.cross = cross

    def forward(self, q: Tensor, x: Tensor) -> Tensor:
        return torch.softmax(self.cross(q, torch.ones(q.shape[:2]), x, torch.ones(x.shape[:2])), 1)


class ServedRouter(nn.Module):
    """q, qm → probabilities of routes, which sum to 1, and of asks."""

    def __init__(self, router: RouterNetwork) -> None:
        super().__init__()
        self.router = router

    def forward(self, q: Tensor, qm: Tensor) -> tuple[Tensor, Tensor]:
        routes, asks = self.router(q, qm)
        return torch.softmax(routes, 1), torch.sigmoid(asks)


def export_encoder(networks: Networks, path: Path, quantise: bool = True) -> None:
    ids, mask = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9)
    texts = {0: "n", 1: "t"}
    axes = {"ids": texts, "mask": texts, "states": texts, "vector": {0: "n"}, "below": texts}
    write_model(ServedEncoder(networks.encoder), (ids, mask), path, ["ids", "mask"], axes, quantise)


def export_cross(cross: CrossNetwork, path: Path, quantise: bool = True) -> None:
    inputs = (torch.randn(1, 9, DIMENSION), torch.randn(1, 20, DIMENSION))
    axes: Axes = {"q": {1: "t"}, "x": {1: "s"}, "p": {}}
    write_model(ServedCross(cross), inputs, path, ["q", "x"], axes, quantise)


def export_judge(networks: Networks, path: Path, quantise: bool = True) -> None:
    inputs = (
        torch.randn(1, 9, DIMENSION),
        torch.randn(1, DIMENSION),
        torch.randn(3, 20, DIMENSION),
        torch.ones(3, 20),
        torch.randn(3, DIMENSION),
    )
    sentences = {0: "n", 1: "s"}
    axes = {"q": {1: "t"}, "x": sentences, "xm": sentences, "xv": {0: "n"}, "p": {0: "n"}}
    write_model(ServedJudge(networks.judge), inputs, path, ["q", "qv", "x", "xm", "xv"], axes, quantise)


def export_router(networks: Networks, path: Path) -> None:
    inputs = (torch.randn(1, 9, DIMENSION), torch.ones(1, 9))
    texts = {0: "n", 1: "t"}
    axes = {"q": texts, "qm": texts, "route": {0: "n"}, "asks": {0: "n"}}
    _write(ServedRouter(networks.router), inputs, path, ["q", "qm"], axes)


def write_model(
    network: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: Sequence[str], axes: Axes, quantise: bool = True
) -> None:
    """In int8, or in full precision. `axes` names what may vary; outputs are those that are not among `names`."""
    if not quantise:
        _write(network, inputs, path, names, axes)
        return
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.onnx")
        _write(network, inputs, whole, names, axes)
        with _unlogged():
            quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=QUANTISED)


def _write(network: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: Sequence[str], axes: Axes) -> None:
    """`axes` names what may vary, of inputs and outputs; outputs are those not among `names`, in order."""
    network.eval()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracing exporter is told to be old; the new one cannot vary these axes
        torch.onnx.export(
            network,
            inputs,
            str(path),
            input_names=list(names),
            output_names=[name for name in axes if name not in names],
            dynamic_axes={name: dict(varying) for name, varying in axes.items()},
            opset_version=OPSET,
            dynamo=False,
        )


@contextmanager
def _unlogged() -> Iterator[None]:
    """The quantiser writes to the root logger, which would set up logging for everybody."""
    silent = logging.NullHandler()
    logging.getLogger().addHandler(silent)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(silent)
