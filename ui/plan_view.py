"""`GET /plans/{plan_id}`: a plan as a readable page, the cited clause highlighted, the quote marked.

A citation links to `/plans/<plan_id>?clause=<path>&start=<n>&end=<n>#<path>`: `clause` is the clause path, `start`
and `end` count code points in the clause's text, end exclusive; the fragment is the anchor of the clause. All three
are optional and a wrong value marks nothing. `as_of=<ISO day>` tells of another day than today whether the plan was in
force. The page needs no script.
"""

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui import wording
from ui.answer_view import place_of
from ui.ask_client import ApiError, ApiProblem, AskClient
from ui.failures import explain
from ui.plan_outline import LISTED_IN_OUTLINE, build_blocks, quote_span
from ui.plan_time import TimedPlan, asked_day, in_words, time_facts
from ui.templates import render

THREADS = 16  # of its own: the API it waits for may answer in the server's shared ones, which must never all wait
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def plan_routes(client: AskClient) -> APIRouter:
    """The routes of the plan view, on one client."""
    router = APIRouter(include_in_schema=False)
    threads = CapacityLimiter(THREADS)

    def shown(plan_id: str, clause: str, start: str | None, end: str | None, day: str) -> HTMLResponse:
        try:
            plan = client.plan(plan_id, day)
        except ApiError as error:
            return _unavailable(error)
        return _page(render_plan(plan, clause, start, end, day))

    @router.get("/plans/{plan_id}", response_class=HTMLResponse)
    async def show_plan(
        plan_id: str, clause: str = "", start: str | None = None, end: str | None = None, as_of: str | None = None
    ) -> HTMLResponse:
        return await run_sync(shown, plan_id, clause, start, end, asked_day(as_of), limiter=threads)

    return router


def render_plan(
    plan: TimedPlan, clause_path: str = "", start: str | None = None, end: str | None = None, day: str = ""
) -> str:
    """HTML of the whole plan; `start` and `end` as they stand in the query, `day` the ISO one it is asked of."""
    cited = next((clause for clause in plan.clauses if clause.clause_path == clause_path), None)
    quote = quote_span(cited, start, end)
    blocks = build_blocks(plan, clause_path, quote)
    return render(
        "plan.html",
        plan=plan,
        blocks=blocks,
        outline=[block for block in blocks if block.kind in LISTED_IN_OUTLINE and block.lead],
        cited=cited,
        unknown=bool(clause_path) and cited is None,
        marked=quote is not None,
        facts=_facts(plan),
        place_of=place_of,
        standing=wording.STANDING.get(plan.standing, ""),
        day=in_words(day),
    )


def _facts(plan: TimedPlan) -> tuple[tuple[str, str | None], ...]:
    """Name and value; None where the document does not say."""
    return (
        (wording.PLAN_NUMBER, plan.number),
        (wording.PLAN_REGION, plan.region or None),
        (wording.PLAN_ISSUER, plan.issuer),
        (wording.PLAN_DATE, in_words(plan.issued_on)),
        *time_facts(plan),
    )


def _unavailable(error: ApiError) -> HTMLResponse:
    missing = isinstance(error, ApiProblem) and error.status == 404
    title = wording.PLAN_NOT_FOUND if missing else wording.PLAN_UNAVAILABLE
    detail = wording.PLAN_NOT_FOUND_MORE if missing else explain(error)
    return _page(render("unavailable.html", title=title, detail=detail), status=404 if missing else 503)


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status_code=status, headers={"Content-Security-Policy": POLICY})
