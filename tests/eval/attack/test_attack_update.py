"""Changes killed at seeded moments leave one whole version; a driver that saw less than that says so."""

from collections import Counter
from pathlib import Path

import pytest

from bot.curator import Curator
from eval.attack.update import drive, judged
from eval.attack.updating import THIRD, Place, change, prepare, state, text_of
from ingest.errors import StoreError

KILLS, SEED = 6, 20230314


def test_kills_leave_one_whole_version(tmp_path: Path) -> None:
    told = drive(tmp_path / "place", SEED, KILLS)
    assert sum(bool(one["killed"]) for one in told) == KILLS, "a change that was done before its kill counts for none"
    assert {one["error"] for one in told} == {""}
    assert told[-1]["versions"] == 1, "what killed ones left is swept"
    assert {one["change"] for one in told} >= {"add", "build"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "place")
    prepare(made)
    return made


def test_changes_go_round_and_each_is_seen(place: Place) -> None:
    done = []
    for turn in range(4):
        before = state(place)
        name, act = change(place, turn, place.curator.held())
        act()
        done.append((name, state(place) != before))
    assert done == [("add", True), ("replace", True), ("remove", True), ("add", True)]
    assert text_of(THIRD, 2003) in state(place)


def test_a_mixture_is_seen(place: Place) -> None:
    live = place.curator.store.live
    assert live is not None
    before = Curator(place.curator.store, place.curator.embedder, place.plans).held()
    plan = live / "plans" / f"{before.plans[0].id}.json"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2000年", "1999年"), encoding="utf-8")
    with pytest.raises(StoreError, match="does not hold what was written"):
        state(place)


def outcome(**more: object) -> dict[str, object]:
    return {"change": "add", "killed": True, "moved": False, "error": "", "versions": 1, **more}


@pytest.mark.parametrize(
    ("told", "statuses", "held"),
    [
        ([outcome()], {"200": 9}, [True, True, True]),
        ([outcome(killed=False)], {"200": 9}, [False, True, True]),
        ([outcome(error="StoreError: mixed")], {"200": 9}, [False, True, True]),
        ([outcome()], {"200": 9, "503": 1}, [True, False, True]),
        ([outcome()], {}, [True, False, True]),
        ([outcome(versions=3)], {"200": 9}, [True, True, False]),
    ],
    ids=["all well", "nothing was killed", "broken", "a request failed", "nobody asked", "left behind"],
)
def test_what_must_hold(told: list[dict[str, object]], statuses: dict[str, int], held: list[bool]) -> None:
    assert [trial.held for trial in judged(told, Counter(statuses), running=True)] == held


def test_a_service_that_ended_did_not_survive() -> None:
    assert not judged([outcome()], Counter({"200": 9}), running=False)[1].held
