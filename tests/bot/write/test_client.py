"""The adapter against a real HTTP server: what may pass is tried again, what is broken is a ModelError, all in time."""

import json
import logging
import threading
import time
from collections.abc import Iterator

import pytest

from bot.write.chat import BadOutput
from ingest.errors import MetrologyError, ModelError, ModelTimeout, ModelUnavailable
from tests.bot.write.conftest import KEY, OpenChat
from tests.bot.write.scripts import endless, endless_blank, in_pieces, says, slowly, stalled
from tests.bot.write.server import Reply, ScriptedServer

MESSAGES = [{"role": "system", "content": "规则"}, {"role": "user", "content": "机密问题：加油站缺斤短两 条款"}]
TEXT = "厦门推行经营者诚信计量自我承诺。[1]\n"


def test_a_reply_comes_in_pieces_and_whole(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.script = says(TEXT)
    pieces = list(open_chat(endpoint.url).stream(MESSAGES, 5))
    assert len(pieces) > 1
    assert "".join(pieces) == TEXT
    (request,) = endpoint.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["stream"] is True
    assert request.body["model"] == "scripted"
    assert request.body["messages"] == MESSAGES


def whole(message: object, **more: object) -> Reply:
    return Reply(whole=json.dumps({"choices": [{"index": 0, "message": message}], **more}).encode())


def test_an_endpoint_that_does_not_stream_is_read_too(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.queue = [whole({"role": "assistant", "content": f"<think>想</think>{TEXT}"}, id="c", model="m")]
    assert "".join(open_chat(endpoint.url).stream(MESSAGES, 5)) == TEXT


def test_thoughts_are_not_part_of_the_reply(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.script = says(f"<think>用户问的是<1>…{'想' * 30}</think>\n\n{TEXT}")
    assert "".join(open_chat(endpoint.url).stream(MESSAGES, 5)).lstrip() == TEXT


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again(endpoint: ScriptedServer, open_chat: OpenChat, status: int) -> None:
    endpoint.queue, endpoint.script = [Reply(status=status)], says(TEXT)
    assert "".join(open_chat(endpoint.url).stream(MESSAGES, 5)) == TEXT
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 418])
def test_what_will_not_pass_is_not(endpoint: ScriptedServer, open_chat: OpenChat, status: int) -> None:
    endpoint.queue = [Reply(status=status)]
    with pytest.raises(ModelUnavailable, match=f"HTTP {status}"):
        list(open_chat(endpoint.url).stream(MESSAGES, 5))
    assert len(endpoint.requests) == 1


def test_a_model_that_takes_no_temperature_is_asked_without(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.queue, endpoint.script = [Reply(status=400)], says(TEXT)
    chat = open_chat(endpoint.url)
    assert "".join(chat.stream(MESSAGES, 5)) == "".join(chat.stream(MESSAGES, 5)) == TEXT
    assert ["temperature" in request.body for request in endpoint.requests] == [True, False, False]


def test_tries_are_bounded(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.script = lambda _: Reply(status=503)
    with pytest.raises(ModelUnavailable, match="HTTP 503"):
        list(open_chat(endpoint.url).stream(MESSAGES, 5))
    assert len(endpoint.requests) == 3


def test_retry_after_is_waited_for(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.queue, endpoint.script = [Reply(status=429, headers={"Retry-After": "0.7"})], says(TEXT)
    began = time.monotonic()
    assert "".join(open_chat(endpoint.url).stream(MESSAGES, 5)) == TEXT
    assert time.monotonic() - began >= 0.7


def test_retry_after_beyond_the_budget_is_not(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.queue = [Reply(status=429, headers={"Retry-After": "30"})]
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="HTTP 429"):
        list(open_chat(endpoint.url).stream(MESSAGES, 20))
    assert time.monotonic() - began < 15
    assert len(endpoint.requests) == 1


def drip(_: object) -> Reply:
    """Never silent for long, never done: only a bound on the whole call ends it."""

    def pieces() -> Iterator[str | float | bytes]:
        while True:
            yield b": still here\n\n"
            yield 0.05

    return Reply(pieces())


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply([b"data: {not json\n\n"]), ModelUnavailable, id="no JSON"),
        pytest.param(Reply([b"data: \xff\xfe\n\n"]), ModelUnavailable, id="no UTF-8"),
        pytest.param(Reply([b'data: {"choices": 7}\n\n']), ModelUnavailable, id="no choices"),
        pytest.param(Reply([b'data: {"choices": [{"delta": 3}]}\n\n']), ModelUnavailable, id="no delta"),
        pytest.param(Reply([b"data: [1, 2]\n\n"]), ModelUnavailable, id="a list"),
        pytest.param(Reply([b"data: null\n\n"]), ModelUnavailable, id="null"),
        pytest.param(
            Reply([b'data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n']), ModelUnavailable, id="dict"
        ),
        pytest.param(Reply([b'data: {"error": {"message": "overloaded"}}\n\n']), ModelUnavailable, id="error event"),
        pytest.param(Reply(["厦门"], cut=True), ModelUnavailable, id="reset"),
        pytest.param(Reply([b"<html>busy</html>"], finish=None, done=False), BadOutput, id="HTML"),
        pytest.param(Reply(["  \n"]), BadOutput, id="blank"),
        pytest.param(Reply(whole=b"{half"), ModelUnavailable, id="unstreamed half"),
        pytest.param(Reply(whole=b"[1]"), ModelUnavailable, id="unstreamed list"),
        pytest.param(Reply(whole=b'{"choices": [{"message": 3}]}'), ModelUnavailable, id="unstreamed number"),
        pytest.param(whole({"content": None, "refusal": "no"}), BadOutput, id="unstreamed refusal"),
        pytest.param(whole({"content": ""}), BadOutput, id="unstreamed blank"),
        pytest.param(whole({"content": "长" * 600_000}), BadOutput, id="unstreamed endless"),
        pytest.param(Reply(), BadOutput, id="empty"),
        pytest.param(Reply(["<think>想"]), BadOutput, id="only a thought"),
        pytest.param(Reply(["厦门"], finish="content_filter"), BadOutput, id="filtered"),
        pytest.param(Reply(["厦门", 60.0]), ModelTimeout, id="stalled"),
        pytest.param(Reply(silent=60.0), ModelTimeout, id="silent"),
        pytest.param(drip(None), ModelTimeout, id="dripping"),
    ],
)
def test_broken_replies_are_model_errors_in_time(
    endpoint: ScriptedServer, open_chat: OpenChat, reply: Reply, error: type[ModelError]
) -> None:
    endpoint.script = lambda _: reply
    began = time.monotonic()
    with pytest.raises(error) as caught:
        list(open_chat(endpoint.url, read=0.3).stream(MESSAGES, 3.0))
    assert time.monotonic() - began < 20
    assert isinstance(caught.value, MetrologyError)


def test_a_finish_that_is_not_told_is_no_fault(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.script = lambda _: Reply(in_pieces(TEXT), finish=None, done=False)
    assert "".join(open_chat(endpoint.url).stream(MESSAGES, 5)) == TEXT


@pytest.mark.parametrize("script", [endless, endless_blank])
def test_endless_replies_are_not_read_to_their_end(
    endpoint: ScriptedServer, open_chat: OpenChat, script: object
) -> None:
    endpoint.script = script  # type: ignore[assignment]
    try:
        text = "".join(open_chat(endpoint.url).stream(MESSAGES, 5))
    except BadOutput:
        text = ""
    assert len(text) < 7_000
    assert endpoint.left.wait(15), "the endpoint is told to stop"


def test_a_dead_port_fails_within_the_connect_timeout(open_chat: OpenChat) -> None:
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="no connection"):
        list(open_chat("http://127.0.0.1:9/v1", connect=9.0).stream(MESSAGES, 27))
    assert time.monotonic() - began < 9.0


def test_a_slow_reply_may_take_its_whole_time(endpoint: ScriptedServer, open_chat: OpenChat) -> None:
    endpoint.script = slowly(says(TEXT), between=0.1)
    assert "".join(open_chat(endpoint.url, read=4).stream(MESSAGES, 30)) == TEXT
    with pytest.raises(ModelTimeout):
        list(open_chat(endpoint.url, read=0.4).stream(MESSAGES, 0.25))


def test_close_from_another_thread_wakes_the_reader_and_ends_the_call(
    endpoint: ScriptedServer, open_chat: OpenChat
) -> None:
    endpoint.script = stalled(says(TEXT), after=1)
    pieces = open_chat(endpoint.url, read=30).stream(MESSAGES, 30)
    next(pieces)
    threading.Timer(0.2, pieces.close).start()
    began = time.monotonic()
    assert list(pieces) == []
    assert time.monotonic() - began < 15
    assert endpoint.left.wait(15), "the connection is closed, so that the model stops writing"


def test_neither_key_nor_text_is_logged_or_told(
    endpoint: ScriptedServer, open_chat: OpenChat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint.script = lambda _: Reply(status=401)  # its message repeats the key
    chat = open_chat(endpoint.url.replace("http://", "http://user:hunter2@"))
    with pytest.raises(ModelUnavailable) as caught:
        list(chat.stream(MESSAGES, 5))
    told, error = str(caught.value) + caplog.text, caught.value
    while error.__cause__ or error.__context__:
        told += str(error.__cause__ or error.__context__)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    for secret in (KEY, "缺斤短两", "hunter2"):
        assert secret not in told


def test_a_chat_can_be_closed_twice_and_unused(open_chat: OpenChat, endpoint: ScriptedServer) -> None:
    endpoint.script = says(TEXT)
    chat = open_chat(endpoint.url)
    chat.close()
    list(chat.stream(MESSAGES, 5))
    chat.close()
    chat.close()
