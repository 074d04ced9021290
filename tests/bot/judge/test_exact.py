"""What is known without a model: articles of laws, titles and numbers that the plans do not hold."""

from dataclasses import replace

import pytest

from bot.judge.exact import other_law, unheld_titles, unstated_numbers
from bot.model import Question
from bot.question.fold import fold
from ingest.corpus import Corpus
from tests.documents import corpus_of


def asked(text: str) -> Question:
    return Question(text=text, folded=fold(text), bare=fold(text))


LAWS = [
    ("计量法第二十六条怎么规定", "计量法"),
    ("《计量法》第26条讲什么", "计量法"),
    ("《计量法实施细则》 第十二条", "计量法实施细则"),
    ("商品量计量违法行为处罚规定和监督管理办法第十条", "商品量计量违法行为处罚规定和监督管理办法"),
    ("产品质量法 五十条", "产品质量法"),
    ("厦门第21条怎么规定", ""),
    ("计量法怎么规定", ""),
    ("实施方案第21条", ""),
    ("违法的第二条", ""),
]


@pytest.mark.parametrize(("text", "law"), LAWS)
def test_an_article_of_another_document(corpus: Corpus, text: str, law: str) -> None:
    assert other_law(asked(text), corpus) == law


def test_a_law_that_is_a_plan_of_the_corpus_is_held(corpus: Corpus) -> None:
    plan = corpus.plan("qingdao")
    assert plan.metadata.title is None
    law = Corpus([replace(plan, name="青岛市计量监督管理条例")])
    assert other_law(asked("计量监督管理条例第三条"), corpus) == "计量监督管理条例"
    assert other_law(asked("计量监督管理条例第三条"), law) == ""


TITLES = [
    ("《计量发展规划（2021—2035年）》讲什么", ()),
    ("《眼镜验光管理办法》和《诚信计量细则》", ("眼镜验光管理办法", "诚信计量细则")),
    ("《计量法》第一条", ()),
    ("《计量》", ()),
    ("没有书名号", ()),
]


@pytest.mark.parametrize(("text", "titles"), TITLES)
def test_titles_no_plan_knows(corpus: Corpus, text: str, titles: tuple[str, ...]) -> None:
    assert unheld_titles(asked(text), corpus) == titles


CLAIMED = [
    ("目标是850家吗", (), "a cell of the table"),
    ("目标是900家吗", ("900家",), "nobody says nine hundred"),
    ("目标是85家吗", ("85家",), "a part of a number is another number"),
    ("目标是506家还是507家", ("507家",), "each by itself"),
    ("覆盖率99.5%", ("99.5%",), "decimals whole"),
    ("2025年建成", (), "a year is no amount"),
    ("第21条第3项", (), "an address is no amount"),
    ("3个月内", (), "months are time"),
    ("国发〔2021〕37号", (), "a document number is none"),
]


@pytest.mark.parametrize(("text", "numbers", "why"), CLAIMED)
def test_amounts_no_clause_states(corpus: Corpus, text: str, numbers: tuple[str, ...], why: str) -> None:
    rows = [corpus.clause("xiamen:专栏1/9"), corpus.clause("xiamen:三(四)21")]
    assert unstated_numbers(asked(text), rows) == numbers, why


def test_an_amount_in_running_text(corpus: Corpus) -> None:
    clause = corpus.clause("qingdao:四(三)")
    assert unstated_numbers(asked("350家"), [clause]) == ()
    assert unstated_numbers(asked("350项"), [clause]) == ("350项",)
    assert unstated_numbers(asked("350家"), []) == ("350家",)


MONEY_AND_DAYS = [
    ("罚款5万元吗", (), "in numerals"),
    ("罚款50000元吗", (), "in full"),
    ("罚款6万元吗", ("6万元",), "another sum"),
    ("30日内吗", (), "days in numerals"),
    ("20日内吗", ("20日",), "other days"),
    ("30天内吗", (), "days by another word"),
    ("10个工作日吗", (), "working days"),
    ("12个工作日吗", ("12个工作日",), "other working days"),
    ("3月15日", (), "a date is no number of days"),
]


@pytest.mark.parametrize(("text", "numbers", "why"), MONEY_AND_DAYS)
def test_sums_and_days_no_clause_states(corpus: Corpus, text: str, numbers: tuple[str, ...], why: str) -> None:
    clause = replace(corpus.clause("xiamen:三(四)21"), text="三十日内，或者十个工作日内，处五万元以下罚款。")
    assert unstated_numbers(asked(text), [clause]) == numbers, why


def test_an_article_of_a_law_that_is_held_is_asked_for_by_its_short_name() -> None:
    held = corpus_of("law-2018")
    question = replace(asked("请问计量法第三条"), documents=("law-2018",))
    assert other_law(question, held) == ""
    assert other_law(asked("请问计量法第三条"), held) == "请问计量法", "who names no document asks for another"
    assert other_law(replace(question, folded="反不正当竞争法第三条"), held) == "反不正当竞争法"


def test_a_title_that_a_document_bears_is_held_though_no_clause_says_it() -> None:
    assert unheld_titles(asked("《泉州集贸市场计量管理办法》"), corpus_of("quanzhou-rule")) == ()
    assert unheld_titles(asked("《泉州集贸市场计量管理办法》"), corpus_of()) == ("泉州集贸市场计量管理办法",)
