"""LangChain's own OpenAI classes against a running server."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.api import create_app
from bot.api.texts_schema import EMBEDDER
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

langchain_openai: Any = pytest.importorskip("langchain_openai")
QUESTION = "诚信计量自我承诺"


@pytest.fixture
def address(bot: FakeBot) -> Iterator[str]:
    with served(create_app(bot)) as address:
        yield f"{address}/v1"


def chat(address: str, **more: Any) -> Any:
    return langchain_openai.ChatOpenAI(base_url=address, api_key="x", model="metrology-extractive", **more)


def test_chat_answers_and_streams_the_same(address: str) -> None:
    whole = chat(address).invoke(QUESTION)
    assert "[1]" in whole.content
    assert whole.usage_metadata["total_tokens"] > len(QUESTION)
    pieces = [*chat(address, stream_usage=True).stream(QUESTION)]
    assert "".join(piece.content for piece in pieces if isinstance(piece.content, str)) == whole.content
    assert [piece.usage_metadata for piece in pieces if piece.usage_metadata][-1] == whole.usage_metadata


def test_a_bound_reaches_it(address: str) -> None:
    bounded = chat(address, max_tokens=8).invoke(QUESTION)
    assert (bounded.content, bounded.response_metadata["finish_reason"]) == ("【原文摘录】", "length")


def test_embeddings(bot: FakeBot, address: str) -> None:
    embeddings = langchain_openai.OpenAIEmbeddings(
        base_url=address, api_key="x", model=EMBEDDER, check_embedding_ctx_length=False
    )
    assert embeddings.embed_documents(["诚信计量", "强制检定"]) == bot.texts.vectors(["诚信计量", "强制检定"]).tolist()
