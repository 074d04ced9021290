"""`metrology serve` as a process: it answers, and it stops when told to."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest

from bot.service import Bot
from bot.settings import Settings
from ingest.errors import BadSetting
from ui.listen import STOP_SECONDS
from ui.serve import address, build_app, require_free

ROOT = Path(__file__).parents[2]
STARTS_WITHIN, GRACE = 60, 5  # seconds; beyond STOP_SECONDS, for a busy machine


@pytest.fixture
def server(indexed: Path) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """(process, its address, its port), ready to answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("METROLOGY_", "CHROMA_"))}
    environment |= {"METROLOGY_DATA_DIR": str(indexed), "PORT": str(port)}
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-page"]
    with (indexed / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/healthz", process, indexed / "log")
        yield process, url, port
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[str], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start: {log.read_text()}")


def test_it_answers_and_stops(server: tuple[subprocess.Popen[str], str, int], indexed: Path) -> None:
    """Stopped while one client keeps its connection and another never sends the body it promised."""
    process, url, port = server
    with httpx.Client(base_url=url, trust_env=False) as client, socket.create_connection(("127.0.0.1", port)) as stuck:
        stuck.sendall(
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        )
        reply = client.post("/v1/ask", json={"question": "泉政文〔2023〕14号是什么文件？"}).raise_for_status().json()
        assert reply["status"] == "answered"
        assert "泉政文〔2023〕14号" in reply["plain_text"]
        assert client.get(f"/v1/answers/{reply['answer_id']}").is_success, "the receipt is kept"
        assert client.get("/").status_code == 404, "no page was asked for"
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS + GRACE) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    log = (indexed / "log").read_text()
    assert f"Open {url}" in log
    assert "No API key exists: only this machine may ask" in log
    assert stat.S_IMODE((indexed / "records.sqlite3").stat().st_mode) == 0o600


@pytest.mark.parametrize("command", [("serve", "--no-page"), ("mcp", "--http")])
def test_without_keys_it_listens_to_nobody_else(tmp_path: Path, command: tuple[str, ...]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("METROLOGY_")}
    result = subprocess.run(
        [sys.executable, "-m", "ui.cli", *command, "--host", "0.0.0.0", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"METROLOGY_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "'host' has value '0.0.0.0'" in result.stderr
    assert "metrology keys create" in result.stderr
    assert not (tmp_path / "index").exists(), "nothing was built for it"


@pytest.mark.parametrize(
    ("host", "port", "expected", "why"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000", "as it is"),
        ("0.0.0.0", 80, "http://127.0.0.1:80", "every address is no address to open"),
        ("::", 8000, "http://[::1]:8000", "nor is it in IPv6"),
        ("fe80::1", 8000, "http://[fe80::1]:8000", "IPv6 goes in brackets"),
        ("bot.example", 8000, "http://bot.example:8000", "a name"),
    ],
)
def test_address(host: str, port: int, expected: str, why: str) -> None:
    assert address(host, port) == expected, why


def test_a_free_port_is_accepted_and_a_taken_one_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        with pytest.raises(BadSetting, match=f"'port' has value '{port}'.*set another with PORT="):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


@pytest.mark.parametrize("value", ["https://a.example,https://b.example", "https://a.example;", "https://例.example"])
def test_frame_ancestors_are_checked_before_serving(tmp_path: Path, value: str) -> None:
    """The page reads them at its first request, which would fail, and every one after it."""
    settings = Settings(data_dir=tmp_path, frame_ancestors=value)
    with pytest.raises(BadSetting, match="METROLOGY_FRAME_ANCESTORS"):
        build_app(cast(Bot, None), settings, "http://127.0.0.1:1")
