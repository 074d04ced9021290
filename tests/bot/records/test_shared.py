"""Both ways of sharing values keep one contract."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.records.shared import InMemory, InRedis, Shared, SharedUnavailable, open_shared
from ingest.errors import BadSetting


@pytest.fixture(params=["memory", "redis"])
def shared(request: pytest.FixtureRequest) -> Shared:
    if request.param == "memory":
        return InMemory()
    return InRedis(request.getfixturevalue("redis_url"))


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    return f"{request.node.name}:{time.monotonic_ns()}"


def test_a_value_is_found_until_it_is_forgotten(shared: Shared, key: str) -> None:
    assert shared.get(key) is None
    shared.put(key, "诚信".encode(), 60)
    assert shared.get(key) == "诚信".encode()
    shared.put(key, b"", 60)
    assert shared.get(key) == b""
    shared.delete(key)
    shared.delete(key)
    assert shared.get(key) is None
    shared.ping()


def test_a_value_ends_by_itself(shared: Shared, key: str) -> None:
    shared.put(key, b"1", 0.05)
    assert not shared.put_new(key, b"2", 60)
    time.sleep(0.1)
    assert shared.get(key) is None
    assert shared.put_new(key, b"2", 60)


def test_of_many_who_put_at_once_one_succeeds(shared: Shared, key: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: shared.put_new(key, str(number).encode(), 60), range(64)))
    assert sum(won) == 1
    assert shared.get(key) == str(won.index(True)).encode()


def test_two_processes_share_by_redis(redis_url: str, key: str) -> None:
    InRedis(redis_url).put(key, b"1", 60)
    assert InRedis(redis_url).get(key) == b"1"


def test_memory_is_bounded_and_what_ends_first_goes_first() -> None:
    now = [0.0]
    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    shared = InMemory(size=2, clock=clock)
    shared.put("a", b"1", 10)
    shared.put("b", b"1", 30)
    shared.put("b", b"2", 5)
    shared.put("c", b"1", 20)
    assert [shared.get(key) for key in "abc"] == [b"1", None, b"1"]
    now[0] = 10.0
    shared.put("d", b"1", 1)
    assert [shared.get(key) for key in "abcd"] == [None, None, b"1", b"1"]
    assert len(shared._values) == 2


def test_a_redis_that_is_gone_is_named_without_its_password(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gone = open_shared(f"redis://:geheim@127.0.0.1:{port}/0")
    for call in (lambda: gone.get("x"), lambda: gone.put_new("x", b"", 1), gone.ping):
        with pytest.raises(SharedUnavailable, match=f"127.0.0.1:{port}") as caught:
            call()
        assert "geheim" not in str(caught.value)


def test_a_url_of_another_kind_is_refused() -> None:
    with pytest.raises(BadSetting, match="REDIS_URL") as caught:
        open_shared("mysql://:geheim@host")
    assert "geheim" not in str(caught.value)


def test_without_a_url_values_stay_in_the_process() -> None:
    assert isinstance(open_shared(""), InMemory)
