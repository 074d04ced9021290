"""Two services over one Redis and one database: quotas exact to the request, keys, receipts and ratings shared."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.api import create_app
from bot.api.callers import Callers
from bot.records.keyring import Keyring
from bot.records.keys import SqlKeys, Wanted, make_key
from bot.records.quotas import Quotas
from bot.records.secret import Secret
from bot.records.shared import open_shared
from bot.records.store import SqlRecords
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

SECRET = Secret(b"s" * 32)


def made_key(database_url: str, **more: Any) -> str:
    records = SqlRecords.at(database_url)
    made, told = make_key(Wanted("mini-program", **more), SECRET, datetime.now(UTC))
    SqlKeys(records.database).add(made)
    records.close()
    return told


@pytest.fixture
def addresses(redis_url: str, postgres_url: str) -> Iterator[list[str]]:
    """Two services, as two processes would have them: they share nothing in memory."""
    with ExitStack() as stack:
        started = []
        for number in range(2):
            records = SqlRecords.at(postgres_url)
            stack.callback(records.close)
            callers = Callers(Keyring(SqlKeys(records.database).all), Quotas(redis_url), open_shared(redis_url), SECRET)
            bot = FakeBot(corpus_version=f"v{number}")
            bot.numbers = iter(range(number, 10_000, 2))  # type: ignore[assignment]
            started.append(stack.enter_context(served(create_app(bot, records=records, callers=callers))))
            # FastAPI puts its routes together at the first request, with warnings silenced for all threads: one by one
            assert httpx.get(f"{started[-1]}/nowhere", trust_env=False).status_code == 404
        yield started


def test_a_quota_is_exact_to_the_request(addresses: list[str], postgres_url: str) -> None:
    allowed = 25
    told = made_key(postgres_url, per_minute=0, per_day=allowed)
    headers = {"Authorization": f"Bearer {told}"}
    clients = [httpx.Client(base_url=each, headers=headers, trust_env=False, timeout=120) for each in addresses]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda number: clients[number % 2].get("/v1/models").status_code, range(60)))
    assert statuses.count(200) == allowed
    assert statuses.count(429) == 60 - allowed
    for each in clients:
        each.close()


def test_what_one_answers_the_other_shows_and_takes_a_rating_of(addresses: list[str], postgres_url: str) -> None:
    headers = {"X-API-Key": made_key(postgres_url)}
    one, two = (httpx.Client(base_url=each, headers=headers, trust_env=False, timeout=120) for each in addresses)
    answer = one.post("/v1/ask", json={"question": "诚信计量自我承诺"}).json()["answer_id"]
    assert two.get(f"/v1/answers/{answer}").json()["answer_id"] == answer
    for client, useful in ((one, True), (two, False)):
        rating = {"answer_id": answer, "useful": useful, "user_id": "u"}
        assert client.post("/v1/feedback", json=rating).status_code == 201
    records = SqlRecords.at(postgres_url)
    assert [each.useful for each in records.feedback(answer)] == [False]
    for each in (records, one, two):
        each.close()
