import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.retrieval.questions import Options, QuestionSplit, read_questions, run
from eval.retrieval.retrievers import AlteredIndex, IndexRetriever, ablations, channels
from ingest.errors import BadCase, DuplicateCase, NoCases
from tests.vectorstore.passage_builders import passage
from vectorstore.encoder import Encoding
from vectorstore.index import Channel, ClauseIndex, Found, Hit, Query


def line(**changes: Any) -> dict[str, Any]:
    return {"id": "d1", "question": "问", "named": True, "plans": ["a"], "gold": ["a:一"], "also": ["a:二"],
            "topic": "t", "user": "staff", **changes}  # fmt: skip


@pytest.fixture
def options(tmp_path: Path) -> Options:
    rows = [
        line(),
        line(id="d2", question="二", gold=["a:三", "b:三"]),
        line(id="d3", question="无名", named=False, plans=[]),
    ]
    write_dev(tmp_path, *rows)
    return Options(folder=tmp_path, json=tmp_path / "out.json")


def write_dev(folder: Path, *rows: dict[str, Any]) -> None:
    (folder / "dev.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


class Fixed:
    """Always the same answer for a question."""

    def __init__(self, **rankings: list[str]) -> None:
        self.rankings = rankings

    def search(self, question: str) -> list[str]:
        return self.rankings.get(question, [])


GOOD = Fixed(问=["a:一"], 二=["x", "b:三"], 无名=["x", "y", "z", "w", "v", "a:一"])
POOR = Fixed(问=["a:二"], 二=["b:三"])  # a:二 is only acceptable, and 无名 finds nothing


def test_figures_by_group_and_against_the_first(options: Options) -> None:
    said: list[str] = []
    good, poor = run({"good": GOOD, "poor": POOR}, options, said.append)
    values = {group: [figure.value for figure in figures] for group, figures in good.figures.items()}
    assert values["named"] == pytest.approx([1 / 2, 1, 3 / 4])
    assert values["not named"] == pytest.approx([0, 0, 1 / 6])
    assert values["all"] == pytest.approx([1 / 3, 2 / 3, (1 + 1 / 2 + 1 / 6) / 3])
    assert [figure.value for figure in poor.against] == pytest.approx([0, -1 / 3, 1 / 3 - (1 + 1 / 2 + 1 / 6) / 3])
    assert [figure.value for figure in good.against] == [0, 0, 0]
    assert any(text.startswith("dev, named (2)") for text in said)
    assert options.json is not None
    content = json.loads(options.json.read_text(encoding="utf-8"))
    assert content["variants"]["poor"]["rankings"] == {"d1": ["a:二"], "d2": ["b:三"], "d3": []}


@pytest.mark.parametrize("split", list(QuestionSplit))
def test_the_shipped_questions_can_be_read(split: QuestionSplit) -> None:
    questions = read_questions(Options().folder, split)
    assert len(questions) > 250
    assert {question.named for question in questions} == {True, False}


def test_bad_double_and_no_questions(tmp_path: Path) -> None:
    with pytest.raises(NoCases):
        read_questions(tmp_path, QuestionSplit.DEV)
    write_dev(tmp_path)
    with pytest.raises(NoCases):
        read_questions(tmp_path, QuestionSplit.DEV)
    write_dev(tmp_path, line(), line(id="d2", gold=[]))
    with pytest.raises(BadCase, match="gold"):
        read_questions(tmp_path, QuestionSplit.DEV)
    write_dev(tmp_path, line(), line())
    with pytest.raises(DuplicateCase):
        read_questions(tmp_path, QuestionSplit.DEV)


class Recording:
    """An index that remembers how it was asked."""

    corpus_version = "v"

    def __init__(self) -> None:
        self.asked: list[tuple[Query, Channel]] = []
        self.closed = False

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        self.asked.append((query, channel))
        return [Hit(f"{channel}:{limit}", "a", 1.0, 1.0, 0.0, 0, 1)]

    def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:
        self.asked.append((query, channel))
        return [Found(limit, passage("a:一", "问。"), 1.0, 1.0, 0.0)]

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        return [Encoding(np.full((1, 1), row, dtype=np.float32), np.ones(1, dtype=np.float32)) for row in rows]

    def close(self) -> None:
        self.closed = True


FULL = Query("问", ("前",), frozenset({"a"}))


@pytest.mark.parametrize(
    ("switched", "expected"),
    [
        ({}, (FULL, Channel.HYBRID)),
        ({"channel": Channel.DENSE}, (FULL, Channel.DENSE)),
        ({"plans": False}, (Query("问", ("前",), None), Channel.HYBRID)),
    ],
)
def test_an_altered_index_switches_off_one_thing(switched: dict[str, Any], expected: tuple[Query, Channel]) -> None:
    index = Recording()
    altered = AlteredIndex(index, **switched)
    assert altered.search(FULL, 3) == index.search(FULL, 3, expected[1])
    assert altered.passages_for(FULL, 4) == index.passages_for(FULL, 4)
    assert [index.asked[0], index.asked[2]] == [expected, expected]


def test_an_altered_index_is_otherwise_the_index() -> None:
    index = Recording()
    altered = AlteredIndex(index, Channel.DENSE)
    assert [one.states.item() for one in altered.states([3, 1])] == [3, 1]
    assert altered.corpus_version == index.corpus_version


def test_channels_and_ablations_ask_what_their_names_say() -> None:
    index = Recording()
    assert {name: retriever.search("问") for name, retriever in channels(index).items()} == {
        "lexical": ["lexical:10"],
        "dense": ["dense:10"],
        "hybrid": ["hybrid:10"],
    }
    found = {name: retriever.search("问")[0] for name, retriever in ablations(IndexRetriever, index).items()}
    assert next(iter(found)) == "full"
    assert (found["without lexical"], found["without dense"]) == ("dense:10", "lexical:10")


def test_ablations_hand_down_what_is_made_of_an_index() -> None:
    """`make` joins a bot to each index; one that names a plan must lose it in one variant only."""

    class Named:
        def __init__(self, index: ClauseIndex) -> None:
            self.index = index

        def search(self, question: str) -> list[str]:
            return [str(hit.plan_id) for hit in self.index.search(Query(question, plans=frozenset({"a"})))]

    index = Recording()
    for retriever in ablations(Named, index).values():
        retriever.search("问")
    assert [query.plans for query, _ in index.asked] == [frozenset({"a"})] * 3 + [None, None]


def test_closing_an_altered_index_closes_the_index() -> None:
    index = Recording()
    AlteredIndex(index).close()
    assert index.closed
