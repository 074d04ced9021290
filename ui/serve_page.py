"""The page in a process of its own: it holds no model and no index, and asks an API elsewhere."""

from fastapi import FastAPI

from bot.api import problems
from bot.api.metrics import Metrics
from bot.api.observe import Observe
from bot.api.problems import Problem
from bot.api.readiness import Readiness
from bot.settings import Settings
from ingest.errors import BadSetting
from ui.api_errors import ApiError
from ui.ask_client import AskClient
from ui.listen import STOP_SECONDS, server_of
from ui.serve import framers
from ui.state import trusted_proxies

API = "api"  # what a page stands on
READY_SECONDS = 5.0  # for the API to answer who asks whether the page is ready


def build_page(settings: Settings, api_url: str, client: AskClient | None = None) -> FastAPI:
    """Page, plan views and widget over the API at `api_url`, asked by `client` if one is given. Raises BadSetting."""
    if not api_url.startswith(("http://", "https://")):
        raise BadSetting("METROLOGY_API_URL", api_url, "the http(s) address of an API, e.g. http://127.0.0.1:8000")
    from ui.page import mount_page  # gradio takes seconds to import

    app = FastAPI(openapi_url=None, redirect_slashes=False)
    problems.install(app, {})
    asker = client or AskClient(api_url, key=settings.api_key)
    prober = client or AskClient(api_url, timeout=READY_SECONDS, key=settings.api_key)
    ready = Readiness({API: lambda: _reach(prober)})

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        if not ready.look()[API].ok:
            raise Problem(problems.NOT_READY, "问答服务暂不可用，请稍后再试。")
        return {"status": "ready"}

    mount_page(
        app,
        api_url,
        frame_ancestors=framers(settings.frame_ancestors),
        client=asker,
        root=settings.root_path,
        public_url=settings.public_url,
    )
    app.add_middleware(Observe, metrics=Metrics())
    return app


def _reach(asker: AskClient) -> None:
    """Raises ConnectionError when the API is away or does not take the key; its words are for the log."""
    try:
        asker.plans()
    except ApiError as error:
        raise ConnectionError(str(error)) from error


def serve_page(settings: Settings, api_url: str, host: str, port: int) -> None:
    """Answer on `host`:`port` until stopped."""
    app, proxies = build_page(settings, api_url), trusted_proxies(settings)
    server_of(app, host, port, stop_seconds=STOP_SECONDS, trusted=proxies).run()
