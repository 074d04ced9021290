"""The page in a process of its own, over an API elsewhere that asks for a key."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from bot.api import create_app
from bot.records.allowance import Allowance
from bot.records.keys import Scope
from bot.settings import Settings
from ingest.errors import BadSetting
from tests.bot.api.gates import callers_with, key
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from ui.api_errors import ApiProblem
from ui.ask_client import AskClient
from ui.replies import Reply
from ui.serve_page import build_page

PAGE, SHOWN = key(Scope.PAGE)


@pytest.fixture(scope="module")
def api_url() -> Iterator[str]:
    """An API that knows the page's key, and lets each of its visitors ask once a minute."""
    with served(create_app(FakeBot(), callers=callers_with(PAGE, visitor_allowance=Allowance(1, 0)))) as url:
        yield url


@pytest.fixture(scope="module")
def asker(api_url: str) -> Iterator[AskClient]:
    with closing(AskClient(api_url, key=SHOWN)) as client:
        yield client


@pytest.fixture(scope="module")
def page(api_url: str, asker: AskClient) -> TestClient:
    return TestClient(build_page(Settings(), api_url, asker), raise_server_exceptions=False)


def test_page_and_plans_are_served_over_it(page: TestClient) -> None:
    assert "<gradio-app" in page.get("/").text or "gradio" in page.get("/").text
    assert "厦门" in page.get("/plans/xiamen").text
    assert page.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_the_api_takes_its_key(page: TestClient) -> None:
    assert page.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize("fault", ["no key", "another's key", "no API"])
def test_it_is_not_when_the_api_does_not(api_url: str, fault: str) -> None:
    key = {"no key": "", "another's key": SHOWN[:-1] + ("0" if SHOWN[-1] != "0" else "1")}.get(fault, SHOWN)
    url = "http://127.0.0.1:9" if fault == "no API" else api_url
    with closing(AskClient(url, key=key)) as client:
        alone = TestClient(build_page(Settings(), url, client), raise_server_exceptions=False)
        refused = alone.get("/readyz")
        assert alone.get("/healthz").status_code == 200, "the process runs"
    assert (refused.status_code, refused.json()["type"]) == (503, "/docs#not-ready")
    assert "mk_" not in refused.text
    assert "127.0.0.1" not in refused.text


def test_addresses_it_does_not_have_are_problems(page: TestClient) -> None:
    refused = page.get("/v1/plans")
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")
    assert refused.headers["x-request-id"]


def test_each_visitor_has_a_share_of_his_own(asker: AskClient) -> None:
    def ask(visitor: str) -> bool:
        return any(isinstance(told, Reply) for told in asker.speaking_for(visitor).tell("诚信计量自我承诺"))

    assert ask("198.51.100.1")
    assert ask("198.51.100.2")
    with pytest.raises(ApiProblem, match="Quota") as caught:
        ask("198.51.100.1")
    assert caught.value.status == 429


def test_without_its_key_it_is_told_so(api_url: str) -> None:
    for token, shown in (("", ""), ("guess", ""), ("", "mk_0")):
        with closing(AskClient(api_url, token=token, key=shown)) as client, pytest.raises(ApiProblem) as caught:
            client.plans()
        assert caught.value.status == 401


@pytest.mark.parametrize("wrong", ["", "api:8000", "file:///etc"])
def test_the_api_is_named(wrong: str) -> None:
    with pytest.raises(BadSetting, match="METROLOGY_API_URL"):
        build_page(Settings(), wrong)


def test_the_key_is_shown_nowhere() -> None:
    assert SHOWN not in repr(Settings(api_key=SHOWN))
