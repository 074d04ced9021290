"""The documentation: an example for every route, all true, and a page that loads nothing from elsewhere."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import uvicorn

from bot.api import create_app, examples, problems, schema
from bot.api.face_errors import SHAPES
from tests.bot.api.api_builders import client
from tests.bot.fakes import FakeBot

ROUTES = {
    ("post", "/v1/ask"),
    ("post", "/v1/ask/stream"),
    ("get", "/v1/search"),
    ("get", "/v1/compare"),
    ("get", "/v1/compare/subjects"),
    ("get", "/v1/plans"),
    ("get", "/v1/plans/{plan_id}"),
    ("get", "/v1/plans/{plan_id}/export"),
    ("get", "/v1/clauses/{clause_id}"),
    ("get", "/v1/plans/{plan_id}/words"),
    ("get", "/v1/plans/{plan_id}/cited"),
    ("get", "/v1/neighbours/{clause_id}"),
    ("post", "/v1/verify"),
    ("get", "/v1/answers/{answer_id}"),
    ("get", "/v1/answers/{answer_id}/export"),
    ("post", "/v1/answers/export"),
    ("post", "/v1/feedback"),
    ("get", "/v1/users/{user_id}/export"),
    ("delete", "/v1/users/{user_id}"),
    ("post", "/v1/chat/completions"),
    ("get", "/v1/models"),
    ("get", "/v1/models/{model_id}"),
    ("post", "/v1/embeddings"),
    ("post", "/v1/rerank"),
    ("get", "/v1/admin/insights"),
    ("get", "/v1/admin/audit"),
    ("post", "/v1/plans"),
    ("delete", "/v1/plans/{plan_id}"),
    ("get", "/v1/drafts"),
    ("get", "/v1/drafts/{draft_id}"),
    ("post", "/v1/drafts/{draft_id}/accept"),
    ("post", "/v1/drafts/{draft_id}/reject"),
    ("get", "/v1/changes"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}


Operations = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """As it is served; it takes a second to write."""
    found: dict[str, Any] = client(FakeBot()).get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> Operations:
    return {(method, path): each for path, methods in document["paths"].items() for method, each in methods.items()}


def test_every_route_is_described(operations: Operations) -> None:
    assert set(operations) == ROUTES


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_every_route_has_examples(operations: Operations, route: tuple[str, str]) -> None:
    operation = operations[route]
    assert operation["summary"]
    assert operation["tags"]
    if route[0] == "post":
        body = operation["requestBody"]["content"]["application/json"]
        assert all(example["value"] for example in body["examples"].values())
    for parameter in operation.get("parameters", ()):
        assert parameter.get("examples") or "default" in parameter["schema"]
    success = next(answer for status, answer in operation["responses"].items() if status < "300")
    assert all(content.get("example") or "$ref" in content["schema"] for content in success["content"].values())


def test_errors_are_described_with_their_media_type(operations: Operations) -> None:
    for (_, path), operation in operations.items():
        for status, answer in operation["responses"].items():
            if status >= "400" and not path.startswith(tuple(SHAPES)):
                assert list(answer["content"]) == [problems.MEDIA_TYPE]
                content = answer["content"][problems.MEDIA_TYPE]
                assert content["schema"]["$ref"].endswith("/ProblemDocument")
                assert {example["value"]["status"] for example in content["examples"].values()} == {int(status)}


def test_errors_of_the_face_are_described_as_chat_clients_know_them(operations: Operations) -> None:
    of_the_face = [one for (_, path), one in operations.items() if path.startswith(tuple(SHAPES))]
    assert len(of_the_face) == 4
    for operation in of_the_face:
        refused = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "404", "429", "503"} <= set(refused)
        for answer in refused.values():
            assert "error" in answer["content"]["application/json"]["schema"]["properties"]


def test_a_completion_may_be_a_stream(operations: Operations) -> None:
    success = operations["post", "/v1/chat/completions"]["responses"]["200"]["content"]
    assert set(success) == {"application/json", "text/event-stream"}


@pytest.mark.parametrize(
    "path", ["/v1/plans", "/v1/plans/{plan_id}", "/v1/clauses/{clause_id}", "/v1/neighbours/{clause_id}"]
)
def test_a_day_that_is_none_is_described(operations: Operations, path: str) -> None:
    assert "422" in operations["get", path]["responses"]


def test_what_needs_a_key_says_so(document: dict[str, Any]) -> None:
    assert set(document["components"]["securitySchemes"]) == {"bearer", "header"}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            gated = path == "/metrics" or (path.startswith("/v1/") and not path.startswith("/v1/wechat/"))
            assert ("security" in operation) is gated, path
            if gated and not path.startswith(tuple(SHAPES)):
                assert {"401", "403", "429"} <= set(operation["responses"]), path


def test_examples_have_the_shapes_they_stand_for(bot: FakeBot) -> None:
    schema.Answer.model_validate(examples.ANSWER)
    schema.SearchResult.model_validate(examples.SEARCH)
    schema.Verdict.model_validate(examples.VERDICT)
    schema.Receipt.model_validate(examples.RECEIPT)
    api = client(bot)
    assert examples.PLAN_SUMMARY in api.get("/v1/plans").json()
    assert api.get("/v1/clauses/xiamen:专栏1/9").json() == examples.CLAUSE
    assert list(api.post("/v1/ask", json=examples.QUESTIONS["city"]["value"]).json()) == list(examples.ANSWER)


def test_examples_quote_the_plans(bot: FakeBot) -> None:
    verdict = client(bot).post("/v1/verify", json=examples.QUOTES["exact"]["value"]).json()
    assert verdict == examples.VERDICT
    for citation in examples.ANSWER["citations"]:
        assert citation["quote"] in examples.ANSWER["answer"]
    for cited in examples.RECEIPT["citations"]:
        text = bot.corpus.clause(cited["clause_id"]).text
        assert cited["text_sha256"] == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", sorted(examples.QUESTIONS))
def test_example_questions_can_be_asked(bot: FakeBot, name: str) -> None:
    assert client(bot).post("/v1/ask", json=examples.QUESTIONS[name]["value"]).status_code == 200


def test_page_loads_nothing_from_elsewhere(bot: FakeBot) -> None:
    response = client(bot, max_question=123).get("/docs")
    page = response.text
    assert response.headers["content-type"].startswith("text/html")
    assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w+", page)
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", page)
    assert "@import" not in page
    assert "url(" not in page
    assert "{{" not in page
    assert "innerHTML" not in page  # examples and answers are set as text
    assert "问题最长 123 字" in page
    policy = response.headers["content-security-policy"]
    assert "default-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


def test_page_explains_every_problem_where_its_type_points(bot: FakeBot) -> None:
    page = client(bot).get("/docs").text
    assert len(problems.ALL) >= 15
    for kind in problems.ALL:
        assert f'id="{kind.uri.removeprefix("/docs#")}"' in page


@pytest.fixture
def address(bot: FakeBot) -> Iterator[str]:
    """A real server on a free port: a page needs one."""
    server = uvicorn.Server(uvicorn.Config(create_app(bot), port=0, log_level="warning", access_log=False))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


CLICK = "found => found.forEach(each => each.click())"  # by hand, a hundred times, it takes long


@pytest.mark.browser
def test_page_tries_every_route_out(address: str) -> None:
    kept = ("answer_receipt", "export_answer", "export_talk", "feedback", "insights")
    expected = dict.fromkeys((*kept, "neighbours"), "503")  # this server keeps no records, and no vectors
    expected |= {"export_user": "401", "forget_user": "401", "audit": "401"}  # and knows no administrator
    changing = ("hand_in", "drafts", "draft", "accept_draft", "reject_draft", "remove_plan", "changes")
    expected |= dict.fromkeys(changing, "401")
    requested: list[str] = []
    with open_page() as page:
        page.on("request", lambda request: requested.append(request.url))
        page.goto(f"{address}/docs")
        page.wait_for_selector("#ask")
        names = page.eval_on_selector_all("section > details", "found => found.map(each => each.id)")
        assert len(names) == len(ROUTES)
        page.eval_on_selector_all("section > details > summary", CLICK)
        page.wait_for_function(f"document.querySelectorAll('section > details form button').length === {len(names)}")
        page.eval_on_selector_all("section > details form button", CLICK)
        for name in names:
            page.wait_for_selector(f"#{name} form pre:has-text('{expected.get(name, '200')} ')")
        page.wait_for_selector("#ask_stream form pre:has-text('event: done')")
    assert all(url.startswith(address) for url in requested)


@contextmanager
def open_page() -> Iterator[Any]:
    """A page in Chromium: playwright's own, else the machine's."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        found = None if Path(engine.chromium.executable_path).exists() else shutil.which("chromium")
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("path", ["/redoc", "/docs/oauth2-redirect"])
def test_built_in_pages_are_gone(bot: FakeBot, path: str) -> None:
    assert client(bot).get(path).status_code == 404
