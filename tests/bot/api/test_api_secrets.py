"""What people send and what operators set stays where it belongs: in no log line, no metric, no error's body."""

import json
import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot.api.callers import Callers
from bot.settings import Settings
from tests.bot.fakes import FakeBot
from ui.serve import build_app
from ui.state import State, records_of

PHONE, ID_CARD, CARD, MAIL = "13912345678", "350203199001011234", "6222020200112233445", "wang.xiaoming@example.cn"
KEY, MODEL_KEY, PASSWORD = "sk-live-4f1d9a77c0e2", "sk-model-88aa31bb", "Geheim-7731"
SECRETS = (PHONE, ID_CARD, CARD, MAIL, KEY, MODEL_KEY, PASSWORD)
PERSONAL = f"我叫王小明，电话{PHONE}，身份证{ID_CARD}，卡号{CARD}，邮箱{MAIL}，诚信计量自我承诺怎么办？"
HEADERS = {
    "Authorization": f"Bearer {KEY}",
    "X-Api-Key": KEY,
    "Cookie": f"session={KEY}",
    "User-Agent": f"app/{PHONE}",
    "Referer": f"https://example.cn/?phone={PHONE}",
    "X-Request-Id": f"{KEY} {PHONE}",
}


@dataclass(frozen=True)
class Told:
    """What a run left behind, by where."""

    logs: str
    metrics: str
    errors: tuple[tuple[str, str], ...]  # (what was sent, body and headers of the error)


def settings(folder: Path) -> Settings:
    """A database that cannot be reached, so that its failures are told."""
    (folder / "blocker").write_text("a file where a folder should be")
    database = f"sqlite:///{folder}/blocker/{PASSWORD}/records.sqlite3"
    if find_spec("psycopg"):
        database = f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:1/bot?connect_timeout=1"
    return Settings.model_validate(
        {
            "data_dir": folder,
            "DATABASE_URL": database,
            "LLM_API_KEY": MODEL_KEY,
            "embedder_key": MODEL_KEY,
        }
    )


def script(client: TestClient, bot: FakeBot) -> Iterator[tuple[str, httpx2.Response]]:
    """Everything a caller may do right and wrong with personal data in it."""
    asked = {"question": PERSONAL, "session_id": PHONE}
    yield "a question", client.post("/v1/ask", json=asked)
    yield "a stream", client.post("/v1/ask/stream", json=asked)
    yield "a search", client.get("/v1/search", params={"q": PERSONAL})
    yield "a rating", client.post("/v1/feedback", json={"answer_id": "answer-1", "useful": True, "comment": PERSONAL})
    yield "a receipt", client.get("/v1/answers/answer-1")
    yield "a receipt by a number", client.get(f"/v1/answers/{PHONE}")
    yield (
        "half a body",
        client.post("/v1/ask", content=json.dumps(asked)[:-4], headers={"Content-Type": "application/json"}),
    )
    yield "a wrong type", client.post("/v1/ask", json={"question": [PERSONAL], "session_id": PHONE})
    yield "a wrong mode", client.post("/v1/ask", json={"question": "诚信", "mode": PHONE})
    yield "too long", client.post("/v1/ask", json={"question": PERSONAL * 60})
    yield "far too long", client.post("/v1/ask", json={"question": PERSONAL * 2_000})
    yield "a wrong kind", client.post("/v1/ask", content=PERSONAL.encode(), headers={"Content-Type": "text/plain"})
    yield "an unknown address", client.get(f"/users/{PHONE}/{KEY}", params={"token": KEY})
    yield "a wrong method", client.put(f"/v1/ask?key={KEY}")
    yield "a verification", client.post("/v1/verify", json={"clause_id": "xiamen:一", "quote": PERSONAL})
    yield (
        "a chat",
        client.post("/v1/chat/completions", json={"model": "x", "messages": [{"role": "user", "content": PERSONAL}]}),
    )
    bot.answers = [RuntimeError(f"could not connect: postgresql://bot:{PASSWORD}@db/{PHONE}?key={KEY}")]
    yield "a surprise", client.post("/v1/ask", json=asked)


@pytest.fixture
def told(bot: FakeBot, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Told:
    caplog.set_level(logging.DEBUG)
    for chatty in ("httpx", "httpx2", "httpcore", "asyncio"):  # the caller's own
        caplog.set_level(logging.CRITICAL, logger=chatty)
    with capture_logs() as events:
        unreached = settings(tmp_path)  # by receipts; keys that cannot be read would let nobody ask
        state = State(records_of(unreached), Callers())
        app = build_app(bot, unreached, "http://127.0.0.1:1", with_page=False, state=state)
        client = TestClient(app, raise_server_exceptions=False, headers=HEADERS)
        replies = list(script(client, bot))
        metrics = client.get("/metrics").text
    output = capfd.readouterr()
    raised = "".join(
        "".join(traceback.format_exception(record.exc_info[1]))
        for record in caplog.records
        if record.exc_info and record.exc_info[1]
    )
    errors = tuple((name, f"{reply.text} {dict(reply.headers)}") for name, reply in replies if reply.status_code >= 400)
    return Told(f"{events} {caplog.text} {raised} {output.out} {output.err}", metrics, errors)


def test_the_run_went_through_successes_and_failures(told: Told) -> None:
    """Else nothing below says anything."""
    assert "'event': 'answered'" in told.logs
    assert "'event': 'failed'" in told.logs
    assert "receipt_lost" in told.logs, "the database could not be reached"
    assert 'status="500"' in told.metrics
    assert {"half a body", "too long", "a rating", "a surprise", "an unknown address"} <= {
        name for name, _ in told.errors
    }


def test_no_log_line_has_it(told: Told) -> None:
    assert [secret for secret in SECRETS if secret in told.logs] == []


def test_no_metric_has_it(told: Told) -> None:
    assert [secret for secret in SECRETS if secret in told.metrics] == []


def test_no_error_has_it(told: Told) -> None:
    assert [(name, secret) for name, text in told.errors for secret in SECRETS if secret in text] == []


def test_settings_do_not_show_their_secrets(tmp_path: Path) -> None:
    shown = repr(settings(tmp_path))
    assert not [secret for secret in (MODEL_KEY, PASSWORD) if secret in shown]
