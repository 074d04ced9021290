"""`GET /export?id=…&format=docx`: answers of the page as a file, which the API makes."""

import re

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from ui import wording
from ui.api_errors import ApiError, ApiProblem
from ui.ask_client import AskClient
from ui.failures import explain
from ui.replies import Taken
from ui.templates import site_path
from ui.unavailable import render_unavailable

THREADS = 8  # of its own: the API it waits for may answer in the server's shared ones, which must never all wait
MOST = 50  # answers in a file
PATH = "/export"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
TELLING = (422, 503)  # whose own words say what to do
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


def take_routes(client: AskClient, public_url: str = "") -> APIRouter:
    """`public_url`: where the page is read, if that is set; else it is where the request was sent."""
    router = APIRouter(include_in_schema=False)
    threads = CapacityLimiter(THREADS)

    @router.get(PATH)
    async def export(request: Request) -> Response:
        ids, wanted = request.query_params.getlist("id"), request.query_params.get("format", "")
        offered = {name for name, *_ in wording.EXPORT_FORMATS}
        if wanted not in offered or not 0 < len(ids) <= MOST or not all(map(_ID.fullmatch, ids)):
            return _failed(wording.EXPORT_BAD_LINK, 404)
        visitor = client.speaking_for(request.client.host if request.client else "")
        return await run_sync(taken, visitor, ids, wanted, public_url or here(request), limiter=threads)

    return router


def taken(client: AskClient, ids: list[str], wanted: str, site: str) -> Response:
    """The file, or a page that says why there is none."""
    try:
        file = client.take(ids, wanted, site)
    except ApiError as error:
        return _failed(_why(error), error.status if isinstance(error, ApiProblem) else 503)
    return handed_on(file)


def handed_on(file: Taken) -> Response:
    """As the API made it, always as a download."""
    named = file.disposition if file.disposition.startswith("attachment") else "attachment"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(file.content, media_type=file.media_type, headers=headers)


def here(request: Request) -> str:
    """Where the page is read, as far as the request tells."""
    return f"{request.scope['scheme']}://{request.headers.get('host', '')}{site_path('')}"


def _why(error: ApiError) -> str:
    if isinstance(error, ApiProblem) and error.status == 404:
        return wording.EXPORT_GONE
    if isinstance(error, ApiProblem) and error.status in TELLING and error.detail:
        return error.detail
    return explain(error)


def _failed(detail: str, status: int) -> HTMLResponse:
    page = render_unavailable(wording.EXPORT_FAILED, detail)
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(page, status_code=status, headers=headers)
