"""Whatever is damaged on disk is named, never served, and healed by the next build."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import IndexDamaged, IndexMissing
from tests.vectorstore.passage_builders import EMBEDDER, FOUR, best
from vectorstore import seal
from vectorstore.store import IndexStore
from vectorstore.unwritable import takes_writes

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built once, to be copied and damaged."""
    directory = tmp_path_factory.mktemp("made") / "index"
    IndexStore(directory).build(FOUR, EMBEDDER)
    return directory


@pytest.fixture
def store(made: Path, tmp_path: Path) -> IndexStore:
    shutil.copytree(made, tmp_path / "index")
    return IndexStore(tmp_path / "index")


def current(content: bytes | None) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        (directory / "CURRENT").unlink()
        if content is not None:
            (directory / "CURRENT").write_bytes(content)

    return damage


def gone(part: str, among: str = "segments") -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        path = next(directory.glob(f"{among}/*/{part}"))
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def holding(part: str, content: bytes, among: str = "segments") -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        next(directory.glob(f"{among}/*/{part}")).write_bytes(content)

    return damage


def halved(part: str, among: str = "segments") -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        path = next(directory.glob(f"{among}/*/{part}"))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def of_others(part: str) -> Callable[[Path], None]:
    """The same part of an index over fewer passages, under this manifest."""

    def damage(directory: Path) -> None:
        IndexStore(directory.parent / "other").build(FOUR[:2], EMBEDDER)
        target = next(directory.glob(f"segments/*/{part}"))
        shutil.rmtree(target)
        shutil.copytree(next((directory.parent / "other").glob(f"segments/*/{part}")), target)

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(current(None), id="no CURRENT"),
        pytest.param(current(b""), id="empty CURRENT"),
        pytest.param(current(b"20200101T000000-00000000"), id="CURRENT names a missing folder"),
        pytest.param(current(b"\xff\xfe"), id="CURRENT is not text"),
        pytest.param(current(b"a\0b"), id="CURRENT no name a file can have"),
        pytest.param(current(b"x" * 5000), id="CURRENT longer than a name may be"),
        pytest.param(current(b".."), id="CURRENT names another folder"),
        pytest.param(gone("manifest.json", "versions"), id="no manifest"),
        pytest.param(holding("manifest.json", b"\x00\xff", "versions"), id="garbage manifest"),
        pytest.param(halved("manifest.json", "versions"), id="half a manifest"),
        pytest.param(gone("manifest.json"), id="no manifest of a segment"),
        pytest.param(holding("manifest.json", b"\x00\xff"), id="garbage manifest of a segment"),
        pytest.param(halved("manifest.json"), id="half a manifest of a segment"),
        pytest.param(gone("lexical"), id="no lexical"),
        pytest.param(halved("lexical/rows.npy"), id="half of the lexical scores"),
        pytest.param(halved("lexical/tokens.npy"), id="half of the tokens"),
        pytest.param(holding("lexical/starts.npy", b""), id="empty lexical file"),
        pytest.param(of_others("lexical"), id="lexical of another corpus"),
        pytest.param(gone("chroma"), id="no chroma"),
        pytest.param(gone("chroma/chroma.sqlite3"), id="no chroma database"),
        pytest.param(halved("chroma/chroma.sqlite3"), id="half of the chroma database"),
        pytest.param(holding("chroma/chroma.sqlite3", b"garbage" * 999), id="garbage chroma database"),
        pytest.param(of_others("chroma"), id="vectors of another corpus"),
    ],
)
def test_damage_is_named_never_served_and_healed_by_a_build(store: IndexStore, damage: Callable[[Path], None]) -> None:
    damage(store.directory)
    with pytest.raises(IndexMissing, match="`metrology build`"):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER), "`metrology build --if-needed` must see it too"
    store.build(FOUR, EMBEDDER)
    assert best(store, "能源") == "b:二"


def test_an_index_moved_to_a_server_is_not_current_here(store: IndexStore) -> None:
    """Built for a Chroma server, opened without one: the vectors are elsewhere."""
    manifest = next(store.directory.glob("segments/*/manifest.json"))
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "collection": "passages-elsewhere"}))
    with pytest.raises(IndexMissing):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER)


@pytest.mark.parametrize(
    "part",
    [
        "lexical/rows.npy",
        "lexical/counts.npy",
        "lexical/tokens.npy",
        "passages.jsonl",
        "dense.npy",
    ],
)
def test_shuffled_files_change_no_answer_in_silence(store: IndexStore, part: str) -> None:
    """Of the same length, and read without complaint."""
    path = next(store.directory.glob(f"segments/*/{part}"))
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(IndexDamaged, match=rf"'{part}' does not hold what was written\. Run `metrology build`"):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER)


def test_vectors_that_chroma_changed_are_refused(store: IndexStore) -> None:
    """A build over other texts has as many vectors, of as many numbers."""
    others = [replace(one, text=f"{one.text}另") for one in FOUR]
    other = store.directory.parent / "other"
    IndexStore(other).build(others, EMBEDDER)
    target = next(store.directory.glob("segments/*/chroma"))
    shutil.rmtree(target)
    shutil.copytree(next(other.glob("segments/*/chroma")), target)
    with pytest.raises(IndexDamaged, match="Chroma holds other vectors than were written"):
        store.open(FOUR, EMBEDDER)


def test_what_is_too_large_to_be_read_at_every_opening_is_read_when_asked_for(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.require_whole()
    monkeypatch.setattr(seal, "CHEAP", 10)
    path = next(store.directory.glob("segments/*/passages.jsonl"))
    path.write_bytes(path.read_bytes()[::-1])
    store.open(FOUR, EMBEDDER).close()
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        store.require_whole()
    path.unlink()
    with pytest.raises(IndexDamaged, match=r"/passages\.jsonl' is missing"):
        store.open(FOUR, EMBEDDER)


UNWRITABLE = """
import resource, sys
from pathlib import Path
from tests.vectorstore.passage_builders import FOUR, best
from vectorstore import chroma
from vectorstore.store import IndexStore

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
assert best(IndexStore(Path(sys.argv[1])), "能源") == "b:二"
"""


def on_a_full_disk(store: IndexStore) -> "subprocess.CompletedProcess[str]":
    """Opens and asks in a process that can write no byte to any file, as on a disk that is full or read-only."""
    return subprocess.run(
        [sys.executable, "-c", UNWRITABLE, str(store.directory)], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_a_disk_that_takes_no_writes_serves_a_good_index(store: IndexStore) -> None:
    before = {path: path.read_bytes() for path in store.directory.rglob("*") if path.is_file()}
    run = on_a_full_disk(store)
    assert run.returncode == 0, run.stderr
    assert {path: path.read_bytes() for path in store.directory.rglob("*") if path.is_file()} == before


def test_on_such_a_disk_what_is_amiss_is_told_as_it_is(store: IndexStore) -> None:
    next(store.directory.glob("segments/*/dense.npy")).write_bytes(b"")
    run = on_a_full_disk(store)
    assert "'dense.npy' has 0 bytes" in run.stderr


def test_whether_a_folder_takes_writes_is_tried(tmp_path: Path) -> None:
    assert takes_writes(tmp_path)
    assert not takes_writes(tmp_path / "away")
    assert list(tmp_path.iterdir()) == []
