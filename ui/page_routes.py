"""What of the page's framework is reachable: what the page itself asks for, and nothing else.

Gradio mounts uploads, file and proxy routes, an API of its own and more; none is used here, and each is a door. Its
errors are bare, its CORS answers any origin. Outside this list the address does not exist, in the API's own words.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.lasting import Lasting

READ = (
    r"/",
    r"/config/?",
    r"/theme\.css",
    r"/favicon\.ico",
    r"/manifest\.json",
    r"/robots\.txt",
    r"/(?:assets|static|svelte)/[\w./@+-]{1,200}",
    r"/gradio_api/(?:info|theme\.css|startup-events|app_id|queue/data)/?",
    r"/gradio_api/heartbeat/\w{1,64}",
)
WRITE = (r"/gradio_api/(?:queue/join|cancel|reset)/?",)
ALLOWED = {"GET": READ, "HEAD": READ, "POST": WRITE}
PATTERNS = {method: re.compile("|".join(paths), re.ASCII) for method, paths in ALLOWED.items()}


@dataclass(frozen=True, slots=True)
class Named:
    """Stands for all of the page in counts and logs."""

    path: str = "(page)"


class OnlyThePage:
    """ASGI: the framework's application behind the list. `app` is the whole, whose routes come before the page."""

    def __init__(self, page: ASGIApp, app: FastAPI) -> None:
        self.page, self.app = page, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no web sockets: nothing here speaks them
        self._require_open(scope)
        refused: list[int] = []

        async def send_own(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] >= 400:
                    refused.append(message["status"])
                else:
                    _close(MutableHeaders(scope=message))
            if not refused:
                await send(message)

        await self.page(dict(scope), receive, send_own)
        if refused:
            raise HTTPException(refused[0])

    def _require_open(self, scope: Scope) -> None:
        """Raises HTTPException for what is not on the list."""
        scope["route"] = None
        allowed = self.methods(scope["path"])
        if scope["method"] not in allowed:
            status = 405 if allowed else 404
            raise HTTPException(status, headers={"Allow": ", ".join(sorted(allowed))} if allowed else None)
        scope["route"] = Named()

    def methods(self, path: str) -> set[str]:
        """Of the page, and of the API's routes that know the address but not the method."""
        found = {method for method, pattern in PATTERNS.items() if pattern.fullmatch(path)}
        for pattern, methods in self._known:
            if pattern.match(path):
                found |= methods
        return found

    @cached_property
    def _known(self) -> list[tuple[re.Pattern[str], set[str]]]:
        """Read at the first request: everything is mounted by then."""
        contexts = [each for each in iter_route_contexts(self.app.routes) if each.methods]
        return [(each.path_regex, set(each.methods or ())) for each in contexts]


def close_unused(app: FastAPI) -> None:
    """Puts the list before the framework, which was mounted last."""
    mount = app.router.routes[-1]
    if not isinstance(mount, Mount):
        raise TypeError("The page's framework is mounted last.")
    mount.app = OnlyThePage(Lasting(mount.app, _lasts), app)


def _lasts(scope: Scope) -> bool:
    """Whether an address tells of its content: names of the framework's bundler do, and the theme's version."""
    path = str(scope["path"])
    return path.startswith("/assets/") or (path == "/theme.css" and scope["query_string"].startswith(b"v="))


def _close(headers: MutableHeaders) -> None:
    """Other origins have no business with the page; who may frame it is told elsewhere."""
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]
