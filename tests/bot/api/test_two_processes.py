"""Quotas of two processes of the system: exact over one Redis; without it each process counts for itself."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.records.keys import SqlKeys, Wanted, make_key
from bot.records.store import SqlRecords
from eval.load.servers import HOST, Program, ready_at, serving
from tests.bot.api.quota_service import SECRET

ALLOWED, ASKED = 23, 60
PROCESSES = 2


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/records.sqlite3"


@pytest.fixture
def headers(database: str) -> dict[str, str]:
    """Of a key that may ask so often a day."""
    records = SqlRecords.at(database)
    made, told = make_key(Wanted("mini-program", per_minute=0, per_day=ALLOWED), SECRET, datetime.now(UTC))
    SqlKeys(records.database).add(made)
    records.close()
    return {"Authorization": f"Bearer {told}"}


def passed(database: str, redis: str, headers: dict[str, str], folder: Path) -> list[int]:
    """How many of ASKED requests at once, half of them to either process, pass in each."""

    def command(port: int) -> list[str]:
        options = ["--host", HOST, "--port", str(port), "--log-level", "warning", "--no-access-log"]
        return [sys.executable, "-m", "uvicorn", "--factory", "tests.bot.api.quota_service:app", *options]

    own = {"DATABASE_URL": database, "REDIS_URL": redis or None, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = Program("service", command, own, ready_at("/healthz"))
    with ExitStack() as stack, ThreadPoolExecutor(16) as pool:
        servers = [stack.enter_context(serving(program, folder)) for _ in range(PROCESSES)]
        clients = [
            stack.enter_context(
                httpx.Client(base_url=f"http://{HOST}:{one.port}", headers=headers, trust_env=False, timeout=60)
            )
            for one in servers
        ]
        statuses = list(
            pool.map(lambda number: clients[number % PROCESSES].get("/v1/models").status_code, range(ASKED))
        )
    assert set(statuses) == {200, 429}
    return [statuses[each::PROCESSES].count(200) for each in range(PROCESSES)]


def test_over_one_redis_it_is_exact_to_the_request(
    database: str, redis_url: str, headers: dict[str, str], tmp_path: Path
) -> None:
    assert sum(passed(database, redis_url, headers, tmp_path)) == ALLOWED


def test_without_redis_each_process_lets_a_quota_through(
    database: str, headers: dict[str, str], tmp_path: Path
) -> None:
    """What is counted is in the process's memory, as the deployment guide says: several processes want a Redis."""
    assert passed(database, "", headers, tmp_path) == [ALLOWED, ALLOWED]
