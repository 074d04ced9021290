"""Servers of our own: they are there when asked for, and gone afterwards, whatever happened."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.load.servers import (
    HOST,
    Program,
    ServerFailed,
    accepts,
    ended_in_order,
    free_port,
    playground,
    ready_at,
    serving,
    start,
    wait_until_ready,
)
from tests.bot.api.live import served
from tests.eval.fakes_served import fake_service, listener

PRINTS = "import os; print(os.environ.get('SET'), os.environ.get('TAKEN'), flush=True)"


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def one_liner(code: str, **environment: str | None) -> Program:
    return Program("one liner", lambda port: [sys.executable, "-c", code, str(port)], environment, accepts)


def test_it_serves_while_the_context_lasts(tmp_path: Path) -> None:
    with serving(fake_service(tmp_path), tmp_path) as server:
        assert ready_at("/healthz")(server.port)
        assert not ready_at("/nope")(server.port)
        assert server.address.port == server.port
    assert not server.running
    assert not accepts(server.port)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_it_is_gone_after_a_failure_too(tmp_path: Path, error: type[BaseException]) -> None:
    started: list[int] = []

    def fail() -> None:
        with serving(listener(tmp_path), tmp_path) as server:
            started.append(server.process.pid)
            raise error

    with pytest.raises(error):
        fail()
    assert not is_running(started[0])


def test_one_that_was_killed_is_no_error(tmp_path: Path) -> None:
    with serving(listener(tmp_path), tmp_path) as server:
        server.kill()
        assert server.process.returncode == -signal.SIGKILL


def test_one_that_does_not_listen_to_reason_is_killed(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
    server = start(one_liner(deaf), tmp_path)
    while "deaf" not in server.log.read_text():
        time.sleep(0.01)
    server.stop(seconds=0.2)
    assert server.process.returncode == -signal.SIGKILL


def test_one_that_ends_tells_its_last_words(tmp_path: Path) -> None:
    program = one_liner("raise SystemExit('no disk left')")
    with pytest.raises(ServerFailed, match=r"one liner did not start: it ended\. Its log ends: no disk left"):
        start_and_wait(program, tmp_path)


def test_one_that_never_serves_is_not_waited_for_without_end(tmp_path: Path) -> None:
    server = start(one_liner("import signal; signal.pause()"), tmp_path)
    try:
        with pytest.raises(ServerFailed, match=r"served nobody within 0.2 s. Its log ends: \(empty\)"):
            wait_until_ready(server, one_liner(""), seconds=0.2)
    finally:
        server.kill()


def start_and_wait(program: Program, folder: Path) -> None:
    with serving(program, folder):
        pass


def test_variables_are_set_and_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKEN", "1")
    server = start(one_liner(PRINTS, SET="2", TAKEN=None), tmp_path)
    server.process.wait(30)
    assert server.log.read_text() == "2 None\n"


def test_a_folder_of_its_own_with_a_copy_of_the_index(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("v1")
    (tmp_path / "records.sqlite3").write_text("somebody's")
    with playground(tmp_path / "index") as data:
        assert (data / "index" / "CURRENT").read_text() == "v1"
        assert [path.name for path in data.iterdir()] == ["index"]
        (data / "index" / "CURRENT").write_text("v2")
    assert (tmp_path / "index" / "CURRENT").read_text() == "v1"
    assert not data.exists()
    with playground(tmp_path / "none") as data:
        assert list(data.iterdir()) == []


RUNS_ONE = """
import sys, tempfile, time
from pathlib import Path
from eval.load.servers import ended_in_order, serving
from tests.eval.fakes_served import listener
folder = Path(sys.argv[1])
with ended_in_order(), serving(listener(folder), folder) as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_stops_what_it_started(tmp_path: Path, sent: signal.Signals) -> None:
    command = [sys.executable, "-c", RUNS_ONE, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        assert is_running(child)
        run.send_signal(sent)
        assert run.wait(30) != 0
    assert not is_running(child)


def test_how_the_process_takes_a_signal_afterwards_is_as_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ended_in_order():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_ports_are_free_ones() -> None:
    port = free_port()
    assert not accepts(port)
    assert not ready_at("/")(port)
    assert HOST == "127.0.0.1"


def test_the_empty_endpoint_answers_what_the_service_is_asked() -> None:
    import httpx

    from eval.load.empty import app

    with served(app) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.post("/v1/ask", json={"question": "x"}).json() == {}
        assert client.get("/readyz").is_success
