"""A reranker has the last word among near equals and none over what the search did not find."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.retrieve.find import RERANK_DEPTH, Retriever
from bot.retrieve.terms import TopicReader
from ingest.corpus import Corpus
from ingest.errors import ModelUnavailable
from ingest.load import load_shipped_plans
from vectorstore.chroma import ExactDense
from vectorstore.embed_hash import HashEmbedder
from vectorstore.index import PassageIndex, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import cut_passages
from vectorstore.rerank import Reranker, open_reranker
from vectorstore.vocabulary import shipped_vocabulary


class Prefers:
    """Likes texts that hold a word; counts what it was shown."""

    def __init__(self, word: str) -> None:
        self.word, self.seen = word, 0

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ARG002
        self.seen += len(texts)
        return np.array([float(self.word in text) for text in texts], dtype=np.float32)


def retriever(reranker: Reranker | None) -> Retriever:
    corpus = Corpus(load_shipped_plans().plans)
    passages, embedder = cut_passages(corpus.plans), HashEmbedder()
    vectors = embedder.embed_passages([embedding_text(passage) for passage in passages])
    index = PassageIndex(passages, LexicalIndex.build(passages), ExactDense(vectors), embedder)
    return Retriever(corpus, index, TopicReader(corpus, shipped_vocabulary()), reranker)


def ids(found: Retriever, text: str, limit: int = 20) -> list[str]:
    return [evidence.clause.id for evidence in found.find(found.topics.read(text), (), limit)]


def test_it_moves_what_it_prefers_up_and_keeps_the_set() -> None:
    text = "诚信计量自我承诺"
    plain, moved = ids(retriever(None), text), ids(retriever(Prefers("区块链")), text)
    assert set(plain[:RERANK_DEPTH]) == set(moved[:RERANK_DEPTH])
    assert moved.index("state-council:六(三十一)") < plain.index("state-council:六(三十一)")


def test_it_reads_only_the_best_few() -> None:
    prefers = Prefers("计量")
    ids(retriever(prefers), "诚信计量自我承诺")
    assert prefers.seen == RERANK_DEPTH


def test_none_is_opened_by_default() -> None:
    assert open_reranker("") is None


@pytest.mark.models
def test_a_cross_encoder_scores_pairs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A model of two random layers made here: real loading code, no weights from elsewhere."""
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("cross-encoder")
    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"诚信计量器具扣除承诺税前"])
    )
    config = transformers.BertConfig(
        vocab_size=17,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    reranker = open_reranker(str(folder))
    assert reranker is not None
    scores = reranker.scores("诚信计量", ["诚信计量承诺", "税前扣除"])
    assert scores.shape == (2,)
    assert scores.dtype == np.float32
    assert reranker.scores("诚信", []).shape == (0,)


def test_one_that_cannot_be_opened_says_so() -> None:
    with pytest.raises(ModelUnavailable, match="no-such-model"):
        open_reranker("/no-such-model")
