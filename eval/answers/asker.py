"""Who is asked: a running server, or a bot in this process. Either gives the JSON of POST /v1/ask."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.api.present import Presenter
from bot.model import Status
from bot.service import Asked
from eval.jsonl import explain
from ingest.errors import EvalError

Render = Callable[[Asked], Mapping[str, Any]]


class Asks(Protocol):
    """As much of a bot as is asked here."""

    corpus_version: str

    def ask(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, mode: str = "auto"
    ) -> Asked:
        """As `bot.service.Bot.ask`."""


class AskFailed(EvalError):
    """A question got no usable answer: no connection, an error status, or a body out of contract."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"No usable answer from '{source}': {reason}")


class Cited(BaseModel):
    """A citation as served; `start` and `end` count code points of the clause's text."""

    model_config = ConfigDict(frozen=True)

    clause_id: str
    quote: str
    start: int
    end: int


class Reply(BaseModel):
    """The part of an answer that is judged or shown."""

    model_config = ConfigDict(frozen=True)

    status: Status
    answer: str
    plain_text: str = ""
    citations: tuple[Cited, ...] = ()
    related: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()
    mode: str = ""
    corpus_version: str = ""


class Asker(Protocol):
    """Answers one question within a conversation."""

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        """The JSON of POST /v1/ask. Raises AskFailed."""


class HttpAsker:
    """A server by its base URL, e.g. http://127.0.0.1:8000."""

    def __init__(
        self, url: str, mode: str = "auto", timeout: float = 120.0, client: httpx.Client | None = None
    ) -> None:
        """`timeout` in seconds; `client` replaces the connection in tests."""
        self.url, self.mode = url.rstrip("/"), mode
        self._client = client or httpx.Client(timeout=timeout, trust_env=False)

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        body = {"question": question, "session_id": session_id, "mode": self.mode}
        try:
            response = self._client.post(f"{self.url}/v1/ask", json=body)
            response.raise_for_status()
            content = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AskFailed(self.url, str(error) or type(error).__name__) from error
        if not isinstance(content, dict):
            raise AskFailed(self.url, f"a JSON {type(content).__name__} where an object belongs")
        return content


class InProcessAsker:
    """A bot in this process; the JSON is what the API would serve, unless `render` makes another."""

    def __init__(self, bot: Asks, mode: str = "auto", render: Render | None = None) -> None:
        self.bot, self.mode, self.render = bot, mode, render or rendered(bot.corpus_version)

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return self.render(self.bot.ask(question, session_id, mode=self.mode))


def rendered(corpus_version: str) -> Render:
    """What the API serves for an answer."""
    presenter = Presenter("")
    return lambda asked: presenter.answer(asked, corpus_version).model_dump(mode="json")


def read_reply(content: Mapping[str, Any], source: str) -> Reply:
    """Raises AskFailed when `content` breaks the contract."""
    try:
        return Reply.model_validate(content)
    except ValidationError as error:
        raise AskFailed(source, f"answer out of contract, {explain(error)}") from error
