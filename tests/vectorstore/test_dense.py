"""One contract for every dense index: exact in memory, Chroma's own graph search."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.errors import BadSetting, StoreError
from vectorstore.chroma import (
    BATCH,
    DenseIndex,
    ExactDense,
    best_rows,
    drop_vectors,
    open_vectors,
    require_vectors,
    write_vectors,
)
from vectorstore.embed_rows import unit_rows

Rows = NDArray[np.float32]

# Row 1 and row 3 point alike; row 5 points nowhere.
SIX = unit_rows([[1, 0], [1, 1], [0, 1], [1, 1], [-1, 0], [0, 0]])
EAST, NORTH, NORTHEAST = SIX[0], SIX[2], SIX[1]


def written(folder: Path, vectors: Rows) -> DenseIndex:
    write_vectors(folder, [f"p:{row}#0" for row in range(len(vectors))], vectors)
    return open_vectors(folder, len(vectors))


WAYS = ["in memory", "Chroma's graph"]


def index_of(vectors: Rows, way: str, folder: Path) -> DenseIndex:
    if way == "in memory":
        return ExactDense(vectors)
    return written(folder / "chroma", vectors)


@pytest.fixture(scope="module", params=WAYS)
def six(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DenseIndex]:
    index = index_of(SIX, request.param, tmp_path_factory.mktemp("six"))
    yield index
    index.close()


@pytest.fixture(params=WAYS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], DenseIndex]:
    """Makes an index of any vectors, each of the three ways."""

    def make(vectors: Rows) -> DenseIndex:
        index = index_of(vectors, request.param, tmp_path)
        request.addfinalizer(index.close)
        return index

    return make


class TestEveryDenseIndex:
    """Who is first among equals at the limit is left open: a graph search has not seen them all."""

    @pytest.mark.parametrize(
        ("query", "limit", "only", "expected", "why"),
        [
            (EAST, 1, None, [(0, 1.0)], "the best"),
            (NORTHEAST, 2, None, [(1, 1.0), (3, 1.0)], "equal scores by row"),
            (EAST, 9, None, [(0, 1), (1, 0.7071), (3, 0.7071), (2, 0), (5, 0), (4, -1)], "all when fewer; cosines"),
            (EAST, 2, [2, 4], [(2, 0.0), (4, -1.0)], "only among the rows, however far"),
            (EAST, 9, [3, 4], [(3, 0.7071), (4, -1.0)], "fewer than asked for"),
            (EAST, 1, [4], [(4, -1.0)], "a single row"),
            (EAST, 3, [], [], "no row"),
            (EAST, 0, None, [], "none asked for"),
            (EAST, 0, [1], [], "none of some"),
        ],
    )
    def test_top(
        self,
        six: DenseIndex,
        query: Rows,
        limit: int,
        only: list[int] | None,
        expected: list[tuple[int, float]],
        why: str,
    ) -> None:
        rows = None if only is None else np.array(only, dtype=np.intp)
        found = six.top(query, limit, rows)
        assert [row for row, _ in found] == [row for row, _ in expected], why
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-3), why
        assert all(type(row) is int and type(score) is float for row, score in found), "plain numbers leave the store"

    def test_rows_keep_their_numbers_beyond_one_batch(self, opened: Callable[[Rows], DenseIndex]) -> None:
        """Row 10 sorts before row 9 as text, and the second batch must not start again at 0."""
        turns = np.linspace(0, np.pi, BATCH + 500)
        index = opened(unit_rows(np.stack([np.cos(turns), np.sin(turns)], axis=1)))
        for row in (0, 9, 10, BATCH - 1, BATCH, BATCH + 499):
            query = np.array([np.cos(turns[row]), np.sin(turns[row])], dtype=np.float32)
            assert index.top(query, 1)[0][0] == row

    def test_a_rare_plan_is_searched_to_its_last_row(self, opened: Callable[[Rows], DenseIndex]) -> None:
        """The wanted rows are the farthest of a thousand: a search a few times wider than asked sees none of them."""
        turns = np.linspace(0, np.pi, 1000)
        index = opened(unit_rows(np.stack([np.cos(turns), np.sin(turns)], axis=1)))
        found = index.top(EAST, 3, np.array([990, 995, 999], dtype=np.intp))
        assert [row for row, _ in found] == [990, 995, 999]


@pytest.mark.parametrize(
    ("scores", "limit", "expected", "why"),
    [
        ([1, 2, 2, 2, 2, 2, 0], 3, [1, 2, 3], "the first of many equals, not any of them"),
        ([0, 0, 0, 0], 2, [0, 1], "all equal"),
        ([0, 1] * 500, 3, [1, 3, 5], "many equals, where a partition alone would pick any"),
        ([1, 3, 2], 2, [1, 2], "best first"),
        ([1, 3], 5, [1, 0], "fewer than asked for"),
        ([], 5, [], "none at all"),
        ([1, 2], 0, [], "none asked for"),
    ],
)
def test_ties_at_the_limit(scores: list[float], limit: int, expected: list[int], why: str) -> None:
    found = best_rows(np.array(scores, dtype=np.float32), limit, None)
    assert [row for row, _ in found] == expected, why
    shifted = best_rows(np.array(scores, dtype=np.float32), limit, np.arange(len(scores), dtype=np.intp) + 10)
    assert [row for row, _ in shifted] == [row + 10 for row in expected], "rows of the index, not of the choice"


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    before = sorted(folder.rglob("*"))
    yield
    assert sorted(folder.rglob("*")) == before, "looking made something"


class TestRefusals:
    @pytest.mark.parametrize("size", [0, 5, 7])
    def test_another_number_of_vectors(self, tmp_path: Path, size: int) -> None:
        written(tmp_path, SIX).close()
        none = np.zeros((size, 2), dtype=np.float32)
        for look in (lambda: open_vectors(tmp_path, size), lambda: require_vectors(tmp_path, none)):
            with pytest.raises(ValueError, match=f"holds 6 vectors, {size} were"):
                look()

    def test_other_vectors(self, tmp_path: Path) -> None:
        written(tmp_path, SIX).close()
        require_vectors(tmp_path, SIX)
        for others in (SIX[::-1], np.hstack([SIX, SIX])):
            with pytest.raises(ValueError, match="other vectors than were written"):
                require_vectors(tmp_path, others)

    def test_no_folder(self, tmp_path: Path) -> None:
        with untouched(tmp_path), pytest.raises(OSError, match="No vectors"):
            open_vectors(tmp_path / "chroma", 6)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="does not exist"):
            open_vectors(tmp_path, 6)

    def test_another_collection(self, tmp_path: Path) -> None:
        written(tmp_path, SIX).close()
        with pytest.raises(ValueError, match="other"):
            open_vectors(tmp_path, 6, name="other")

    @pytest.mark.parametrize("content", [b"not a database" * 500, b""], ids=["garbage", "empty"])
    def test_a_damaged_database(self, tmp_path: Path, content: bytes) -> None:
        written(tmp_path, SIX).close()
        (tmp_path / "chroma.sqlite3").write_bytes(content)
        with pytest.raises((OSError, ValueError), match="Chroma"):
            open_vectors(tmp_path, 6)

    def test_a_half_database(self, tmp_path: Path) -> None:
        written(tmp_path, SIX).close()
        database = tmp_path / "chroma.sqlite3"
        database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
        with pytest.raises((OSError, ValueError), match="Chroma"):
            open_vectors(tmp_path, 6)

    def test_writing_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(OSError, match="file"):
            write_vectors(tmp_path / "file" / "chroma", ["p:1#0"], SIX[:1])

    @pytest.mark.parametrize(
        "url", ["localhost:8000", "ftp://localhost", "http://localhost:port", "http://localhost:8000/path", "http://"]
    )
    def test_an_address_that_is_none(self, tmp_path: Path, url: str) -> None:
        with pytest.raises(BadSetting, match="CHROMA_URL"):
            open_vectors(tmp_path, 6, url)

    def test_a_server_that_is_not_there(self, tmp_path: Path, closed_port: int) -> None:
        url = f"http://127.0.0.1:{closed_port}"
        for attempt in (
            lambda: open_vectors(tmp_path, 6, url),
            lambda: write_vectors(tmp_path, ["p:1#0"], SIX[:1], url),
            lambda: drop_vectors(url, "passages"),
        ):
            with pytest.raises(StoreError, match=f"127.0.0.1:{closed_port}.*CHROMA_URL"):
                attempt()


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


TALKATIVE = """
import sys, time
said = []
sys.addaudithook(lambda event, args: said.append((event, args)) if event in {
    "socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"} else None)
import numpy as np
from pathlib import Path
from vectorstore.chroma import open_vectors, write_vectors
write_vectors(Path(sys.argv[1]), ["a", "b"], np.eye(2, dtype=np.float32))
index = open_vectors(Path(sys.argv[1]), 2)
assert [row for row, _ in index.top(np.eye(2, dtype=np.float32)[1], 2)] == [1, 0]
index.close()
time.sleep(0.3)
print(said)
"""


def test_chroma_calls_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telemetry stays off, even where the environment asks for it: no socket is opened, no name looked up."""
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "True")
    script = [sys.executable, "-c", TALKATIVE, str(tmp_path / "chroma")]
    done = subprocess.run(script, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
