"""Whatever is damaged on disk is named, never served, and healed by the next build."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import IndexMissing
from tests.vectorstore.passage_builders import EMBEDDER, FOUR, best
from vectorstore.store import IndexStore


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
