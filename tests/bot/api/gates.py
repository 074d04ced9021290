"""Callers over keys that a test makes, and clients that show them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.api import create_app
from bot.api.callers import Callers
from bot.records.allowance import UNBOUNDED, Allowance
from bot.records.keyring import Keyring
from bot.records.keys import ApiKey, Scope, Wanted, make_key
from bot.records.secret import Secret
from tests.bot.fakes import FakeBot

SECRET = Secret(b"s" * 32)
PAGE = {"X-Metrology-Page": "page-token"}
QUESTION = {"question": "诚信计量自我承诺"}


def key(scope: Scope = Scope.ASK, **more: Any) -> tuple[ApiKey, str]:
    """A key and what its holder was told."""
    return make_key(Wanted(scope.value, scope, **more), SECRET, datetime.now(UTC))


def callers_with(*keys: ApiKey, **more: Any) -> Callers:
    """Nobody is counted unless a test says how often."""
    bounds: dict[str, Allowance] = {"key_allowance": UNBOUNDED, "visitor_allowance": UNBOUNDED}
    return Callers(Keyring(lambda: keys), secret=SECRET, page_token="page-token", **{**bounds, **more})


def api(bot: FakeBot, callers: Callers, shown: str = "", address: str = "203.0.113.9", **more: Any) -> TestClient:
    """A client at an address that shows a key as a bearer."""
    return coming_to(create_app(bot, callers=callers, **more), shown, address)


def coming_to(app: FastAPI, shown: str = "", address: str = "203.0.113.9") -> TestClient:
    """The same to an app that stands already: to build one takes some tenths of a second."""
    headers = {"Authorization": f"Bearer {shown}"} if shown else {}
    return TestClient(app, raise_server_exceptions=False, headers=headers, client=(address, 50000))


def ended(one: ApiKey) -> ApiKey:
    return replace(one, ends_at=one.created_at)
