"""What a reader of a plan is told beside its text."""

from dataclasses import dataclass
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from bot.api import reading_examples
from bot.api.reading_schema import CitedPlans, Neighbours, Words
from bot.api.routes_reading import MAX_PLACES
from bot.neighbours import ALIKE, Neighbour, neighbours
from ingest.errors import StoreError, UnknownEntry
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot
from vectorstore.alike import Alike
from vectorstore.index import ClauseIndex

TOPIC = "xiamen:三(四)21"
LIKE = {"state-council": ("state-council:六(三十一)", 0.8), "quanzhou": ("quanzhou:三(四)16", 0.95)}


class FakeIndex:
    """Knows what is alike; all the rest is another clause, and not alike."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def alike(self, clause_id: str, plans: Any) -> list[Alike]:
        self.asked.append(tuple(plans))
        like = LIKE if clause_id == TOPIC else {}
        told = [like.get(plan, (f"{plan}:题头", ALIKE - 0.01)) for plan in plans]
        return [Alike(found, found.partition(":")[0], cosine, 0, 4) for found, cosine in told]


@dataclass
class Comparing(FakeBot):
    """A bot whose index knows what is alike."""

    def __post_init__(self) -> None:
        self.index = FakeIndex()

    def neighbours(self, clause_id: str, as_of: str = "") -> list[Neighbour]:
        self.days.append(as_of)
        return neighbours(self.corpus, cast(ClauseIndex, self.index), clause_id, as_of or "2026-01-01")


@pytest.fixture(scope="module")
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture(scope="module")
def api(bot: FakeBot) -> TestClient:
    return client(bot)


@pytest.fixture(scope="module")
def comparing() -> Comparing:
    return Comparing()


@pytest.fixture(scope="module")
def near(comparing: Comparing) -> TestClient:
    return client(comparing)


class TestWords:
    def test_each_place_is_the_words(self, bot: FakeBot, api: TestClient) -> None:
        told = api.get("/v1/plans/xiamen/words", params={"q": "誠信 计量"}).json()
        assert (told["query"], told["spelled"]) == ("誠信 计量", "诚信计量")
        assert told["total"] == len(told["places"]) > 5
        for one in told["places"]:
            assert bot.corpus.clause(one["clause_id"]).text[one["start"] : one["end"]] == "诚信计量"

    def test_of_very_many_the_first_are_listed_and_all_counted(self, api: TestClient) -> None:
        told = api.get("/v1/plans/state-council/words", params={"q": "，"}).json()
        assert len(told["places"]) == MAX_PLACES < told["total"]

    def test_what_is_not_there_is_no_error(self, api: TestClient) -> None:
        told = api.get("/v1/plans/xiamen/words", params={"q": "人工降雨"}).json()
        assert (told["total"], told["places"]) == (0, [])

    @pytest.mark.parametrize(
        ("path", "q", "status", "slug"),
        [
            ("/v1/plans/atlantis/words", "计量", 404, "unknown-plan"),
            ("/v1/plans/xiamen/words", " ", 422, "blank-text"),
            ("/v1/plans/xiamen/words", "计" * 2001, 422, "text-too-long"),
            ("/v1/plans/xiamen/words", None, 422, "invalid-request"),
        ],
    )
    def test_refusals(self, api: TestClient, path: str, q: str | None, status: int, slug: str) -> None:
        response = api.get(path, params={} if q is None else {"q": q})
        assert response.status_code == status
        assert problem(response)["type"] == f"/docs#{slug}"


class TestCited:
    def test_each_place_names_the_plan(self, bot: FakeBot, api: TestClient) -> None:
        told = api.get("/v1/plans/jinhua/cited").json()
        assert {one["cited_plan_id"] for one in told["cited"]} == {"state-council"}
        for one in told["cited"]:
            named = bot.corpus.clause(one["clause_id"]).text[one["start"] : one["end"]]
            assert "计量发展规划" in named
            assert one["cited_level"] == "national"

    def test_an_unknown_plan(self, api: TestClient) -> None:
        assert problem(api.get("/v1/plans/atlantis/cited"))["type"] == "/docs#unknown-plan"


class TestNeighbours:
    def test_what_is_alike_is_cited_the_nation_first(self, comparing: Comparing, near: TestClient) -> None:
        told = near.get(f"/v1/neighbours/{TOPIC}").json()
        assert told["clause_id"] == TOPIC
        assert [one["clause_id"] for one in told["neighbours"]] == [found for found, _ in LIKE.values()]
        assert [one["index"] for one in told["neighbours"]] == [1, 2]
        assert told["threshold"] == ALIKE <= min(one["similarity"] for one in told["neighbours"])
        for one in told["neighbours"]:
            assert one["quote"] == comparing.corpus.clause(one["clause_id"]).text[:4]
            assert one["standing"] == "in_force"
        assert TOPIC.partition(":")[0] not in comparing.index.asked[-1]

    def test_a_clause_as_people_type_it_and_a_row(self, near: TestClient) -> None:
        assert near.get("/v1/neighbours/xiamen：三（四）21").json()["clause_id"] == TOPIC
        assert near.get("/v1/neighbours/xiamen:专栏1%2F9").json()["clause_id"] == "xiamen:专栏1/9"

    def test_the_day_is_asked_of_the_bot(self, comparing: Comparing, near: TestClient) -> None:
        near.get(f"/v1/neighbours/{TOPIC}", params={"as_of": "2024-06-30"})
        assert comparing.days[-1] == "2024-06-30"

    def test_an_unknown_clause(self, near: TestClient) -> None:
        response = near.get("/v1/neighbours/xiamen:九99")
        assert (response.status_code, problem(response)["type"]) == (404, "/docs#unknown-clause")

    def test_a_bot_without_vectors_says_so(self, bot: FakeBot, api: TestClient) -> None:
        response = api.get(f"/v1/neighbours/{TOPIC}")
        assert (response.status_code, problem(response)["type"]) == (503, "/docs#not-ready")
        with pytest.raises(StoreError, match="metrology build"):
            neighbours(bot.corpus, cast(ClauseIndex, object()), TOPIC, "2026-01-01")
        with pytest.raises(UnknownEntry):
            neighbours(bot.corpus, cast(ClauseIndex, FakeIndex()), "xiamen:九99", "2026-01-01")


def test_the_examples_are_true(bot: FakeBot, api: TestClient) -> None:
    words = api.get("/v1/plans/xiamen/words", params={"q": "诚信计量自我承诺"}).json()
    assert words == reading_examples.WORDS
    assert api.get("/v1/plans/qingdao/cited").json() == reading_examples.CITED
    Words.model_validate(reading_examples.WORDS)
    CitedPlans.model_validate(reading_examples.CITED)
    shown = Neighbours.model_validate(reading_examples.NEIGHBOURS)
    assert shown.threshold == ALIKE
    for one in shown.neighbours:
        assert bot.corpus.clause(one.clause_id).text[one.start : one.end] == one.quote
