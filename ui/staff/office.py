"""What the staff's page works with, and how each request is let in, worked on and answered."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.api import problems
from bot.api.bodies import again, whole
from bot.api.callers import Callers
from bot.api.log import log
from bot.api.problems import Problem, echo, of_metrology
from bot.api.routes_desk import problem_of
from bot.desk import Desk
from bot.records.store import SqlRecords
from bot.service import Bot
from ingest.errors import BadSetting, IngestError, MetrologyError, StoreError, UnknownEntry
from ui.staff import wording
from ui.staff.door import COOKIE, HOURS, Door, Insider, Outside
from ui.templates import render

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Frame-Options": "DENY"}
HOME, LOGIN = "/staff", "/staff/login"
THREADS = 4  # the staff are few, and what they do may take seconds
SMALL = 64 * 1024  # bytes of a form without a document
Shown = Callable[[Insider], Response]
Fields = Mapping[str, str]  # of a form
Acted = Callable[[Insider, Fields], Response]


@dataclass(frozen=True, slots=True)
class Office:
    """`root`: the path below which a proxy serves the page."""

    bot: Bot
    records: SqlRecords
    desk: Desk | None
    callers: Callers
    public_url: str = ""
    root: str = ""
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))

    @property
    def door(self) -> Door:
        return Door(self.callers, self.public_url)

    @property
    def open_desk(self) -> Desk:
        """Raises Problem where documents cannot be changed."""
        if self.desk is None:
            raise Problem(problems.NO_DESK)
        return self.desk

    async def show(self, request: Request, work: Shown, decides: bool = False) -> Response:
        """What `work` makes for somebody who may see it; `decides`: for an administrator alone."""

        async def done() -> Response:
            insider = await self.insider(request, decides)
            return _with_cookie(request, await self.in_thread(work, insider), insider)

        return await self.answered(done)

    async def act(self, request: Request, work: Acted, decides: bool = False) -> Response:
        """What `work` does with a form of this page that somebody sent who may."""

        async def done() -> Response:
            self.door.require_own_form(request)
            insider = await self.insider(request, decides)
            async with form_of(request, SMALL) as form:
                fields = {name: value for name, value in form.items() if isinstance(value, str)}
            self.door.require_token(insider, fields.get("token", ""))
            return await self.in_thread(work, insider, fields)

        return await self.answered(done)

    async def in_thread(self, work: Callable[..., Response], *given: object) -> Response:
        return await run_sync(partial(work, *given), limiter=self.threads)

    async def answered(self, done: Callable[[], Awaitable[Response]]) -> Response:
        """What goes wrong is told on a page; who is not known is shown the door."""
        try:
            return await done()
        except Outside:
            return self.to(LOGIN)
        except MetrologyError as error:
            return told(worded(error))
        except HTTPException:
            return told(Problem(problems.MALFORMED_REQUEST))

    async def insider(self, request: Request, decides: bool) -> Insider:
        """Raises Outside, Problem."""
        insider = await run_sync(self.door.enter, request, limiter=self.threads)
        if decides and not insider.decides:
            raise Problem(problems.SCOPE_NEEDED, wording.ADMIN_ONLY)
        return insider

    def to(self, path: str) -> Response:
        return RedirectResponse(f"{self.root}{path}", 303, {"Cache-Control": "no-store"})


@asynccontextmanager
async def form_of(request: Request, limit: int) -> AsyncIterator[FormData]:
    """Read up to `limit` bytes, of whom is known by now. Raises Problem, HTTPException."""
    body = await whole(request.receive, limit)
    if body is None:
        raise Problem(problems.BODY_TOO_LARGE, f"内容过大，至多 {limit // 1024 // 1024 or 1} MB。")
    async with Request(request.scope, again(body, request.receive)).form(max_files=1, max_fields=12) as form:
        yield form


def page(template: str, insider: Insider | None, status: int = 200, **values: object) -> HTMLResponse:
    html = render(template, s=wording, insider=insider, **values)
    return HTMLResponse(html, status, HEADERS)


def told(problem: Problem) -> HTMLResponse:
    return page("staff_told.html", None, problem.status, detail=problem.detail)


def worded(error: MetrologyError) -> Problem:
    """In words for the staff; whole in the log."""
    if isinstance(error, Problem):
        return error
    log.warning("staff_refused", error=type(error).__name__, message=str(error))
    if isinstance(error, BadSetting):
        named = wording.FORM.get(error.name, error.name)
        detail = wording.BAD_FIELD.format(field=named, value=echo(str(error.value)))
        return Problem(problems.INVALID_REQUEST, detail)
    if isinstance(error, IngestError | StoreError) and not isinstance(error, UnknownEntry):
        return problem_of(error)
    return of_metrology(error)


def _with_cookie(request: Request, response: Response, insider: Insider) -> Response:
    if request.cookies.get(COOKIE) != insider.cookie:
        set_cookie(request, response, insider.cookie)
    return response


def set_cookie(request: Request, response: Response, value: str) -> None:
    """For this page alone, and never told to scripts or sent from other sites."""
    path = f"{request.scope.get('root_path', '')}{HOME}"
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, value, max_age=HOURS * 3600, path=path, secure=secure, httponly=True, samesite="strict")
