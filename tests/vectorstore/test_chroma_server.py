"""The same store with its vectors on a Chroma server, against a real one on loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.errors import IndexMissing, StoreError
from tests.vectorstore.passage_builders import EMBEDDER, FOUR, passage
from vectorstore.index import Query
from vectorstore.store import IndexStore

STARTS_WITHIN, STOPS_WITHIN = 40, 10  # seconds


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    """A Chroma server; its address is the last of its arguments."""
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--path", str(folder / "data")], stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        process.args = [*command, f"http://127.0.0.1:{port}"]
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("The Chroma server did not start.")


@pytest.fixture
def url(server: subprocess.Popen[bytes]) -> str:
    assert isinstance(server.args, list)
    return str(server.args[-1])


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[IndexStore]:
    """A store of its own on the shared server; its collections are removed afterwards."""
    yield IndexStore(tmp_path / "index", url)
    for name in collections(url):
        remove(url, name)


SERVED = "api/v2/tenants/default_tenant/databases/default_database/collections"


def collections(url: str) -> set[str]:
    """Asked of the server itself."""
    return {str(one["name"]) for one in httpx.get(f"{url}/{SERVED}", trust_env=False).raise_for_status().json()}


def create(url: str, name: str) -> None:
    httpx.post(f"{url}/{SERVED}", json={"name": name}, trust_env=False).raise_for_status()


def remove(url: str, name: str) -> None:
    httpx.delete(f"{url}/{SERVED}/{name}", trust_env=False).raise_for_status()


def of_live(store: IndexStore) -> set[str]:
    """The collections of the segments that are live."""
    return {f"passages-{name}" for name in store.manifest().segments}


def test_build_and_search(store: IndexStore, url: str, tmp_path: Path) -> None:
    store.build(FOUR, EMBEDDER)
    assert not list(store.directory.rglob("chroma")), "Chroma's files are on the server alone"
    assert collections(url) == of_live(store)
    here = IndexStore(tmp_path / "here")
    here.build(FOUR, EMBEDDER)
    for text in ("能源", "计量标准", "诚信示范"):
        remote, local = (one.open(FOUR, EMBEDDER) for one in (store, here))
        assert remote.search(Query(text)) == local.search(Query(text)), "where vectors lie changes no answer"
        remote.close()
        local.close()
    assert store.is_current(FOUR, EMBEDDER)


def test_retired_versions_leave_the_server(store: IndexStore, url: str) -> None:
    for count in (4, 3, 2):
        store.build(FOUR[:count], EMBEDDER)
    assert collections(url) == of_live(store)
    assert len(collections(url)) == 1


def test_what_is_added_is_all_that_is_sent(store: IndexStore, url: str) -> None:
    store.build(FOUR[:2], EMBEDDER)
    before = collections(url)
    more = [passage(f"c:{number}", f"第{number}项计量检定") for number in range(1)]
    store.build([*FOUR[:2], *more], EMBEDDER)
    assert collections(url) > before
    index = store.open([*FOUR[:2], *more], EMBEDDER)
    assert index.search(Query("计量检定"), 1)[0].clause_id == "c:0"
    index.close()


def test_a_failed_build_leaves_the_server(store: IndexStore, url: str) -> None:
    def fail(what: str, done: int, total: int) -> None:
        if what == "dense":
            raise KeyboardInterrupt

    store.build(FOUR, EMBEDDER)
    with pytest.raises(KeyboardInterrupt):
        store.build(FOUR[:3], EMBEDDER, fail)
    assert collections(url) == of_live(store)
    assert store.is_current(FOUR, EMBEDDER)


def test_a_killed_build_is_swept_from_the_server(store: IndexStore, url: str) -> None:
    """What a killed build leaves: the folder of a segment and its collection."""
    (store.directory / "segments" / ".building-20200101T000000-0").mkdir(parents=True)
    for name in ("passages-20200101T000000-0", "of-somebody-else"):
        create(url, name)
    store.build(FOUR, EMBEDDER)
    assert collections(url) == {*of_live(store), "of-somebody-else"}


def test_vectors_that_are_elsewhere(store: IndexStore, url: str) -> None:
    store.build(FOUR, EMBEDDER)
    here = IndexStore(store.directory)
    assert not here.is_current(FOUR, EMBEDDER), "the address of the server was taken away"
    with pytest.raises(IndexMissing):
        here.open(FOUR, EMBEDDER)
    for name in collections(url):
        remove(url, name)
    with pytest.raises(IndexMissing, match="`metrology build`"):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER)


def test_a_server_that_went_away_is_named_and_nothing_is_lost(
    server: subprocess.Popen[bytes], url: str, tmp_path: Path
) -> None:
    """Comes last: it stops the server."""
    store = IndexStore(tmp_path / "index", url)
    live = store.build(FOUR, EMBEDDER)
    server.terminate()
    server.wait(STOPS_WITHIN)
    for attempt in (
        lambda: store.open(FOUR, EMBEDDER),
        lambda: store.is_current(FOUR, EMBEDDER),
        lambda: store.build(FOUR[:3], EMBEDDER),
    ):
        with pytest.raises(StoreError, match="CHROMA_URL"):
            attempt()
    assert store.live == live
