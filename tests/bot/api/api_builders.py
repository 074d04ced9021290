"""A client of the API over a fake bot, and readers of what it sends."""

import json
import re
from typing import Any
from urllib.parse import unquote

from httpx2 import Response
from starlette.testclient import TestClient

from bot.api import create_app
from bot.service import Bot

JSON = {"content-type": "application/json"}


def client(bot: Bot, **arguments: Any) -> TestClient:
    """Errors inside come back as responses, as from a real server."""
    return TestClient(create_app(bot, **arguments), raise_server_exceptions=False)


def problem(response: Response) -> dict[str, Any]:
    """The problem document of a response, checked to be one."""
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["status"] == response.status_code
    assert document["type"].startswith("/docs#")
    assert document["title"].isascii()
    assert not document["detail"].isascii()
    assert document["request_id"] == response.headers["x-request-id"]
    return document


def download_names(response: Response, media_type: str) -> tuple[str, str]:
    """The name in ASCII and the whole one of a file that is kept nowhere on the way."""
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    named = re.fullmatch(
        r"attachment; filename=\"([^\"]*)\"; filename\*=UTF-8''(\S+)", response.headers["content-disposition"]
    )
    assert named
    return named[1], unquote(named[2])


def events(text: str) -> list[tuple[str, Any]]:
    """(event, data) of a stream; fails on anything that is not a well-formed event."""
    assert text.endswith("\n\n")
    found = []
    for block in text[:-2].split("\n\n"):
        lines = [line for line in block.split("\n") if not line.startswith(":")]
        fields = [tuple(line.split(": ", 1)) for line in lines]
        assert [name for name, _ in fields] == ["event", "data"]
        found.append((fields[0][1], json.loads(fields[1][1])))
    return found
