"""Bots behind real servers, and what their streams say."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from bot.api import create_app
from bot.local import LocalBot

SEVERAL = {"question": "四个城市怎么做诚信计量示范"}
Serve = Callable[[LocalBot], str]
Event = tuple[str, Any]


@contextmanager
def running() -> Iterator[Serve]:
    """Starts real servers; each bot's address is given back."""
    started: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(bot: LocalBot) -> str:
        server = uvicorn.Server(uvicorn.Config(create_app(bot), port=0, log_level="critical", access_log=False))
        thread = threading.Thread(target=server.run)
        thread.start()
        started.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    yield start
    for server, thread in started:
        server.should_exit = True
        thread.join()


def parse(raw: bytes) -> list[Event]:
    """Whole events of a stream, however it was cut; a part at the end is no event."""
    found = []
    for block in raw.split(b"\n\n")[:-1]:
        lines = [line for line in block.decode().split("\n") if not line.startswith(":")]
        if lines:
            assert [line.partition(": ")[0] for line in lines] == ["event", "data"]
            found.append((lines[0].partition(": ")[2], json.loads(lines[1].partition(": ")[2])))
    return found


def read(address: str, sent: dict[str, Any]) -> bytes:
    response = httpx.post(f"{address}/v1/ask/stream", json=sent, timeout=20)
    assert response.status_code == 200
    return response.content
