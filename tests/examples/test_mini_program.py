"""The worked example, run: both back ends and the mini-program's page against the service, on this machine's ports."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.api import create_app
from bot.records.database import Database
from bot.records.store import SqlRecords
from bot.wording import CUT_SHORT
from tests.bot.api.api_builders import events
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "mini-program"
NODE = which("node")
STARTS_WITHIN = 120
QUESTION = "诚信计量自我承诺"
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")
COMMANDS = {
    "python": [sys.executable, str(EXAMPLE / "backend-python" / "app.py")],
    "node": [NODE or "node", str(EXAMPLE / "backend-node" / "server.mjs")],
}


def code2session(request: Request) -> JSONResponse:
    """WeChat's answer to a login code: one user a code."""
    code = request.query_params["js_code"]
    return JSONResponse({"openid": f"openid-{code}"} if code != "wrong" else {"errcode": 40029})


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[str, str, FakeBot]]:
    """(the service, WeChat's login, the bot behind the service)"""
    bot, records = FakeBot(), SqlRecords(Database("sqlite://"))
    login = Starlette(routes=[Route("/", code2session)])
    with served(create_app(bot, records=records)) as url, served(login) as wechat:
        yield url, wechat, bot
    records.close()


@contextmanager
def backend(name: str, service_url: str, login_url: str) -> Iterator[str]:
    """A back end as a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "METROLOGY_URL": service_url,
        "CODE2SESSION_URL": login_url,
        "WX_APPID": "wx1",
        "WX_SECRET": "secret",
        "PORT": str(port),
    }
    process = subprocess.Popen(COMMANDS[name], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while process.poll() is None and time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        assert process.poll() is None, "the back end ended"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module", params=["python", pytest.param("node", marks=needs_node)])
def example(request: pytest.FixtureRequest, service: tuple[str, str, FakeBot]) -> Iterator[httpx.Client]:
    with backend(request.param, *service[:2]) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def user(example: httpx.Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {example.post('/login', json={'code': 'one'}).json()['token']}"}


def test_a_question_sent_again_is_asked_once(
    example: httpx.Client, user: dict[str, str], service: tuple[str, str, FakeBot]
) -> None:
    asked = len(service[2].asked)
    key = f"k-{example.base_url.port}"
    replies = [example.post("/ask", json={"question": QUESTION, "key": key}, headers=user) for _ in range(2)]
    assert replies[0].status_code == 200, replies[0].text
    assert replies[0].json() == replies[1].json()
    assert len(replies[0].json()["plain_text"].encode()) <= 2048
    (question, session, _, _), *more = service[2].asked[asked:]
    assert (question, more) == (QUESTION, [])
    assert session
    assert "openid" not in session


def test_a_stream_goes_through_as_it_is(example: httpx.Client, user: dict[str, str]) -> None:
    reply = example.post("/ask/stream", json={"question": QUESTION}, headers=user)
    assert reply.headers["content-type"].startswith("text/event-stream")
    *statements, (name, done) = events(reply.text)
    assert name == "done"
    assert [each for _, each in statements] == done["statements"]


def test_a_rating_is_kept(example: httpx.Client, user: dict[str, str]) -> None:
    key = f"r-{example.base_url.port}"
    answer = example.post("/ask", json={"question": QUESTION, "key": key}, headers=user).json()
    sent = {"answer_id": answer["answer_id"], "useful": False, "key": f"{key}-rating"}
    assert example.post("/feedback", json=sent, headers=user).json() == {
        "answer_id": answer["answer_id"],
        "useful": False,
    }
    unknown = example.post("/feedback", json={**sent, "answer_id": "x", "key": f"{key}-x"}, headers=user)
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/docs#unknown-answer")


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/ask", {"question": " ", "key": "blank"}, 422),
        ("/ask", [], 400),
        ("/login", {"code": "wrong"}, 401),
        ("/ask", {"question": "x" * 20_000, "key": "long"}, 413),
    ],
)
def test_refusals_are_words_for_the_user(
    example: httpx.Client, user: dict[str, str], path: str, sent: Any, status: int
) -> None:
    reply = example.post(path, json=sent, headers=user)
    if isinstance(sent, list) and reply.status_code == 422:  # JavaScript takes fields out of a list without a word
        status = 422
    assert reply.status_code == status
    assert not reply.json()["detail"].isascii()


def test_nobody_is_answered_without_a_login(example: httpx.Client) -> None:
    for path in ("/ask", "/feedback", "/ask/stream"):
        assert example.post(path, json={"question": QUESTION}, headers={"Authorization": "Bearer x"}).status_code == 401


@needs_node
@pytest.mark.parametrize("way", [[], ["nostream"]], ids=["stream", "whole"])
def test_the_page_shows_the_answer_and_its_sources(example: httpx.Client, way: list[str]) -> None:
    (turn,) = driven("drive_page.cjs", str(example.base_url).rstrip("/"), QUESTION, *way)["turns"]
    assert turn["failure"] == ""
    assert turn["label"] == "原文摘录"
    assert turn["rated"] is True
    assert all("\ufffd" not in said["text"] for said in turn["statements"])
    numbers = {f"[{citation['index']}]" for citation in turn["citations"]}
    assert {mark for said in turn["statements"] for mark in re.findall(r"\[\d+\]", said["marks"])} == numbers
    assert all(said["text"] for said in turn["statements"])


@needs_node
def test_the_page_says_what_went_wrong(example: httpx.Client) -> None:
    (turn,) = driven("drive_page.cjs", str(example.base_url).rstrip("/"), "\u200b", "nostream")["turns"]
    assert turn["failure"] == "question 不能为空。"


@needs_node
def test_the_decoder_survives_every_cut() -> None:
    data = {"text": "量é😀𠮷“「计量」”\n", "citations": [1]}
    stream = (
        f": 量\n\nevent: statement\ndata: {json.dumps(data, ensure_ascii=False)}\n\nevent: done\r\ndata: {{}}\r\n\r\n"
    )
    found = driven("decode.cjs", stdin=stream.encode())
    assert found["different"] == [[stream, [["statement", data], ["done", {}]]]]
    assert found["tried"] == len(stream.encode()) + 8


def driven(script: str, *arguments: str, stdin: bytes = b"") -> Any:
    assert NODE
    command = [NODE, str(Path(__file__).with_name(script)), *arguments]
    run = subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def test_the_marks_of_a_cut_are_those_the_page_explains() -> None:
    assert CUT_SHORT.strip() in (ROOT / "docs" / "mini-program.md").read_text(encoding="utf-8")
