"""From passages to clauses: channels, filters, expansions, ties."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from ingest.model import Passage, Plan
from tests.vectorstore.passage_builders import FOUR, Pointing, passage
from vectorstore.chroma import ExactDense
from vectorstore.embed_hash import HashEmbedder
from vectorstore.index import Channel, ClauseIndex, Hit, PassageIndex, Query, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import cut_passages

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


EXPANDED = [passage("p:税", "企业所得税税前扣除。"), passage("p:秤", "电子秤检定。"), passage("p:买", "购置设备。")]


@pytest.mark.parametrize(
    ("expansions", "channel", "first", "why"),
    [
        ((), Channel.LEXICAL, "p:秤", "the question's own word"),
        ((("税前扣除", 2.0),), Channel.LEXICAL, "p:税", "a heavy plan word wins"),
        ((("税前扣除", 0.1),), Channel.LEXICAL, "p:秤", "a light one does not"),
        ((("税前扣除", 0.5),), Channel.DENSE, "p:税", "one that counts half joins what is embedded"),
        ((("税前扣除", 0.4),), Channel.DENSE, "p:秤", "a lighter one does not"),
    ],
)
def test_expansions(expansions: tuple[tuple[str, float], ...], channel: Channel, first: str, why: str) -> None:
    queries = {"电子秤": NORTH, "电子秤 税前扣除": EAST}
    index = index_of(EXPANDED, [EAST, NORTH, WEST], queries)
    assert ids(index.search(Query("电子秤", expansions), channel=channel))[0] == first, why


def test_an_expansion_raises_the_clause_that_says_it() -> None:
    index = index_of(EXPANDED, [EAST, NORTH, WEST], {})
    plain = {hit.clause_id: hit.score for hit in index.search(Query("购置"), channel=Channel.LEXICAL)}
    expanded = {
        hit.clause_id: hit.score for hit in index.search(Query("购置", (("检定", 0.8),)), channel=Channel.LEXICAL)
    }
    assert expanded == {"p:买": pytest.approx(plain["p:买"]), "p:秤": pytest.approx(expanded["p:秤"])}
    assert plain.keys() == {"p:买"}


def test_a_word_asked_and_expanded_counts_once_with_the_greater_weight() -> None:
    index = index_of(EXPANDED, [EAST, NORTH, WEST], {})

    def score(*expansions: tuple[str, float]) -> float:
        return index.search(Query("检定", expansions), 1, Channel.LEXICAL)[0].score

    assert score(("检定", 0.5)) == pytest.approx(score())
    assert score(("检定", 2.0)) == pytest.approx(2 * score())
    assert score(("检定", 2.0), ("检定", 2.0)) == pytest.approx(2 * score())


@pytest.mark.parametrize(
    ("heading", "text", "expected", "why"),
    [
        (
            "强化监管",
            "各区要检查。",
            "强化监管。各区要检查。",
            "the heading stands for what the sentence leaves unsaid",
        ),
        ("强化监管", "强化监管，检查。", "强化监管，检查。", "but is not said twice"),
        ("", "检查。", "检查。", "no heading, nothing before"),
    ],
)
def test_what_is_embedded(heading: str, text: str, expected: str, why: str) -> None:
    assert embedding_text(passage("p:1", text, heading)) == expected, why


def test_over_the_shipped_plans(plans: dict[str, Plan]) -> None:
    """Nothing tuned: a clause's own first words find it, in its plan and among all."""
    embedder = HashEmbedder(64)
    passages = cut_passages(plans.values())
    dense = ExactDense(embedder.embed_passages([embedding_text(one) for one in passages]))
    index: ClauseIndex = PassageIndex(passages, LexicalIndex.build(passages), dense, embedder, "v1")
    for one in passages[::20]:
        hits = index.search(Query(one.text, plans=frozenset({one.plan_id})), 3)
        assert one.clause_id in ids(hits), one.id
        assert {hit.plan_id for hit in hits} == {one.plan_id}
        assert one.clause_id in ids(index.search(Query(one.text), 5)), one.id
