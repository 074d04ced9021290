"""`GET /plans/{plan_id}`: a plan as a readable page, the cited clause highlighted, the quote marked; and as files.

A citation links to `/plans/<plan_id>?clause=<path>&start=<n>&end=<n>#<path>`: `clause` is the clause path, `start`
and `end` count code points in the clause's text, end exclusive; the fragment is the anchor of the clause, or with
`¶<k>` behind it of its k-th paragraph. All are optional; a wrong stretch marks nothing, a clause that is not there is
said so under 404. `as_of=<ISO day>` tells of another day than today whether the plan was in force; `q=<words>` marks
where they stand. The page needs no script.
"""

import gzip
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from ui import reader_wording, wording
from ui.api_errors import ApiError, ApiProblem
from ui.ask_client import AskClient
from ui.failures import explain
from ui.plan_beside import look_beside
from ui.plan_files import FILES, Make
from ui.plan_page import Asked, find_clause, render_plan
from ui.plan_time import asked_day, in_words
from ui.replies import PlanEntry
from ui.take_routes import here
from ui.talk import known_plans
from ui.unavailable import render_unavailable

THREADS = 16  # of its own: the API it waits for may answer in the server's shared ones, which must never all wait
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"


def plan_routes(client: AskClient, site: str = "") -> APIRouter:
    """The routes of the plan view, on one client. `site`: the public address, or path, files tell they are from."""
    router = APIRouter(include_in_schema=False)
    threads = CapacityLimiter(THREADS)

    @router.get("/plans/{plan_id}", response_class=HTMLResponse)
    async def show_plan(  # noqa: PLR0913, PLR0917  a page has as many as its address has fields
        request: Request,
        plan_id: str,
        clause: str = "",
        start: str | None = None,
        end: str | None = None,
        as_of: str | None = None,
        q: str = "",
    ) -> Response:
        asked = Asked(clause, start, end, asked_day(as_of), q.strip())
        page = await run_sync(shown, client, plan_id, asked, site, limiter=threads)
        return squeezed(page, request)

    def of_file(make: Make) -> Callable[..., object]:
        async def fetch_file(request: Request, plan_id: str, as_of: str | None = None) -> Response:
            visitor = client.speaking_for(request.client.host if request.client else "")
            read_at = (site if "://" in site else here(request)).rstrip("/")
            return await run_sync(filed, visitor, make, plan_id, asked_day(as_of), read_at, limiter=threads)

        return fetch_file

    for name, make in FILES.items():
        router.add_api_route(f"/plans/{{plan_id}}/{name}", of_file(make), methods=["GET"])
    return router


def shown(client: AskClient, plan_id: str, asked: Asked, site: str) -> Response:
    try:
        plan = client.plan(plan_id, asked.day)
        cited = find_clause(plan, asked.clause) if asked.clause else None
        beside = look_beside(client, plan, cited, asked.words, asked.day)
    except ApiError as error:
        return _unavailable(client, error)
    missing = bool(asked.clause) and cited is None
    page = render_plan(plan, asked, beside, site)
    return _page(page.html, 404 if missing else 200, page.style)


def filed(client: AskClient, make: Make, plan_id: str, day: str, site: str) -> Response:
    try:
        return make(client, plan_id, day, site)
    except ApiError as error:
        return _unavailable(client, error)


def squeezed(page: Response, request: Request) -> Response:
    """Smaller for who can read that."""
    page.headers.add_vary_header("Accept-Encoding")
    if "gzip" in request.headers.get("accept-encoding", ""):
        page.body = gzip.compress(bytes(page.body), 6)
        page.headers["content-encoding"] = "gzip"
        page.headers["content-length"] = str(len(page.body))
    return page


def _unavailable(client: AskClient, error: ApiError) -> Response:
    if not isinstance(error, ApiProblem) or error.status != 404:
        waits = isinstance(error, ApiProblem) and error.status == 429
        return _told(wording.PLAN_UNAVAILABLE, explain(error), 429 if waits else 503)
    others = known_plans(client)
    if error.members.get("withdrawn") is True:
        day = in_words(str(error.members.get("withdrawn_on") or ""))
        more = reader_wording.WITHDRAWN_ON.format(day=day) if day else reader_wording.WITHDRAWN_SOME_DAY
        return _told(reader_wording.WITHDRAWN, more, 410, others)
    return _told(wording.PLAN_NOT_FOUND, wording.PLAN_NOT_FOUND_MORE, 404, others)


def _told(title: str, detail: str, status: int, others: Iterable[PlanEntry] = ()) -> Response:
    return _page(render_unavailable(title, detail, others), status)


def _page(html: str, status: int, style: str = "") -> Response:
    """`style` stands in the page, and is the only one that may."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'") if style else POLICY
    return HTMLResponse(html, status_code=status, headers={"Content-Security-Policy": policy})
