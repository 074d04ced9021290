"""The turns at the border: who is a caller, how the refused are told, and that the watchers are let past."""

import asyncio

import httpx2 as httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api import create_app, turns
from bot.api.face_errors import SHAPES
from bot.api.readiness import Operation
from bot.api.turns import TakeTurns, Turns, caller_of
from tests.bot.fakes import FakeBot


@pytest.mark.parametrize(
    ("client", "expected", "why"),
    [
        (("203.0.113.9", 4711), "203.0.113.9", "the port is another with every connection"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64", "a household's network"),
        (("2001:db8:1::5", 1), "2001:db8:1::/64", "the same in its short spelling, in which zeros are left out"),
        (("::ffff:203.0.113.9", 1), "203.0.113.9", "IPv4 in its other spelling"),
        (None, "", "a unix socket"),
    ],
)
def test_callers_are_told_apart_by_address(client: tuple[str, int] | None, expected: str, why: str) -> None:
    assert caller_of({"type": "http", "client": client}) == expected, why


def busy(path: str) -> httpx.Response:
    """What the second of two callers is told while one place is taken and waiting is not allowed."""

    async def asked() -> httpx.Response:
        inside, leave = asyncio.Event(), asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            inside.set()
            await leave.wait()

        app: ASGIApp = TakeTurns(slow, Turns(1, wait_seconds=0.01), "/v1/", SHAPES)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            first = asyncio.create_task(client.post("/v1/ask"))
            await inside.wait()
            second = await client.post(path)
            leave.set()
            await asyncio.gather(first, return_exceptions=True)
            return second

    return asyncio.run(asked())


def test_the_refusal_is_a_problem_that_says_when_to_come_back() -> None:
    response = busy("/v1/ask")
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert response.json()["type"] == "/docs#busy"


def test_chat_clients_are_refused_in_their_own_shape() -> None:
    assert busy("/v1/chat/completions").json()["error"]["code"] == "busy"


def test_the_api_answers_others_while_it_is_busy_and_counts_whom_it_refused(
    bot: FakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(turns, "EACH_MAX", 0)

    async def test() -> None:
        transport = httpx.ASGITransport(create_app(bot, operation=Operation(at_once=1)))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            asked = [client.post("/v1/ask", json={"question": "诚信计量"}) for _ in range(3)]
            statuses = sorted(reply.status_code for reply in await asyncio.gather(*asked))
            assert statuses == [200, 429, 429]
            assert (await client.get("/healthz")).status_code == 200
            assert 'metrology_refusals_total{reason="too-many-at-once"} 2.0' in (await client.get("/metrics")).text

    asyncio.run(test())
