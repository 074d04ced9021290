"""Quotation: exact slices, whole sentences, conditions kept, rows whole, brackets of units left out."""

from itertools import pairwise

import pytest

from bot.answer.quote import cite_clause, place_name, quote_statement, quoted, whole
from bot.local import LocalBot
from bot.model import Citation, Status
from bot.retrieve.evidence import Topic
from bot.retrieve.terms import TopicReader
from ingest.corpus import Corpus
from ingest.model import Kind

NOTHING = Topic("", (), ())


def cited(corpus: Corpus, topics: TopicReader, clause_id: str, topic: str) -> list[Citation]:
    clause = corpus.clause(clause_id)
    return cite_clause(corpus.plan(clause.plan_id), clause, topics.read(topic))


@pytest.mark.parametrize("clause_id", ["xiamen:四24", "state-council:五(二十三)", "quanzhou:四(二)"])
def test_the_condition_of_a_deduction_is_kept(corpus: Corpus, topics: TopicReader, clause_id: str) -> None:
    quotes = "".join(citation.quote for citation in cited(corpus, topics, clause_id, "一次性扣除"))
    assert "符合" in quotes
    assert "规定的，允许一次性计入当期成本费用" in quotes
    assert quotes.endswith("在计算应纳税所得额时扣除。")


def test_only_bearing_sentences_are_quoted(corpus: Corpus, topics: TopicReader) -> None:
    (citation,) = cited(corpus, topics, "xiamen:三(四)21", "加油站")
    assert citation.quote == "在眼镜制配、加油站、商超、医疗机构等商业、服务业领域开展诚信计量行动。"


def test_sentences_apart_are_apart_and_marked(corpus: Corpus, topics: TopicReader) -> None:
    citations = cited(corpus, topics, "xiamen:三(四)21", "三位一体,失信惩戒")
    assert len(citations) == 2
    assert citations[0].end < citations[1].start
    assert quoted(citations).count("……") == 1


def test_neighbours_are_joined_in_the_order_of_the_text(corpus: Corpus, topics: TopicReader) -> None:
    citations = cited(corpus, topics, "xiamen:三(四)21", "眼镜制配,推行经营者诚信计量自我承诺")
    assert all(a.end < b.start for a, b in pairwise(citations))
    assert any("强化市场经营主体责任" in one.quote and "眼镜制配" in one.quote for one in citations)


def test_a_row_is_quoted_whole(corpus: Corpus, topics: TopicReader) -> None:
    for plan in corpus.plans:
        for clause in plan.clauses:
            if clause.kind is Kind.ROW:
                (citation,) = cite_clause(plan, clause, topics.read("诚信"))
                assert citation.quote == clause.text


def test_the_bracket_of_units_is_no_answer(corpus: Corpus, topics: TopicReader) -> None:
    for plan in corpus.plans:
        for clause in plan.clauses:
            if clause.responsible_units:
                quotes = [one.quote for one in cite_clause(plan, clause, topics.read("市场监管局 责任单位"))]
                assert not any("责任单位：" in quote for quote in quotes), clause.id


def test_the_run_in_heading_is_no_answer(corpus: Corpus, topics: TopicReader) -> None:
    citations = cited(corpus, topics, "xiamen:三(四)21", "建立诚信计量长效机制")
    assert not any(one.quote.startswith("建立诚信计量长效机制。") for one in citations)


def test_every_quote_is_made_of_whole_sentences(corpus: Corpus, topics: TopicReader) -> None:
    topic = topics.read("诚信计量,标准物质,监督检查")
    for plan in corpus.plans:
        for clause in plan.clauses:
            for one in cite_clause(plan, clause, topic):
                before = clause.text[: one.start].rstrip(" ")
                assert not before or before[-1] in "。！？；\n”）》", clause.id
                assert one.quote == clause.text[one.start : one.end] != ""


def test_where_nothing_bears_the_likeliest_passage_is_quoted(corpus: Corpus) -> None:
    plan, clause = corpus.plan("xiamen"), corpus.clause("xiamen:三(四)21")
    start = clause.text.index("实施计量信用监管")
    (near,) = cite_clause(plan, clause, NOTHING, (start, len(clause.text)))
    assert near.start == start
    (first,) = cite_clause(plan, clause, NOTHING)
    assert first.start == len("建立诚信计量长效机制。")


def test_a_statement_names_place_and_path(corpus: Corpus) -> None:
    plan, clause = corpus.plan("quanzhou"), corpus.clause("quanzhou:三(四)16")
    statement = quote_statement(plan, clause, [whole(plan, clause)])
    assert statement.text.startswith("泉州（三(四)16）：「")
    assert statement.citations == (whole(plan, clause),)


def test_places(corpus: Corpus) -> None:
    assert [place_name(plan) for plan in corpus.plans] == ["国家", "厦门", "泉州", "青岛", "金华"]


def test_a_citation_cannot_lie_outside_its_clause(corpus: Corpus) -> None:
    plan, clause = corpus.plan("xiamen"), corpus.clause("xiamen:四24")
    for start, end in ((-1, 3), (5, 5), (6, 5), (0, len(clause.text) + 1)):
        with pytest.raises(ValueError, match="outside"):
            Citation(plan, clause, start, end)
    with pytest.raises(ValueError, match="not of plan"):
        Citation(corpus.plan("quanzhou"), clause, 0, 5)


ASKED = [
    ("厦门的企业新买计量器具能一次性税前扣除吗", "xiamen:四24", Status.ANSWERED),
    ("泉州诚信计量自我承诺有什么作用", "quanzhou:三(四)16", Status.ANSWERED),
    ("青岛眼镜店诚信计量", "qingdao:四(三)", Status.ANSWERED),
    ("金华诚信计量体系建设", "jinhua:二(十)", Status.ANSWERED),
    ("国家怎么推进诚信计量分类监管", "state-council:六(三十一)", Status.ANSWERED),
]


@pytest.mark.parametrize(("text", "clause_id", "status"), ASKED)
def test_the_right_clause_is_quoted(real_bot: LocalBot, text: str, clause_id: str, status: Status) -> None:
    answer = real_bot.ask(text).answer
    assert answer.status is status
    assert answer.citations[0].clause.id == clause_id
