"""Signed requests: nothing can be changed on the way, sent twice or late, and the secret is never sent."""

import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.api import signing
from bot.records.shared import InRedis
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import QUESTION, api, callers_with, key
from tests.bot.fakes import FakeBot

MADE, SECRET = key(signed=True)
BEARER, BEARER_TOLD = key()
BODY = json.dumps(QUESTION).encode()


@pytest.fixture
def client(bot: FakeBot) -> TestClient:
    return api(bot, callers_with(MADE, BEARER))


def signed(method: str = "POST", target: str = "/v1/ask", body: bytes = BODY, **changed: str) -> dict[str, str]:
    """Headers made as the documentation says, with nothing of this project."""
    stamp, nonce = changed.get("stamp", str(int(time.time()))), changed.get("nonce", uuid4().hex)
    text = "\n".join((method, target, stamp, nonce, hashlib.sha256(body).hexdigest()))
    signature = hmac.new(changed.get("secret", SECRET).encode(), text.encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Key-Id": changed.get("key_id", MADE.id),
        "X-Timestamp": stamp,
        "X-Nonce": nonce,
        "X-Signature": signature,
    }


def send(client: TestClient, headers: dict[str, str], body: bytes = BODY) -> Any:
    return client.post("/v1/ask", content=body, headers=headers)


def test_a_signed_question_is_answered(client: TestClient, bot: FakeBot) -> None:
    assert send(client, signed()).status_code == 200
    assert bot.asked[0][0] == QUESTION["question"]


def test_what_has_no_body_is_signed_with_its_query(client: TestClient) -> None:
    target = "/v1/search?q=%E8%AE%A1%E9%87%8F&limit=3"
    assert client.get(target, headers=signed("GET", target, b"")).status_code == 200
    assert client.get(f"{target}0", headers=signed("GET", target, b"")).status_code == 401


CHANGED: list[tuple[dict[str, str], bytes, str]] = [
    (signed(secret="x" * 64), BODY, "another secret"),
    (signed(), BODY + b" ", "another body"),
    (signed(method="GET"), BODY, "another method"),
    (signed(target="/v1/verify"), BODY, "another path"),
    (signed(stamp="1"), BODY, "long ago"),
    (signed(stamp="soon"), BODY, "no time"),
    (signed(stamp="9" * 5000), BODY, "a number that takes long to read"),
    (signed(nonce="short"), BODY, "a nonce that could come again"),
    (signed(nonce="x" * 65), BODY, "a long one"),
    ({**signed(), "X-Nonce": uuid4().hex}, BODY, "another nonce"),
    ({**signed(), "X-Timestamp": str(int(time.time()) + 5)}, BODY, "another time"),
    ({**signed(), "X-Signature": ""}, BODY, "none"),
]


@pytest.mark.parametrize(("headers", "body", "why"), CHANGED, ids=[why for *_, why in CHANGED])
def test_whatever_is_changed_is_refused(
    client: TestClient, bot: FakeBot, headers: dict[str, str], body: bytes, why: str
) -> None:
    response = send(client, headers, body)
    assert response.status_code == 401, why
    assert problem(response)["type"] == "/docs#bad-signature"
    assert bot.asked == []
    assert SECRET not in response.text


@pytest.mark.parametrize("offset", [-290, 290])
def test_clocks_may_differ_a_little(client: TestClient, offset: int) -> None:
    assert send(client, signed(stamp=str(int(time.time()) + offset))).status_code == 200


def test_a_request_is_taken_once(client: TestClient) -> None:
    headers = signed()
    assert send(client, headers).status_code == 200
    again = send(client, headers)
    assert again.status_code == 401
    assert "用过" in problem(again)["detail"]


def test_a_wrong_signature_does_not_use_a_nonce_up(client: TestClient) -> None:
    nonce = uuid4().hex
    assert send(client, signed(nonce=nonce, secret="x" * 64)).status_code == 401
    assert send(client, signed(nonce=nonce)).status_code == 200


@pytest.mark.parametrize("key_id", ["", "x", BEARER.id], ids=["none", "unknown", "not for signing"])
def test_only_keys_made_for_it_sign(client: TestClient, key_id: str) -> None:
    response = send(client, signed(key_id=key_id))
    assert response.status_code == 401
    assert problem(response)["type"] == "/docs#unknown-key"


def test_a_signing_secret_is_no_bearer(client: TestClient) -> None:
    for shown in (SECRET, MADE.id, f"mk_{MADE.id}_{SECRET}"):
        assert client.post("/v1/ask", json=QUESTION, headers={"Authorization": f"Bearer {shown}"}).status_code == 401


def test_its_requests_are_counted(bot: FakeBot) -> None:
    made, secret = key(signed=True, per_minute=1)
    client = api(bot, callers_with(made))
    sent = [send(client, signed(secret=secret, key_id=made.id)).status_code for _ in range(2)]
    assert sent == [200, 429]


def test_a_stream_is_signed_too(client: TestClient) -> None:
    headers = signed(target="/v1/ask/stream")
    assert "event: done" in client.post("/v1/ask/stream", content=BODY, headers=headers).text


def test_two_processes_take_a_request_once_between_them(bot: FakeBot, redis_url: str) -> None:
    one, two = (api(bot, callers_with(MADE, shared=InRedis(redis_url))) for _ in range(2))
    headers = signed()
    assert [send(one, headers).status_code, send(two, headers).status_code] == [200, 401]


def test_what_cannot_be_told_from_a_repetition_is_refused(bot: FakeBot, tmp_path: Path) -> None:
    client = api(bot, callers_with(MADE, shared=InRedis(f"unix://{tmp_path}/gone.sock")))
    response = send(client, signed())
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
    assert bot.asked == []


def test_the_documented_example_is_let_in(client: TestClient) -> None:
    page = (Path(__file__).parents[3] / "docs" / "callers.md").read_text(encoding="utf-8")
    example = page.split("```python\n", 1)[1].split("```", 1)[0]
    names: dict[str, Any] = {"key_id": MADE.id, "secret": SECRET}
    exec(example, names)
    assert send(client, names["headers"], names["body"]).status_code == 200


def test_the_documentation_beside_it_names_what_it_reads() -> None:
    assert signing.__doc__
    for header in ("X-Key-Id", "X-Timestamp", "X-Nonce", "X-Signature"):
        assert header in signing.__doc__
