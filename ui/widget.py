"""The embeddable widget: `/widget.js` for government sites, `/widget-demo` to see it on a page, `/ui/…` for assets."""

import json

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from ui import wording
from ui.templates import ASSETS, asset_url, render

DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
SCRIPT_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",  # other sites load this one file
}


def widget_script() -> str:
    """`widget.js` with its words and icon address filled in."""
    source = (ASSETS / "widget.js").read_text(encoding="utf-8")
    words = json.dumps({**wording.WIDGET, "icon": asset_url("icon.svg")}, ensure_ascii=False)
    return source.replace("__WORDS__", words)


def widget_routes(site: str = "") -> APIRouter:
    """The script and the demonstration page, which shows where the script is: below `site`, never at a Host header."""
    router = APIRouter(include_in_schema=False)
    script = widget_script()

    @router.get("/widget.js")
    def get_script() -> Response:
        return Response(script, media_type="text/javascript; charset=utf-8", headers=SCRIPT_HEADERS)

    @router.get("/widget-demo", response_class=HTMLResponse)
    def show_demo() -> HTMLResponse:
        page = render("widget_demo.html", address=f"{site.rstrip('/')}/widget.js")
        return HTMLResponse(page, headers={"Content-Security-Policy": DEMO_POLICY})

    return router


def mount_assets(app: FastAPI) -> None:
    """Style sheets, scripts and pictures under `/ui/`."""
    app.mount("/ui", StaticFiles(directory=ASSETS), name="ui-assets")
