"""The widget, the headers and what the page is made of: nothing from elsewhere."""

import ast
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

import ui
from tests.ui.fake_api import FakeApi, client_of, fake_app
from ui import wording, wording_en
from ui.framing import SafeHeaders, frame_policy
from ui.templates import ASSETS, asset_url
from ui.widget import widget_routes, widget_script

FOLDER = Path(ui.__file__).parent
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/2000/svg|bot\.example\.gov\.cn)[\w-]+\.[\w.-]+")
PAGE = (
    "answer_view", "api_errors", "ask_client", "copying", "event_loop", "failures", "first_paint", "framing",
    "guides/guide", "guides/lookup", "guides/routes", "guides/view", "hints", "kept", "language", "page", "page_routes",
    "plain_page", "plan_beside", "plan_files", "plan_links", "plan_marks", "plan_outline", "plan_page", "plan_tables",
    "plan_text", "plan_units", "plan_view", "reader_wording", "replies", "rows", "site", "spoken", "take_routes",
    "talk", "talk_view", "templates", "unavailable", "visit", "widget", "wording",
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> TestClient:
    from ui.page import mount_page

    api = fake_app(FakeApi())

    @api.get("/docs-of-api")
    def docs() -> HTMLResponse:
        policy = "default-src 'self'; frame-ancestors 'none'"
        return HTMLResponse("docs", headers={"Content-Security-Policy": policy})

    app = mount_page(
        api, "http://api.test", frame_ancestors=("https://www.example.gov.cn",), client=client_of(fake_app(FakeApi()))
    )
    return TestClient(app)


def test_the_page_may_be_framed_by_whom_the_setting_names(page: TestClient) -> None:
    policy = page.get("/").headers["content-security-policy"]
    assert "frame-ancestors 'self' https://www.example.gov.cn" in policy
    assert "default-src 'self'" in policy


def test_a_policy_of_its_own_is_kept(page: TestClient) -> None:
    assert page.get("/docs-of-api").headers["content-security-policy"] == "default-src 'self'; frame-ancestors 'none'"
    plan = page.get("/plans/xiamen").headers["content-security-policy"]
    assert plan.startswith("default-src 'none'")
    assert plan.endswith("frame-ancestors 'self' https://www.example.gov.cn")


def test_the_api_keeps_its_routes(page: TestClient) -> None:
    assert page.get("/v1/plans").json()["plans"][0]["plan_id"] == "state-council"


def test_the_page_offers_no_api_of_its_own(page: TestClient) -> None:
    assert page.get("/gradio_api/info").json()["named_endpoints"] == {}


@pytest.mark.parametrize(
    "origin", ["", "https://a.cn https://b.cn", "https://a.cn; script-src *", "x\r\nSet-Cookie: a"]
)
def test_a_frame_ancestor_cannot_end_the_header(origin: str) -> None:
    with pytest.raises(ValueError, match="not an origin"):
        frame_policy((origin,))


def test_without_a_setting_only_this_site_may_frame() -> None:
    app = FastAPI()
    app.add_middleware(SafeHeaders)
    assert TestClient(app).get("/").headers["content-security-policy"] == "frame-ancestors 'self'"


def test_the_script_may_be_loaded_by_other_sites(page: TestClient) -> None:
    response = page.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "__WORDS__" not in response.text
    assert "计量规划问答" in response.text


def test_the_script_is_small_and_says_both_languages() -> None:
    script = widget_script()
    assert len(script.encode()) <= 8 * 1024
    assert wording.WIDGET["open"] in script
    assert wording_en.WIDGET["open"] in script
    assert re.search("__[A-Z]+__", script) is None


def test_its_comments_stay_behind_and_its_addresses_do_not() -> None:
    script = widget_script()
    assert not re.search("^ *//", script, re.MULTILINE)
    assert "http://www.w3.org/2000/svg" in script


@pytest.mark.parametrize(("away", "status"), [(False, 200), (True, 503)])
def test_a_browser_can_learn_whether_the_service_is_there(away: bool, status: int) -> None:
    app = FastAPI()
    app.include_router(widget_routes(client_of(fake_app(FakeApi(away=away)))))
    response = TestClient(app).get("/widget-alive.js")
    assert (response.status_code, response.content) == (status, b"")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


def test_every_attribute_the_demo_names_is_read_and_checked() -> None:
    script = widget_script()
    named = {name.removeprefix("data-") for name, _ in wording.DEMO_ATTRIBUTES}
    assert {"city", "label", "position", "color", "lang"} <= named
    assert set(re.findall(r'valid\("(\w+)"', script)) == {*named, "plan"}


def test_the_demo_shows_the_line_to_paste(page: TestClient) -> None:
    response = page.get("/widget-demo")
    assert "&lt;script src=&#34;/widget.js&#34; defer&gt;" in response.text.replace('"', "&#34;")
    assert '<script src="/widget.js" defer></script>' in response.text


@pytest.mark.parametrize(
    "name",
    [
        "page.js",
        "talks.js",
        "votes.js",
        "away.js",
        "plan.css",
        "guides.css",
        "guides.js",
        "widget_demo.css",
        "icon.svg",
    ],
)
def test_assets_are_served_under_an_address_of_their_content(page: TestClient, name: str) -> None:
    assert re.fullmatch(rf"/ui/{re.escape(name)}\?v=[0-9a-f]{{8}}", asset_url(name))
    assert page.get(asset_url(name)).status_code == 200


def test_nothing_outside_the_assets_is_served(page: TestClient) -> None:
    assert page.get("/ui/../page.py").status_code == 404
    assert page.get("/ui/%2e%2e/page.py").status_code == 404


@pytest.mark.parametrize("path", sorted(ASSETS.rglob("*.*")), ids=lambda path: path.name)
def test_assets_name_no_other_host(path: Path) -> None:
    if path.suffix != ".png":
        assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []


def test_the_widget_sets_its_style_on_no_host_page() -> None:
    script = widget_script()
    assert "attachShadow" in script
    assert "document.head" not in script
    assert 'createElement("style")' not in script


@pytest.mark.parametrize("name", PAGE)
def test_the_page_knows_the_bot_over_http_alone(name: str) -> None:
    path = FOLDER / f"{name}.py"
    imported = {
        module.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert not imported & {"ingest", "vectorstore", "bot", "eval"}
