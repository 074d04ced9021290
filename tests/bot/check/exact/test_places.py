"""Places: of the five plans, and of none."""

import pytest

from bot.check.draft import FaultKind, Sentence
from bot.check.sentence import check_sentence, exact_faults
from eval.verification.sentence import excerpts
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from tests.bot.check.check_builders import FixedReader, claim, kinds

CORPUS = Corpus(load_shipped_plans().plans)
CLAUSES = {
    "xiamen": "xiamen:三(四)21",
    "quanzhou": "quanzhou:三(四)16",
    "qingdao": "qingdao:三(九)",
    "jinhua": "jinhua:二(九)",
    "state-council": "state-council:五(二十三)",
}
NAMES = {"xiamen": "厦门", "quanzhou": "泉州", "qingdao": "青岛", "jinhua": "金华", "state-council": "国务院规划"}
SAID = "{}要加强计量监管。"


def found(text: str, *plans: str) -> list[FaultKind]:
    shown = excerpts(CORPUS, [CLAUSES[plan] for plan in plans])
    return kinds(check_sentence(Sentence(text, tuple(one.handle for one in shown)), shown, reader=FixedReader()))


@pytest.mark.parametrize("plan", CLAUSES)
def test_each_plan_is_told_by_its_own_place(plan: str) -> None:
    assert found(SAID.format(NAMES[plan]), plan) == []


@pytest.mark.parametrize("plan", CLAUSES)
@pytest.mark.parametrize("other", NAMES)
def test_no_plan_is_told_by_anothers(plan: str, other: str) -> None:
    if plan != other:
        assert FaultKind.CITY in found(SAID.format(NAMES[other]), plan)


@pytest.mark.parametrize("place", ["福州", "杭州", "上海", "深圳", "成都", "哈尔滨"])
def test_nor_by_one_that_has_no_plan(place: str) -> None:
    assert FaultKind.CITY in found(SAID.format(place), "xiamen")
    assert FaultKind.CITY in found(SAID.format(f"厦门和{place}"), "xiamen")


@pytest.mark.parametrize("pair", [("xiamen", "quanzhou"), ("qingdao", "jinhua"), ("xiamen", "state-council")])
def test_of_two_that_are_cited_both_may_be_named_and_neither_left_out(pair: tuple[str, str]) -> None:
    first, second = (NAMES[plan] for plan in pair)
    assert found(SAID.format(f"{first}和{second}都"), *pair) == []
    if second != "国务院规划":
        assert FaultKind.CITY in found(SAID.format(first), *pair)
    assert found("都要加强计量监管，落实主体责任。", *pair) == []


def test_a_place_named_twice_side_by_side_is_a_slip() -> None:
    assert FaultKind.CITY in found(SAID.format("厦门、厦门两地都"), "xiamen", "quanzhou")


@pytest.mark.parametrize(
    ("text", "told"),
    [("厦门可以。", False), ("可以的。", False), ("厦门、泉州都有。", False), ("厦门要加强监管。", True)],
)
def test_beside_its_places_a_sentence_tells_something(text: str, told: bool) -> None:
    one = claim(text.replace("厦门", "三明").replace("泉州", "三明"), "要加强监管，可以的都有。")
    assert (FaultKind.UNCITED not in kinds(exact_faults(one))) is told
