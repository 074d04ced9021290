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
from vectorstore.chroma import open_vectors
from vectorstore.store import IndexStore
from vectorstore.unwritable import open_copied, takes_writes

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


def gone(part: str) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        path = next(directory.glob(f"versions/*/{part}"))
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def holding(part: str, content: bytes) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        next(directory.glob(f"versions/*/{part}")).write_bytes(content)

    return damage


def halved(part: str) -> Callable[[Path], None]:
    def damage(directory: Path) -> None:
        path = next(directory.glob(f"versions/*/{part}"))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def of_others(part: str) -> Callable[[Path], None]:
    """The same part of an index over fewer passages, under this manifest."""

    def damage(directory: Path) -> None:
        other = IndexStore(directory.parent / "other").build(FOUR[:2], EMBEDDER)
        target = next(directory.glob(f"versions/*/{part}"))
        shutil.rmtree(target)
        shutil.copytree(other / part, target)

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
        pytest.param(gone("manifest.json"), id="no manifest"),
        pytest.param(holding("manifest.json", b"\x00\xff"), id="garbage manifest"),
        pytest.param(halved("manifest.json"), id="half a manifest"),
        pytest.param(gone("lexical"), id="no lexical"),
        pytest.param(halved("lexical/data.csc.index.npy"), id="half of the lexical scores"),
        pytest.param(halved("lexical/vocab.index.json"), id="half of the vocabulary"),
        pytest.param(holding("lexical/indptr.csc.index.npy", b""), id="empty lexical file"),
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
    assert store.live is not None
    manifest = store.live / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "collection": "passages-elsewhere"}))
    with pytest.raises(IndexMissing):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER)


@pytest.mark.parametrize(
    "part",
    [
        "lexical/data.csc.index.npy",
        "lexical/indices.csc.index.npy",
        "lexical/vocab.index.json",
        "passages.jsonl",
        "dense.npy",
    ],
)
def test_shuffled_files_change_no_answer_in_silence(store: IndexStore, part: str) -> None:
    """Of the same length, and read without complaint."""
    path = next(store.directory.glob(f"versions/*/{part}"))
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(IndexDamaged, match=rf"'{part}' does not hold what was written\. Run `metrology build`"):
        store.open(FOUR, EMBEDDER)
    assert not store.is_current(FOUR, EMBEDDER)


def test_vectors_that_chroma_changed_are_refused(store: IndexStore) -> None:
    """A build over other texts has as many vectors, of as many numbers."""
    others = [replace(one, text=f"{one.text}另") for one in FOUR]
    other = IndexStore(store.directory.parent / "other").build(others, EMBEDDER)
    target = next(store.directory.glob("versions/*/chroma"))
    shutil.rmtree(target)
    shutil.copytree(other / "chroma", target)
    with pytest.raises(IndexDamaged, match="Chroma holds other vectors than were written"):
        store.open(FOUR, EMBEDDER)


def test_what_is_too_large_to_be_read_at_every_opening_is_read_when_asked_for(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.require_whole()
    monkeypatch.setattr(seal, "CHEAP", 10)
    path = next(store.directory.glob("versions/*/passages.jsonl"))
    path.write_bytes(path.read_bytes()[::-1])
    store.open(FOUR, EMBEDDER).close()
    with pytest.raises(IndexDamaged, match=r"passages\.jsonl"):
        store.require_whole()
    path.unlink()
    with pytest.raises(IndexDamaged, match=r"'passages\.jsonl' is missing"):
        store.open(FOUR, EMBEDDER)


def test_an_index_of_an_earlier_version_opens_unsealed(store: IndexStore) -> None:
    assert store.live is not None
    manifest = store.live / "manifest.json"
    told = json.loads(manifest.read_text())
    assert set(told.pop("files")) >= {"passages.jsonl", "dense.npy", "lexical/vocab.index.json"}
    manifest.write_text(json.dumps(told))
    (store.live / "dense.npy").unlink()
    assert best(store, "能源") == "b:二"


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
    next(store.directory.glob("versions/*/dense.npy")).write_bytes(b"")
    run = on_a_full_disk(store)
    assert "'dense.npy' has 0 bytes" in run.stderr


def test_a_large_index_is_opened_in_a_copy_where_nothing_can_be_written(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.live is not None
    untouched = store.live / "chroma" / "chroma.sqlite3"
    before = untouched.read_bytes()
    copied = open_copied(store.live / "chroma", lambda folder: open_vectors(folder, len(FOUR), exact_max=1))
    assert copied.top(EMBEDDER.embed_queries(["提高能源效率。"])[0], 1)[0][0] == 3
    place = Path(copied._copy.name)
    assert place.is_dir()
    copied.close()
    assert not place.exists()
    assert untouched.read_bytes() == before


def test_whether_a_folder_takes_writes_is_tried(tmp_path: Path) -> None:
    assert takes_writes(tmp_path)
    assert not takes_writes(tmp_path / "away")
    assert list(tmp_path.iterdir()) == []
