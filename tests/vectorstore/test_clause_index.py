"""From passages to clauses: channels, filters, what was asked before, ties."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from ingest.errors import StoreError
from ingest.model import Passage, Plan
from tests.vectorstore.passage_builders import FOUR, Pointing, passage
from vectorstore.chroma import ExactDense
from vectorstore.embed_hash import HashEmbedder
from vectorstore.encoder import Encoder
from vectorstore.index import BEFORE_WEIGHT, Channel, ClauseIndex, Found, Hit, PassageIndex, Query, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import cut_passages
from vectorstore.states import MadeStates

EAST, NORTH, NORTHEAST, WEST = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8), (-1.0, 0.0)


def index_of(
    passages: Sequence[Passage], vectors: Sequence[Sequence[float]], queries: Mapping[str, Sequence[float]]
) -> PassageIndex:
    dense = ExactDense(np.array(vectors, dtype=np.float32))
    return PassageIndex(passages, LexicalIndex.build(passages), dense, Pointing({"": (0.0, 0.0), **queries}), "v1")


@pytest.fixture
def index() -> PassageIndex:
    """Dense, `方向` points at b:二; no passage shares a character with it."""
    queries = {"方向": NORTH, "计量标准": EAST, "示范": WEST}
    return index_of(FOUR, [EAST, EAST, NORTHEAST, NORTH], queries)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.clause_id for hit in hits]


@pytest.mark.parametrize(
    ("text", "channel", "expected", "why"),
    [
        ("方向", Channel.DENSE, ["b:二", "b:一", "a:一", "a:二"], "by cosine; equal ones by clause id"),
        ("方向", Channel.LEXICAL, [], "no character in common"),
        ("方向", Channel.HYBRID, ["b:二", "b:一", "a:一", "a:二"], "one channel suffices"),
        ("能源效率标准", Channel.LEXICAL, ["b:二", "a:二"], "a clause that shares nothing is no hit"),
        ("示范", Channel.LEXICAL, ["b:一"], "only what matches"),
        ("示范", Channel.DENSE, ["b:二", "b:一", "a:一", "a:二"], "a negative cosine is a score too"),
        ("计量标准", Channel.HYBRID, ["a:二", "a:一", "b:一", "b:二"], "both have their say"),
        ("未知", Channel.HYBRID, [], "neither channel knows it"),
        ("", Channel.HYBRID, [], "nothing asked"),
        ("什么是的吗？", Channel.LEXICAL, [], "question words alone"),
    ],
)
def test_channels(index: PassageIndex, text: str, channel: Channel, expected: list[str], why: str) -> None:
    assert ids(index.search(Query(text), channel=channel)) == expected, why


def test_a_hit_carries_both_scores_and_its_place(index: PassageIndex) -> None:
    lexical = index.search(Query("计量标准"), 1, Channel.LEXICAL)[0]
    dense = index.search(Query("计量标准"), 1, Channel.DENSE)[0]
    hybrid = index.search(Query("计量标准"), 1)[0]
    assert (hybrid.clause_id, hybrid.plan_id, hybrid.start, hybrid.end) == ("a:二", "a", 0, len(FOUR[1].text))
    assert (lexical.score, lexical.dense) == (lexical.lexical, 0.0)
    assert (dense.score, dense.lexical) == (dense.dense, 0.0)
    assert dense.score == pytest.approx(1.0), "a cosine"
    assert hybrid.lexical == lexical.lexical
    assert hybrid.dense == dense.dense


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    ("plans", "allowed", "why"),
    [
        (frozenset({"a"}), {"a"}, "one plan"),
        (frozenset({"b", "nope"}), {"b"}, "an unknown plan has no clauses"),
        (frozenset({"nope"}), set(), "only unknown ones: nothing, not everything"),
        (frozenset(), set(), "no plan: nothing, not everything"),
        (None, {"a", "b"}, "None is all"),
    ],
)
def test_a_filter_lets_no_other_plan_through(
    index: PassageIndex, channel: Channel, plans: frozenset[str] | None, allowed: set[str], why: str
) -> None:
    hits = index.search(Query("计量标准", plans=plans), channel=channel)
    assert {hit.plan_id for hit in hits} == allowed, why


def test_a_filter_leaves_scores_of_the_channels_alone(index: PassageIndex) -> None:
    for channel in (Channel.LEXICAL, Channel.DENSE):
        everywhere = {hit.clause_id: hit.score for hit in index.search(Query("计量标准"), channel=channel)}
        for hit in index.search(Query("计量标准", plans=frozenset({"b"})), channel=channel):
            assert hit.score == pytest.approx(everywhere[hit.clause_id])


def test_equal_clauses_come_in_order_of_their_ids() -> None:
    same = [passage(clause_id, "计量标准。") for clause_id in ("b:二", "a:三", "b:一", "a:一")]
    index = index_of(same, [EAST] * 4, {"计量": EAST})
    for channel in Channel:
        assert ids(index.search(Query("计量"), channel=channel)) == ["a:一", "a:三", "b:一", "b:二"]


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 100])
@pytest.mark.parametrize("channel", list(Channel))
def test_the_limit_counts_clauses(index: PassageIndex, limit: int, channel: Channel) -> None:
    everything = ids(index.search(Query("计量标准"), 100, channel))
    assert ids(index.search(Query("计量标准"), limit, channel)) == everything[:limit]


def test_a_clause_is_found_once_by_its_best_passage() -> None:
    parts = [
        passage("a:一", "能源效率。", number=0),
        passage("a:一", "计量标准装置。", number=1),
        passage("a:二", "标准。"),
    ]
    index = index_of(parts, [EAST, NORTH, EAST], {"计量标准": NORTH})
    hits = index.search(Query("计量标准"))
    assert ids(hits) == ["a:一", "a:二"]
    assert hits[0].end == len("计量标准装置。"), "the place of the passage that answers, not of the first"


class TestPassages:
    """What the judge reads: passages by their rows, several of a clause."""

    PARTS = (
        passage("a:一", "计量标准装置。", number=0),
        passage("a:一", "计量标准。", number=1),
        passage("b:一", "能源效率。"),
    )

    @pytest.fixture
    def parts(self) -> PassageIndex:
        return index_of(self.PARTS, [NORTHEAST, EAST, NORTH], {"计量标准": EAST})

    def test_every_passage_of_a_clause_comes_by_itself(self, parts: PassageIndex) -> None:
        found = parts.passages_for(Query("计量标准"))
        assert [one.row for one in found] == [1, 0, 2]
        assert [one.passage for one in found] == [self.PARTS[one.row] for one in found]
        assert ids(parts.search(Query("计量标准"))) == ["a:一", "b:一"]

    @pytest.mark.parametrize("channel", list(Channel))
    def test_a_clause_s_hit_is_its_best_passage(self, parts: PassageIndex, channel: Channel) -> None:
        best: dict[str, Found] = {}
        for one in parts.passages_for(Query("计量标准"), channel=channel):
            best.setdefault(one.passage.clause_id, one)
        expected = [
            (one.passage.clause_id, one.score, one.lexical, one.dense, one.passage.end) for one in best.values()
        ]
        hits = parts.search(Query("计量标准"), channel=channel)
        assert [(hit.clause_id, hit.score, hit.lexical, hit.dense, hit.end) for hit in hits] == expected

    @pytest.mark.parametrize("limit", [0, 1, 2, 3, 100])
    def test_the_limit_counts_passages(self, parts: PassageIndex, limit: int) -> None:
        rows = [one.row for one in parts.passages_for(Query("计量标准"), limit)]
        assert rows == [1, 0, 2][:limit]

    def test_equal_passages_come_in_the_order_of_the_plans(self) -> None:
        same = [passage(clause_id, "计量标准。") for clause_id in ("b:二", "a:三", "a:一")]
        index = index_of(same, [EAST] * 3, {"计量": EAST})
        for channel in Channel:
            assert [one.row for one in index.passages_for(Query("计量"), channel=channel)] == [0, 1, 2]

    def test_a_filter_lets_no_other_plan_through(self, parts: PassageIndex) -> None:
        assert [one.row for one in parts.passages_for(Query("计量标准", plans=frozenset({"b"})))] == [2]
        assert parts.passages_for(Query("计量标准", plans=frozenset())) == []

    def test_the_states_are_those_of_the_rows(self, encoder: Encoder) -> None:
        texts = [embedding_text(one) for one in self.PARTS]
        vectors = np.stack([one.vector for one in encoder.passages(texts)])
        index = PassageIndex(
            self.PARTS, LexicalIndex.build(self.PARTS), ExactDense(vectors), encoder, states=MadeStates(encoder, texts)
        )
        found = index.passages_for(Query("计量标准"))
        read = index.states([one.row for one in found])
        assert [one.vector.tobytes() for one in read] == [vectors[one.row].tobytes() for one in found]

    def test_an_index_without_states_says_what_to_run(self, parts: PassageIndex) -> None:
        with pytest.raises(StoreError, match="`metrology build`"):
            parts.states([0])


@pytest.mark.parametrize(
    ("before", "expected", "why"),
    [
        ((), "问", "nothing was asked before"),
        (("一",), "问 前文：一", "what was asked before follows"),
        (("一", "二"), "问 前文：二 前文：一", "the latest first"),
        (("一", "二", "三"), "问 前文：三 前文：二", "what lies further back is forgotten"),
    ],
)
def test_what_a_model_reads_of_a_question(before: tuple[str, ...], expected: str, why: str) -> None:
    assert Query("问", before).reading == expected, why


THREE = [passage("p:税", "企业所得税税前扣除。"), passage("p:秤", "电子秤检定。"), passage("p:买", "购置设备。")]


@pytest.mark.parametrize(
    ("before", "channel", "first", "why"),
    [
        ((), Channel.LEXICAL, ["p:秤"], "the question's own words"),
        (("税前扣除",), Channel.LEXICAL, ["p:秤", "p:税"], "words asked before count too, but less"),
        (("购置", "税前扣除", "税前扣除"), Channel.LEXICAL, ["p:秤", "p:税"], "what lies further back is forgotten"),
        ((), Channel.DENSE, ["p:秤", "p:税", "p:买"], "the question alone"),
        (("税前扣除",), Channel.DENSE, ["p:税", "p:秤", "p:买"], "embedded as a model reads them, together"),
    ],
)
def test_what_was_asked_before(before: tuple[str, ...], channel: Channel, first: list[str], why: str) -> None:
    queries = {"电子秤": (0.1, 0.9), "电子秤 前文：税前扣除": EAST}
    index = index_of(THREE, [EAST, NORTH, WEST], queries)
    assert ids(index.search(Query("电子秤", before), channel=channel)) == first, why


def test_a_word_asked_before_counts_half() -> None:
    index = index_of(THREE, [EAST, NORTH, WEST], {})

    def scores(text: str, *before: str) -> dict[str, float]:
        hits = index.search(Query(text, before), channel=Channel.LEXICAL)
        return {hit.clause_id: hit.score for hit in hits}

    alone, asked = scores("购置"), scores("检定")
    assert scores("购置", "检定") == pytest.approx({"p:买": alone["p:买"], "p:秤": asked["p:秤"] * BEFORE_WEIGHT})
    assert scores("检定", "检定") == pytest.approx(asked), "a word asked again counts once, in full"
    assert scores("购置", "检定", "检定") == pytest.approx(scores("购置", "检定")), "nor twice for being asked twice"


@pytest.mark.parametrize(
    ("lead", "expected", "why"),
    [
        ("强化监管", "强化监管：各区要检查。", "the headings stand for what the sentence leaves unsaid"),
        ("", "各区要检查。", "no lead, nothing before"),
    ],
)
def test_what_a_model_reads_of_a_passage(lead: str, expected: str, why: str) -> None:
    assert embedding_text(passage("p:1", "各区要检查。", heading="标题", context="题", lead=lead)) == expected, why


def test_over_the_shipped_plans(plans: dict[str, Plan]) -> None:
    """Nothing tuned: a sentence's own words find its clause, in its plan and among all; lists of units are alike."""
    embedder = HashEmbedder(64)
    passages = cut_passages(plans.values())
    dense = ExactDense(embedder.embed_passages([embedding_text(one) for one in passages]))
    index: ClauseIndex = PassageIndex(passages, LexicalIndex.build(passages), dense, embedder, "v1")
    for one in [each for each in passages if not each.text.startswith("（")][::20]:
        hits = index.search(Query(one.text, plans=frozenset({one.plan_id})), 3)
        assert one.clause_id in ids(hits), one.id
        assert {hit.plan_id for hit in hits} == {one.plan_id}
        assert one.clause_id in ids(index.search(Query(one.text), 5)), one.id
