"""Comparisons with English labels: what is left in Chinese are quotations, and marked as such."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.bot.topics import TopicBot
from tests.ui.compare_builders import axis, comparison, counted, page_over, point
from tests.ui.test_language import unmarked
from tests.ui.test_language_pages import body, chinese
from ui import wording_en
from ui.compare import wording_en as compare_en
from ui.compare.told import Comparison, Subject
from ui.compare.view import Failure, Wish, page_of
from ui.language import Speaks
from ui.replies import PlanEntry
from ui.spoken import speaking


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def clauses_of(plan_id: str, **more: object) -> dict[str, object]:
    rates = [{"text": "Rate（%）｜2020：", "differs": False}, {"text": "86", "differs": True}]
    said = [{"text": "Alpha ", "differs": False}, {"text": "beta", "differs": True}]
    quotes = [{"quote": "Rate（%）｜2020：86", "words": rates}, {"quote": "Alpha beta", "words": said}]
    return {
        "plan_id": plan_id,
        "row": 0,
        "clause_path": "1",
        "heading": "H",
        "url": "/plans/p",
        "quotes": quotes,
        **more,
    }


PLANS = [
    {"plan_id": "p", "title": "Plan P", "name": "P", "says": True, "standing": "expired"},
    {"plan_id": "q", "title": "Plan Q", "name": "Q", "says": True},
    {"plan_id": "r", "title": "Plan R", "name": "R", "says": False, "silence": "R has none."},
]
VAGUE = point(None, None, None)
COUNTED = {"name": "Units", "unit": "u"}
COMPARISONS = {
    "nothing": comparison(topic="T", plans=PLANS),
    "clauses": comparison(
        topic="T", plans=PLANS, clauses=[clauses_of("p"), clauses_of("q", against="p:1")], notes=("Note.",)
    ),
    "far": comparison(
        topic="T",
        plans=PLANS,
        clauses=[
            clauses_of("p"),
            clauses_of("q", against="p:1", quotes=[{"quote": "xyz", "words": [{"text": "xyz", "differs": True}]}]),
        ],
    ),
    "numbers": comparison(
        topic="T",
        plans=PLANS,
        uncounted=("q", "r"),
        charts=(
            axis(counted(**COUNTED, target=point(written="5u", clause_path="1")), name="Units", unit="u", shared=True),
            axis(
                counted(**COUNTED, base=VAGUE, target=point(None, "1-2", None, clause_path="1"), achieved=True),
                counted(
                    **COUNTED,
                    target=point(written="5u", clause_path="1"),
                    attribute="binding",
                    conflicts=(point(None, "7u", clause_path="2"), point(2025, "8u", clause_path="3")),
                ),
                name="Other units",
                unit="u",
                reason="Named otherwise.",
            ),
        ),
    ),
}
WISH = Wish("T", ("p", "q"), "2024-06-30")
OFFERED = (Subject(name="S", counted=True, plans=("p", "q")), Subject(name="S2", plans=("p", "q")))
ENTRIES = (PlanEntry(plan_id="p", title="Plan P", region="P"),)


@pytest.mark.parametrize("told", COMPARISONS.values(), ids=COMPARISONS)
def test_every_label_of_a_comparison_is_english(told: Comparison) -> None:
    assert chinese(page_of(WISH, ENTRIES, OFFERED, told)) == ""


@pytest.mark.parametrize(
    ("failure", "plans"),
    [(None, ENTRIES), (None, ()), (Failure(wording_en.UNREACHABLE), ()), (Failure("No."), ENTRIES)],
)
def test_every_label_around_it_is_english(failure: Failure | None, plans: tuple[PlanEntry, ...]) -> None:
    assert chinese(page_of(WISH, plans, OFFERED, failure=failure)) == ""


@pytest.fixture(scope="module")
def compared() -> TestClient:
    page = page_over(TopicBot())
    page.app.add_middleware(Speaks, root="")  # type: ignore[attr-defined]
    return page


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"topic": "一次性扣除", "plans": "xiamen,quanzhou,qingdao"},
        {"topic": "诚信", "plans": "xiamen,quanzhou,jinhua,state-council"},
        {"topic": "诚信计量示范单位", "plans": "qingdao,xiamen"},
        {"topic": "社会公用计量标准", "plans": "xiamen,quanzhou,qingdao,jinhua"},
        {"topic": "扣除", "plans": "xiamen,atlantis"},
    ],
    ids=lambda query: str(query.get("topic")),
)
def test_words_of_the_plans_and_of_the_api_are_marked_as_chinese(compared: TestClient, query: dict[str, str]) -> None:
    html = compared.get("/compare", params={**query, "lang": "en"}).text
    assert unmarked(body(html)) == []
    assert compare_en.LEAD in html


def test_a_wrong_choice_is_told_in_english(compared: TestClient) -> None:
    page = compared.get("/compare", params={"topic": "扣除", "plans": "xiamen", "lang": "en"})
    assert compare_en.REFUSALS["too-few-plans"].format(limit=2, count=1) in page.text
    assert page.status_code == 422


def test_the_table_to_take_away_has_english_heads(compared: TestClient) -> None:
    text = compared.get(
        "/compare.csv", params={"topic": "诚信计量自我承诺单位", "plans": "xiamen,quanzhou", "lang": "en"}
    )
    assert text.text.lstrip("\ufeff").startswith("Topic,Plan,Document,Indicator")
