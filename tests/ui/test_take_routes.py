"""Answers as files through the page: the API makes them, the page tells in Chinese when there is none."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.ui.fake_api import Export, FakeApi, client_of
from ui import wording
from ui.ask_client import AskClient
from ui.take_routes import MOST, take_routes
from ui.talk import begin, finish, known_plans
from ui.talk_view import render_plain, render_talk
from ui.templates import serve_under


@pytest.fixture
def client(api: tuple[FakeApi, FastAPI]) -> AskClient:
    return client_of(api[1])


@pytest.fixture
def page(fake: FakeApi, client: AskClient) -> TestClient:
    return page_of(client)


@pytest.fixture(autouse=True)
def _at_the_root() -> Iterator[None]:
    yield
    serve_under("")


def page_of(client: AskClient, public_url: str = "") -> TestClient:
    app = FastAPI()
    app.include_router(take_routes(client, public_url))
    return TestClient(app, base_url="https://ask.example.gov.cn")


def test_the_file_comes_as_the_api_made_it(page: TestClient, fake: FakeApi) -> None:
    response = page.get("/export?id=a-1&id=a-2&format=docx")
    assert (response.status_code, response.content) == (200, b"a file")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith('attachment; filename="answer.docx"; filename*=UTF-8')
    assert response.headers["cache-control"] == "no-store"
    assert fake.exported == [(Export(answer_ids=["a-1", "a-2"], format="docx"), "https://ask.example.gov.cn")]


@pytest.mark.parametrize(
    ("root", "public_url", "site"),
    [
        ("/bot", "", "https://ask.example.gov.cn/bot"),
        ("/bot", "https://www.example.gov.cn/bot", "https://www.example.gov.cn/bot"),
    ],
)
def test_links_lead_to_where_the_page_is_read(
    fake: FakeApi, client: AskClient, root: str, public_url: str, site: str
) -> None:
    serve_under(root)
    page_of(client, public_url).get("/export?id=a-1&format=md")
    assert fake.exported[0][1] == site


@pytest.mark.parametrize(
    "query",
    [
        "", "id=a", "format=pdf", "id=a&format=exe", "id=a%2Fb&format=md", "id=&format=md", f"id={'a' * 65}&format=md",
        "&".join(["id=a"] * (MOST + 1)) + "&format=md",
    ],
)  # fmt: skip
def test_a_broken_link_asks_nobody(page: TestClient, fake: FakeApi, query: str) -> None:
    response = page.get(f"/export?{query}")
    assert response.status_code == 404
    assert wording.EXPORT_BAD_LINK in response.text
    assert fake.visitors == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, wording.EXPORT_GONE),
        (422, "一份文件最多多少字。"),
        (403, wording.NOT_ALLOWED),
        (429, "请约 7 秒后再试"),
        (500, wording.BROKEN),
    ],
)
def test_why_there_is_no_file_is_told_in_chinese(page: TestClient, fake: FakeApi, status: int, said: str) -> None:
    fake.export_status = status
    response = page.get("/export?id=a-1&format=pdf")
    assert response.status_code == status
    assert said in response.text
    assert wording.EXPORT_FAILED in response.text
    assert "attachment" not in response.headers.get("content-disposition", "")
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_an_api_that_is_away_is_told(fake: FakeApi) -> None:
    response = page_of(AskClient("http://127.0.0.1:1")).get("/export?id=a-1&format=pdf")
    assert response.status_code == 503
    assert wording.UNREACHABLE in response.text


def test_who_asks_is_told_to_the_api(fake: FakeApi, client: AskClient) -> None:
    client._headers = {"X-Metrology-Page": "token"}
    page_of(client).get("/export?id=a-1&format=pdf")
    assert fake.visitors == [("token", "testclient")]


def test_an_answer_offers_itself_and_one_that_was_not_kept_does_not(fake: FakeApi, client: AskClient) -> None:
    *_, talk = finish(client, begin((), "税"), "", "s")
    plans = known_plans(client)
    assert 'data-take="a-0001"' in render_talk(talk, plans)
    serve_under("/bot")
    plain = render_plain(talk, plans, notice="", session="s")
    for name, _, _ in wording.EXPORT_FORMATS:
        assert f'href="/bot/export?id=a-0001&amp;format={name}"' in plain
    assert "data-take" not in plain
    reply = talk[0].reply
    assert reply
    lost = (type(talk[0])("税", reply=reply.model_copy(update={"receipt_kept": False})),)
    assert "data-take" not in render_talk(lost, plans)
    assert "/export" not in render_plain(lost, plans, notice="", session="s")
