"""What is kept and who may call, joined from settings; and who is let in where."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
import uvicorn
from structlog.testing import capture_logs

from bot.api import create_app
from bot.records.keys import SqlKeys, Wanted, make_key
from bot.settings import Settings
from ingest.errors import BadSetting
from tests.bot.fakes import FakeBot
from ui.state import State, admission, is_loopback, open_state, trusted_proxies


def settings_at(folder: Path, **more: Any) -> Settings:
    return Settings(data_dir=folder, **more)


def add_key(state: State, **more: Any) -> str:
    made, told = make_key(Wanted("x", **more), state.callers.secret, datetime.now(UTC))
    SqlKeys(state.records.database).add(made)
    return told


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_without_keys_this_machine_may_ask_and_that_is_said(tmp_path: Path, host: str) -> None:
    settings = settings_at(tmp_path)
    told = admission(settings, open_state(settings).callers, host)
    assert "only this machine may ask" in told
    assert "metrology keys create" in told


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "bot.example", ""])
def test_without_keys_nobody_else_may(tmp_path: Path, host: str) -> None:
    settings = settings_at(tmp_path)
    with pytest.raises(BadSetting, match=r"metrology keys create NAME.*METROLOGY_OPEN=true"):
        admission(settings, open_state(settings).callers, host)
    assert not is_loopback(host)


def test_unless_the_operator_says_so(tmp_path: Path) -> None:
    settings = settings_at(tmp_path, open=True)
    state = open_state(settings)
    assert "anyone" in admission(settings, state.callers, "0.0.0.0")
    assert state.callers.are_counted


def test_with_a_key_every_host_will_do(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    add_key(open_state(settings))
    state = open_state(settings)
    assert "API keys are asked for" in admission(settings, state.callers, "0.0.0.0")
    assert state.callers.are_counted


def test_keys_that_cannot_be_read_let_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite3").write_text("not a database, but long enough to be taken for one\n" * 50)
    settings = settings_at(tmp_path)
    with capture_logs() as logs:
        state = open_state(settings)
    assert logs[0]["event"] == "secret_not_compared"
    assert "nobody may ask" in admission(settings, state.callers, "0.0.0.0")


def test_numbers_and_origins_come_from_the_settings(tmp_path: Path) -> None:
    numbers = {"key_per_minute": 1, "key_per_day": 2, "visitor_per_minute": 3, "visitor_per_day": 4}
    origins = " https://a.example , https://b.example,"
    callers = open_state(settings_at(tmp_path, cors_origins=origins, **numbers)).callers
    allowances = (callers.key_allowance, callers.visitor_allowance)
    assert [(each.per_minute, each.per_day) for each in allowances] == [(1, 2), (3, 4)]
    assert callers.origins == ("https://a.example", "https://b.example")


def test_two_processes_must_have_one_secret(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shared.sqlite3"
    first = open_state(settings_at(tmp_path / "a", database_url=url))
    with pytest.raises(BadSetting, match="METROLOGY_SECRET"):
        open_state(settings_at(tmp_path / "b", database_url=url))
    assert open_state(settings_at(tmp_path / "a", database_url=url)).callers.secret == first.callers.secret


def test_a_disk_that_takes_no_secret(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with capture_logs() as logs:
        open_state(settings_at(tmp_path / "file"))
    assert "secret_not_kept" in {each["event"] for each in logs}
    with pytest.raises(BadSetting, match="METROLOGY_SECRET"):
        open_state(settings_at(tmp_path / "file", database_url="postgresql://x@127.0.0.1:1/x"))


@pytest.mark.parametrize("value", ["*", "example.org", "10.0.0.0/99"])
def test_proxies_are_addresses_or_networks(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadSetting, match="METROLOGY_TRUSTED_PROXIES"):
        trusted_proxies(settings_at(tmp_path, trusted_proxies=f"127.0.0.1,{value}"))


@contextmanager
def behind(settings: Settings, state: State) -> Iterator[httpx.Client]:
    """A service that was told of its proxies as `metrology serve` tells it."""
    proxies = trusted_proxies(settings)
    app = create_app(FakeBot(), callers=state.callers)
    config = uvicorn.Config(
        app, port=0, log_level="warning", ws="none", proxy_headers=bool(proxies), forwarded_allow_ips=proxies
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        until = monotonic() + 120
        while not server.started:
            assert monotonic() < until
            sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=120) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("proxies", "expected", "why"),
    [
        ("", [200, 429, 429], "nobody is believed: it is one address that asks"),
        ("127.0.0.1", [200, 200, 429], "the proxy is believed"),
        ("127.0.0.0/8, 192.0.2.0/24", [200, 200, 429], "so are networks"),
        ("192.0.2.1", [200, 429, 429], "another is believed"),
    ],
)
def test_the_address_that_is_counted(tmp_path: Path, proxies: str, expected: list[int], why: str) -> None:
    settings = settings_at(tmp_path, open=True, visitor_per_minute=1, trusted_proxies=proxies)
    with behind(settings, open_state(settings)) as client:
        asked = [
            client.get("/v1/plans", headers={"X-Forwarded-For": address}).status_code
            for address in ("198.51.100.1", "198.51.100.2", "203.0.113.7, 198.51.100.2")
        ]
    assert asked == expected, why
