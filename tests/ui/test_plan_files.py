"""A plan to take away: its text, with every clause and its address, is made here; other formats by the API."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.load import load_shipped_plans
from ingest.model import Plan
from tests.ui.fake_api import FakeApi, client_of
from tests.ui.plan_builders import clause, plan_of, plan_text
from ui import wording
from ui.ask_client import AskClient
from ui.plan_files import text_file
from ui.plan_text import plan_text as written
from ui.plan_view import plan_routes
from ui.templates import serve_under

PLANS = load_shipped_plans().plans
SITE = "https://bot.example.gov.cn"
ADDRESS = f"{SITE}/plans/xiamen"


@pytest.fixture
def reader_of(api: tuple[FakeApi, FastAPI], fake: FakeApi) -> Iterator[Callable[..., TestClient]]:
    """A page on the API, served at a site or a path."""

    def reader(site: str = f"{SITE}/", token: str = "") -> TestClient:
        client = client_of(api[1])
        client._headers = {"X-Metrology-Page": token} if token else {}
        app = FastAPI()
        app.include_router(plan_routes(client, site))
        serve_under("" if "://" in site else site)
        return TestClient(app)

    yield reader
    serve_under("")


@pytest.fixture
def files(reader_of: Callable[..., TestClient]) -> TestClient:
    return reader_of()


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_text_has_every_clause_with_its_address(plan: Plan) -> None:
    text = written(plan_text(plan), "", ADDRESS).decode("utf-8-sig").replace("\r\n", "\n")
    for each in plan.clauses:
        assert f"{each.text}〔{each.path}〕" in text, each.id
    assert ADDRESS in text


def test_the_text_says_what_the_plan_says_of_itself_and_what_it_does_not() -> None:
    plan = plan_of(clause(), issued_on="2023-03-02", standing="expired", standing_note="已于2025年底失效")
    text = written(plan, "2026-01-01", "/plans/p").decode("utf-8-sig")
    assert f"{wording.PLAN_DATE}：2023年3月2日" in text
    assert f"{wording.PLAN_NUMBER}：{wording.PLAN_SILENT}" in text
    assert "按2026年1月1日，已失效。本文件已于2025年底失效。" in text
    assert "1.甲。乙丙。〔三1〕" in text
    assert text.endswith(f"{wording.FOOTER_IS_NOT}\r\n")


def test_a_heading_that_the_text_does_not_repeat_stands_above_it() -> None:
    text = written(plan_of(clause(text="乙丙。"), clause(heading="丁", headings=["丁"], text="戊。")), "", "/")
    assert "1.甲\r\n乙丙。〔三1〕" in text.decode()
    assert "1.戊。〔三1〕" in text.decode()  # a heading that is only borrowed


@pytest.mark.parametrize("wanted", ["docx", "pdf"])
def test_other_formats_come_as_the_api_made_them(fake: FakeApi, files: TestClient, wanted: str) -> None:
    sent = files.get(f"/plans/jinhua/plan.{wanted}?as_of=2026-01-01")
    assert (sent.status_code, sent.text) == (200, f"a {wanted} file")
    assert sent.headers["content-type"] == f"application/{wanted}"
    assert "filename*=UTF-8''%E9%87%91%E5%8D%8E" in sent.headers["content-disposition"]
    files.get(f"/plans/jinhua/plan.{wanted}?as_of=yesterday")
    days = [("jinhua", wanted, "2026-01-01", SITE), ("jinhua", wanted, "", SITE)]
    assert fake.exported_plans == days, "what is no day is not handed on"


@pytest.mark.parametrize(
    ("site", "led"), [(f"{SITE}/bot", f"{SITE}/bot"), ("", "http://testserver"), ("/bot", "http://testserver/bot")]
)
def test_links_lead_to_where_the_page_is_read(
    fake: FakeApi, reader_of: Callable[..., TestClient], site: str, led: str
) -> None:
    reader_of(site).get("/plans/jinhua/plan.pdf")
    assert fake.exported_plans == [("jinhua", "pdf", "", led)]


def test_who_asks_is_told_to_the_api(fake: FakeApi, reader_of: Callable[..., TestClient]) -> None:
    reader_of(token="token").get("/plans/jinhua/plan.pdf")
    assert fake.visitors == [("token", "testclient")]


@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf", "plan.txt"])
def test_a_plan_that_is_not_there_is_no_file(files: TestClient, name: str) -> None:
    sent = files.get(f"/plans/atlantis/{name}")
    assert sent.status_code == 404
    assert wording.PLAN_NOT_FOUND in sent.text
    assert "content-disposition" not in sent.headers


@pytest.mark.parametrize(("status", "shown"), [(429, 429), (422, 503), (500, 503)])
def test_why_there_is_no_file_is_told(fake: FakeApi, files: TestClient, status: int, shown: int) -> None:
    fake.export_status = status
    sent = files.get("/plans/jinhua/plan.pdf")
    assert sent.status_code == shown
    assert wording.PLAN_UNAVAILABLE in sent.text
    assert "content-disposition" not in sent.headers


def test_the_text_is_sent_under_the_plan_s_title(files: TestClient) -> None:
    sent = files.get("/plans/jinhua/plan.txt")
    assert sent.status_code == 200
    assert sent.headers["content-type"] == "text/plain; charset=utf-8"
    assert sent.content.startswith(b"\xef\xbb\xbf")
    named = sent.headers["content-disposition"]
    assert 'filename="jinhua.txt"' in named
    assert "filename*=UTF-8''%E9%87%91%E5%8D%8E" in named


def test_the_address_of_a_file_is_the_public_one(files: TestClient) -> None:
    sent = files.get("/plans/jinhua/plan.txt", headers={"Host": "elsewhere.example"})
    assert f"{SITE}/plans/jinhua" in sent.text
    assert "elsewhere" not in sent.text


def test_a_name_that_a_system_would_not_take_is_mended() -> None:
    plan = plan_of(clause(), title='关于《某/某》的"通知"\n' + "长" * 200).model_dump()
    client = AskClient("http://api.test", transport=httpx.MockTransport(lambda _: httpx.Response(200, json=plan)))
    named = text_file(client, "p", "", SITE).headers["content-disposition"]
    assert len(named) < 1000
    assert "%2F" not in named
    assert "%22" not in named
    assert "\n" not in named
