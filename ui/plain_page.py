"""`POST /ask`: a question from a form and its answer as a page, without scripts or before they have come."""

import re
from urllib.parse import parse_qs

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from ui import wording
from ui.ask_client import AskClient
from ui.talk import SESSION, begin, finish, known_plans, new_session
from ui.talk_view import render_plain

THREADS = 16  # of its own, as the plan view's: the API it waits for may answer in the server's shared ones
LONGEST_QUESTION = 2000  # characters the box takes; the API may refuse fewer
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
_SESSION = re.compile(SESSION)


def plain_routes(client: AskClient) -> APIRouter:
    """The route of the form, on one client."""
    router = APIRouter(include_in_schema=False)
    threads = CapacityLimiter(THREADS)

    @router.post("/ask", response_class=HTMLResponse)
    async def ask(request: Request) -> HTMLResponse:
        fields = parse_qs((await request.body()).decode(errors="replace"), max_num_fields=20)
        question = next((text.strip() for text in reversed(fields.get("question", [])) if text.strip()), "")
        session = fields.get("session", [""])[-1]
        visitor = client.speaking_for(request.client.host if request.client else "")
        page = await run_sync(answered, visitor, question[:LONGEST_QUESTION], session, limiter=threads)
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    @router.get("/ask")
    async def begin_anew() -> Response:
        """Where a reload leads, or an address that was passed on."""
        return RedirectResponse("./", 303)

    return router


def answered(client: AskClient, question: str, session: str) -> str:
    """The answer as HTML; `session` is what an earlier answer's form held."""
    session = session if _SESSION.fullmatch(session) else new_session()
    if not question:
        return render_plain((), (), notice=wording.EMPTY_QUESTION, session=session)
    *_, talk = finish(client, begin((), question), "", session)
    return render_plain(talk, known_plans(client), notice="", session=session)
