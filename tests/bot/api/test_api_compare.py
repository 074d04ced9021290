"""GET /v1/compare: values and addresses as they stand in the plans, and what is refused."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from starlette.testclient import TestClient

from bot.api.callers import Callers
from bot.api.gate import needed
from bot.api.present import Presenter
from bot.model import Answer, Status
from bot.records.keys import Scope
from ingest.corpus import Corpus
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import shipped_corpus
from tests.bot.topics import TopicBot

PLEDGES = "诚信计量自我承诺单位"


@pytest.fixture(scope="module")
def bot() -> TopicBot:
    return TopicBot()


@pytest.fixture(scope="module")
def api(bot: TopicBot) -> TestClient:
    return client(bot)


@pytest.fixture(autouse=True)
def _anew(bot: TopicBot) -> None:
    bot.asked.clear()
    bot.days.clear()


def compared(api: TestClient, topic: str, plans: Any, **more: str) -> dict[str, Any]:
    response = api.get("/v1/compare", params={"topic": topic, "plans": plans, **more})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_clauses_side_by_side(bot: TopicBot, api: TestClient) -> None:
    found = compared(api, "一次性扣除", ["xiamen", "quanzhou"])
    assert [(plan["plan_id"], plan["name"], plan["says"]) for plan in found["plans"]] == [
        ("xiamen", "厦门", True),
        ("quanzhou", "泉州", True),
    ]
    base, other = found["clauses"]
    assert (base["clause_id"], base["against"]) == ("xiamen:四24", None)
    assert (other["row"], other["against"]) == (0, "xiamen:四24")
    assert {word["differs"] for word in base["quotes"][0]["words"]} == {False}
    assert any(word["differs"] for word in other["quotes"][0]["words"])
    for one in found["clauses"]:
        text = bot.corpus.clause(one["clause_id"]).text
        for quoted in one["quotes"]:
            assert text[quoted["start"] : quoted["end"]] == quoted["quote"]
            assert "".join(word["text"] for word in quoted["words"]) == quoted["quote"]
            assert quoted["url"].startswith(f"/plans/{one['plan_id']}?clause=")


def test_indicators_on_axes_lead_to_their_cells(bot: TopicBot, api: TestClient) -> None:
    found = compared(api, PLEDGES, ["quanzhou", "xiamen", "jinhua"])
    (chart,) = found["charts"]
    assert (chart["shared"], chart["apart"], chart["reason"], chart["unit"]) == (True, None, None, "家")
    drawn = [(bar["plan_id"], bar["base"]["number"], bar["target"]["number"]) for bar in chart["bars"]]
    assert drawn == [("quanzhou", 1254.0, 2020.0), ("xiamen", 506.0, 850.0)]
    target = chart["bars"][1]["target"]
    assert (target["year"], target["value"], target["written"], target["quote"]) == (2025, "850", "850家", "850")
    query = parse_qs(urlsplit(target["url"]).query)
    text = bot.corpus.clause(target["clause_id"]).text
    assert text[int(query["start"][0]) : int(query["end"][0])] == "850"
    assert unquote(urlsplit(target["url"]).fragment) == target["clause_path"] == "专栏1/9"
    assert found["uncounted"] == ["jinhua"]
    assert [note for note in found["notes"] if "2025年是规划写明的目标年份" in note]


def test_what_is_to_come_is_not_past(api: TestClient) -> None:
    assert compared(api, PLEDGES, ["xiamen", "quanzhou"], as_of="2025-12-31")["notes"] == []


def test_what_counts_otherwise_stands_apart_with_its_reason(api: TestClient) -> None:
    found = compared(api, "社会公用计量标准", "state-council,xiamen,quanzhou,qingdao,jinhua")
    reasons = [(chart["apart"], chart["reason"]) for chart in found["charts"]]
    assert reasons[0] == (None, None)
    assert [apart for apart, _ in reasons[1:]].count("name") == 2
    said = "".join(reason for _, reason in reasons[1:])
    assert "“市级社会公用计量标准”与“社会公用计量标准”" in said
    assert "现状" in said
    state = next(chart for chart in found["charts"] if chart["apart"] == "state")
    (bar,) = state["bars"]
    assert (bar["achieved"], bar["base"], bar["target"]["written"]) == (True, None, "6.2万余项")


def test_what_is_not_given_is_null_and_never_0(api: TestClient) -> None:
    found = compared(api, "国家标准物质", ["xiamen", "quanzhou"])
    (bar,) = found["charts"][0]["bars"]
    assert (bar["base"]["year"], bar["base"]["value"], bar["base"]["written"]) == (2020, None, None)
    assert bar["base"]["number"] is None


def test_a_conflict_is_flagged_on_each_of_its_bars(api: TestClient) -> None:
    found = compared(api, "诚信计量示范单位", ["qingdao", "quanzhou"])
    bars = [bar for chart in found["charts"] for bar in chart["bars"]]
    flagged = {bar["target"]["written"]: [each["written"] for each in bar["conflicts"]] for bar in bars}
    assert flagged == {"300家以上": ["350家以上"], "350家以上": ["300家以上"]}


def test_a_silent_plan_is_said_to_be(bot: TopicBot, api: TestClient) -> None:
    silent = compared(api, "一次性扣除", ["xiamen", "qingdao"])["plans"][1]
    assert (silent["says"], silent["silence"]) == (False, "青岛：收录的文件中没有与所问相应的条款。")
    bot.answers = [Answer(Status.OUT_OF_SCOPE, ())]
    nothing = compared(api, "今天吃什么", ["xiamen", "qingdao"])
    assert [plan["says"] for plan in nothing["plans"]] == [False, False]
    assert "没有摘到" in nothing["plans"][0]["silence"]
    assert (nothing["clauses"], nothing["charts"]) == ([], [])


def test_the_day_is_passed_on(bot: TopicBot, api: TestClient) -> None:
    compared(api, "一次性扣除", ["xiamen", "quanzhou"], as_of="2024-06-30")
    assert bot.days == ["2024-06-30"]


def test_links_lead_below_the_path_of_the_page(bot: TopicBot) -> None:
    found = (
        client(bot, present=Presenter("/bot"))
        .get("/v1/compare", params={"topic": PLEDGES, "plans": "xiamen,quanzhou"})
        .json()
    )
    assert found["charts"][0]["bars"][0]["target"]["url"].startswith("/bot/plans/")
    assert found["clauses"][0]["url"].startswith("/bot/plans/")


REFUSED = [
    ({"topic": "扣除", "plans": "xiamen,atlantis"}, "unknown-plans", 422),
    ({"topic": "扣除", "plans": "xiamen"}, "too-few-plans", 422),
    ({"topic": "扣除", "plans": "xiamen,xiamen, "}, "too-few-plans", 422),
    ({"topic": "扣除", "plans": ""}, "too-few-plans", 422),
    ({"topic": "　", "plans": "xiamen,quanzhou"}, "blank-text", 422),
    ({"topic": "长" * 2001, "plans": "xiamen,quanzhou"}, "text-too-long", 422),
    ({"topic": "扣除", "plans": "xiamen,quanzhou", "as_of": "2024-02-30"}, "invalid-request", 422),
    ({"topic": "扣除"}, "invalid-request", 422),
]


@pytest.mark.parametrize(("query", "slug", "status"), REFUSED)
def test_what_is_refused(bot: TopicBot, api: TestClient, query: dict[str, str], slug: str, status: int) -> None:
    response = api.get("/v1/compare", params=query)
    assert response.status_code == status
    assert problem(response)["type"] == f"/docs#{slug}"
    assert bot.asked == []


def test_more_than_five_are_refused() -> None:
    five = shipped_corpus().plans
    bot = TopicBot(corpus=Corpus([*five, replace(five[0], id="sixth")]))
    response = client(bot).get("/v1/compare", params={"topic": "扣除", "plans": [plan.id for plan in bot.corpus.plans]})
    document = problem(response)
    assert (document["type"], document["limit"]) == ("/docs#too-many-plans", 5)
    assert bot.asked == []


def test_subjects_name_their_plans(bot: TopicBot, api: TestClient) -> None:
    found = api.get("/v1/compare/subjects").json()["subjects"]
    known = {plan.id for plan in bot.corpus.plans}
    assert {one["counted"] for one in found} == {True, False}
    assert all(set(one["plans"]) <= known for one in found)


def test_it_is_asked_by_who_may_ask() -> None:
    assert needed("/v1/compare") is needed("/v1/compare/subjects") is Scope.ASK
    assert Callers().keyring.is_empty
