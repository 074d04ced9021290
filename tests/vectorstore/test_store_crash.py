"""A build that is killed, or runs out of disk, leaves the old version serving; two builders take turns."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import IndexMismatch
from tests.vectorstore.crash_driver import OTHERS
from tests.vectorstore.passage_builders import EMBEDDER, FOUR
from vectorstore.index import Query
from vectorstore.store import IndexStore

ROOT = Path(__file__).parents[2]

# (moment, whether the new version is live by then)
KILLS = {
    "write:tokens.npy": False,  # the first file of all
    "progress:lexical": False,
    "progress:dense": False,
    "write:passages.jsonl": False,  # after the vectors were written
    "write:manifest.json": False,
    "rename 1": False,  # a segment is whole but has no name yet
    "progress:verify": False,  # it has one, but no version names it
    "write:manifest.json 2": False,
    "rename 2": False,  # the draft is whole but has no name yet
    "write:.CURRENT": False,  # it has one but nobody points to it
    "rename 3": False,  # the pointer is written but not in place
    "rename 4": True,  # switched; the one before is about to be hidden
    "rmtree": True,  # and removed
    "rename 5": True,  # its segment is about to be
    "rmtree 2": True,
}
FULL = ["write:passages.jsonl", "write:manifest.json", "write:.CURRENT"]
LIMITS = ["1000", "60000"]  # bytes a file; the second strikes Chroma's database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was built once, and once more."""
    directory = tmp_path_factory.mktemp("made") / "index"
    for _ in range(2):
        IndexStore(directory).build(FOUR, EMBEDDER)
    return directory


def drive(jobs: list[dict[str, str]], folder: Path) -> list[dict[str, str]]:
    (folder / "jobs.json").write_text(json.dumps(jobs))
    command = [sys.executable, "-m", "tests.vectorstore.crash_driver", str(folder / "jobs.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    results: list[dict[str, str]] = json.loads(done.stdout)
    return results


@pytest.fixture(scope="module")
def stopped(made: Path, tmp_path_factory: pytest.TempPathFactory) -> "Stopped":
    """Every (how, moment) → the store it left and what its builder said, all from one run of the driver."""
    folder = tmp_path_factory.mktemp("stopped")
    keys = [*(("kill", moment) for moment in KILLS), *(("full", moment) for moment in FULL)]
    keys += [*(("limit", size) for size in LIMITS), ("two", "first"), ("two", "second")]
    jobs = []
    for how, moment in keys:
        directory = folder / (how if how == "two" else f"{how} {moment}".replace(":", " "))
        if not directory.exists():
            shutil.copytree(made, directory)
        jobs.append({"directory": str(directory), "moment": moment, "how": how})
    results = drive(jobs, folder)
    return {
        key: (IndexStore(Path(job["directory"])), result) for key, job, result in zip(keys, jobs, results, strict=True)
    }


Stopped = dict[tuple[str, str], tuple[IndexStore, dict[str, str]]]


def assert_serves(store: IndexStore, new: bool) -> None:
    index = store.open(OTHERS if new else FOUR, EMBEDDER)
    assert [hit.clause_id for hit in index.search(Query("诚信计量示范"), 1)] == ["b:一"]
    index.close()
    with pytest.raises(IndexMismatch):
        store.open(FOUR if new else OTHERS, EMBEDDER)


def assert_next_build_sweeps(store: IndexStore) -> None:
    after = store.build(OTHERS, EMBEDDER)
    assert {path.name for path in (store.directory / "versions").iterdir()} == {after.name}
    assert {path.name for path in store.directory.iterdir()} == {"CURRENT", ".lock", "versions", "segments"}
    assert {path.name for path in (store.directory / "segments").iterdir()} == set(store.manifest().segments)
    assert_serves(store, new=True)


@pytest.mark.parametrize(("moment", "new"), KILLS.items())
def test_a_killed_build_leaves_a_serving_index(stopped: Stopped, moment: str, new: bool) -> None:
    store, result = stopped["kill", moment]
    assert result == {"killed": True, "said": ""}, "the moment must come"
    assert_serves(store, new)
    assert_next_build_sweeps(store)


@pytest.mark.parametrize("key", [*[("full", moment) for moment in FULL], *[("limit", size) for size in LIMITS]])
def test_a_full_disk_is_said_and_leaves_a_serving_index(stopped: Stopped, made: Path, key: tuple[str, str]) -> None:
    store, result = stopped[key]
    assert result["said"].startswith(f"StoreError: Cannot write an index to '{store.directory}'")
    assert "`metrology build`" in result["said"]
    assert not list(store.directory.glob("*/.building-*")), "it gives back the space it took"
    assert_serves(store, new=False)
    assert_next_build_sweeps(store)


def test_two_builders_take_turns(stopped: Stopped) -> None:
    (store, first), (_, second) = stopped["two", "first"], stopped["two", "second"]
    assert first == second == {"killed": False, "said": "built"}
    assert len(list((store.directory / "versions").iterdir())) == 1
    assert_serves(store, new=True)
