"""Versions share what they have in common, and answer as if each had been built by itself."""

import random
from pathlib import Path

import numpy as np
import pytest

from ingest.catalogue import Entry
from ingest.load import understand
from ingest.model import Passage
from tests.vectorstore.counting import Counting
from tests.vectorstore.passage_builders import passage
from vectorstore import building
from vectorstore.building import Content
from vectorstore.chroma import ExactDense
from vectorstore.dense import FEW, Part, SegmentedDense
from vectorstore.embed_hash import HashEmbedder
from vectorstore.embed_rows import unit_rows
from vectorstore.encoder import Encoder
from vectorstore.holdings import Holdings
from vectorstore.index import Channel, Query
from vectorstore.opening import open_segments
from vectorstore.store import IndexStore

WORDS = "计量 标准 检定 能源 诚信 市场 医疗 安全 监督 校准 企业 民生".split()
QUERIES = [Query("计量标准"), Query("能源检定", ("市场监督",)), Query("诚信", plans=frozenset({"p1", "p3"}))]


def plan(name: str, dice: random.Random) -> list[Passage]:
    texts = ["".join(dice.choices(WORDS, k=4)) + "。" for _ in range(dice.randint(1, 6))]
    return [passage(f"{name}:{number}", text, dice.choice(WORDS)) for number, text in enumerate(texts)]


def segments(store: IndexStore) -> set[str]:
    return {path.name for path in (store.directory / "segments").iterdir()}


def flat(plans: dict[str, list[Passage]]) -> list[Passage]:
    return [one for ones in plans.values() for one in ones]


def answers(store: IndexStore, passages: list[Passage], embedder: HashEmbedder) -> list[list[tuple[str, float]]]:
    index = store.open(passages, embedder)
    found = [
        [(one.passage.id, round(one.score, 4)) for one in index.passages_for(query, 8, channel)]
        for query in QUERIES
        for channel in Channel
    ]
    index.close()
    return found


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_it_answers_as_if_built_anew(tmp_path: Path, seed: int) -> None:
    """Scores, order and ties: what a word weighs is counted over all segments, rows are in the order of the plans."""
    dice, embedder, store = random.Random(seed), Counting(), IndexStore(tmp_path / "index")
    plans = {f"p{number}": plan(f"p{number}", dice) for number in range(3)}
    store.build(flat(plans), embedder)
    for step in range(3, 8):
        match dice.randrange(3):
            case 0 if len(plans) > 2:
                del plans[dice.choice(list(plans))]
            case 1:
                name = dice.choice(list(plans))
                plans[name] = plan(name, dice)
            case _:
                plans[f"p{step}"] = plan(f"p{step}", dice)
        store.build(flat(plans), embedder)
    anew = IndexStore(tmp_path / "anew")
    anew.build(flat(plans), embedder)
    assert answers(store, flat(plans), embedder) == answers(anew, flat(plans), embedder)


def test_what_was_not_changed_is_neither_read_nor_written(tmp_path: Path) -> None:
    dice, embedder, store = random.Random(1), Counting(), IndexStore(tmp_path)
    plans = {name: plan(name, dice) for name in ("a", "b", "c", "d")}
    store.build(flat(plans), embedder)
    (first,) = segments(store)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "segments" / first).glob("*.npy")}
    embedder.texts.clear()
    plans["e"] = [passage("e:1", "新来的。")]
    store.build(flat(plans), embedder)
    assert embedder.texts == ["新来的。"]
    assert len(segments(store)) == 2
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_is_replaced_reads_only_the_sentences_that_are_new(tmp_path: Path) -> None:
    embedder, store = Counting(), IndexStore(tmp_path)
    first = [passage("a:1", "甲。"), passage("a:2", "乙。")]
    store.build([*first, passage("b:1", "丙。")], embedder)
    embedder.texts.clear()
    store.build([passage("a:1", "丁。"), passage("a:2", "乙。"), passage("b:1", "丙。")], embedder)
    assert embedder.texts == ["丁。"]
    assert "甲。" not in "".join(path.read_text() for path in tmp_path.rglob("passages.jsonl"))


def test_what_a_stopped_build_had_finished_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A collection of thousands is read once, however often the machine is taken away."""
    monkeypatch.setattr("vectorstore.arrange.arranged.__defaults__", (2,))
    embedder, store = Counting(), IndexStore(tmp_path)
    passages = [passage(f"p{number}:1", f"第{number}项。") for number in range(6)]

    def stop(what: str, done: int, total: int) -> None:
        if what == "dense" and done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.build(passages, embedder, stop)
    assert store.live is None
    assert len(segments(store)) == 1, "the second was not whole yet"
    embedder.texts.clear()
    store.build(passages, embedder)
    assert embedder.texts == ["第2项。", "第3项。", "第4项。", "第5项。"]
    assert segments(store) == set(store.manifest().segments)


def test_of_a_large_collection_states_are_made_when_asked_for(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty kilobytes a sentence would be twelve gigabytes of 150,000 articles."""
    monkeypatch.setattr(building, "STATED_MAX", 1)
    store, passages = IndexStore(tmp_path, encoder=encoder), [passage("a:1", "甲。"), passage("b:1", "乙。")]
    store.build(passages, HashEmbedder(16))
    assert next(tmp_path.rglob("states.npy")).stat().st_size < 1_000
    index = store.open(passages, HashEmbedder(16))
    (found,) = index.states([1])
    assert found.vector == pytest.approx(encoder.passage("乙。").vector)
    index.close()


@pytest.mark.parametrize(
    ("title", "by_encoder", "most", "stated"),
    [
        ("甲市计量工作方案", False, 0, True),
        ("甲市计量条例", True, 100, True),
        ("甲市计量条例", True, 0, False),
        ("甲市计量条例", False, 100, False),
    ],
)
def test_states_are_kept_of_plans_and_of_others_where_they_cost_little(
    title: str, by_encoder: bool, most: int, stated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "STATED_MAX", most)
    text = f"{title}\n第一章　总则\n第一条　计量器具应当检定。\n第二条　本市推行诚信计量。\n"
    document = understand(text, Entry("one", "one.txt", "甲", "甲", "municipal", ()), "one.txt")
    (wanted,) = Content.of(Holdings((document,)), by_encoder=by_encoder).wanted
    assert wanted.stated is stated


def test_beyond_what_is_compared_one_by_one_chroma_searches_each_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what several versions search in is closed by the last of them."""
    dice, embedder, store = random.Random(5), Counting(), IndexStore(tmp_path)
    plans = {f"p{number}": plan(f"p{number}", dice) for number in range(4)}
    store.build(flat(plans), embedder)
    plans["p9"] = [passage("p9:1", "标准计量。")]
    store.build(flat(plans), embedder)
    expected = answers(store, flat(plans), embedder)
    for name in ("vectorstore.opening.EXACT_MAX", "vectorstore.segment.FEW", "vectorstore.dense.FEW"):
        monkeypatch.setattr(name, 0)
    assert answers(store, flat(plans), embedder) == expected
    segment = store._segment(store.manifest().segments[0])
    graph, other = segment.graph(), segment.hold()
    segment.release()
    assert graph is not None
    assert other.graph() is graph
    assert graph.top(embedder.embed_queries(["计量"])[0], 1)
    other.release()


def test_a_version_uses_what_another_has_open(tmp_path: Path) -> None:
    store, embedder = IndexStore(tmp_path), HashEmbedder(16)
    store.build([passage("a:1", "甲。")], embedder)
    names, opened = store.manifest().segments, list[str]()

    def open_one(name: str):  # type: ignore[no-untyped-def]
        opened.append(name)
        return store._segment(name)

    first = open_segments(names, open_one, {})
    again = open_segments(names, open_one, {one.name: one for one in first})
    assert opened == list(names)
    assert first[0] is again[0]


class TestDense:
    VECTORS = unit_rows(np.random.default_rng(4).normal(size=(60, 16)))  # no two equally far: rounding decides nothing
    PLACES = np.random.default_rng(3).permutation(60)

    def parts(self, graphs: bool) -> list[Part]:
        rows = [self.PLACES[:10], self.PLACES[10:25], self.PLACES[25:]]
        return [Part(self.VECTORS[own], own, ExactDense(self.VECTORS[own]) if graphs else None) for own in rows]

    @pytest.mark.parametrize("graphs", [False, True])
    @pytest.mark.parametrize("only", [None, [], [5], list(range(0, 60, 3)), list(range(60))], ids=str)
    def test_it_finds_what_one_index_finds(
        self, graphs: bool, only: list[int] | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vectorstore.dense.FEW", 3)
        index, whole = SegmentedDense(self.parts(graphs), 60, lambda: None), ExactDense(self.VECTORS)
        rows = None if only is None else np.array(only, dtype=np.intp)
        for query in self.VECTORS[:4]:
            for limit in (0, 1, 7, 100):
                found, expected = index.top(query, limit, rows), whole.top(query, limit, rows)
                assert [row for row, _ in found] == [row for row, _ in expected]
                assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)

    def test_it_lets_go_of_its_parts_once(self) -> None:
        closed: list[int] = []
        index = SegmentedDense(self.parts(False), 60, lambda: closed.append(1))
        index.close()
        index.close()
        assert closed == [1]
        assert FEW > 1_000, "a graph is asked where it is quicker"
