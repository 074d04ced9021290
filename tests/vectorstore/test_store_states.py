"""A store with an encoder keeps token states beside the vectors; one without keeps none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import IndexMissing, StoreError
from tests.vectorstore.passage_builders import EMBEDDER, FOUR
from vectorstore.embed import Embedder
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import PassageIndex, Query, embedding_text
from vectorstore.states import FILES
from vectorstore.store import IndexStore

ROWS = [3, 0, 2]


class Counting:
    """The encoder, counting what it is asked to read."""

    dimension = Encoder.dimension

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.id, self.read = encoder, encoder.id, 0

    def passage(self, text: str) -> Encoding:
        self.read += 1
        return self.encoder.passage(text)

    def passages(self, texts: list[str]) -> list[Encoding]:
        return [self.passage(text) for text in texts]

    def embed_queries(self, texts: list[str]) -> np.ndarray:
        return self.encoder.embed_queries(texts)

    def embed_passages(self, texts: list[str]) -> np.ndarray:  # noqa: ARG002
        raise AssertionError("the pass that gives the states gives the vectors")


@pytest.fixture
def counting(encoder: Encoder) -> Counting:
    return Counting(encoder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A store built once with an encoder, to be copied."""
    directory = tmp_path_factory.mktemp("made") / "index"
    IndexStore(directory, encoder=encoder).build(FOUR, encoder)
    return directory


@pytest.fixture
def directory(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


def segment_of(store: IndexStore) -> Path:
    """The folder of the only one."""
    (name,) = store.manifest().segments
    return store.directory / "segments" / name


def states_of(index: PassageIndex) -> list[Encoding]:
    found = index.states(ROWS)
    index.close()
    return found


def assert_are_of_the_rows(found: list[Encoding], encoder: Encoder) -> None:
    for one, row in zip(found, ROWS, strict=True):
        expected = encoder.passage(embedding_text(FOUR[row]))
        assert one.states == pytest.approx(expected.states, rel=1e-2, abs=1e-2)
        assert one.vector == pytest.approx(expected.vector)


def test_one_pass_gives_states_and_vectors(tmp_path: Path, counting: Counting, encoder: Encoder) -> None:
    store = IndexStore(tmp_path, encoder=counting)  # type: ignore[arg-type]
    store.build(FOUR, counting)  # type: ignore[arg-type]
    assert counting.read == len(FOUR)
    assert {path.name for path in segment_of(store).iterdir()} >= set(FILES)
    index = store.open(FOUR, counting)  # type: ignore[arg-type]
    assert index.passages_for(Query(FOUR[2].text), 1)[0].passage == FOUR[2]
    assert_are_of_the_rows(states_of(index), encoder)
    assert counting.read == len(FOUR), "stored, they are not made again"


def test_another_embedder_s_vectors_are_its_own(tmp_path: Path, encoder: Encoder) -> None:
    store = IndexStore(tmp_path, encoder=encoder)
    steps: list[tuple[str, int, int]] = []
    store.build(FOUR, EMBEDDER, lambda *step: steps.append(step))
    assert steps == [("lexical", 4, 4), ("dense", 4, 4), ("verify", 4, 4)]
    assert store.manifest().embedder == EMBEDDER.id
    index = store.open(FOUR, EMBEDDER)
    query = EMBEDDER.embed_queries(["能源效率"])[0]
    expected = {
        row: float(vector @ query) for row, vector in enumerate(EMBEDDER.embed_passages([p.text for p in FOUR]))
    }
    assert {one.row: one.dense for one in index.passages_for(Query("能源效率"))} == pytest.approx(expected, abs=1e-5)
    assert_are_of_the_rows(states_of(index), encoder)


def test_without_an_encoder_none_are_kept_and_none_are_read(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.build(FOUR, EMBEDDER)
    assert not {path.name for path in segment_of(store).iterdir()} & set(FILES)
    with pytest.raises(StoreError, match="`metrology build`"):
        states_of(store.open(FOUR, EMBEDDER))


def none_stored(folder: Path) -> None:
    for name in FILES:
        (folder / name).unlink()


def of_another_encoder(folder: Path) -> None:
    about = folder / "states.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "encoder": "encoder:other@0"}))


@pytest.mark.parametrize("change", [none_stored, of_another_encoder])
def test_what_is_not_stored_is_made(directory: Path, encoder: Encoder, change: Callable[[Path], None]) -> None:
    """An index built before, or with another model of states, still serves: slower, and with the right ones."""
    store = IndexStore(directory, encoder=encoder)
    change(segment_of(store))
    assert store.is_current(FOUR, encoder)
    assert_are_of_the_rows(states_of(store.open(FOUR, encoder)), encoder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("states.npy", None),
        ("states.npy", b""),
        ("states.npy", b"\xff" * 400),
        ("vectors.npy", None),
        ("vectors.npy", b""),
        ("states.json", b""),
        ("states.json", b"[]"),
    ],
)
def test_damage_is_named_and_healed_by_a_build(
    directory: Path, encoder: Encoder, name: str, content: bytes | None
) -> None:
    store = IndexStore(directory, encoder=encoder)
    (segment_of(store) / name).unlink()
    if content is not None:
        (segment_of(store) / name).write_bytes(content)
    with pytest.raises(IndexMissing, match="`metrology build`"):
        store.open(FOUR, encoder)
    assert not store.is_current(FOUR, encoder), "`metrology build --if-needed` must see it too"
    store.build(FOUR, encoder)
    assert_are_of_the_rows(states_of(store.open(FOUR, encoder)), encoder)


def test_who_reads_no_states_is_not_stopped_by_damaged_ones(directory: Path, encoder: Encoder) -> None:
    assert IndexStore(directory).live is not None
    next(directory.glob("segments/*/states.npy")).unlink()
    embedder: Embedder = encoder
    index = IndexStore(directory).open(FOUR, embedder)
    assert index.search(Query("能源"), 1)[0].clause_id == "b:二"
    index.close()


def test_an_index_opened_before_reads_its_states_after_its_files_are_gone(directory: Path, encoder: Encoder) -> None:
    store = IndexStore(directory, encoder=encoder)
    index, old = store.open(FOUR, encoder), segment_of(store)
    store.build(FOUR[:3], encoder)
    assert not old.exists()
    assert_are_of_the_rows(states_of(index), encoder)
