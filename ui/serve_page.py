"""The page in a process of its own: it holds no model and no index, and asks an API elsewhere."""

from fastapi import FastAPI

from bot.api import problems
from bot.api.metrics import Metrics
from bot.api.observe import Observe
from bot.settings import Settings
from ingest.errors import BadSetting
from ui.ask_client import AskClient
from ui.listen import STOP_SECONDS, server_of
from ui.serve import framers
from ui.state import trusted_proxies


def build_page(settings: Settings, api_url: str, client: AskClient | None = None) -> FastAPI:
    """Page, plan views and widget over the API at `api_url`, asked by `client` if one is given. Raises BadSetting."""
    if not api_url.startswith(("http://", "https://")):
        raise BadSetting("METROLOGY_API_URL", api_url, "the http(s) address of an API, e.g. http://127.0.0.1:8000")
    from ui.page import mount_page  # gradio takes seconds to import

    app = FastAPI(openapi_url=None, redirect_slashes=False)
    problems.install(app, {})

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    mount_page(
        app,
        api_url,
        frame_ancestors=framers(settings.frame_ancestors),
        client=client or AskClient(api_url, key=settings.api_key),
        root=settings.root_path,
        public_url=settings.public_url,
    )
    app.add_middleware(Observe, metrics=Metrics())
    return app


def serve_page(settings: Settings, api_url: str, host: str, port: int) -> None:
    """Answer on `host`:`port` until stopped."""
    app, proxies = build_page(settings, api_url), trusted_proxies(settings)
    server_of(app, host, port, stop_seconds=STOP_SECONDS, trusted=proxies).run()
