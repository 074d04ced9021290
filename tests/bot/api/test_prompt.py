"""The short way: the same answers, headers, receipts and refusals as the long one, in no thread and nobody's turn."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from bot.api import create_app
from bot.api.readiness import Operation
from bot.records.receipts import Receipt, RecordsUnavailable
from bot.records.store import SqlRecords
from bot.service import Asked
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot

KNOWN = {"question": "诚信计量自我承诺"}


@dataclass
class ReadyBot(FakeBot):
    """Has answers to questions that begin with 诚信 at hand, and counts how it was asked."""

    ready: int = 0

    def at_hand(
        self, text: str, plans: tuple[str, ...] | None = None, mode: str = "auto", as_of: str = ""
    ) -> Asked | None:
        if not text.startswith("诚信"):
            return None
        self.ready += 1
        asked = self.ask(text, None, plans, mode, as_of)
        self.asked.pop()
        return asked


@pytest.fixture
def records(tmp_path: Path) -> Iterator[SqlRecords]:
    kept = SqlRecords.at(f"sqlite:///{tmp_path}/r.sqlite3")
    yield kept
    kept.close()


@pytest.fixture
def ready() -> ReadyBot:
    return ReadyBot()


def test_it_is_the_answer_of_the_long_way(ready: ReadyBot, bot: FakeBot, records: SqlRecords) -> None:
    bot.numbers = count(100)
    short, long = (client(one, records=records).post("/v1/ask", json=KNOWN) for one in (ready, bot))
    own = ("answer_id", "took_ms", "corpus_version")
    contents = [{name: value for name, value in each.json().items() if name not in own} for each in (short, long)]
    assert contents[0] == contents[1]
    assert list(short.json()) == list(long.json())
    headers = [{name for name in each.headers if name != "x-request-id"} for each in (short, long)]
    assert headers[0] == headers[1]
    assert short.headers["content-type"] == long.headers["content-type"] == "application/json"
    assert (ready.ready, ready.asked) == (1, [])


def test_it_is_counted_by_its_route(ready: ReadyBot) -> None:
    api = client(ready)
    api.post("/v1/ask", json=KNOWN)
    told = api.get("/metrics").text
    assert 'metrology_http_requests_total{method="POST",route="/v1/ask",status="200"} 1.0' in told
    assert 'metrology_answers_total{mode="extractive",status="answered"} 1.0' in told


def test_its_receipt_is_kept_and_masked(ready: ReadyBot, records: SqlRecords) -> None:
    told = client(ready, records=records).post("/v1/ask", json={"question": "诚信计量 13812345678"}).json()
    assert told["receipt_kept"]
    kept = records.receipt(told["answer_id"])
    assert kept is not None
    assert kept.question == "诚信计量 ***"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        ({"question": "收费标准"}, {}),
        ({"question": "诚信计量", "session_id": "s"}, {}),
        (KNOWN, {"Idempotency-Key": "k"}),
        (
            {
                "question": "诚信计量",
                "plans": ["xiamen"],
                "mode": "extractive",
                "user_id": "诚" * 128,
                "max_bytes": 500,
            },
            {},
        ),
    ],
)
def test_the_long_way_stays_open(ready: ReadyBot, content: dict[str, Any], headers: dict[str, str]) -> None:
    assert client(ready).post("/v1/ask", json=content, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"{", 400, "malformed-json"),
        (b'{"question": " "}', 422, "blank-text"),
        (b'{"question": 1}', 422, "invalid-request"),
        ('{"question": "诚信", "plans": ["mars"]}'.encode(), 422, "unknown-plans"),
        ('{"question": "诚信", "plan": ["xiamen"]}'.encode(), 422, "invalid-request"),
    ],
)
def test_what_is_wrong_is_told_as_ever(ready: ReadyBot, body: bytes, status: int, slug: str) -> None:
    response = client(ready).post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert problem(response)["type"] == f"/docs#{slug}"
    assert response.status_code == status


def test_half_a_character_is_taken_out_as_ever(ready: ReadyBot) -> None:
    response = client(ready).post(
        "/v1/ask", content=rb'{"question": "\u8bda\u4fe1\ud800"}', headers={"content-type": "application/json"}
    )
    assert response.status_code == 200


class Lost(SqlRecords):
    def _write(self, rows: object) -> None:  # noqa: ARG002  none is written
        raise RecordsUnavailable("here", "the disk is full")


def test_a_lost_receipt_is_said(ready: ReadyBot, tmp_path: Path) -> None:
    api = client(ready, records=Lost.at(f"sqlite:///{tmp_path}/r.sqlite3"))
    told = api.post("/v1/ask", json=KNOWN).json()
    assert not told["receipt_kept"]
    assert any("回执" in note for note in told["notes"])
    assert "metrology_receipts_lost_total 1.0" in api.get("/metrics").text


def test_records_that_keep_one_at_a_time_are_not_waited_for_in_the_loop(ready: ReadyBot) -> None:
    class Slow:
        def __init__(self) -> None:
            self.kept: list[Receipt] = []

        def keep(self, receipt: Receipt) -> None:
            self.kept.append(receipt)

    told = client(ready, records=Slow()).post("/v1/ask", json=KNOWN).json()
    assert told["receipt_kept"]
    assert ready.ready == 0


def test_it_takes_nobodys_turn(ready: ReadyBot) -> None:
    """While one question is worked on and no other may be, what is at hand is given."""

    async def test() -> None:
        app = create_app(ready, operation=Operation(at_once=1))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as api:
            inside, leave = asyncio.Event(), asyncio.Event()
            turns: Any = next(one.kwargs["turns"] for one in app.user_middleware if "turns" in one.kwargs)

            async def working() -> None:
                async with turns.turn("127.0.0.1"):
                    inside.set()
                    await leave.wait()

            other = asyncio.create_task(working())
            await inside.wait()
            async with asyncio.timeout(5):
                assert (await api.post("/v1/ask", json=KNOWN)).status_code == 200
            waiting = asyncio.create_task(api.post("/v1/ask", json={"question": "收费标准"}))
            await asyncio.sleep(0.05)
            assert not waiting.done()
            leave.set()
            assert (await waiting).status_code == 200
            await other

    asyncio.run(test())


def test_bodies_in_pieces_and_other_types_go_the_long_way(ready: ReadyBot) -> None:
    api = client(ready)
    body = json.dumps(KNOWN).encode()
    assert api.post(
        "/v1/ask", content=iter([body[:9], body[9:]]), headers={"content-type": "application/json"}
    ).is_success
    assert api.post("/v1/ask", content=body, headers={"content-type": "application/json; charset=utf-8"}).is_success
    assert ready.ready == 2, "answered at hand all the same, behind the route"
    assert problem(api.post("/v1/ask", content=body, headers={"content-type": "text/plain"}))["status"] == 415
