"""What every test of the bot may ask for."""

from datetime import date

import pytest

from bot.local import LocalBot
from bot.question.read import Reader
from ingest.corpus import Corpus
from ingest.model import Plan
from tests.bot.fakes import FakeBot
from tests.bot.scripted import ScriptedBot, the_corpus
from tests.bot.servers import postgres, postgres_url, redis_url
from vectorstore.encoder import Encoder
from vectorstore.index import PassageIndex

__all__ = ["postgres", "postgres_url", "redis_url"]  # fixtures
TODAY = date(2026, 6, 1)


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def scripted() -> ScriptedBot:
    """The whole chain with models that say what the test tells them to."""
    return ScriptedBot()


@pytest.fixture(scope="session")
def real_bot(plans: dict[str, Plan], shipped_index: PassageIndex, encoder: Encoder) -> LocalBot:
    """The bot as shipped, but for its day, which stands still."""
    return LocalBot(Corpus(plans.values()), shipped_index, encoder, today=lambda: TODAY)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return the_corpus()


@pytest.fixture(scope="session")
def reader(real_bot: LocalBot) -> Reader:
    return real_bot.reader
