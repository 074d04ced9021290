"""What compose.yaml starts, started here: its commands with its variables, a key made as the guide says."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.settings import read_settings
from eval.load.servers import free_port
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from tests.deployed import COMMANDS, ENV_FILE, ROOT, compose
from tests.ui.cli_runner import runner
from ui.serve import build_app
from ui.state import admission, open_state

STARTS_WITHIN = 120  # seconds; the page's framework takes some, and a busy machine more
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?]([^}]*))?\}")


def environment(service: str, file: dict[str, str], **instead: str) -> dict[str, str]:
    """What compose hands to a service with `file` as .env; `instead`: where things are on this machine."""
    given = compose()["services"][service]["environment"]
    filled = {name: VARIABLE.sub(lambda one: file.get(one[1], one[2] or ""), value) for name, value in given.items()}
    assert set(instead) <= {*filled, "METROLOGY_DATA_DIR"}
    return {**filled, **instead}


@pytest.fixture
def disk(tmp_path: Path) -> dict[str, str]:
    """A database, and a data folder that takes no writes; what is not at hand here is left out."""
    (tmp_path / "disk").touch()
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
        "METROLOGY_DATA_DIR": str(tmp_path / "disk" / "data"),
        "REDIS_URL": "",
        "CHROMA_URL": "",
    }


@pytest.fixture
def page_key(tmp_path: Path, disk: dict[str, str]) -> str:
    entry = compose()["services"]["keys"]["entrypoint"][1:]
    result = runner(tmp_path)(*entry, "create", "page", "--scope", "page", **environment("keys", ENV_FILE, **disk))
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def api_url(page_key: str, disk: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    variables = environment("api", ENV_FILE, **disk)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    state = open_state(settings)
    assert "API keys are asked for" in admission(settings, state.callers, variables["HOST"])
    app = build_app(FakeBot(), settings, "http://127.0.0.1:1", "--no-page" not in COMMANDS["api"], state)
    with closing(state.records), served(app) as url:
        assert httpx.get(f"{url}/v1/plans", trust_env=False).status_code == 401
        yield url


@contextmanager
def page_over(api_url: str, key: str, folder: Path) -> Iterator[httpx.Client]:
    """The page's process; ended with the context."""
    own = environment(
        "page", {**ENV_FILE, "PAGE_KEY": key}, METROLOGY_API_URL=api_url, HOST="127.0.0.1", PORT=str(free_port())
    )
    path = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "ui.cli", *compose()["services"]["page"]["command"]]
    with (folder / "page.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=path | own, stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{own['PORT']}", trust_env=False, timeout=30) as client:
            wait_for(client, process, folder / "page.log")
            yield client
    finally:
        process.kill()
        process.wait()


def wait_for(client: httpx.Client, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            client.get("/healthz")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"The page did not start: {log.read_text()}")


def test_the_page_reaches_the_api_by_its_key(api_url: str, page_key: str, tmp_path: Path) -> None:
    with page_over(api_url, page_key, tmp_path) as page:
        assert page.get("/readyz").json() == {"status": "ready"}
        assert "厦门" in page.get("/plans/xiamen").text, "asked of the API, which wants a key"
        assert "gradio" in page.get("/").text
        assert page.get("/v1/plans").status_code == 404, "it is no API"
