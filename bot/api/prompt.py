"""The short way of a question whose answer is at hand: what would be done about any request is not done for it.

Whatever is not plainly such a question goes the long way, which also tells what is wrong with it.
"""

from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api import asking, schema
from bot.api.bodies import again, whole
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest

PATH = "/v1/ask"
JSON = "application/json"
LONGEST = 2_048  # bytes of a body that is worth a look


class Route:
    """For those who count by the route's template."""

    path = PATH


ROUTE = Route()


class Promptly:
    """Inside of the gate, and of what bounds bodies."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self.app, self.parts = app, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._may(scope):
            await self.app(scope, receive, send)
            return
        body = await whole(receive) or b""
        told = await self._told(body)
        if told is None:
            await self.app(scope, again(body, receive), send)
            return
        scope["route"] = ROUTE
        await given(told)(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != PATH or scope["query_string"]:
            return False
        headers = Headers(scope=scope)
        length = headers.get("content-length", "")
        short = length.isdecimal() and int(length[:20]) <= LONGEST
        return short and headers.get("content-type") == JSON and "idempotency-key" not in headers

    async def _told(self, body: bytes) -> schema.Answer | None:
        try:
            return await asking.answer_at_hand(self.parts, AskRequest.model_validate_json(body))
        except (Problem, ValidationError):
            return None


def given(told: schema.Answer) -> Response:
    """An answer as it is sent; valid as it was made, it is not validated again."""
    return Response(told.model_dump_json(), media_type=JSON)
