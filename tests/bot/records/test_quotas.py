"""Rates and quotas, in memory and in Redis: exact, and telling what is left."""

import socket
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from bot.records.allowance import UNBOUNDED, Allowance
from bot.records.quotas import RETRY_SECONDS, Quotas, Windows
from ingest.errors import BadSetting


@pytest.fixture(params=["memory", "redis"])
def quotas(request: pytest.FixtureRequest) -> Quotas:
    return Quotas() if request.param == "memory" else Quotas(request.getfixturevalue("redis_url"))


@pytest.fixture
def who() -> str:
    return uuid4().hex


def spent(quotas: Quotas, who: str, allowance: Allowance, times: int) -> list[tuple[bool, int]]:
    found = [quotas.spend(who, allowance) for _ in range(times)]
    return [(each.allowed, each.remaining) for each in found if each]


def test_so_many_a_minute_and_no_more(quotas: Quotas, who: str) -> None:
    assert spent(quotas, who, Allowance(3, 0), 5) == [(True, 2), (True, 1), (True, 0), (False, 0), (False, 0)]
    assert spent(quotas, f"{who}other", Allowance(3, 0), 1) == [(True, 2)]


def test_the_nearer_bound_is_told(quotas: Quotas, who: str) -> None:
    standing = quotas.spend(who, Allowance(10, 4))
    assert standing is not None
    assert (standing.limit, standing.remaining, standing.policy) == (4, 3, "10;w=60, 4;w=86400")
    assert 86_000 < standing.reset <= 86_400
    assert spent(quotas, who, Allowance(10, 4), 4)[-2:] == [(True, 0), (False, 0)]


def test_what_the_minute_refuses_is_not_taken_from_the_day(quotas: Quotas, who: str) -> None:
    spent(quotas, who, Allowance(2, 100), 50)
    assert spent(quotas, who, Allowance(0, 100), 1) == [(True, 97)]


def test_without_bounds_nothing_is_counted(quotas: Quotas, who: str) -> None:
    assert quotas.spend(who, UNBOUNDED) is None


def test_it_is_exact_among_threads(quotas: Quotas, who: str) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: quotas.spend(who, Allowance(50, 0)), range(200)))
    assert sum(each.allowed for each in found if each) == 50


def test_processes_count_together_in_redis(redis_url: str, who: str) -> None:
    processes = [Quotas(redis_url) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda n: processes[n % 4].spend(who, Allowance(0, 37)), range(120)))
    assert sum(each.allowed for each in found if each) == 37


def test_while_redis_is_away_each_process_counts_and_redis_is_asked_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    now = [0.0]
    quotas = Quotas(f"redis://:geheim@127.0.0.1:{port}/0", lambda: now[0])
    assert spent(quotas, "a", Allowance(1, 0), 2) == [(True, 0), (False, 0)]
    assert quotas._retry_at == RETRY_SECONDS
    now[0] = 2.0
    spent(quotas, "a", Allowance(1, 0), 1)
    assert quotas._retry_at == 2.0 + RETRY_SECONDS


def test_a_url_of_another_kind_is_refused() -> None:
    with pytest.raises(BadSetting, match="REDIS_URL") as caught:
        Quotas("mysql://:geheim@host")
    assert "geheim" not in str(caught.value)


def test_a_window_ends() -> None:
    now = [1000.0]
    windows = Windows(clock=lambda: now[0])
    assert [windows.incr("a", 60), windows.incr("a", 60), windows.get("a")] == [1, 2, 2]
    now[0] += 60
    assert windows.get("a") == 0
    assert windows.incr("a", 60) == 1
    assert windows.get_expiry("a") == 1120.0


def test_windows_in_memory_are_bounded() -> None:
    windows = Windows(size=3)
    for number in range(10):
        windows.incr(str(number), 60 + number)
    assert len(windows._counts) == len(windows._ends) == 3
    assert windows.get("9") == 1
    windows.clear("9")
    assert (windows.get("9"), windows.check(), windows.reset(), windows.get("8")) == (0, True, 2, 0)
