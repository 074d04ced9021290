"""Streams of the OpenAI-compatible route: the role, a statement a chunk, annotations with the end, [DONE]."""

import json
from collections.abc import Generator, Iterator
from threading import Event
from typing import Any

import pytest
from openai import OpenAI

from bot.api import create_app
from bot.model import Answer, Mode, Statement, Status
from bot.service import Asked, Telling
from tests.bot.api.api_builders import client
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

WAIT = 20.0  # seconds
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


class LiveBot(FakeBot):
    """Tells `told` as a model writes, then the next of `answers`, which may differ."""

    told: tuple[Statement, ...] = ()
    stopped = False

    def ask_stream(self, *asked: Any, **_: Any) -> Telling:
        items: list[Statement | Asked] = [*self.told, self.ask(*asked[:4])]

        def stop() -> None:
            self.stopped = True

        return Telling((one for one in items), stop, live=True)


def live(told: int, mode: Mode) -> tuple[LiveBot, list[Any]]:
    """A bot that tells so many statements of its own, and one more in the whole; the chunks it makes."""
    bot = LiveBot()
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    written = (Statement("泉州有。", (two,)), Statement("两市都有。", (one, two)), Statement("完。"))
    bot.told = written[:told]
    quoted = (Statement("引文。", (one,)),)
    bot.answers = [Answer(Status.ANSWERED, written if mode is Mode.LLM else quoted, mode=mode, model="m")]
    return bot, chunks(bot)


def contents(sent: list[Any]) -> list[str]:
    return [each["choices"][0]["delta"]["content"] for each in sent if "content" in each["choices"][0]["delta"]]


def test_a_model_s_statements_go_out_as_it_writes_and_are_labelled() -> None:
    bot, (*sent, last, done) = live(2, Mode.LLM)
    pieces = contents(sent)
    assert pieces[1:4] == ["泉州有。[1]", "\n\n两市都有。[1][2]", "\n\n完。"]
    assert pieces[4] == "\n\n【人工智能生成合成内容，逐句核对原文】"
    assert pieces[5].startswith("\n\n出处：")
    content = "".join(pieces)
    marks = [each["url_citation"] for each in last["choices"][0]["delta"]["annotations"]]
    assert [(content[m["start_index"] : m["end_index"]], m["clause_id"]) for m in marks] == [
        ("[1]", "quanzhou:三(四)16"),
        ("[1]", "quanzhou:三(四)16"),
        ("[2]", "xiamen:三(四)21"),
    ]
    assert last["metrology"]["generated"] is True
    assert done == "[DONE]"
    assert bot.stopped


def test_what_a_model_wrote_in_vain_is_taken_back() -> None:
    _, (*sent, last, _) = live(2, Mode.EXTRACTIVE)
    content = "".join(contents(sent))
    assert "\n\n以上由人工智能生成，通过核对的句子不足，请以下列原文为准：\n\n引文。[1]\n\n【原文摘录】" in content
    (only,) = [each["url_citation"] for each in last["choices"][0]["delta"]["annotations"]]
    assert only["start_index"] == content.index("引文。") + 3
    assert only["clause_id"] == "xiamen:三(四)21"
    assert last["metrology"]["generated"] is False


def test_a_model_that_wrote_nothing_leaves_no_trace() -> None:
    _, (*sent, last, _) = live(0, Mode.EXTRACTIVE)
    assert contents(sent)[:3] == ["", "【原文摘录】", "\n\n引文。[1]"]
    assert last["metrology"]["mode"] == "extractive"


def test_a_caller_who_leaves_is_no_longer_written_for() -> None:
    stopped = Event()

    class EndlessBot(FakeBot):
        def ask_stream(self, *_: Any, **__: Any) -> Telling:
            def write() -> Generator[Statement | Asked, None, None]:
                yield Statement("一。")
                stopped.wait(WAIT)
                yield Statement("二。")

            return Telling(write(), stopped.set, live=True)

    with served(create_app(EndlessBot())) as address, OpenAI(base_url=f"{address}/v1", api_key="any") as talk:
        stream = talk.chat.completions.create(**ASKED, stream=True)
        first = [next(stream).choices[0].delta.content for _ in range(2)]
        assert first == ["", "一。"]
        assert not stopped.is_set()
        stream.close()
        assert stopped.wait(WAIT / 2)


def test_usage_comes_last_and_only_when_asked_for(bot: FakeBot) -> None:
    *sent, _ = chunks(bot)
    assert not any("usage" in each for each in sent)
    *others, counted, done = chunks(bot, stream_options={"include_usage": True})
    assert done == "[DONE]"
    assert {each["usage"] for each in others} == {None}
    assert counted["choices"] == []
    whole = client(bot).post("/v1/chat/completions", json=ASKED).json()
    assert counted["usage"] == whole["usage"]


def test_errors_come_before_the_stream(bot: FakeBot) -> None:
    bot.answers = [RuntimeError("secret")]
    response = client(bot).post("/v1/chat/completions", json={**ASKED, "stream": True})
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "server_error"
    assert "secret" not in response.text
