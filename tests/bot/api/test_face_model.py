"""The OpenAI-compatible routes before a bot that asks a (scripted) model itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from openai import OpenAI

from bot.api import create_app
from bot.write.assistant import Chat
from bot.write.breaker import GuardedModel
from bot.write.client import OpenAIChat, Patience
from ingest.corpus import Corpus
from tests.bot.api.live import served
from tests.bot.talk import talking_bot
from tests.bot.write.scripts import honest, wrong_number
from tests.bot.write.server import ScriptedServer

ASKED = "厦门的企业新买计量器具能一次性税前扣除吗？"
LABEL = "【人工智能生成合成内容，逐句核对原文】"


@pytest.fixture
def endpoint() -> Iterator[ScriptedServer]:
    with ScriptedServer(honest) as server:
        yield server


@pytest.fixture
def talk(endpoint: ScriptedServer) -> Iterator[OpenAI]:
    model = OpenAIChat(endpoint.url, "scripted", "key", Patience(1.0, 2.0))
    chat = Chat(GuardedModel(model, endpoint.url), "scripted", 4.0)
    with served(create_app(talking_bot(chat))) as address, OpenAI(base_url=f"{address}/v1", api_key="any") as client:
        yield client
    model.close()


def streamed(talk: OpenAI, *questions: str) -> tuple[list[str], Any]:
    """The pieces of a streamed answer to the last of the questions, and its last chunk."""
    messages: Any = [{"role": "user", "content": question} for question in questions]
    sent = list(talk.chat.completions.create(model="metrology-auto", messages=messages, stream=True))
    return [chunk.choices[0].delta.content or "" for chunk in sent], sent[-1]


def test_a_whole_answer_begins_with_its_label(talk: OpenAI, corpus: Corpus) -> None:
    whole: Any = talk.chat.completions.create(model="metrology-auto", messages=[{"role": "user", "content": ASKED}])
    message = whole.choices[0].message
    assert message.content.startswith(LABEL)
    assert whole.metrology["mode"] == "llm"
    assert whole.metrology["generated"] is True
    for annotation in message.annotations:
        cited = annotation.url_citation
        assert message.content[cited.start_index : cited.end_index] == f"[{cited.index}]"
        assert cited.quote in corpus.clause(cited.clause_id).text


def test_a_streamed_one_is_labelled_when_it_is_known_to_be_the_model_s(talk: OpenAI) -> None:
    pieces, last = streamed(talk, ASKED)
    content = "".join(pieces)
    assert content.count(LABEL) == 1
    assert content.index("[1]") < content.index(LABEL) < content.index("出处：")
    assert last.metrology["generated"] is True
    for annotation in last.choices[0].delta.annotations:
        cited = annotation["url_citation"]
        assert content[cited["start_index"] : cited["end_index"]] == f"[{cited['index']}]"


def test_earlier_questions_are_gone_through_without_the_model(talk: OpenAI, endpoint: ScriptedServer) -> None:
    _, last = streamed(talk, ASKED)
    alone = len(endpoint.requests)
    _, last = streamed(talk, "泉州2025年诚信计量自我承诺单位的目标是多少？", "青岛对企业计量管理有什么要求？", ASKED)
    assert last.metrology["generated"] is True
    assert len(endpoint.requests) == 2 * alone


def test_a_doctored_answer_reaches_no_client(talk: OpenAI, endpoint: ScriptedServer) -> None:
    endpoint.script = wrong_number
    pieces, last = streamed(talk, ASKED)
    assert last.metrology["generated"] is False
    assert LABEL not in "".join(pieces)
    assert "【原文摘录】" in "".join(pieces)


def test_the_extractive_model_asks_no_other(talk: OpenAI, endpoint: ScriptedServer) -> None:
    talk.chat.completions.create(model="metrology-extractive", messages=[{"role": "user", "content": ASKED}])
    assert endpoint.requests == []
