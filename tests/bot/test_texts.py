"""Texts of anyone, read by the shipped models."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.judge.model import JudgeModel
from bot.texts import SHORTEST, ShippedTexts, WithTexts
from tests.bot.fakes import FakeBot
from tests.bot.scripted import Script, ScriptedIndex, the_corpus
from tests.bot.talk import talking_bot
from vectorstore.encoder import DIMENSION, Encoder, Encoding, Floats
from vectorstore.index import Channel, Hit, Query
from vectorstore.passages import cut_passages

QUESTION = "厦门怎么推行诚信计量自我承诺？"
ABOUT = "强化市场经营主体责任，推行经营者诚信计量自我承诺。"
BESIDE = "加强计量人才队伍建设，培养注册计量师。"
FAR = "小猫喜欢在阳光下睡觉，不爱吃鱼。"


class NotedIndex(ScriptedIndex):
    """Remembers by which channel it was searched."""

    channel: Channel | None = None

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        self.channel = channel
        return super().search(query, limit, channel)


@pytest.fixture(scope="module")
def index() -> NotedIndex:
    return NotedIndex(Script(), cut_passages(the_corpus().plans))


@pytest.fixture(scope="module")
def texts(encoder: Encoder, index: NotedIndex) -> ShippedTexts:
    return ShippedTexts(encoder, JudgeModel(), index)


def test_vectors_are_the_encoder_s(texts: ShippedTexts, encoder: Encoder) -> None:
    assert np.array_equal(texts.vectors([ABOUT])[0], encoder.passage(ABOUT).vector)
    assert np.array_equal(texts.vectors(["诚信计量"], asked=True)[0], encoder.query("诚信计量").vector)
    assert texts.vectors([]).shape == (0, DIMENSION)


def test_what_is_asked_is_folded_as_the_bot_folds_it(texts: ShippedTexts) -> None:
    one, two = texts.vectors(["廈門怎麼推行？😀", "厦门怎么推行?"], asked=True)
    assert np.array_equal(one, two)


def test_a_long_text_is_read_to_its_end(texts: ShippedTexts, encoder: Encoder) -> None:
    long = ABOUT * 12
    vectors = texts.vectors([long, long + BESIDE * 6, BESIDE])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[1] @ vectors[2] > vectors[0] @ vectors[2] + 0.05, "the end counts"
    assert np.array_equal(encoder.passage(long).vector, encoder.passage(long + BESIDE * 6).vector), "one reading is cut"


def test_what_bears_scores_higher(texts: ShippedTexts) -> None:
    about, beside, far = texts.bearing(QUESTION, [ABOUT, BESIDE, FAR])
    assert about.bears > 0.5 > max(beside.bears, far.bears)
    assert about.bears >= about.states > beside.states


def test_a_document_bears_as_far_as_its_best_sentence(texts: ShippedTexts) -> None:
    alone, buried, without = texts.bearing(QUESTION, [ABOUT, FAR * 12 + ABOUT + FAR * 12, FAR * 24])
    assert buried.bears > 0.5 > without.bears
    assert buried.bears == pytest.approx(alone.bears, abs=1e-3)


def test_order_and_number_of_documents_change_no_score(texts: ShippedTexts) -> None:
    documents = [ABOUT, BESIDE, FAR, ABOUT * 9]
    whole = [one.bears for one in texts.bearing(QUESTION, documents)]
    back = [one.bears for one in texts.bearing(QUESTION, documents[::-1])][::-1]
    assert whole == pytest.approx(back, abs=1e-3)


def test_a_document_of_marks_is_no_thousand_sentences(encoder: Encoder, index: NotedIndex) -> None:
    class Counting(JudgeModel):
        sentences = 0

        def read(self, question: Encoding, sentences: Sequence[Encoding]) -> Floats:
            Counting.sentences += len(sentences)
            return super().read(question, sentences)

    ShippedTexts(encoder, Counting(), index).bearing(QUESTION, ["。" * 320, "", "。\n"])
    assert Counting.sentences == 320 // SHORTEST + 2


def test_the_nearest_clause_is_found_by_vectors(texts: ShippedTexts, index: NotedIndex) -> None:
    assert texts.nearest("建立诚信计量长效机制") in {
        clause.id for plan in the_corpus().plans for clause in plan.clauses
    }
    assert index.channel is Channel.DENSE
    assert index.queries[-1].text == "建立诚信计量长效机制"
    assert texts.nearest(" \u200b") == ""


def test_nothing_near_is_no_clause(encoder: Encoder) -> None:
    class Empty(ScriptedIndex):
        def search(self, *_: object, **__: object) -> list[Hit]:
            return []

    assert ShippedTexts(encoder, JudgeModel(), Empty(Script(), ())).nearest("诚信") == ""


def test_bots_that_have_models_say_so() -> None:
    class Bare:
        pass

    assert isinstance(talking_bot(), WithTexts)
    assert isinstance(FakeBot(), WithTexts)
    assert not isinstance(Bare(), WithTexts)


def test_counts_are_the_tokenizer_s(texts: ShippedTexts, encoder: Encoder) -> None:
    some: Sequence[str] = ("", "厦门", ABOUT * 40)
    assert [texts.count(text) for text in some] == [encoder.count(text) for text in some]
