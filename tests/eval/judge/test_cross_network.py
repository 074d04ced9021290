from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("onnx", reason="needs the [train] extra")

from eval.judge import checkpoint  # noqa: E402
from eval.judge.checkpoint import Training  # noqa: E402
from eval.judge.cross_network import UPPER, CrossNetwork, above, upper_layers  # noqa: E402
from eval.judge.export import export_cross, export_encoder  # noqa: E402
from eval.judge.network import EncoderNetwork  # noqa: E402
from ingest.errors import ModelUnavailable  # noqa: E402
from tests.eval.judge.torch_builders import random_tokens, small_networks  # noqa: E402
from vectorstore.onnx import OnnxModel  # noqa: E402

pytestmark = pytest.mark.models


@pytest.fixture
def cross() -> CrossNetwork:
    torch.manual_seed(0)
    return CrossNetwork(1).eval()


def test_padding_changes_nothing(cross: CrossNetwork) -> None:
    question, text = random_tokens(5, 3), random_tokens(4, 7, seed=1)
    padded, longer = random_tokens(5, 3, spare=2), random_tokens(4, 7, seed=1, spare=3)
    with torch.no_grad():
        plain = cross(question.states, question.mask, text.states, text.mask)
        spare = cross(padded.states, padded.mask, longer.states, longer.mask)
    assert plain.shape == (2, 3)
    assert torch.allclose(plain, spare, atol=1e-5)


def test_question_and_text_are_told_apart(cross: CrossNetwork) -> None:
    with torch.no_grad():
        cross.sides[1] = 0.5
        one, other = random_tokens(5), random_tokens(4, seed=1)
        asked = cross(one.states, one.mask, other.states, other.mask)
        turned = cross(other.states, other.mask, one.states, one.mask)
    assert not torch.allclose(asked, turned, atol=1e-3)


def test_each_reads_the_other(cross: CrossNetwork) -> None:
    question, text, changed = random_tokens(5), random_tokens(4, seed=1), random_tokens(4, seed=2)
    hidden = []
    cross.layers[0].register_forward_hook(lambda *found: hidden.append(found[2]))
    with torch.no_grad():
        cross(question.states, question.mask, text.states, text.mask)
        cross(question.states, question.mask, changed.states, changed.mask)
    first, second = (one[:, :5] for one in hidden)
    assert not torch.allclose(first, second, atol=1e-3), "the question's tokens are others beside another text"


def test_it_starts_from_the_encoders_upper_layers() -> None:
    encoder = small_networks().encoder
    network = above(encoder)
    assert len(network.layers) == upper_layers(encoder) == 1
    own, theirs = network.layers[0].state_dict(), encoder.layers[1].state_dict()
    assert all(torch.equal(own[name], weights) for name, weights in theirs.items())
    own["up.weight"].zero_()
    assert theirs["up.weight"].abs().sum() > 0, "a copy"
    assert upper_layers(EncoderNetwork(9, 9, 12)) == UPPER


def test_what_the_encoder_gives_below_goes_on_to_its_states(tmp_path: Path) -> None:
    encoder = small_networks().encoder
    export_encoder(small_networks(), tmp_path / "encoder.onnx", quantise=False)
    ids = np.array([[0, 5, 6, 7, 2]], dtype=np.int64)
    states, _, below = OnnxModel(tmp_path / "encoder.onnx").run({"ids": ids, "mask": np.ones((1, 5), dtype=np.float32)})
    with torch.no_grad():
        upper = encoder.run(torch.from_numpy(below), torch.ones(1, 5), 1)
    assert np.abs(upper.numpy() - states).max() < 1e-4


def test_the_int8_file_says_nearly_the_same(cross: CrossNetwork, tmp_path: Path) -> None:
    export_cross(cross, tmp_path / "cross.onnx")
    question, text = random_tokens(5), random_tokens(9, seed=1)
    (said,) = OnnxModel(tmp_path / "cross.onnx").run({"q": question.states.numpy(), "x": text.states.numpy()})
    with torch.no_grad():
        expected = torch.softmax(cross(question.states, question.mask, text.states, text.mask), 1).numpy()
    assert said.shape == (1, 3)
    assert np.abs(said - expected).max() < 0.05


def test_a_checkpoint_brings_it_back(cross: CrossNetwork, tmp_path: Path) -> None:
    checkpoint.save_cross(tmp_path / "third.pt", cross, Training(7, 1.5, {"cross": {"steps": 7}}))
    back, training = checkpoint.load_cross(tmp_path / "third.pt")
    assert all(torch.equal(weights, back.state_dict()[name]) for name, weights in cross.state_dict().items())
    assert (training.steps, training.seconds, training.notes) == (7, 1.5, {"cross": {"steps": 7}})
    checkpoint.save(tmp_path / "first.pt", small_networks(), Training())
    with pytest.raises(ModelUnavailable, match="lacks cross"):
        checkpoint.load_cross(tmp_path / "first.pt")
