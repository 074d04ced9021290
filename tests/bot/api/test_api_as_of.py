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
