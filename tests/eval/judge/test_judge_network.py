from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from eval.judge.checkpoint import Training, load, resume, save  # noqa: E402
from eval.judge.layers import Layers, TextReader, stacked  # noqa: E402
from eval.judge.losses import read_pairs  # noqa: E402
from eval.judge.network import load_base  # noqa: E402
from eval.judge.rows import ASKS, ROUTES  # noqa: E402
from eval.judge.tokens import pooled  # noqa: E402
from ingest.errors import ModelUnavailable  # noqa: E402
from tests.eval.judge.torch_builders import networks_of, random_tokens, small_base, small_networks  # noqa: E402
from vectorstore.encoder import DIMENSION  # noqa: E402

pytestmark = pytest.mark.models

IDS = [[0, 5, 6, 7, 2], [0, 8, 2]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("made"))


def test_shapes() -> None:
    networks = small_networks()
    questions, sentences = random_tokens(4, 4), random_tokens(6, 3, seed=1)
    with torch.no_grad():
        states = networks.encoder.run(networks.encoder.embed(torch.tensor([IDS[0]])), torch.ones(1, 5))
        routes, asks = networks.router(questions.states, questions.mask)
        assert networks.judge(questions, sentences).shape == (2, 3)
    assert states.shape == (1, 5, DIMENSION)
    assert (routes.shape, asks.shape) == ((2, len(ROUTES)), (2, len(ASKS)))
    assert questions.vector.norm(dim=1).tolist() == pytest.approx([1, 1])


def test_padding_changes_nothing_in_the_encoder() -> None:
    encoder = small_networks().encoder
    padded, mask = torch.tensor([IDS[0], [*IDS[1], 1, 1]]), torch.tensor([[1.0] * 5, [1.0] * 3 + [0.0] * 2])
    with torch.no_grad():
        together = pooled(encoder.run(encoder.embed(padded), mask), mask)
        alone = pooled(encoder.run(encoder.embed(torch.tensor([IDS[1]])), torch.ones(1, 3)), torch.ones(1, 3))
    assert torch.allclose(together.states[1, :3], alone.states[0], atol=1e-5)
    assert torch.allclose(together.vector[1], alone.vector[0], atol=1e-5)


@pytest.mark.parametrize(("question", "sentence"), [(3, 0), (0, 3), (2, 5)])
def test_padding_changes_nothing_in_judge_and_router(question: int, sentence: int) -> None:
    networks = small_networks()
    plain, padded = random_tokens(4, 2), random_tokens(4, 2, spare=question)
    said, said_padded = random_tokens(6, 3, seed=1), random_tokens(6, 3, seed=1, spare=sentence)
    with torch.no_grad():
        assert torch.allclose(networks.judge(plain, said), networks.judge(padded, said_padded), atol=1e-5)
        for one, other in zip(
            networks.router(plain.states, plain.mask), networks.router(padded.states, padded.mask), strict=True
        ):
            assert torch.allclose(one, other, atol=1e-5)


def test_pairs_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.judge.losses.CHUNK", 2)
    networks = small_networks()
    questions, sentences = random_tokens(4, 2), random_tokens(6, 3, 5, seed=1)
    pairs = [(0, 0), (1, 2), (0, 1), (1, 0), (0, 2)]
    with torch.no_grad():
        together = read_pairs(networks.judge, questions, sentences, pairs)
        for row, (asked, said) in enumerate(pairs):
            alone = networks.judge(questions.of(torch.tensor([asked])), sentences.of(torch.tensor([said])))
            assert torch.allclose(together[row], alone[0], atol=1e-5)


def test_a_base_is_loaded_with_its_three_matrices_in_one(base: Path) -> None:
    from safetensors.torch import load_file

    weights, encoder = load_file(base / "model.safetensors"), load_base(base)
    key = weights["encoder.layer.1.attention.self.key.weight"]
    attend = encoder.state_dict()["layers.1.attend.weight"]
    assert torch.equal(attend[DIMENSION : 2 * DIMENSION], key)


def test_what_is_no_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="metrology train base"):
        load_base(tmp_path)


def test_the_two_halves_are_the_whole(base: Path) -> None:
    networks = networks_of(base)
    networks.train(False)
    layers = Layers(networks.encoder, TextReader(base / "tokenizer.json"), 1)
    texts = ["厦门强检归谁管", "罚款", *["计量" * many for many in range(1, 10)]]
    with torch.no_grad():
        tokens = layers.above(layers.below_questions(texts))
        for row, text in enumerate(texts):
            ids = torch.tensor([layers.reader.question(text)])
            mask = torch.ones(ids.shape)
            alone = pooled(networks.encoder.run(networks.encoder.embed(ids), mask), mask)
            assert torch.allclose(tokens.vector[row], alone.vector[0], atol=2e-3), "kept in half precision"


def test_only_what_stands_above_is_trained(base: Path) -> None:
    networks = networks_of(base)
    layers = Layers(networks.encoder, TextReader(base / "tokenizer.json"), 1)
    trained = {name for name, weights in networks.encoder.named_parameters() if weights.requires_grad}
    assert {name.split(".")[1] for name in trained} == {"1"}
    assert len(layers.trained) == len(trained)


def test_texts_of_unlike_length_are_stacked() -> None:
    states, mask = stacked([torch.ones(2, 3), torch.ones(4, 3)])
    assert mask.tolist() == [[1, 1, 0, 0], [1, 1, 1, 1]]
    assert states.sum().item() == 18


def test_a_checkpoint_brings_everything_back(tmp_path: Path) -> None:
    networks, path = small_networks(), tmp_path / "kept" / "one.pt"
    networks = type(networks)(networks.encoder, type(networks.judge)(), networks.router)
    optimizer = torch.optim.AdamW(networks.router.parameters())
    save(path, networks, Training(7, 3.5, {"understanding": {"steps": 7}}), optimizer)
    loaded, training = load(path)
    assert (training.steps, training.seconds, training.notes) == (7, 3.5, {"understanding": {"steps": 7}})
    assert torch.equal(loaded.judge.weigh.weight, networks.judge.weigh.weight)
    other = type(networks)(small_networks(1).encoder, type(networks.judge)(), type(networks.router)())
    assert resume(path, other, torch.optim.AdamW(other.router.parameters())).steps == 7
    assert torch.equal(other.encoder.words.weight, networks.encoder.words.weight)
    assert [one.name for one in path.parent.iterdir()] == ["one.pt"], "no draft is left"


@pytest.mark.parametrize("content", [b"", b"no checkpoint"])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.pt").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="checkpoint"):
        load(tmp_path / "one.pt")
