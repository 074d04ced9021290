"""One version of the documents a request, however long it takes."""

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.live import one_version
from bot.service import Bot


class Pinned:
    """ASGI middleware around all that asks the bot."""

    def __init__(self, app: ASGIApp, bot: Bot) -> None:
        self.app, self.bot = app, bot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with one_version(self.bot):
            await self.app(scope, receive, send)
