"""The gate: what a model repeats, asks or says to no end is not said."""

import pytest

from bot.check.draft import Excerpt, Sentence
from bot.model import Question
from bot.write.vet import MOST_REPEATED, Vetter
from ingest.corpus import Corpus

ASKED = "厦门推行诚信计量自我承诺吗？承诺书怎么写"
PLEDGE = "推行经营者诚信计量自我承诺"


@pytest.fixture
def vetter(corpus: Corpus) -> Vetter:
    clause = next(one for one in corpus.plan("xiamen").clauses if PLEDGE in one.text)
    excerpt = Excerpt(1, corpus.plan("xiamen"), clause, clause.text)
    return Vetter([excerpt], [], Question(text=ASKED, folded=ASKED, bare=ASKED, plans=("xiamen",)))


@pytest.mark.parametrize("echo", ["厦门推行诚信计量自我承诺吗？", "承诺书怎么写", "承诺书怎么写。", ASKED])
def test_the_question_is_no_answer_to_itself(vetter: Vetter, echo: str) -> None:
    assert list(vetter.take(Sentence(echo, (1,)))) == []
    assert vetter.tally.written == 0, "its absence is no loss"


def test_what_answers_in_the_question_s_words_is_said(vetter: Vetter) -> None:
    (said,) = vetter.take(Sentence("厦门推行经营者诚信计量自我承诺。", (1,)))
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
