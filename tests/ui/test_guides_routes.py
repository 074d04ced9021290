"""The guides over HTTP, on the fake API: what is chosen, what is kept, what is told when it cannot be had."""

import re
from time import monotonic, sleep

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.ui.fake_api import FakeApi, client_of, fake_app
from ui.guides import wording
from ui.guides.routes import guide_routes


@pytest.fixture
def fake() -> FakeApi:
    return FakeApi()


@pytest.fixture
def site(fake: FakeApi) -> TestClient:
    app = FastAPI()
    app.include_router(guide_routes(client_of(fake_app(fake))))
    return TestClient(app)


def test_the_place_is_chosen_first(site: TestClient, fake: FakeApi) -> None:
    page = site.get("/guides/tax")
    assert page.status_code == 200
    assert wording.CHOOSE_FIRST in page.text
    assert re.findall(r'href="\?region=[^"]+">(\w+)</a>', page.text) == ["厦门", "泉州", "青岛", "金华", "全国"]


def test_while_a_reader_chooses_the_bot_is_asked(site: TestClient, fake: FakeApi) -> None:
    def places() -> set[tuple[str, ...]]:
        return {tuple(one.plans or ()) for one in fake.whole}

    every = {("xiamen",), ("quanzhou",), ("qingdao",), ("jinhua",), ("state-council",)}
    site.get("/guides/tax")
    until = monotonic() + 60
    while places() != every and monotonic() < until:
        sleep(0.01)
    assert places() == every
    count = len(fake.whole)
    assert site.get("/guides/tax?region=厦门").status_code == 200
    assert len(fake.whole) == count


def test_a_page_is_whole_without_scripts_and_asks_once(site: TestClient, fake: FakeApi) -> None:
    page = site.get("/guides/self-commitment", params={"region": "厦门"})
    assert page.status_code == 200
    assert "推行经营者诚信计量自我承诺" in page.text
    assert 'aria-current="true">厦门</a>' in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert page.headers["cache-control"] == "no-cache"
    assert {one.mode for one in fake.whole} == {"extractive"}, "a printed page holds no model's words"
    assert [one.session_id for one in fake.whole if one.session_id] == []
    count = len(fake.whole)
    assert site.get("/guides/self-commitment", params={"region": "厦门"}).text == page.text
    assert len(fake.whole) == count


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/guides/other", wording.MISSING_GUIDE),
        ("/guides/tax?region=某地", wording.UNKNOWN_REGION.format(region="某地")),
    ],
)
def test_what_is_not_there_is_said_to_be_so(site: TestClient, fake: FakeApi, path: str, told: str) -> None:
    page = site.get(path)
    assert (page.status_code, told in page.text) == (404, True)
    assert fake.whole == []


@pytest.mark.parametrize("fault", ["away", "problem"])
def test_a_service_that_is_away_is_told_in_chinese(site: TestClient, fake: FakeApi, fault: str) -> None:
    fake.away, fake.problem = fault == "away", 500 if fault == "problem" else None
    page = site.get("/guides/tax?region=厦门")
    assert (page.status_code, wording.UNAVAILABLE in page.text) == (503, True)
    fake.away, fake.problem = False, None
    assert site.get("/guides/tax?region=厦门").status_code == 200, "a failure is not kept"
