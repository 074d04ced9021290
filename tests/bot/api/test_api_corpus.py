"""Search, plans, clauses, verify: what the corpus holds, unchanged."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from bot.api.present import FACTS
from ingest.model import Plan
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot, shipped_corpus

PLANS = shipped_corpus().plans
CLAUSE_FIELDS = [
    "clause_id",
    "plan_id",
    "clause_path",
    "heading",
    "headings",
    "text",
    "kind",
    "responsible_units",
    "cells",
    "source_lines",
]


@pytest.fixture(scope="module")
def api() -> TestClient:
    """What is looked up leaves a service as it is."""
    return client(FakeBot())


def test_plans_are_listed_with_what_they_do_not_say(api: TestClient) -> None:
    listed = {plan["plan_id"]: plan for plan in api.get("/v1/plans").json()}
    assert list(listed) == [plan.id for plan in PLANS]
    assert {"number", "issued_on"} <= set(listed["xiamen"]["absent"])
    assert {"title", "number"} <= set(listed["qingdao"]["absent"])
    assert "issued_on" in listed["jinhua"]["absent"]
    assert listed["state-council"]["number"] == "国发〔2021〕37号"
    for plan in PLANS:
        assert listed[plan.id]["clauses"] == len(plan.clauses)
        assert listed[plan.id]["indicators"] == len(plan.indicators)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_plan_has_all_its_clauses_in_order(bot: FakeBot, api: TestClient, plan: Plan) -> None:
    sent = api.get(f"/v1/plans/{plan.id}").json()
    assert [clause["clause_id"] for clause in sent["clauses"]] == [clause.id for clause in plan.clauses]
    assert [clause["text"] for clause in sent["clauses"]] == [clause.text for clause in plan.clauses]
    assert len(sent["indicators"]) == len(plan.indicators)
    for name, fact in sent["metadata"].items():
        if name != "references" and fact is not None:
            clause = bot.corpus.clause(fact["clause_id"])
            assert clause.text[fact["start"] : fact["end"]]
    assert [name for name in FACTS if sent["metadata"][name] is None] == sent["absent"]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_clause_is_found_by_its_id(api: TestClient, plan: Plan) -> None:
    lines = plan.source.split("\n")
    for clause in plan.clauses:
        sent = api.get(f"/v1/clauses/{quote(clause.id, safe='')}").json()
        assert list(sent) == [*CLAUSE_FIELDS, "standing", "standing_note"]
        assert (sent["clause_id"], sent["text"]) == (clause.id, clause.text)
        first, last = sent["source_lines"]
        assert plan.source[clause.origins[0]] in lines[first - 1]
        assert 1 <= first <= last <= len(lines)


def test_source_lines_are_where_the_words_stand(bot: FakeBot, api: TestClient) -> None:
    clause = api.get("/v1/clauses/quanzhou:三(四)16").json()
    first, last = clause["source_lines"]
    lines = bot.corpus.plan("quanzhou").source.split("\n")[first - 1 : last]
    assert "推进诚信计量分类监管" in lines[0]
    assert "推进诚信计量分类监管" not in "".join(lines[1:])


@pytest.mark.parametrize(
    "typed",
    [
        "xiamen:三(四)21",
        "xiamen：三（四）21",
        "xiamen:三（四）２１",
        "xiamen:三(四) 21",
        "xiamen%3A%E4%B8%89(%E5%9B%9B)21",
    ],
)
def test_clause_ids_as_people_type_them(api: TestClient, typed: str) -> None:
    assert api.get(f"/v1/clauses/{typed}").json()["clause_id"] == "xiamen:三(四)21"


def test_slashes_in_clause_ids(api: TestClient) -> None:
    for typed in ("xiamen:专栏1/9", "xiamen:专栏1%2F9", "xiamen:专栏１／９"):
        clause = api.get(f"/v1/clauses/{typed}").json()
        assert clause["clause_id"] == "xiamen:专栏1/9"
        assert {"column": "2025年", "value": "850"} in clause["cells"]


def test_responsible_units_have_roles(api: TestClient) -> None:
    units = api.get("/v1/clauses/xiamen:三(四)21").json()["responsible_units"]
    assert units[0] == {"name": "市市场监管局", "role": "listed"}


def test_search_gives_scored_citations(bot: FakeBot, api: TestClient) -> None:
    found = api.get("/v1/search", params={"q": "诚信计量自我承诺", "limit": 3}).json()
    assert found["query"] == "诚信计量自我承诺"
    assert [hit["index"] for hit in found["hits"]] == [1, 2, 3]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in found["hits"]:
        assert bot.corpus.clause(hit["clause_id"]).text[hit["start"] : hit["end"]] == hit["quote"]
        assert hit["url"].startswith(f"/plans/{hit['plan_id']}?clause=")


@pytest.mark.parametrize("plans", [["xiamen,jinhua"], ["xiamen", "jinhua"], [" xiamen , jinhua,"]])
def test_search_narrowed_to_plans(api: TestClient, plans: list[str]) -> None:
    found = api.get("/v1/search", params={"q": "计量", "limit": 50, "plans": plans}).json()
    assert {hit["plan_id"] for hit in found["hits"]} == {"xiamen", "jinhua"}


def test_search_that_finds_nothing_is_empty(api: TestClient) -> None:
    assert api.get("/v1/search", params={"q": "zzzz"}).json()["hits"] == []


def test_verify_tells_where_a_quote_stands(bot: FakeBot, api: TestClient) -> None:
    sent = {"clause_id": "xiamen:三（四）21", "quote": "三位一体"}
    verdict = api.post("/v1/verify", json=sent).json()
    text = bot.corpus.clause("xiamen:三(四)21").text
    assert verdict["verified"]
    assert verdict["exact"]
    assert verdict["clause_id"] == "xiamen:三(四)21"
    assert text[verdict["start"] : verdict["end"]] == verdict["quote"] == "三位一体"
    assert f"start={verdict['start']}&end={verdict['end']}" in verdict["url"]


def test_verify_gives_the_clauses_own_spelling(api: TestClient) -> None:
    sent = {"clause_id": "xiamen:三(四)21", "quote": "(责任单位:"}
    verdict = api.post("/v1/verify", json=sent).json()
    assert (verdict["verified"], verdict["exact"], verdict["quote"]) == (True, False, "（责任单位：")


def test_verify_of_an_invented_quote(api: TestClient) -> None:
    sent = {"clause_id": "xiamen:三(四)21", "quote": "奖励十万元"}
    verdict = api.post("/v1/verify", json=sent).json()
    assert (verdict["verified"], verdict["exact"], verdict["start"], verdict["end"]) == (False, False, None, None)
    assert verdict["quote"] == "奖励十万元"


@pytest.mark.parametrize(
    ("sent", "status", "slug"),
    [
        ({"clause_id": "xiamen:九", "quote": "x"}, 404, "unknown-clause"),
        ({"clause_id": "nowhere", "quote": "x"}, 404, "unknown-clause"),
        ({"clause_id": "xiamen:一", "quote": " "}, 422, "blank-text"),
        ({"clause_id": "xiamen:一"}, 422, "invalid-request"),
        ({"clause_id": "xiamen:一", "quote": "x" * 10_001}, 422, "invalid-request"),
    ],
)
def test_verify_refusals(api: TestClient, sent: dict[str, str], status: int, slug: str) -> None:
    response = api.post("/v1/verify", json=sent)
    assert response.status_code == status
    assert problem(response)["type"] == f"/docs#{slug}"
