"""A scripted endpoint, and bots that ask it."""

import sys
from collections.abc import Callable, Iterator

import pytest

from bot.local import LocalBot
from bot.write.assistant import Chat
from bot.write.breaker import Breaker, GuardedModel
from bot.write.client import OpenAIChat, Patience
from tests.bot.scripted import ScriptedBot
from tests.bot.talk import talking_bot
from tests.bot.write.scripts import honest
from tests.bot.write.server import ScriptedServer
from tests.bot.write.streams import Serve, running

KEY = "sk-very-secret-key"
OpenChat = Callable[..., OpenAIChat]
OpenBot = Callable[..., LocalBot]


def tell(figures: str) -> None:
    """A measured figure, for whoever runs the tests with -s."""
    sys.stdout.write(f"\n{figures}\n")


@pytest.fixture
def endpoint() -> Iterator[ScriptedServer]:
    with ScriptedServer(honest) as server:
        yield server


@pytest.fixture
def open_chat() -> Iterator[OpenChat]:
    opened: list[OpenAIChat] = []

    def build(url: str, connect: float = 1.0, read: float = 2.0, key: str = KEY) -> OpenAIChat:
        opened.append(OpenAIChat(url, "scripted", key, Patience(connect, read)))
        return opened[-1]

    yield build
    for chat in opened:
        chat.close()


@pytest.fixture
def plain_bot() -> ScriptedBot:
    """What the bots below say without a model."""
    return talking_bot()


@pytest.fixture
def open_bot(open_chat: OpenChat) -> OpenBot:
    """A bot with a model at an address; `read` is the time between two chunks, `budget` that of a message."""

    def build(
        url: str, budget: float = 4.0, read: float = 2.0, connect: float = 1.0, breaker: Breaker | None = None
    ) -> LocalBot:
        model = GuardedModel(open_chat(url, connect, read), url, breaker)
        return talking_bot(Chat(model, "scripted", budget))

    return build


@pytest.fixture
def serve() -> Iterator[Serve]:
    with running() as start:
        yield start
