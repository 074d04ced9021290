"""The router: states in, kinds and aspects out, by the names its manifest gives them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.model import Aspect, Intent
from bot.question.route import FOLDER, Route, Router
from ingest.errors import ModelUnavailable
from vectorstore.encoder import DIMENSION, Encoding

MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def router() -> Router:
    return Router()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A router's folder that may be changed."""
    for name in ("router.onnx", "manifest.json"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def encoding(tokens: int = 5) -> Encoding:
    states = np.random.default_rng(1).standard_normal((tokens, DIMENSION)).astype(np.float32)
    return Encoding(states, states.mean(axis=0))


def rewritten(folder: Path, **changes: object) -> Path:
    (folder / "manifest.json").write_text(json.dumps(MANIFEST | changes), encoding="utf-8")
    return folder


def test_the_likeliest_kind() -> None:
    assert Route({Intent.QUOTE: 0.2, Intent.UNITS: 0.7, Intent.OUTLINE: 0.1}, {}).intent is Intent.UNITS


@pytest.mark.parametrize(("small_talk", "polite"), [(0.96, True), (0.9, False)])
def test_small_talk_is_only_what_is_surely_that(small_talk: float, polite: bool) -> None:
    assert Route({Intent.SMALL_TALK: small_talk, Intent.QUOTE: 1 - small_talk}, {}).polite is polite
    assert not Route({Intent.QUOTE: 1.0}, {}).polite


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        (0.4, (Aspect.FEE, Aspect.AMOUNT, Aspect.WHO)),
        (0.5, (Aspect.FEE, Aspect.AMOUNT)),
        (0.81, (Aspect.FEE,)),
        (0.95, ()),
    ],
)
def test_aspects_from_a_probability_on_the_likeliest_first(least: float, expected: tuple[Aspect, ...]) -> None:
    asks = {Aspect.WHO: 0.4, Aspect.AMOUNT: 0.8, Aspect.FEE: 0.9, Aspect.FORM: 0.1}
    assert Route({Intent.QUOTE: 1.0}, asks).aspects(least) == expected


@pytest.mark.parametrize("tokens", [1, 5, 74])
def test_a_route_of_any_length(router: Router, tokens: int) -> None:
    route = router.route(encoding(tokens))
    assert set(route.intents) == set(Intent)
    assert sum(route.intents.values()) == pytest.approx(1, abs=1e-4)
    assert set(route.asks) == set(Aspect), "what the manifest names beside them is no aspect"
    assert all(0 <= probability <= 1 for probability in route.asks.values())


def test_equal_states_equal_routes(router: Router) -> None:
    assert router.route(encoding()) == router.route(encoding())


def test_the_threshold_is_the_manifests(router: Router, folder: Path) -> None:
    assert router.asked_from == MANIFEST["thresholds"]["asked"]
    assert Router(rewritten(folder, thresholds={"asked": 0.9})).asked_from == 0.9


def test_outputs_are_named_in_the_manifests_order(router: Router, folder: Path) -> None:
    turned = Router(rewritten(folder, routes=MANIFEST["routes"][::-1], asks=MANIFEST["asks"][::-1]))
    one, other = router.route(encoding()), turned.route(encoding())
    assert [*other.intents.values()] == [*one.intents.values()]
    assert [*other.intents] == [*one.intents][::-1]
    first, last = (Aspect(name) for name in ("list", "interval"))
    places = MANIFEST["asks"].index("list"), MANIFEST["asks"][::-1].index("interval")
    assert (one.asks[first] == other.asks[last]) == (places[0] == places[1])


def test_an_outcome_is_heard_sooner_where_numbers_are_asked() -> None:
    asks = {Aspect.OUTCOME: 0.2, Aspect.FEE: 0.2}
    assert Route({Intent.INDICATOR: 1.0}, asks).aspects(0.3) == (Aspect.OUTCOME,)
    assert Route({Intent.QUOTE: 1.0}, asks).aspects(0.3) == ()
    assert Route({Intent.INDICATOR: 1.0}, {Aspect.OUTCOME: 0.1}).aspects(0.3) == ()


def test_a_manifest_that_names_too_few_outputs_is_no_route(folder: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        Router(rewritten(folder, routes=MANIFEST["routes"][:-1])).route(encoding())


BROKEN: list[tuple[str, Callable[[Path], object]]] = [
    ("router.onnx", lambda folder: (folder / "router.onnx").unlink()),
    ("router.onnx", lambda folder: (folder / "router.onnx").write_bytes(b"no model")),
    ("router.onnx", shutil.rmtree),
    ("manifest.json", lambda folder: (folder / "manifest.json").unlink()),
    ("manifest.json", lambda folder: (folder / "manifest.json").write_text("{")),
    ("manifest.json", lambda folder: (folder / "manifest.json").write_text("[]")),
    ("manifest.json", lambda folder: (folder / "manifest.json").write_text("{}")),
    ("manifest.json", lambda folder: rewritten(folder, routes=["no kind"])),
    ("manifest.json", lambda folder: rewritten(folder, thresholds={})),
    ("manifest.json", lambda folder: rewritten(folder, thresholds={"asked": "often"})),
    ("manifest.json", lambda folder: rewritten(folder, thresholds={"asked": None})),
]


@pytest.mark.parametrize(("named", "breaks"), BROKEN)
def test_a_broken_folder_is_named(folder: Path, named: str, breaks: Callable[[Path], object]) -> None:
    breaks(folder)
    with pytest.raises(ModelUnavailable, match=named):
        Router(folder)
