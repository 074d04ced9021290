"""The embeddable widget: `/widget.js` for government sites, `/widget-demo` to see it on a page, `/ui/…` for assets."""

import json
import re

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from ui import wording
from ui.api_errors import ApiError
from ui.ask_client import AskClient
from ui.lasting import Lasting
from ui.spoken import LANGUAGES, speaking
from ui.templates import ASSETS, render

DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
JAVASCRIPT = "text/javascript; charset=utf-8"
FOR_OTHERS = {"Cross-Origin-Resource-Policy": "cross-origin"}  # other sites load these files
RETRY_MS = 30_000  # after which a widget that is hidden looks whether the service is back
THREADS = 8  # of its own, as the plan view's
_FOR_READERS = re.compile(r"^ {0,9}//.{0,400}\n|^ {1,40}", re.MULTILINE)  # indents and comments


def widget_script() -> str:
    """`widget.js` with its words in every language filled in; what is there for its readers stays behind."""
    source = (ASSETS / "widget.js").read_text(encoding="utf-8")
    words = json.dumps({language: _words(language) for language in LANGUAGES}, ensure_ascii=False)
    return _FOR_READERS.sub("", source).replace("__WORDS__", words).replace("__RETRY__", str(RETRY_MS))


def _words(language: str) -> dict[str, str]:
    with speaking(language):
        return {**wording.WIDGET, "lang": wording.LANG}


def widget_routes(client: AskClient, site: str = "") -> APIRouter:
    """The script, what it asks to know that the service is there, and the demonstration page.

    The page shows where the script is: below `site`, never at a Host header.
    """
    router = APIRouter(include_in_schema=False)
    script, threads = widget_script(), CapacityLimiter(THREADS)

    @router.get("/widget.js")
    def get_script() -> Response:
        return Response(script, media_type=JAVASCRIPT, headers={**FOR_OTHERS, "Cache-Control": "public, max-age=3600"})

    @router.get("/widget-alive.js")
    async def get_sign_of_life() -> Response:
        """Empty; a browser that asks for a script learns by the status whether there is a service."""
        status = 200 if await run_sync(_answers, client, limiter=threads) else 503
        return Response("", status, media_type=JAVASCRIPT, headers={**FOR_OTHERS, "Cache-Control": "no-store"})

    @router.get("/widget-demo", response_class=HTMLResponse)
    def show_demo() -> HTMLResponse:
        page = render("widget_demo.html", address=f"{site.rstrip('/')}/widget.js")
        return HTMLResponse(page, headers={"Content-Security-Policy": DEMO_POLICY})

    return router


def _answers(client: AskClient) -> bool:
    try:
        client.corpus_version()
    except ApiError:
        return False
    return True


def mount_assets(app: FastAPI) -> None:
    """Style sheets, scripts and pictures under `/ui/`."""
    app.mount("/ui", Lasting(StaticFiles(directory=ASSETS), _is_versioned), name="ui-assets")


def _is_versioned(scope: Scope) -> bool:
    """Whether the address tells of the content, as `asset_url` makes it."""
    return bool(scope["query_string"].startswith(b"v="))
