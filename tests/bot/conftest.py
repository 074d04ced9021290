"""What every test of the bot may ask for."""

from datetime import date

import pytest

from bot.local import LocalBot
from bot.question.read import Reader
from bot.retrieve.terms import TopicReader
from ingest.corpus import Corpus
from tests.bot.fakes import FakeBot
from vectorstore.chroma import ExactDense
from vectorstore.embed import open_embedder
from vectorstore.index import PassageIndex, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import cut_passages
from vectorstore.vocabulary import shipped_vocabulary

TODAY = date(2026, 6, 1)


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture(scope="session")
def real_bot() -> LocalBot:
    """The bot as shipped, but for its index, which stands in memory, and its day, which stands still."""
    return open_real_bot()


@pytest.fixture(scope="session")
def corpus(real_bot: LocalBot) -> Corpus:
    return real_bot.corpus


@pytest.fixture(scope="session")
def reader(real_bot: LocalBot) -> Reader:
    return real_bot.reader


@pytest.fixture(scope="session")
def topics(real_bot: LocalBot) -> TopicReader:
    return real_bot.retriever.topics


def open_real_bot() -> LocalBot:
    from ingest.load import load_shipped_plans

    plans = load_shipped_plans().plans
    passages = cut_passages(plans)
    embedder = open_embedder("static")
    dense = ExactDense(embedder.embed_passages([embedding_text(passage) for passage in passages]))
    index = PassageIndex(passages, LexicalIndex.build(passages), dense, embedder, "in-memory")
    return LocalBot(Corpus(plans), index, shipped_vocabulary(), today=lambda: TODAY)
