from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("onnx", reason="needs the [train] extra")

from eval.judge.export import export_encoder, export_judge, export_router  # noqa: E402
from eval.judge.tokens import Tokens, pooled  # noqa: E402
from tests.eval.judge.torch_builders import random_tokens, small_networks  # noqa: E402
from vectorstore.encoder import DIMENSION  # noqa: E402
from vectorstore.onnx import OnnxModel  # noqa: E402

pytestmark = pytest.mark.models

CLOSE = 1e-4
NEAR = 0.05  # of probabilities, in int8
IDS = np.array([[0, 5, 6, 7, 2, 1, 1], [0, 8, 9, 10, 11, 12, 2]], dtype=np.int64)
MASK = np.array([[1.0] * 5 + [0.0] * 2, [1.0] * 7], dtype=np.float32)


def test_the_encoder_says_the_same_in_onnx(tmp_path: Path) -> None:
    networks = small_networks()
    export_encoder(networks, tmp_path / "encoder.onnx", quantise=False)
    states, vector, _ = OnnxModel(tmp_path / "encoder.onnx").run({"ids": IDS, "mask": MASK})
    with torch.no_grad():
        mask = torch.from_numpy(MASK)
        expected = pooled(networks.encoder.run(networks.encoder.embed(torch.from_numpy(IDS)), mask), mask)
    assert np.abs(states - expected.states.numpy())[MASK > 0].max() < CLOSE
    assert np.abs(vector - expected.vector.numpy()).max() < CLOSE


def test_the_int8_encoder_runs_and_says_nearly_the_same(tmp_path: Path) -> None:
    networks = small_networks()
    export_encoder(networks, tmp_path / "whole.onnx", quantise=False)
    export_encoder(networks, tmp_path / "encoder.onnx")
    assert (tmp_path / "encoder.onnx").stat().st_size < (tmp_path / "whole.onnx").stat().st_size / 3
    _, vector, _ = OnnxModel(tmp_path / "encoder.onnx").run({"ids": IDS, "mask": MASK})
    _, whole, _ = OnnxModel(tmp_path / "whole.onnx").run({"ids": IDS, "mask": MASK})
    assert (vector * whole).sum(axis=1).min() > 0.95


@pytest.mark.parametrize(("quantise", "close"), [(False, CLOSE), (True, NEAR)])
def test_the_judge_says_the_same_in_onnx(tmp_path: Path, quantise: bool, close: float) -> None:
    networks = small_networks()
    export_judge(networks, tmp_path / "judge.onnx", quantise)
    question, sentences = random_tokens(5), random_tokens(7, 3, 4, 6, seed=1)
    (said,) = OnnxModel(tmp_path / "judge.onnx").run(
        {
            "q": question.states.numpy(),
            "qv": question.vector.numpy(),
            "x": sentences.states.numpy(),
            "xm": sentences.mask.numpy(),
            "xv": sentences.vector.numpy(),
        }
    )
    four = Tokens(*(part.expand(4, *part.shape[1:]) for part in (question.states, question.mask, question.vector)))
    with torch.no_grad():
        expected = torch.softmax(networks.judge(four, sentences), 1).numpy()
    assert np.abs(said - expected).max() < close


def test_the_judge_that_is_shipped_takes_a_third_of_the_room(tmp_path: Path) -> None:
    networks = small_networks()
    export_judge(networks, tmp_path / "whole.onnx", quantise=False)
    export_judge(networks, tmp_path / "judge.onnx")
    assert (tmp_path / "judge.onnx").stat().st_size < (tmp_path / "whole.onnx").stat().st_size / 3


def test_the_router_says_the_same_in_onnx(tmp_path: Path) -> None:
    networks = small_networks()
    export_router(networks, tmp_path / "router.onnx")
    questions = random_tokens(5, 3)
    found = OnnxModel(tmp_path / "router.onnx").run({"q": questions.states.numpy(), "qm": questions.mask.numpy()})
    with torch.no_grad():
        routes, asks = networks.router(questions.states, questions.mask)
    assert np.abs(found[0] - torch.softmax(routes, 1).numpy()).max() < CLOSE
    assert np.abs(found[1] - torch.sigmoid(asks).numpy()).max() < CLOSE
    assert questions.states.shape[2] == DIMENSION
