"""Evidence and search: within the named plans, the national plan when they are silent, and in a fixed order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from bot.local import LocalBot
from bot.retrieve.find import Retriever
from bot.retrieve.terms import TopicReader
from ingest.corpus import Corpus
from vectorstore.index import Channel, Hit, Query

CITIES = ("xiamen", "quanzhou", "qingdao", "jinhua")
NATIONAL = "state-council"


@dataclass
class FixedIndex:
    """Gives the hits it was made with; remembers the queries."""

    hits: list[Hit]
    corpus_version: str = "fixed"
    queries: list[Query] = field(default_factory=list)

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:  # noqa: ARG002
        self.queries.append(query)
        return self.hits[:limit]

    def close(self) -> None:
        pass


def hits(clause_ids: Iterable[str], score: float = 1.0) -> list[Hit]:
    return [Hit(one, one.partition(":")[0], score, score, 0.0, 0, 5) for one in clause_ids]


def test_ties_break_on_clause_id(corpus: Corpus, topics: TopicReader) -> None:
    index = FixedIndex(hits(["xiamen:三(四)22", "qingdao:四(三)", "xiamen:三(四)21"]))
    found = Retriever(corpus, index, topics).find(topics.read("披萨"))
    assert [one.clause.id for one in found] == ["qingdao:四(三)", "xiamen:三(四)21", "xiamen:三(四)22"]


def test_coverage_lifts_and_the_front_sinks(corpus: Corpus, topics: TopicReader) -> None:
    index = FixedIndex(hits(["xiamen:题头", "xiamen:四27", "xiamen:三(四)21"]))
    found = Retriever(corpus, index, topics).find(topics.read("双随机"))
    assert [one.clause.id for one in found] == ["xiamen:三(四)21", "xiamen:四27", "xiamen:题头"]
    assert found[0].coverage == 1.0


def test_the_named_plans_go_into_the_query(corpus: Corpus, topics: TopicReader) -> None:
    index = FixedIndex([])
    retriever = Retriever(corpus, index, topics)
    assert retriever.find(topics.read("一次性扣除"), ("xiamen",)) == []
    retriever.find(topics.read("一次性扣除"))
    assert [query.plans for query in index.queries] == [frozenset({"xiamen"}), None]
    assert "一次性计入当期成本费用" in dict(index.queries[0].expansions)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("厦门企业新购计量器具能一次性扣除吗", "xiamen:四24"),
        ("青岛诚信计量示范单位多少家", "qingdao:一(二)2"),
        ("泉州诚信计量自我承诺单位目标值", "quanzhou:专栏1/10"),
        ("金华诚信计量体系", "jinhua:二(十)"),
        ("厦门第21条", "xiamen:三(四)21"),
        ("泉州文号", "quanzhou:题头"),
        ("国家怎么推进诚信计量分类监管", "state-council:六(三十一)"),
        ("专栏1第9项", "xiamen:专栏1/9"),
    ],
)
def test_best_hit(real_bot: LocalBot, text: str, best: str) -> None:
    hit, citation = real_bot.search(text)[0]
    assert (hit.clause_id, citation.clause.id) == (best, best)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(
    "topic", ["一次性扣除", "双随机", "诚信计量自我承诺单位多少家", "文号", "国际原子时", "第21条"]
)
def test_a_named_city_never_gives_a_third_place(real_bot: LocalBot, city: str, topic: str) -> None:
    name = real_bot.corpus.plan(city).region
    found = {hit.plan_id for hit, _ in real_bot.search(f"{name}{topic}", limit=30)}
    assert found <= {city, NATIONAL}


def test_the_national_clause_comes_first_when_the_city_is_silent(real_bot: LocalBot) -> None:
    assert real_bot.search("厦门的网络违法和算法作弊")[0][0].plan_id in ("xiamen", NATIONAL)
    hit, _ = real_bot.search("青岛 量子计量基准 国际等效")[0]
    assert hit.plan_id == NATIONAL
    assert real_bot.search("厦门 一次性扣除")[0][0].plan_id == "xiamen"


def test_the_callers_plans_bind(real_bot: LocalBot) -> None:
    assert {hit.plan_id for hit, _ in real_bot.search("诚信计量", plans=("jinhua",), limit=5)} == {"jinhua"}
    assert {hit.plan_id for hit, _ in real_bot.search("厦门诚信计量", plans=("jinhua",), limit=5)} == {"jinhua"}


def test_limits_and_repeats(real_bot: LocalBot) -> None:
    found = real_bot.search("厦门和泉州诚信计量自我承诺单位多少家", limit=7)
    ids = [hit.clause_id for hit, _ in found]
    assert len(ids) == len(set(ids)) == 7
    assert ids[:2] == ["xiamen:专栏1/9", "quanzhou:专栏1/10"]


def test_citations_are_of_the_hits(real_bot: LocalBot) -> None:
    for hit, citation in real_bot.search("诚信计量自我承诺", limit=10):
        assert citation.clause.id == hit.clause_id
        assert citation.plan.id == hit.plan_id


def test_nothing_is_found_for_nothing(real_bot: LocalBot) -> None:
    assert real_bot.search("") == []
    assert real_bot.search("？！") == []


def test_search_is_repeatable(real_bot: LocalBot) -> None:
    assert real_bot.search("诚信计量") == real_bot.search("诚信计量")
