"""Bodies of requests: read whole, and handed on as if they had just come."""

import math

from starlette.types import Message, Receive


async def whole(receive: Receive, limit: float = math.inf) -> bytes | None:
    """The whole body, or None when it is over the limit. A caller who leaves has sent what he has sent."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return body


def again(body: bytes, receive: Receive) -> Receive:
    """Gives `body` first, then what else comes."""
    unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return unread.pop() if unread else await receive()

    return replay
