"""`GET /compare`: plans side by side on one topic, as a page that needs no script; `/compare.csv`: its indicators.

`?topic=…&plans=…&plans=…` is what a form sends, so that the address can be passed on; `plans` may also be parted by
commas. The first plan is the one whose words the others are set against. `as_of=<ISO day>`: of another day than today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ui import wording as everywhere
from ui.answer_view import place_of, safe_link
from ui.api_errors import ApiError, ApiProblem
from ui.ask_client import AskClient
from ui.compare import wording
from ui.compare.chart import chart_of
from ui.compare.side_by_side import rows_of
from ui.compare.table import conflicts_of, csv_of
from ui.compare.told import Comparison, Subject, compared, subjects
from ui.failures import explain
from ui.plan_time import asked_day
from ui.replies import PlanEntry
from ui.templates import render

THREADS = 16  # of its own: the API it waits for may answer in the server's shared ones, which must never all wait
MOST_PLANS = 5
LONGEST_TOPIC = 200
SUGGESTED = 12  # topics of a kind that are shown; all are in the list of the box
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; base-uri 'none'; "
    "form-action 'self'"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an address asks for."""

    topic: str
    plans: tuple[str, ...]
    day: str

    def query(self, first: str = "") -> str:
        """The address again; with another plan as the base."""
        plans = sorted(self.plans, key=lambda plan: plan != first) if first else self.plans
        pairs = [("topic", self.topic), *(("plans", plan) for plan in plans)]
        return urlencode([*pairs, ("as_of", self.day)] if self.day else pairs, quote_via=quote)


@dataclass(frozen=True, slots=True)
class Failure:
    """`quoted`: in the API's own words, which are Chinese."""

    text: str
    quoted: bool = False


def compare_routes(client: AskClient, site: str = "") -> APIRouter:
    """On one client. `site`: the whole address of this page, where it is known."""
    router = APIRouter(include_in_schema=False)
    threads = CapacityLimiter(THREADS)

    @router.get("/compare", response_class=HTMLResponse)
    async def show(request: Request) -> HTMLResponse:
        return await run_sync(shown, client, _asker(client, request), wish_of(request), limiter=threads)

    @router.get("/compare.csv")
    async def table(request: Request) -> Response:
        return await run_sync(told_as_csv, _asker(client, request), wish_of(request), site, limiter=threads)

    return router


def wish_of(request: Request) -> Wish:
    query = request.query_params
    plans = dict.fromkeys(one.strip() for each in query.getlist("plans") for one in each.split(",") if one.strip())
    return Wish(query.get("topic", "").strip()[:LONGEST_TOPIC], tuple(plans), asked_day(query.get("as_of")))


def shown(client: AskClient, asker: AskClient, wish: Wish) -> HTMLResponse:
    """`client` asks for what all see, `asker` for the visitor."""
    try:
        plans, offered = client.plans(), subjects(client)
    except ApiError as error:
        return _page(page_of(wish, (), (), failure=_told(error, wish)), _status(error))
    try:
        found = compared(asker, wish.topic, wish.plans, wish.day) if wish.topic else None
    except ApiError as error:
        return _page(page_of(wish, plans, offered, failure=_told(error, wish)), _status(error))
    return _page(page_of(wish, plans, offered, found))


def told_as_csv(asker: AskClient, wish: Wish, site: str) -> Response:
    try:
        body = csv_of(compared(asker, wish.topic, wish.plans, wish.day), site)
    except ApiError as error:
        return Response(_told(error, wish).text, _status(error), media_type="text/plain; charset=utf-8")
    name = quote(f"{wording.TITLE}-{wish.topic}.csv", safe="")
    disposition = f"attachment; filename=\"compare.csv\"; filename*=UTF-8''{name}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def page_of(
    wish: Wish,
    plans: Sequence[PlanEntry],
    offered: Sequence[Subject],
    found: Comparison | None = None,
    failure: Failure | None = None,
) -> str:
    chosen = wish.plans or (tuple(plan.plan_id for plan in plans) if len(plans) <= MOST_PLANS else ())
    return render(
        "compare.html",
        c=wording,
        wish=wish,
        plans=sorted(plans, key=lambda plan: _place(plan.plan_id, wish.plans)),  # the base stays the first
        chosen=chosen,
        offered=offered,
        suggested=[
            (wording.SUGGESTED_COUNTED, _links(offered, wish, counted=True)),
            (wording.SUGGESTED, _links(offered, wish, counted=False)),
        ],
        found=found,
        failure=failure,
        rows=rows_of(found) if found else (),
        charts=[chart_of(axis, found) for axis in found.charts] if found else (),
        uncounted=[found.name_of(plan_id) for plan_id in found.uncounted] if found else (),
        counted={bar.plan_id for axis in found.charts for bar in axis.bars} if found else set(),
        conflicts_of=conflicts_of,
        standing=everywhere.STANDING,
        link=safe_link,
        place_of=place_of,
        longest=LONGEST_TOPIC,
    )


def _links(offered: Sequence[Subject], wish: Wish, *, counted: bool) -> list[tuple[Subject, str]]:
    """Topics of several plans, and the address that sets these side by side."""
    several = [one for one in offered if one.counted is counted and len(one.plans) > 1][:SUGGESTED]
    return [(one, Wish(one.name, one.plans[:MOST_PLANS], wish.day).query()) for one in several]


def _place(plan_id: str, chosen: tuple[str, ...]) -> int:
    return chosen.index(plan_id) if plan_id in chosen else len(chosen)


def _asker(client: AskClient, request: Request) -> AskClient:
    """Who asks is told to the API, which counts what each asks."""
    return client.speaking_for(request.client.host if request.client else "")


def _told(error: ApiError, wish: Wish) -> Failure:
    """What is wrong with the choice, in the API's own words where the page has none; else what happened."""
    if not isinstance(error, ApiProblem) or error.status != 422:
        return Failure(explain(error))
    kind, limit = str(error.members.get("type", "")).rpartition("#")[2], error.members.get("limit")
    if kind in wording.REFUSALS and limit:
        return Failure(wording.REFUSALS[kind].format(limit=limit, count=len(wish.plans)))
    return Failure(error.detail, quoted=True) if error.detail else Failure(explain(error))


def _status(error: ApiError) -> int:
    return error.status if isinstance(error, ApiProblem) and error.status < 500 else 503


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Content-Security-Policy": POLICY})
