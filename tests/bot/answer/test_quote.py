"""Quotation: exact slices, whole sentences, conditions kept, rows whole, brackets of units left out."""

from itertools import pairwise

import pytest

from bot.answer.quote import (
    MAX_SENTENCES,
    cite_finding,
    cite_near,
    cite_word,
    finding_statement,
    place_name,
    quote_statement,
    quoted,
    whole,
)
from bot.judge.judge import Finding
from bot.model import Citation
from ingest.corpus import Corpus
from ingest.model import Kind
from tests.bot.judge.judge_builders import judged, of_clauses
from tests.bot.scripted import STATES

XIAMEN = "xiamen:三(四)21"


def finding(clause_id: str, *words: str) -> Finding:
    """The clause's sentences that hold any of the words; all of them without."""
    chosen = [one for one in of_clauses(clause_id) if not words or any(word in one.passage.text for word in words)]
    sentences = tuple(judged(one, STATES) for one in chosen)
    return Finding(sentences[0].plan, sentences[0].clause, sentences, 0.9, 0.9)


def near(corpus: Corpus, clause_id: str, text: str, place: tuple[int, int] | None = None) -> list[Citation]:
    clause = corpus.clause(clause_id)
    return cite_near(corpus.plan(clause.plan_id), clause, text, place)


class TestFinding:
    def test_the_sentences_that_bear(self) -> None:
        (citation,) = cite_finding(finding(XIAMEN, "加油站"))
        assert citation.quote == "在眼镜制配、加油站、商超、医疗机构等商业、服务业领域开展诚信计量行动。"

    def test_neighbours_are_joined_and_those_apart_are_marked(self) -> None:
        citations = cite_finding(finding(XIAMEN, "推行经营者", "眼镜制配", "建立诚信计量长效机制"))
        assert [one.quote[:6] for one in citations] == ["建立诚信计量", "强化市场经营"]
        assert citations[1].quote.endswith("开展诚信计量行动。")
        assert quoted(citations).count("……") == 1

    def test_a_row_is_quoted_whole(self, corpus: Corpus) -> None:
        for plan in corpus.plans:
            for clause in plan.clauses:
                if clause.kind is Kind.ROW:
                    (citation,) = cite_finding(finding(clause.id))
                    assert citation.quote == clause.text

    def test_the_condition_of_a_deduction_is_kept(self) -> None:
        for clause_id in ("xiamen:四24", "state-council:五(二十三)", "quanzhou:四(二)"):
            (citation,) = cite_finding(finding(clause_id, "一次性计入"))
            assert "符合" in citation.quote
            assert citation.quote.endswith("规定的，允许一次性计入当期成本费用，在计算应纳税所得额时扣除。")

    def test_a_statement_names_place_path_and_words(self) -> None:
        statement = finding_statement(finding(XIAMEN, "加油站"))
        assert statement.text.startswith("厦门（三(四)21）：「在眼镜制配、加油站")
        assert statement.text.endswith("行动。」")
        assert not statement.computed


class TestNear:
    def test_the_sentences_that_share_most(self, corpus: Corpus) -> None:
        (citation,) = near(corpus, XIAMEN, "商超和医疗机构开展诚信计量行动")
        assert citation.quote.startswith("在眼镜制配")

    def test_another_that_shares_nearly_as_much_is_cited_too(self, corpus: Corpus) -> None:
        citations = near(corpus, XIAMEN, "“双随机、一公开”监管，强化严重违法失信名单管理；三位一体的诚信计量管理模式")
        assert ["三位一体" in citations[0].quote, "双随机" in citations[1].quote] == [True, True]
        assert all(one.end < other.start for one, other in pairwise(citations))

    def test_no_more_than_can_be_read(self, corpus: Corpus) -> None:
        text = corpus.clause("qingdao:四(三)").text
        ends = sum(one.quote.count("。") for one in near(corpus, "qingdao:四(三)", text))
        assert ends <= MAX_SENTENCES

    def test_a_row_whole(self, corpus: Corpus) -> None:
        (citation,) = near(corpus, "xiamen:专栏1/9", "2025年850家")
        assert citation.quote == corpus.clause("xiamen:专栏1/9").text

    def test_the_bracket_of_units_is_no_sentence(self, corpus: Corpus) -> None:
        for plan in corpus.plans:
            for clause in plan.clauses:
                if clause.responsible_units:
                    quotes = [one.quote for one in near(corpus, clause.id, "责任单位：市市场监管局牵头")]
                    assert not any("责任单位：" in quote for quote in quotes), clause.id

    def test_the_run_in_heading_is_no_sentence(self, corpus: Corpus) -> None:
        citations = near(corpus, XIAMEN, "建立诚信计量长效机制")
        assert not any(one.quote.startswith("建立诚信计量长效机制。") for one in citations)

    def test_where_nothing_is_shared_the_sentence_meant_is_cited(self, corpus: Corpus) -> None:
        clause = corpus.clause(XIAMEN)
        start = clause.text.index("实施计量信用监管")
        (meant,) = near(corpus, XIAMEN, "zz", (start, len(clause.text)))
        assert meant.start == start
        (first,) = near(corpus, XIAMEN, "zz")
        assert first.start == len("建立诚信计量长效机制。")
        assert near(corpus, XIAMEN, "zz", (0, 0)) == [first], "a place with no sentence means none"

    def test_every_quote_is_made_of_whole_sentences(self, corpus: Corpus) -> None:
        for plan in corpus.plans:
            for clause in plan.clauses:
                for one in near(corpus, clause.id, "诚信计量，标准物质，监督检查"):
                    before = clause.text[: one.start].rstrip(" ")
                    assert not before or before[-1] in "。！？；\n”）》", clause.id
                    assert one.quote == clause.text[one.start : one.end] != ""


WORDS = [
    (XIAMEN, "三位一体", "完善诚信计量体系，"),
    (XIAMEN, "诚信计量长效机制", "建立诚信计量长效机制。"),
    (XIAMEN, "市卫健委", "（责任单位："),
    ("xiamen:专栏1/9", "850", "引导培育诚信计量自我承诺单位（家）｜2020年：506"),
    (XIAMEN, "长效机制。完善", "建立诚信计量长效机制。完善诚信计量体系"),
    ("xiamen:三", "重点任务", "重点任务"),
]


@pytest.mark.parametrize(("clause_id", "word", "start"), WORDS)
def test_a_word_is_quoted_where_it_stands(corpus: Corpus, clause_id: str, word: str, start: str) -> None:
    clause = corpus.clause(clause_id)
    citations = cite_word(corpus.plan(clause.plan_id), clause, word)
    assert citations[0].quote.startswith(start)
    assert any(word in one.quote for one in citations)


def test_a_word_that_stands_often_is_not_quoted_without_end(corpus: Corpus) -> None:
    citations = cite_word(corpus.plan("qingdao"), corpus.clause("qingdao:四(三)"), "计量")
    assert sum(one.quote.count("。") for one in citations) == MAX_SENTENCES


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
