"""Streams of the OpenAI-compatible route: the role, a statement a chunk, annotations with the end, [DONE]."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from openai import OpenAI

from bot.api import create_app
from bot.model import Answer, Statement, Status
from tests.bot.api.api_builders import client
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

ASKED: Any = {"model": "metrology-extractive", "messages": [{"role": "user", "content": "诚信计量自我承诺"}]}


@pytest.fixture
def talk(bot: FakeBot) -> Iterator[OpenAI]:
    with served(create_app(bot)) as address, OpenAI(base_url=f"{address}/v1", api_key="any") as client:
        yield client


def chunks(bot: FakeBot, **more: Any) -> list[Any]:
    """The decoded events of a stream, the last being the text [DONE]."""
    response = client(bot).post("/v1/chat/completions", json={**ASKED, "stream": True, **more})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert response.text.endswith("\n\n")
    events = response.text[:-2].split("\n\n")
    assert all(event.startswith("data: ") and len(event.splitlines()) == 1 for event in events)
    *sent, done = [event.removeprefix("data: ") for event in events]
    return [*(json.loads(each) for each in sent), done]


def test_a_stream_says_the_same_as_the_whole(talk: OpenAI) -> None:
    whole = talk.chat.completions.create(**ASKED)
    content, annotations, finished = "", None, []
    for chunk in talk.chat.completions.create(**ASKED, stream=True):
        choice: Any = chunk.choices[0]
        content += choice.delta.content or ""
        annotations = getattr(choice.delta, "annotations", annotations)
        finished.append(choice.finish_reason)
    assert content == whole.choices[0].message.content
    assert finished[-1] == "stop"
    assert set(finished[:-1]) == {None}
    assert annotations == [each.model_dump() for each in whole.choices[0].message.annotations or []]
    assert len(annotations) == 2


def test_the_official_accumulator_understands_it(talk: OpenAI) -> None:
    whole = talk.chat.completions.create(**ASKED)
    with talk.chat.completions.stream(**ASKED) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content == whole.choices[0].message.content
    assert final.choices[0].finish_reason == "stop"


def test_statements_go_out_one_a_chunk(bot: FakeBot) -> None:
    cited = Statement("一。", (bot.cite("xiamen:一"),))
    bot.answers = [Answer(Status.ANSWERED, (cited, Statement("二\n\n三\u2028四\x85。")), notes=("注。",))]
    first, *middle, last, done = chunks(bot)
    assert first["choices"] == [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]
    assert [each["choices"][0]["delta"]["content"] for each in middle[:3]] == [
        "【原文摘录】",
        "\n\n一。[1]",
        "\n\n二  \n  \n三\u2028四\x85。",
    ]
    assert middle[-1]["choices"][0]["delta"]["content"].startswith("\n\n出处：")
    assert last["choices"][0]["finish_reason"] == "stop"
    assert list(last["choices"][0]["delta"]) == ["annotations"]
    assert last["metrology"]["label"] == "原文摘录"
    assert done == "[DONE]"
    assert len({(each["id"], each["created"], each["model"]) for each in (first, *middle, last)}) == 1


def test_usage_comes_last_and_only_when_asked_for(bot: FakeBot) -> None:
    *sent, _ = chunks(bot)
    assert not any("usage" in each for each in sent)
    *_, counted, done = chunks(bot, stream_options={"include_usage": True})
    assert done == "[DONE]"
    assert counted["choices"] == []
    whole = client(bot).post("/v1/chat/completions", json=ASKED).json()
    assert counted["usage"] == whole["usage"]


def test_errors_come_before_the_stream(bot: FakeBot) -> None:
    bot.answers = [RuntimeError("secret")]
    response = client(bot).post("/v1/chat/completions", json={**ASKED, "stream": True})
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "server_error"
    assert "secret" not in response.text
