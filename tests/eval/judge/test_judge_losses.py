import math

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from bot.model import Intent  # noqa: E402
from eval.judge.examples import Verdict  # noqa: E402
from eval.judge.losses import (  # noqa: E402
    any_states_loss,
    asks_loss,
    found_loss,
    order_loss,
    route_loss,
    verdict_loss,
)
from eval.judge.recipe import pace  # noqa: E402
from eval.judge.rows import ASKS, ROUTES  # noqa: E402
from tests.eval.judge.builders import make_labelled  # noqa: E402

pytestmark = pytest.mark.models

SURE = 20.0
STATES, APART = [0.0, 0.0, SURE], [SURE, 0.0, 0.0]


def test_a_verdict_that_is_right_costs_nothing() -> None:
    logits = torch.tensor([STATES, APART])
    assert verdict_loss(logits, [Verdict.STATES, Verdict.APART], [1, 1]).item() == pytest.approx(0, abs=1e-6)
    assert verdict_loss(logits, [Verdict.APART, Verdict.STATES], [1, 1]).item() > 10
    assert verdict_loss(logits, [Verdict.APART, Verdict.APART], [0, 1]).item() == pytest.approx(0, abs=1e-6)


def test_the_right_ones_are_to_bear_most() -> None:
    logits = torch.tensor([STATES, APART, APART])
    assert order_loss(logits, 1).item() == pytest.approx(0, abs=1e-6)
    assert order_loss(logits.flip(0), 1).item() > 10
    assert order_loss(logits, 0).item() == order_loss(logits, 3).item() == 0


def test_one_false_yes_is_enough_to_err() -> None:
    """Three sure noes and one even chance: the odds that any states are even."""
    logits = torch.tensor([APART, APART, APART, [-SURE, 0.0, 0.0]])
    assert any_states_loss(logits, states=False).item() == pytest.approx(math.log(2), abs=1e-3)
    assert any_states_loss(logits, states=True).item() == pytest.approx(math.log(2), abs=1e-3)


def test_what_does_not_count_is_not_confused_with_the_found() -> None:
    questions, sentences = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    counted = found_loss(questions, sentences, [0], torch.zeros(1, 2), 0.05)
    ignored = found_loss(questions, sentences, [0], torch.tensor([[0.0, 1.0]]), 0.05)
    assert counted.item() == pytest.approx(math.log(2))
    assert ignored.item() == pytest.approx(0, abs=1e-6)


def test_routes_are_learned_where_they_are_labelled() -> None:
    logits = torch.zeros(2, len(ROUTES))
    logits[0, ROUTES.index(Intent.UNITS)] = SURE
    assert route_loss(logits, [make_labelled(route="units"), make_labelled(route=None)]).item() < 1e-3
    assert route_loss(logits, [make_labelled(route=None)] * 2).item() == 0


def test_asks_that_may_have_been_meant_count_less() -> None:
    logits = torch.full((1, len(ASKS)), -SURE)
    logits[0, ASKS.index("who")] = SURE
    assert asks_loss(logits, [make_labelled(asks=["who"])]).item() == pytest.approx(0, abs=1e-3)
    logits[0, ASKS.index("place")] = SURE
    all_named = asks_loss(logits, [make_labelled("merchants", asks=["who"])]).item()
    one_named = asks_loss(logits, [make_labelled("citizens", asks=["who"])]).item()
    assert one_named == pytest.approx(0.3 * all_named)


def test_the_pace_goes_up_and_then_down() -> None:
    assert [pace(step, 4, 0.0, 0.1) for step in (0, 1, 3, 9)] == [0.25, 0.5, 1.0, 1.0]
    assert pace(9, 4, 0.5, 0.1) == 0.5
    assert pace(9, 4, 1.0, 0.1) == 0.1
