"""`GET /guides/self-commitment` and `/guides/tax`: complete without scripts; `?region=厦门` chooses the place."""

from threading import Thread

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.api_errors import ApiError
from ui.ask_client import AskClient
from ui.failures import explain
from ui.guides import wording
from ui.guides.guide import GUIDES, Guide
from ui.guides.lookup import Lookup
from ui.guides.view import Regions, contacts_of, ids_of, looked_up, part_of, regions_of
from ui.templates import render
from ui.unavailable import render_unavailable

THREADS = 8  # of its own: the API it waits for may answer in the server's shared ones
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def guide_routes(client: AskClient) -> APIRouter:
    """The guides, on one client: it asks for the page itself, not for a visitor, as all share the answers."""
    router = APIRouter(include_in_schema=False)
    threads, lookup = CapacityLimiter(THREADS), Lookup(client)

    def shown(slug: str, region: str) -> HTMLResponse:
        guide = GUIDES.get(slug)
        if guide is None:
            return _told(wording.MISSING_GUIDE, wording.MISSING_GUIDE_MORE, 404)
        try:
            regions = regions_of(client.plans())
            if not region:
                places = [ids_of(plans) for plans in regions.values()]
                Thread(target=lookup.look_ahead, args=(guide, places), name="guides", daemon=True).start()
            return _page(render_guide(guide, regions, region, lookup), 200 if not region or region in regions else 404)
        except ApiError as error:
            return _told(wording.UNAVAILABLE, explain(error), 503)

    @router.get("/guides/{slug}", response_class=HTMLResponse)
    async def show_guide(slug: str, region: str = "") -> HTMLResponse:
        return await run_sync(shown, slug, region.strip()[:100], limiter=threads)

    return router


def render_guide(guide: Guide, regions: Regions, region: str, lookup: Lookup) -> str:
    """HTML of a guide for the plans of `region` and the nation's; of the choice alone for a region that is none."""
    version = lookup.version() if region in regions else ""
    chosen = looked_up(regions, region) if region in regions else ()
    shown = frozenset(plan_id for name in chosen for plan_id in ids_of(regions[name]))
    told = {name: lookup.told(guide, ids_of(regions[name]), version) for name in chosen}
    return render(
        "guide.html",
        g=wording,
        guide=guide,
        regions=tuple(regions),
        region=region,
        parts=tuple(part_of(name, regions[name], answers, shown) for name, answers in told.items()),
        contacts=contacts_of(one for answers in told.values() for one in answers),
        version=version,
    )


def _told(title: str, detail: str, status: int) -> HTMLResponse:
    return _page(render_unavailable(title, detail), status)


def _page(html: str, status: int) -> HTMLResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return HTMLResponse(html, status_code=status, headers=headers)
