"""Every wrong request is a problem document with a real status that says what to do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api import problems
from tests.bot.api.api_builders import JSON, client, problem
from tests.bot.fakes import FakeBot

PLANS = ["state-council", "xiamen", "quanzhou", "qingdao", "jinhua"]
BAD_FIELDS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["question"]),
    ({"question": 1}, ["question"]),
    ({"question": None}, ["question"]),
    ({"question": "计量", "plans": "xiamen"}, ["plans"]),
    ({"question": "计量", "plans": ["xiamen", 1]}, ["plans.1"]),
    ({"question": "计量", "mode": "magic"}, ["mode"]),
    ({"question": "计量", "timeout_ms": "500"}, ["timeout_ms"]),
    ({"question": "计量", "timeout_ms": 1}, ["timeout_ms"]),
    ({"question": "计量", "session_id": ""}, ["session_id"]),
    ({"question": "计量", "session_id": "x" * 129}, ["session_id"]),
    ({"question": "计量", "plan": ["xiamen"]}, ["plan"]),  # a misspelt field would widen the search in silence
    ({"question": 1, "mode": 2}, ["question", "mode"]),
]


@pytest.fixture(scope="module")
def standing() -> tuple[FakeBot, TestClient]:
    """A service of this file: most requests never come as far as the bot."""
    bot = FakeBot()
    return bot, client(bot)


@pytest.fixture
def bot(standing: tuple[FakeBot, TestClient]) -> FakeBot:
    return standing[0].anew()


@pytest.fixture
def api(bot: FakeBot, standing: tuple[FakeBot, TestClient]) -> TestClient:
    return standing[1]


@pytest.mark.parametrize(("sent", "fields"), BAD_FIELDS)
def test_wrong_types_name_the_field(bot: FakeBot, api: TestClient, sent: dict[str, Any], fields: list[str]) -> None:
    response = api.post("/v1/ask", json=sent)
    assert response.status_code == 422
    document = problem(response)
    assert [each["field"] for each in document["errors"]] == fields
    assert all(name in document["detail"] for name in fields)
    assert bot.asked == []


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u3000", "\u200b\ufeff\u200d", "\x00", "\u2028"])
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_blank_questions(api: TestClient, path: str, blank: str) -> None:
    response = api.post(path, json={"question": blank})
    assert response.status_code == 422
    assert problem(response)["type"] == "/docs#blank-text"


def test_over_long_question_names_the_limit_and_the_limit_itself_passes(bot: FakeBot) -> None:
    api = client(bot, max_question=10)
    assert api.post("/v1/ask", json={"question": "量" * 10}).status_code == 200
    response = api.post("/v1/ask", json={"question": "量" * 11})
    assert response.status_code == 422
    assert problem(response)["limit"] == 10
    assert "10" in problem(response)["detail"]
    assert problem(api.get("/v1/search", params={"q": "量" * 11}))["limit"] == 10


def test_unknown_plans_of_a_question_name_the_known_ones(bot: FakeBot, api: TestClient) -> None:
    response = api.post("/v1/ask", json={"question": "计量", "plans": ["xiamen", "hangzhou"]})
    assert response.status_code == 422
    assert problem(response)["known"] == PLANS
    assert "hangzhou" in problem(response)["detail"]
    assert bot.asked == []


MALFORMED = [
    b"",
    b"{",
    b"{'question': 'x'}",
    b'{"question": "\xff\xfe"}',
    b"[" * 60_000,
    b'{"a":' * 10_000,
    b'{"question": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:16]))
def test_malformed_json(api: TestClient, body: bytes) -> None:
    response = api.post("/v1/ask", content=body, headers=JSON)
    assert response.status_code == (422 if body == b"" else 400)
    problem(response)


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"1", b"NaN", b'{"\\ud800": 1, "question": "x"}'])
def test_json_that_is_no_question(api: TestClient, body: bytes) -> None:
    response = api.post("/v1/ask", content=body, headers=JSON)
    assert response.status_code == 422
    problem(response)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_other_media_types(api: TestClient, kind: str) -> None:
    response = api.post("/v1/ask", content=b'{"question": "x"}', headers={"content-type": kind})
    assert response.status_code == 415
    problem(response)


def test_huge_body_is_refused_declared_or_not(api: TestClient) -> None:
    body = json.dumps({"question": "x" * 65536}).encode()

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(body), 8192):
            yield body[start : start + 8192]

    for content in (body, chunks()):
        response = api.post("/v1/ask", content=content, headers=JSON)
        assert response.status_code == 413
        assert problem(response)["limit"] == 65536


def test_a_body_of_exactly_the_limit_is_read(api: TestClient) -> None:
    body = json.dumps({"question": "x"}).encode()
    padded = body + b" " * (65536 - len(body))
    assert api.post("/v1/ask", content=padded, headers=JSON).status_code == 200
    assert api.post("/v1/ask", content=padded + b" ", headers=JSON).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/nope", 404, "not-found"),
        ("GET", "/v1/", 404, "not-found"),
        ("GET", "/v1/plans/", 404, "not-found"),  # no redirect built from the caller's Host header
        ("GET", "/v1/plans/hangzhou", 404, "unknown-plan"),
        ("GET", "/v1/clauses/xiamen:九", 404, "unknown-clause"),
        ("GET", "/v1/clauses/xiamen:%00", 404, "unknown-clause"),
        ("GET", "/v1/clauses/%FF%FE", 404, "unknown-clause"),
        ("GET", "/v1/ask", 405, "method-not-allowed"),
        ("DELETE", "/v1/plans", 405, "method-not-allowed"),
        ("GET", "/v1/search", 422, "invalid-request"),
        ("GET", "/v1/search?q=", 422, "blank-text"),
        ("GET", "/v1/search?q=计量&limit=0", 422, "invalid-request"),
        ("GET", "/v1/search?q=计量&limit=many", 422, "invalid-request"),
        ("GET", "/v1/search?q=计量&plans=hangzhou", 422, "unknown-plans"),
    ],
)
def test_wrong_addresses(api: TestClient, method: str, path: str, status: int, slug: str) -> None:
    response = api.request(method, path)
    assert response.status_code == status
    assert problem(response)["type"] == f"/docs#{slug}"


def test_a_callers_own_words_are_repeated_short(api: TestClient) -> None:
    response = api.post("/v1/ask", json={"question": "x", "y" * 30_000: 1})
    assert response.status_code == 422
    assert len(response.content) < 1000


def test_405_says_what_is_allowed(api: TestClient) -> None:
    assert api.get("/v1/ask").headers["allow"] == "POST"


def test_what_a_problem_repeats_holds_nothing_personal() -> None:
    assert problems.echo("plan-13912345678") == "plan-***"
    assert problems.echo("xiamen") == "xiamen"
