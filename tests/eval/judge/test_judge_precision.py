import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from torch import Tensor, nn  # noqa: E402

from eval.judge import precision  # noqa: E402
from eval.judge.cross_network import CrossNetwork  # noqa: E402
from eval.judge.precision import attention, brain_floats, full, native  # noqa: E402
from vectorstore.encoder import DIMENSION  # noqa: E402

pytestmark = pytest.mark.models

NEAR = 0.1  # of logits, in bfloat16


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor that multiplies bfloat16."""
    monkeypatch.setattr(precision, "native", lambda: True)


def product() -> Tensor:
    found: Tensor = nn.Linear(4, 4)(torch.ones(1, 4))
    return found


@pytest.mark.parametrize(("told", "able"), [({}, False), ({"avx512_f": True}, False), ({"avx512_bf16": True}, True)])
def test_the_processor_tells_whether_it_can(monkeypatch: pytest.MonkeyPatch, told: dict[str, bool], able: bool) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: told)
    assert native() is able


@pytest.mark.usefixtures("able")
def test_products_are_short_only_while_something_is_learned() -> None:
    with brain_floats(learning=True):
        assert product().dtype is torch.bfloat16
    with brain_floats(learning=False):
        assert product().dtype is torch.float32


def test_a_processor_that_cannot_is_not_made_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "native", lambda: False)
    with brain_floats(learning=True):
        assert product().dtype is torch.float32


def test_full_precision_is_left_as_it_is() -> None:
    values = torch.ones(2)
    assert full(values) is values
    assert full(values.bfloat16()).dtype is torch.float32


@pytest.mark.usefixtures("able")
def test_attention_stays_in_full_precision() -> None:
    query, key, value = (torch.randn(1, 2, 3, 4).bfloat16() for _ in range(3))
    with brain_floats(learning=True):
        seen = attention(query, key, value, torch.zeros(1, 1, 1, 3))
    assert seen.dtype is torch.float32


@pytest.mark.usefixtures("able")
def test_what_is_said_and_learned_hardly_differs() -> None:
    torch.manual_seed(0)
    network = CrossNetwork(2, dropout=0.0)
    question, text = torch.randn(2, 5, DIMENSION), torch.randn(2, 9, DIMENSION)

    def said() -> Tensor:
        found: Tensor = network(question, torch.ones(2, 5), text, torch.ones(2, 9))
        return found

    network.train(False)
    whole = said()
    network.train()
    brief = said()
    assert not torch.equal(brief, whole)
    assert (brief - whole).abs().max() < NEAR
    torch.autograd.backward(brief.sum())
    assert all(weight.grad is not None and weight.grad.dtype is torch.float32 for weight in network.parameters())
