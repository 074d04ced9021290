"""With the page mounted nothing of its framework is open that the page does not use, and every error is a problem."""

import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from bot.api import create_app
from bot.api.present import Presenter
from tests.bot.fakes import FakeBot
from ui.ask_client import AskClient
from ui.event_loop import in_event_loop
from ui.page import build_blocks, mount_page
from ui.page_routes import OnlyThePage
from ui.templates import serve_under

ORIGIN = {"Origin": "https://elsewhere.example"}
DOORS = (
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress?upload_id=1"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/call/ask"),
    ("GET", "/gradio_api/queue/status"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/gradio_api/vibe-code"),
    ("GET", "/monitoring"),
    ("GET", "/pwa_icon"),
    ("POST", "/login"),
    ("GET", "/assets/../../../etc/passwd"),
    ("GET", "/.env"),
    ("GET", "/wp-login.php"),
    ("GET", "/v1/secret"),
)


def mounted(root: str = "", public_url: str = "") -> FastAPI:
    app = create_app(FakeBot(), present=Presenter(public_url or root))
    return mount_page(app, "http://127.0.0.1:1", root=root, public_url=public_url)


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(mounted(), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(autouse=True)
def _at_the_root() -> Iterator[None]:
    yield
    serve_under("")


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_closed_doors_are_no_addresses(site: TestClient, method: str, path: str) -> None:
    response = site.request(method, path, headers=ORIGIN)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/docs#not-found"
    assert response.json()["request_id"] == response.headers["x-request-id"]
    assert not [name for name in response.headers if name.startswith("access-control")]


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(method, path) of all that the framework mounts, its parameters filled in."""
    mount = app.router.routes[-1]
    assert isinstance(mount, Mount)
    assert isinstance(mount.app, OnlyThePage)
    for route in iter_route_contexts(mount.app.page.app.routes):  # type: ignore[attr-defined]
        for method in route.methods or ():
            yield method, re.sub(r"\{\w+(?::path)?\}", "x", route.path or "")


def test_of_all_routes_of_the_framework_few_are_open(site: TestClient) -> None:
    app = site.app
    assert isinstance(app, FastAPI)
    routes = set(routes_of(app))
    assert len(routes) > 50, "the framework's own list is seen"
    known = {(method, path) for method, path in routes if _allowed(app, method, path)}
    opened = {path.rstrip("/") for method, path in known if method == "POST"}
    assert opened <= {"/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset"}
    assert len({path.rstrip("/") for _, path in known}) < 20


def _allowed(app: FastAPI, method: str, path: str) -> bool:
    mount = app.router.routes[-1]
    assert isinstance(mount, Mount)
    assert isinstance(mount.app, OnlyThePage)
    return method in mount.app.methods(path)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/healthz", "GET"),
        ("DELETE", "/v1/plans", "GET, POST"),
        ("GET", "/v1/ask", "POST"),
        ("PUT", "/", "GET, HEAD"),
        ("GET", "/gradio_api/queue/join", "POST"),
        ("OPTIONS", "/gradio_api/queue/join", "POST"),
    ],
)
def test_wrong_methods_are_problems(site: TestClient, method: str, path: str, allow: str) -> None:
    response = site.request(method, path, headers={**ORIGIN, "Access-Control-Request-Method": "POST"})
    assert (response.status_code, response.headers["allow"]) == (405, allow)
    assert response.json()["type"] == "/docs#method-not-allowed"


def test_the_page_is_served_to_itself_alone(site: TestClient) -> None:
    for host in ("testserver", "bot.example.gov.cn"):
        response = site.get("/", headers={**ORIGIN, "Host": host})
        assert response.status_code == 200
        assert "gradio" in response.text
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_the_framework_s_own_errors_are_problems(site: TestClient) -> None:
    assert site.get("/assets/away.js").json()["type"] == "/docs#not-found"
    response = site.post("/gradio_api/queue/join", json={"nonsense": 1})
    assert response.headers["content-type"] == "application/problem+json"


def test_bodies_are_limited_on_every_path(site: TestClient) -> None:
    for path in ("/gradio_api/queue/join", "/gradio_api/upload", "/", "/nope"):
        assert site.post(path, content=b"x" * 70_000).status_code == 413


def test_metrics_know_the_page_as_one(site: TestClient) -> None:
    site.get("/assets/secret.js")
    site.get("/robots.txt")
    told = site.get("/metrics").text
    assert 'route="(page)"' in told
    assert "secret" not in told
    assert "assets" not in told


def proxied(app: FastAPI, root: str) -> TestClient:
    """A reverse proxy that serves `app` below `root` and nothing beside it."""
    upstream = TestClient(app, base_url="http://internal:8000")

    async def forward(request: Request) -> Response:
        answer = upstream.request(request.method, "/" + request.path_params["path"], params=str(request.query_params))
        kept = {
            name: answer.headers[name] for name in ("content-type", "content-security-policy") if name in answer.headers
        }
        return Response(answer.content, answer.status_code, kept)

    return TestClient(
        Starlette(routes=[Route(f"{root}/{{path:path}}", forward)]), base_url="https://www.example.gov.cn"
    )


@pytest.mark.parametrize("public_url", ["", "https://www.example.gov.cn/bot"])
def test_below_a_path_everything_leads_below_it(public_url: str) -> None:
    proxy = proxied(mounted("/bot", public_url), "/bot")
    seen = 0
    for start in ("/bot/", "/bot/plans/xiamen", "/bot/widget-demo", "/bot/docs"):
        page = proxy.get(start).text
        for link in re.findall(r'(?:href|src)="([^"#]+?)["#]', page):
            target = urljoin(f"https://www.example.gov.cn{start}", link.replace("&amp;", "&"))
            if link == "/manifest.json":  # the framework's, of an application to install, which this is not
                continue
            if target.startswith("https://www.example.gov.cn") and "{{" not in link:
                assert target.startswith("https://www.example.gov.cn/bot/"), f"{start} leads to {link}"
                seen += 1
    assert seen > 5
    for path in re.findall(r'="(/bot/ui/[^"]+)"', proxy.get("/bot/").text):
        assert proxy.get(path).status_code == 200
    assert "internal" not in proxy.get("/bot/widget-demo").text
    site = public_url or "/bot"
    assert f"{site}/widget.js" in proxy.get("/bot/widget-demo").text
    assert proxy.get("/bot/v1/search", params={"q": "诚信"}).json()["hits"][0]["url"].startswith(f"{site}/plans/")
    assert 'new URL("./", base)' in proxy.get("/bot/widget.js").text


def test_no_event_makes_a_table_of_all_events() -> None:
    with closing(AskClient("http://127.0.0.1:1")) as client:
        blocks = in_event_loop(lambda: build_blocks(client))
    blocks._queue.events_recorded = 3
    told = blocks._queue.compute_analytics_summary([{"function": "ask", "status": "success", "process_time": 0.1}])
    assert told == {"functions": {}}
