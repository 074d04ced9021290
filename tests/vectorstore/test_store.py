"""Versions on disk: built beside the live one, switched at once, retired, refused when not what they were."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.errors import IndexMismatch, IndexMissing, ModelTimeout, StoreError
from ingest.model import Passage
from tests.vectorstore.passage_builders import EMBEDDER, FOUR, best, passage
from vectorstore.embed_hash import HashEmbedder
from vectorstore.index import Query
from vectorstore.lease import hold
from vectorstore.manifest import FORMAT
from vectorstore.store import EMBED_BATCH, IndexStore

OTHERS = [*FOUR[:3], replace(FOUR[3], text="发展绿色能源。")]


def versions(store: IndexStore) -> set[str]:
    return {path.name for path in (store.directory / "versions").iterdir()}


def segments(store: IndexStore) -> set[str]:
    return {path.name for path in (store.directory / "segments").iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built once, to be copied."""
    directory = tmp_path_factory.mktemp("made") / "index"
    IndexStore(directory).build(FOUR, EMBEDDER)
    return directory


@pytest.fixture
def store(made: Path, tmp_path: Path) -> IndexStore:
    shutil.copytree(made, tmp_path / "index")
    return IndexStore(tmp_path / "index")


class TestBeforeTheFirstBuild:
    def test_nothing_is_live_and_the_error_says_what_to_run(self, tmp_path: Path) -> None:
        store = IndexStore(tmp_path / "index")
        assert store.live is None
        assert not store.is_current(FOUR, EMBEDDER)
        for look in (store.manifest, lambda: store.open(FOUR, EMBEDDER)):
            with pytest.raises(IndexMissing, match="`metrology build`") as caught:
                look()
            assert str(store.directory) in str(caught.value)
        assert not store.directory.exists(), "looking makes nothing"

    def test_nothing_to_index_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="No passages"):
            IndexStore(tmp_path / "index").build([], EMBEDDER)


class TestBuild:
    def test_what_was_built_is_live_and_is_opened(self, tmp_path: Path) -> None:
        store, steps = IndexStore(tmp_path / "a" / "index"), list[tuple[str, int, int]]()
        folder = store.build(FOUR, EMBEDDER, lambda *step: steps.append(step))
        assert store.live == folder
        assert store.is_current(FOUR, EMBEDDER)
        assert best(store, "能源") == "b:二"
        assert steps == [("lexical", 4, 4), ("dense", 4, 4), ("verify", 4, 4)]
        (segment,) = segments(store)
        assert store.manifest().segments == (segment,)
        lines = (store.directory / "segments" / segment / "passages.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["text"] for line in lines] == [one.text for one in FOUR]

    def test_passages_are_embedded_in_bounded_batches(self, tmp_path: Path) -> None:
        class Counting(HashEmbedder):
            sizes: list[int] = []  # noqa: RUF012

            def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
                self.sizes.append(len(texts))
                return super().embed_passages(texts)

        many = [passage(f"p:{number}", f"第{number}款计量") for number in range(EMBED_BATCH + 3)]
        IndexStore(tmp_path).build(many, Counting(4))
        assert Counting.sizes == [EMBED_BATCH, 3]

    def test_a_passage_is_embedded_with_its_lead(self, tmp_path: Path) -> None:
        class Recording(HashEmbedder):
            texts: list[str] = []  # noqa: RUF012

            def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
                self.texts.extend(texts)
                return super().embed_passages(texts)

        two = [passage("p:1", "要加强。", "监管", lead="监管"), passage("p:2", "监管要强。", "监管")]
        IndexStore(tmp_path).build(two, Recording(4))
        assert Recording.texts == ["监管：要加强。", "监管要强。"]

    def test_the_old_version_is_live_until_the_new_one_is_whole(self, store: IndexStore) -> None:
        old, seen = store.live, []
        new = store.build(OTHERS, EMBEDDER, lambda *_: seen.append((store.live, best(store, "能源"))))
        assert seen == [(old, "b:二")] * 3
        assert store.live == new != old
        assert best(store, "绿色能源", OTHERS) == "b:二"

    def test_an_index_opened_before_answers_after_its_files_are_gone(self, store: IndexStore) -> None:
        index, old = store.open(FOUR, EMBEDDER), store.live
        for _ in range(2):
            store.build(OTHERS, EMBEDDER)
        assert old is not None
        assert not old.exists()
        assert index.search(Query("能源"), 1)[0].clause_id == "b:二"

    def test_nothing_but_the_live_version_is_kept(self, store: IndexStore) -> None:
        """What was taken out of the documents must not stay on the disk."""
        names = [store.build(FOUR, EMBEDDER).name for _ in range(3)]
        assert versions(store) == {names[-1]}, "even when all three were built within a second"

    def test_what_somebody_reads_is_kept_until_he_lets_go(self, store: IndexStore) -> None:
        assert store.live is not None
        lease, old = hold(store.live), store.live.name
        assert lease is not None
        new = store.build(OTHERS, EMBEDDER).name
        assert versions(store) == {old, new}
        lease.release()
        store.versions.retire_if_free()
        assert versions(store) == {new}

    def test_a_version_that_is_about_to_go_live_is_not_deleted_by_who_does_not_write(self, store: IndexStore) -> None:
        seen = []

        def look(*_: object) -> None:
            IndexStore(store.directory).versions.retire_if_free()
            seen.append(len(versions(store)))

        store.build(OTHERS, EMBEDDER, look)
        assert seen == [2, 2, 2]
        assert segments(store) == set(store.manifest().segments), "nor are its segments; those before are"

    @pytest.mark.parametrize("error", [ModelTimeout("http://model", 30), KeyboardInterrupt(), ValueError("bad")])
    def test_a_failed_build_leaves_no_trace(self, store: IndexStore, error: BaseException) -> None:
        class Failing(HashEmbedder):
            def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ARG002
                raise error

        before = store.live, versions(store)
        with pytest.raises(type(error)):
            store.build(OTHERS, Failing(16))
        assert (store.live, versions(store)) == before
        assert best(store, "能源") == "b:二"

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(StoreError, match=r"file/index.*metrology build"):
            IndexStore(tmp_path / "file" / "index").build(FOUR, EMBEDDER)

    def test_leftovers_of_killed_builds_are_swept(self, store: IndexStore) -> None:
        before = store.live
        for folder in (".building-20200101T000000-00000000", "20990101T000000-ffffffff"):
            (store.directory / "versions" / folder / "chroma").mkdir(parents=True)
        (store.directory / ".CURRENT-4711").write_text("half")
        new = store.build(FOUR, EMBEDDER)
        assert before is not None
        assert versions(store) == {new.name}
        assert {path.name for path in store.directory.iterdir()} == {"CURRENT", ".lock", "versions", "segments"}


class TestMismatch:
    def test_another_embedder(self, store: IndexStore) -> None:
        with pytest.raises(IndexMismatch, match=r"embedder 'hash:16'.*'hash:8'.*`metrology build`"):
            store.open(FOUR, HashEmbedder(8))
        assert not store.is_current(FOUR, HashEmbedder(8))

    @pytest.mark.parametrize("passages", [OTHERS, FOUR[:3], FOUR[::-1]], ids=["other text", "fewer", "other order"])
    def test_another_corpus(self, store: IndexStore, passages: list[Passage]) -> None:
        with pytest.raises(IndexMismatch, match=r"corpus '[0-9a-f]{16}'.*`metrology build`"):
            store.open(passages, EMBEDDER)
        assert not store.is_current(passages, EMBEDDER)

    def test_another_format(self, store: IndexStore) -> None:
        assert store.live is not None
        manifest = store.live / "manifest.json"
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": FORMAT + 1}))
        with pytest.raises(IndexMismatch, match=f"format '{FORMAT + 1}'.*`metrology build`"):
            store.open(FOUR, EMBEDDER)
        assert not store.is_current(FOUR, EMBEDDER)
