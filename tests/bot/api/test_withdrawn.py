"""The address of a plan that was taken out says so; of one that never was there it does not."""

from dataclasses import dataclass
from typing import cast

import pytest

from bot.api.problems import Problem
from bot.api.withdrawn import held_plan
from bot.desk import Desk
from ingest.errors import IndexMissing, UnknownEntry
from tests.bot.fakes import shipped_corpus
from vectorstore.holdings import Change, Holdings

CORPUS = shipped_corpus()
STEPS = (
    Change("1", "2026-01-05T01:00:00+00:00", "x", "removed", "gone"),
    Change("2", "2026-02-05T01:00:00+00:00", "x", "added", "gone"),
    Change("3", "2026-03-05T01:00:00+00:00", "x", "removed", "other,gone"),
)


@dataclass
class FakeDesk:
    """A desk and its curator in one."""

    holdings: Holdings | None

    @property
    def curator(self) -> "FakeDesk":
        return self

    def held(self) -> Holdings:
        if self.holdings is None:
            raise IndexMissing("nowhere")
        return self.holdings


def desk(*removed: str, journal: tuple[Change, ...] = STEPS) -> Desk:
    return cast(Desk, FakeDesk(Holdings(CORPUS.plans, removed=removed, journal=journal)))


def refused(plan_id: str, at: Desk | None) -> dict[str, object]:
    with pytest.raises(Problem) as caught:
        held_plan(CORPUS, plan_id, at)
    assert (caught.value.status, caught.value.kind.slug) == (404, "unknown-plan")
    return caught.value.members


def test_the_day_of_the_last_withdrawal_is_told() -> None:
    assert refused("gone", desk("gone")) == {"withdrawn": True, "withdrawn_on": "2026-03-05"}


def test_a_day_that_is_forgotten_is_none() -> None:
    assert refused("gone", desk("gone", journal=())) == {"withdrawn": True, "withdrawn_on": None}


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (desk(), "it was never taken out"),
        (desk("other"), "another was"),
        (None, "nobody keeps account"),
        (cast(Desk, FakeDesk(None)), "the account cannot be read"),
    ],
)
def test_what_never_was_there_is_unknown(at: Desk | None, why: str) -> None:
    with pytest.raises(UnknownEntry):
        held_plan(CORPUS, "gone", at)


def test_what_is_held_is_given() -> None:
    assert held_plan(CORPUS, "xiamen", desk("xiamen")).id == "xiamen"
