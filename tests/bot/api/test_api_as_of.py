"""`as_of`: the day reaches the bot by every way of asking, and what is no day is refused."""

import pytest

from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot
from tests.documents import corpus_of

QUESTION = {"question": "诚信计量自我承诺"}
DAY = "2024-06-30"


@pytest.mark.parametrize("more", [{}, {"timeout_ms": 5000}, {"deadline_ms": 5000}, {"deadline_ms": 300, "mode": "llm"}])
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_the_day_reaches_the_bot(bot: FakeBot, path: str, more: dict[str, object]) -> None:
    assert client(bot).post(path, json={**QUESTION, **more, "as_of": DAY}).status_code == 200
    assert set(bot.days) == {DAY}


def test_without_it_the_day_is_today(bot: FakeBot) -> None:
    client(bot).post("/v1/ask", json=QUESTION)
    assert bot.days == [""]


@pytest.mark.parametrize("day", ["2024-02-30", "2024", "30.6.2024", "2024-6-1", "", 20240630])
def test_what_is_no_day_is_refused(bot: FakeBot, day: object) -> None:
    response = client(bot).post("/v1/ask", json={**QUESTION, "as_of": day})
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "as_of"
    assert bot.asked == []


def test_a_plan_tells_its_kind_its_names_and_its_time() -> None:
    api = client(FakeBot(corpus=corpus_of("law-2018", "law-2015", "quanzhou-rule")))
    plans = {one["plan_id"]: one for one in api.get("/v1/plans").json()}
    assert (plans["law-2018"]["kind"], plans["law-2018"]["names"]) == ("law", ["中华人民共和国计量法", "计量法"])
    old = plans["law-2015"]
    assert (old["effective_on"], old["superseded_by"], old["superseded_on"]) == ("2015-04-24", "law-2018", "2018-10-26")
    assert plans["quanzhou-rule"]["expires_on"] == "2028-06-30"
    assert plans["xiamen"]["effective_on"] is plans["xiamen"]["expires_on"] is plans["xiamen"]["superseded_by"] is None
    assert api.get("/v1/plans/law-2018").json()["version"] == "2018年修正"


@pytest.fixture(scope="module")
def laws() -> FakeBot:
    return FakeBot(corpus=corpus_of("law-2018", "law-2015", "quanzhou-expired", "national-notice"))


@pytest.mark.parametrize(("params", "days"), [({}, [""]), ({"as_of": DAY}, [DAY])])
def test_the_day_reaches_a_search(bot: FakeBot, params: dict[str, str], days: list[str]) -> None:
    assert client(bot).get("/v1/search", params={"q": "诚信计量", **params}).status_code == 200
    assert bot.searched == days


@pytest.mark.parametrize("path", ["/v1/search?q=计量", "/v1/plans?", "/v1/plans/xiamen?", "/v1/clauses/xiamen:四24?"])
def test_what_is_no_day_is_refused_everywhere(bot: FakeBot, path: str) -> None:
    assert problem(client(bot).get(f"{path}&as_of=2024-02-30"))["type"] == "/docs#invalid-request"


OLD, ENDED = "自2018年10月26日起已由《中华人民共和国计量法》（2018年修正）取代", "有效期至2023年12月31日，已经失效"
STANDINGS = [
    ("law-2018", "", "in_force", None),
    ("law-2015", "", "superseded", OLD),
    ("law-2015", "2016-01-01", "in_force", None),
    ("quanzhou-expired", "", "expired", ENDED),
    ("quanzhou-expired", "2023-12-31", "in_force", None),
    ("quanzhou-expired", "2021-12-31", "ahead", "自2022年1月1日起施行，尚未生效"),
]


@pytest.mark.parametrize(("plan_id", "day", "standing", "note"), STANDINGS)
def test_what_has_lapsed_is_marked(laws: FakeBot, plan_id: str, day: str, standing: str, note: str | None) -> None:
    api, params = client(laws), {"as_of": day} if day else {}
    (clause, *_) = [one for one in laws.corpus.plan(plan_id).clauses if one.searchable]
    listed = {one["plan_id"]: one for one in api.get("/v1/plans", params=params).json()}
    found = api.get("/v1/search", params={"q": clause.text, "plans": plan_id, **params}).json()["hits"]
    shown = [
        listed[plan_id],
        api.get(f"/v1/plans/{plan_id}", params=params).json(),
        api.get(f"/v1/clauses/{clause.id}", params=params).json(),
        found[0],
    ]
    assert [(one["standing"], one["standing_note"]) for one in shown] == [(standing, note)] * 4


def test_the_day_of_effect_is_told_where_it_stands(laws: FakeBot) -> None:
    told = client(laws).get("/v1/plans/quanzhou-expired").json()["metadata"]["effective_on"]
    text = laws.corpus.clause(told["clause_id"]).text
    assert (told["value"], text[told["start"] : told["end"]]) == ("2022-01-01", "2022年1月1日")
    assert client(laws).get("/v1/plans/xiamen").json()["metadata"]["effective_on"] is None
