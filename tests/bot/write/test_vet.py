"""The gate: what a model repeats, asks or says to no end is not said."""

import pytest

from bot.check.draft import Excerpt, Sentence
from bot.model import Question
from bot.write.vet import MOST, MOST_REPEATED, Vetter
from ingest.corpus import Corpus

ASKED = "厦门推行诚信计量自我承诺吗？承诺书怎么写"
PLEDGE = "推行经营者诚信计量自我承诺"


def gate(corpus: Corpus, asked: str) -> Vetter:
    clause = next(one for one in corpus.plan("xiamen").clauses if PLEDGE in one.text)
    excerpt = Excerpt(1, corpus.plan("xiamen"), clause, clause.text)
    return Vetter([excerpt], [], Question(text=asked, folded=asked, bare=asked, plans=("xiamen",)))


@pytest.fixture
def vetter(corpus: Corpus) -> Vetter:
    return gate(corpus, ASKED)


@pytest.mark.parametrize("echo", ["厦门推行诚信计量自我承诺吗？", "承诺书怎么写", "承诺书怎么写。", ASKED])
def test_the_question_is_no_answer_to_itself(vetter: Vetter, echo: str) -> None:
    assert list(vetter.take(Sentence(echo, (1,)))) == []
    assert vetter.tally.written == 0, "its absence is no loss"


@pytest.mark.parametrize("asked", [ASKED, "厦门推行经营者诚信计量自我承诺？是真的吗"])
def test_what_answers_in_the_question_s_words_is_said(corpus: Corpus, asked: str) -> None:
    (said,) = gate(corpus, asked).take(Sentence("厦门推行经营者诚信计量自我承诺。", (1,)))
    assert said.generated


def test_a_model_that_goes_round_is_not_heard_out(vetter: Vetter) -> None:
    again = Sentence("厦门推行经营者诚信计量自我承诺。", (1,))
    said = list(vetter.take(again))
    for _ in range(MOST_REPEATED):
        assert not vetter.full
        said += vetter.take(again)
    assert vetter.full
    assert len(said) == 1
    assert vetter.tally.written == 1


def test_what_is_announced_again_before_something_new_is_no_round(vetter: Vetter) -> None:
    for number in range(2 * MOST_REPEATED):
        list(vetter.take(Sentence("规定如下：")))
        list(vetter.take(Sentence(f"厦门推行经营者诚信计量自我承诺，这是第{number}遍。", (1,))))
        assert not vetter.full or vetter.tally.written >= MOST
