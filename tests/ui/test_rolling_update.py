"""Two processes answer without pause while plans are added, replaced and removed: no request fails."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from bot.curator import Curator, Outcome
from bot.offers import in_place_of
from tests.bot.held import REWORDED, curator_in, folder_of, offer_of
from vectorstore.embed_hash import HashEmbedder

ROOT = Path(__file__).parents[2]
STARTS_WITHIN, PATIENCE = 240, 60  # seconds, on a machine that runs other tests too
PATHS = ("/v1/plans", "/v1/clauses/one:二(一)", "/v1/search?q=电子秤")


@pytest.fixture(scope="module")
def curator(tmp_path_factory: pytest.TempPathFactory) -> Curator:
    made = curator_in(tmp_path_factory.mktemp("rolling"), embedder=HashEmbedder())
    made.build("test")
    return made


@pytest.fixture(scope="module")
def addresses(curator: Curator) -> Iterator[list[str]]:
    data = curator.store.directory.parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("METROLOGY_", "CHROMA_"))}
    environment |= {"METROLOGY_DATA_DIR": str(data), "METROLOGY_PLANS_DIR": str(curator.folder)}
    environment |= {"METROLOGY_EMBEDDER": "hash", "METROLOGY_AT_ONCE": "8"}
    with ExitStack() as stack:
        started = []
        for number in range(2):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            log = stack.enter_context((data / f"log-{number}").open("w"))
            command = [sys.executable, "-m", "ui.cli", "serve", "--no-page", "--port", str(port)]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started.append(f"http://127.0.0.1:{port}")
        for url in started:
            wait_for(partial(version_of, url), STARTS_WITHIN)
        yield started


def version_of(url: str) -> str:
    try:
        return str(httpx.get(f"{url}/readyz", trust_env=False, timeout=30).json().get("corpus_version", ""))
    except httpx.HTTPError:
        return ""


def all_answer_from(addresses: list[str], curator: Curator) -> bool:
    """What is live."""
    return {version_of(url) for url in addresses} == {curator.store.manifest().corpus}


def wait_for(ready: Any, seconds: float) -> float:
    """How long it took."""
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < seconds, f"not within {seconds:g} s"
        time.sleep(0.02)
    return time.monotonic() - began


def ask_on(url: str, over: Event, statuses: Counter[str]) -> None:
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        while not over.is_set():
            for path in PATHS:
                statuses[str(client.get(path).status_code)] += 1
            statuses[str(client.post("/v1/ask", json={"question": "甲市怎么检定电子秤？"}).status_code)] += 1


def test_a_rolling_update_fails_no_request(curator: Curator, addresses: list[str], tmp_path: Path) -> None:
    over, statuses = Event(), Counter[str]()
    clients = [Thread(target=ask_on, args=(url, over, statuses)) for url in addresses]
    for client in clients:
        client.start()
    took: list[float] = []
    try:
        known = curator.held().plans[0]
        path = folder_of(tmp_path / "new", one=REWORDED) / "one.txt"
        changes: list[Callable[[Curator], Outcome | None]] = [
            lambda curator: curator.add([offer_of(tmp_path)], "test"),
            lambda curator: curator.replace(in_place_of(known, path), "test"),
            lambda curator: curator.remove(["two"], "test"),
            lambda curator: curator.build("test"),
        ]
        for change in changes:
            watching = Thread(
                target=lambda: took.append(wait_for(partial(all_answer_from, addresses, curator), PATIENCE))
            )
            outcome = change(replace(curator, switched=watching.start))
            watching.join()
            assert outcome is not None
            wait_for(lambda: curator.store.versions.others() == [], PATIENCE)  # the versions before are deleted
    finally:
        over.set()
        for client in clients:
            client.join()
    assert set(statuses) == {"200"}
    assert statuses["200"] >= 20
    assert max(took) < PATIENCE
    for url in addresses:
        reply = httpx.get(f"{url}/v1/clauses/one:二(一)", trust_env=False).json()
        assert "每年检定一次" in reply["text"]
        assert httpx.get(f"{url}/v1/plans/two", trust_env=False).status_code == 404
    figures = f"{statuses['200']} requests, none failed; switched within {max(took):.2f} s"
    print(figures)  # noqa: T201  shown with -s
