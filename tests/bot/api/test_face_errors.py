"""What the OpenAI-compatible routes refuse, in the shape and with the statuses their clients know."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot.api import create_app
from bot.api.app import MAX_BODY, MAX_CONVERSATION
from bot.api.callers import Callers
from ingest.errors import IndexMissing, ModelTimeout
from tests.bot.api.api_builders import JSON, client
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot

CHAT = "/v1/chat/completions"
USER = {"role": "user", "content": "诚信计量自我承诺"}
ASKED: dict[str, Any] = {"model": "metrology-extractive", "messages": [USER]}
IMAGE = [{"type": "text", "text": "这是什么？"}, {"type": "image_url", "image_url": {"url": "data:,"}}]


@pytest.fixture(scope="module")
def standing() -> Iterator[tuple[FakeBot, OpenAI]]:
    """A service of this file, and the official client of it."""
    bot = FakeBot()
    with (
        served(create_app(bot, max_question=20)) as address,
        OpenAI(base_url=f"{address}/v1", api_key="secret-key", max_retries=0) as client,
    ):
        yield bot, client


@pytest.fixture
def bot(standing: tuple[FakeBot, OpenAI]) -> FakeBot:
    return standing[0].anew()


@pytest.fixture
def talk(bot: FakeBot, standing: tuple[FakeBot, OpenAI]) -> OpenAI:
    return standing[1]


@pytest.fixture(scope="module")
def api() -> TestClient:
    """For what is refused before the bot hears of it."""
    return client(FakeBot())


def error_of(response: Any) -> dict[str, Any]:
    document: dict[str, Any] = response.json()
    assert list(document) == ["error"]
    error: dict[str, Any] = document["error"]
    assert {"message", "type", "param", "code"} <= set(error)
    assert not error["message"].isascii()
    assert error["request_id"] == response.headers["x-request-id"]
    return error


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"n": 2}, "n", "unsupported_parameter"),
        ({"n": 0}, "n", "unsupported_parameter"),
        ({"response_format": {"type": "json_object"}}, "response_format", "unsupported_parameter"),
        ({"tool_choice": "required"}, "tool_choice", "unsupported_parameter"),
        ({"tool_choice": {"type": "function"}}, "tool_choice", "unsupported_parameter"),
        ({"function_call": {"name": "f"}}, "function_call", "unsupported_parameter"),
        ({"logprobs": True}, "logprobs", "unsupported_parameter"),
        ({"modalities": ["text", "audio"]}, "modalities", "unsupported_parameter"),
        ({"messages": [{"role": "user", "content": IMAGE}]}, "messages", "unsupported_parameter"),
        ({"extra_body": {"audio": {"voice": "a"}}}, "audio", "unsupported_parameter"),
        ({"max_tokens": 0}, "max_tokens", "invalid_request"),
        ({"logprobs": "0"}, "logprobs", "invalid_request"),
        ({"max_completion_tokens": -1}, "max_completion_tokens", "invalid_request"),
        ({"messages": []}, "messages", "invalid_request"),
        ({"messages": [{"role": "pirate", "content": "x"}]}, "messages.0.role", "invalid_request"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "blank_text"),
        ({"messages": [{"role": "user", "content": " \u200b"}]}, "messages", "blank_text"),
        ({"messages": [{"role": "user", "content": None}]}, "messages", "blank_text"),
        ({"messages": [{"role": "user", "content": "量" * 21}]}, "messages", "text_too_long"),
        ({"extra_body": {"plans": ["hangzhou"]}}, "plans", "unknown_plans"),
        ({"extra_body": {"timeout_ms": 1}}, "timeout_ms", "invalid_request"),
    ],
)
def test_bad_requests(bot: FakeBot, talk: OpenAI, change: dict[str, Any], param: str, code: str) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        talk.chat.completions.create(**{**ASKED, **change})
    error = caught.value
    assert (error.status_code, error.type, error.param, error.code) == (400, "invalid_request_error", param, code)
    assert error.request_id
    assert bot.asked == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tool_choice": "required"}, "本服务不调用工具"),
        ({"response_format": {"type": "json_object"}}, "POST /v1/ask"),
        ({"messages": [{"role": "user", "content": IMAGE}]}, "不读图片（image_url）"),
        ({"messages": [{"role": "user", "content": [{"type": "hologram"}]}]}, "不读 hologram"),
        ({"messages": [{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}]}, "语音"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(api: TestClient, change: dict[str, Any], said: str) -> None:
    assert said in error_of(api.post(CHAT, json={**ASKED, **change}))["message"]


def test_unknown_models_are_named_with_the_known_ones(bot: FakeBot, talk: OpenAI) -> None:
    for call in (
        lambda: talk.chat.completions.create(**{**ASKED, "model": "gpt-x"}),
        lambda: talk.models.retrieve("gpt-x"),
    ):
        with pytest.raises(openai.NotFoundError, match="metrology-auto") as caught:
            call()
        assert (caught.value.code, caught.value.param) == ("unknown_model", "model")
    assert bot.asked == []


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (IndexMissing("/var/secret"), 503, "not_ready"),
        (ModelTimeout("http://secret", 3), 504, "timeout"),
        (RuntimeError("secret"), 500, "internal"),
    ],
)
def test_failures_inside_keep_their_status_and_secrets(
    bot: FakeBot, talk: OpenAI, raised: Exception, status: int, code: str
) -> None:
    bot.answers = [raised]
    with capture_logs(), pytest.raises(openai.InternalServerError) as caught:
        talk.chat.completions.create(**ASKED)
    assert (caught.value.status_code, caught.value.type, caught.value.code) == (status, "server_error", code)
    assert "secret" not in str(caught.value.body)


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("POST", CHAT, b"{", 400, "malformed_json"),
        ("POST", CHAT, b"[" * 60_000, 400, "malformed_json"),
        ("POST", CHAT, b"null", 400, "invalid_request"),
        ("GET", CHAT, None, 405, "method_not_allowed"),
        ("POST", "/v1/models", b"{}", 405, "method_not_allowed"),
        ("POST", "/v1/chat/nothing", b"{}", 404, "not_found"),
        ("POST", CHAT, b" " * (MAX_CONVERSATION + 1), 413, "body_too_large"),
        ("POST", "/v1/embeddings", b" " * (MAX_BODY + 1), 413, "body_too_large"),
    ],
)
def test_every_refusal_has_the_shape(
    api: TestClient, method: str, path: str, content: bytes | None, status: int, code: str
) -> None:
    response = api.request(method, path, content=content, headers=JSON)
    assert response.status_code == status
    assert error_of(response)["code"] == code


def test_other_routes_keep_their_problem_documents(bot: FakeBot) -> None:
    for path in ("/v1/ask", "/v1/chats"):
        response = client(bot).post(path, content=b"{", headers=JSON)
        assert response.headers["content-type"] == "application/problem+json"


def test_a_long_conversation_fits_where_a_long_question_does_not(bot: FakeBot) -> None:
    said = [{"role": "assistant", "content": "量" * 2000}] * 50
    whole = {**ASKED, "messages": [*said, USER]}
    assert client(bot).post(CHAT, json=whole).status_code == 200
    assert client(bot).post("/v1/ask", json=whole).status_code == 413


def test_an_earlier_question_that_cannot_be_asked_is_passed_over(bot: FakeBot) -> None:
    earlier = [{"role": "user", "content": text} for text in ("", "量" * 3000)] + [
        {"role": "user", "content": IMAGE},
        {"role": "user", "content": None},
    ]
    response = client(bot).post(CHAT, json={**ASKED, "messages": [*earlier, USER]})
    assert response.status_code == 200
    assert [text for text, *_ in bot.asked] == ["这是什么？", USER["content"]]


def test_a_key_is_neither_asked_for_nor_logged(bot: FakeBot, talk: OpenAI) -> None:
    with capture_logs() as logs:
        talk.chat.completions.create(**ASKED)
        api = client(bot)
        assert api.post(CHAT, json=ASKED).status_code == 200
        assert api.post(CHAT, json=ASKED, headers={"Authorization": "nonsense"}).status_code == 200
    assert logs
    assert "secret-key" not in str(logs)
    assert "自我承诺" not in str(logs)


def test_browsers_may_send_the_headers_of_their_clients(bot: FakeBot) -> None:
    asked = {
        "Origin": "https://widget.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-stainless-lang,x-stainless-retry-count",
    }
    response = client(bot, callers=Callers(origins=("https://widget.example",))).options(CHAT, headers=asked)
    assert response.status_code == 200
    assert "access-control-allow-credentials" not in response.headers
