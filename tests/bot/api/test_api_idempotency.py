"""`Idempotency-Key`: what is sent again is answered with what was answered first, in whichever process."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.api.idempotency import KEPT_SECONDS
from bot.model import Answer, Status
from bot.records.database import Database
from bot.records.shared import InMemory
from bot.records.store import SqlRecords
from bot.service import Asked
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot, GoneShared

QUESTION = {"question": "诚信计量自我承诺"}
KEY = {"Idempotency-Key": "0b9f5d9e-8a51"}


class Waiting(FakeBot):
    """Says that it has begun, and answers when it is let."""

    begun: threading.Event
    released: threading.Event

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        self.begun.set()
        assert self.released.wait(30)
        return super().ask(text, session_id, plans, mode, as_of)


class Remembering(InMemory):
    """Remembers for how long values were to be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, float] = {}

    def put(self, key: str, value: bytes, seconds: float) -> None:
        self.kept[key] = seconds
        super().put(key, value, seconds)


def test_two_processes_give_one_answer(bot: FakeBot) -> None:
    shared, other = Remembering(), FakeBot()
    first = client(bot, shared=shared).post("/v1/ask", json=QUESTION, headers=KEY)
    again = client(other, shared=shared).post("/v1/ask", json={**QUESTION, "mode": None}, headers=KEY)
    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    assert other.asked == []
    ((place, seconds),) = shared.kept.items()
    assert seconds == KEPT_SECONDS == 24 * 3600
    assert KEY["Idempotency-Key"] not in place


def test_without_a_key_every_question_is_asked(bot: FakeBot) -> None:
    api = client(bot)
    ids = {api.post("/v1/ask", json=QUESTION).json()["answer_id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("path", "headers", "differs"),
    [
        ("/v1/ask", {"Idempotency-Key": "another"}, True),
        ("/v1/ask", {**KEY, "Authorization": "Bearer another"}, True),  # nobody gets another caller's answer
        ("/v1/ask", {**KEY, "X-API-Key": "another"}, True),
        ("/v1/ask", KEY, False),
    ],
)
def test_keys_are_each_callers_own(bot: FakeBot, path: str, headers: dict[str, str], differs: bool) -> None:
    api = client(bot)
    first = api.post("/v1/ask", json=QUESTION, headers=KEY).json()["answer_id"]
    assert (api.post(path, json=QUESTION, headers=headers).json()["answer_id"] != first) == differs


def test_another_body_under_the_same_key_is_refused(bot: FakeBot) -> None:
    api = client(bot)
    api.post("/v1/ask", json=QUESTION, headers=KEY)
    response = api.post("/v1/ask", json={"question": "另一问"}, headers=KEY)
    assert response.status_code == 422
    assert problem(response)["type"] == "/docs#idempotency-key-reused"
    assert len(bot.asked) == 1


def test_while_the_first_is_being_answered_the_second_is_told_so() -> None:
    bot, shared = Waiting(), InMemory()
    bot.begun, bot.released = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: client(bot, shared=shared).post("/v1/ask", json=QUESTION, headers=KEY))
        assert bot.begun.wait(30)
        during = client(FakeBot(), shared=shared).post("/v1/ask", json=QUESTION, headers=KEY)
        bot.released.set()
        answered = first.result(30)
    assert during.status_code == 409
    assert problem(during)["type"] == "/docs#idempotency-in-progress"
    assert problem(during)["retry_after"] == 1
    after = client(FakeBot(), shared=shared).post("/v1/ask", json=QUESTION, headers=KEY)
    assert after.json() == answered.json()


def test_a_failure_is_not_kept(bot: FakeBot) -> None:
    bot.answers = [RuntimeError("once")]
    api = client(bot)
    assert api.post("/v1/ask", json=QUESTION, headers=KEY).status_code == 500
    assert api.post("/v1/ask", json=QUESTION, headers=KEY).status_code == 200


def test_a_promise_that_cannot_be_kept_is_not_made(bot: FakeBot) -> None:
    api = client(bot, shared=GoneShared())
    response = api.post("/v1/ask", json=QUESTION, headers=KEY)
    assert response.status_code == 503
    assert problem(response)["type"] == "/docs#idempotency-unavailable"
    assert "6379" not in response.text
    assert bot.asked == []
    assert api.post("/v1/ask", json=QUESTION).status_code == 200


def test_feedback_is_kept_once(bot: FakeBot) -> None:
    bot.answers = [Answer(Status.NOT_FOUND, ())]
    records = SqlRecords(Database("sqlite://"))
    api = client(bot, records=records)
    answer_id = api.post("/v1/ask", json=QUESTION).json()["answer_id"]
    sent = {"answer_id": answer_id, "useful": True}
    replies = [api.post("/v1/feedback", json=sent, headers=KEY) for _ in range(3)]
    assert [(each.status_code, each.json()) for each in replies] == [(201, sent)] * 3
    assert len(records.feedback(answer_id)) == 1
    assert api.post("/v1/feedback", json={**sent, "useful": False}, headers=KEY).status_code == 422
    records.close()


@pytest.mark.parametrize("wrong", ["", "x" * 256, "has blank", "控制"])
def test_a_key_that_is_none_is_refused(bot: FakeBot, wrong: Any) -> None:
    headers: Any = {"Idempotency-Key": wrong.encode(), "content-type": "application/json"}
    response = client(bot).post("/v1/ask", content=json.dumps(QUESTION), headers=headers)
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "Idempotency-Key"
