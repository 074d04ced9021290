"""Users by ids that only their back end understands: found, exported and deleted, never written down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from bot import wording
from bot.api.callers import Callers
from bot.records.keys import Scope
from bot.records.store import SqlRecords
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import QUESTION, api, callers_with, key
from tests.bot.fakes import FakeBot

BACKEND, ADMIN = key(), key(Scope.ADMIN)
USER = "openid-oX1y2"


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


@pytest.fixture
def callers() -> Callers:
    return callers_with(BACKEND[0], ADMIN[0])


@pytest.fixture
def backend(bot: FakeBot, records: SqlRecords, callers: Callers) -> TestClient:
    return api(bot, callers, BACKEND[1], records=records)


@pytest.fixture
def admin(bot: FakeBot, records: SqlRecords, callers: Callers) -> TestClient:
    return api(bot, callers, ADMIN[1], records=records)


def ask(client: TestClient, user: str | None = USER, **more: Any) -> str:
    answer = client.post("/v1/ask", json={**QUESTION, "user_id": user, **more})
    assert answer.status_code == 200
    return str(answer.json()["answer_id"])


def test_all_of_a_user_can_be_exported(backend: TestClient, admin: TestClient) -> None:
    first, second = ask(backend), ask(backend, question="我的电话13812345678，诚信计量")
    ask(backend, "other")
    ask(backend, None)
    backend.post("/v1/feedback", json={"answer_id": first, "useful": True, "comment": "找a@b.cn", "user_id": USER})
    response = admin.get(f"/v1/users/{USER}/export")
    assert response.headers["cache-control"] == "no-store"
    found = response.json()
    assert found["user_id"] == USER
    assert [each["answer_id"] for each in found["answers"]] == [first, second]
    assert found["answers"][1]["question"] == "我的电话***，诚信计量"
    assert [(each["answer_id"], each["comment"]) for each in found["feedback"]] == [(first, "找***")]


def test_all_of_a_user_can_be_deleted(backend: TestClient, admin: TestClient, records: SqlRecords) -> None:
    mine, others = ask(backend), ask(backend, "other")
    for user, answer in ((USER, mine), ("other", mine), (USER, others)):
        backend.post("/v1/feedback", json={"answer_id": answer, "useful": True, "user_id": user})
    assert admin.delete(f"/v1/users/{USER}").json() == {"user_id": USER, "answers": 1, "feedback": 3}
    assert admin.get(f"/v1/answers/{mine}").status_code == 404
    assert admin.get(f"/v1/answers/{others}").status_code == 200
    assert admin.get(f"/v1/users/{USER}/export").json() == {"user_id": USER, "answers": [], "feedback": []}
    assert admin.delete(f"/v1/users/{USER}").json()["answers"] == 0
    assert records.receipt(others) is not None


@pytest.mark.parametrize("user", ["用户一", "a b", "x" * 128, "a?b#c%d"])
def test_ids_of_any_kind(backend: TestClient, admin: TestClient, user: str) -> None:
    ask(backend, user)
    assert len(admin.get(f"/v1/users/{quote(user)}/export").json()["answers"]) == 1


def test_an_id_is_written_nowhere(backend: TestClient, records: SqlRecords) -> None:
    answer = ask(backend)
    backend.post("/v1/feedback", json={"answer_id": answer, "useful": True, "user_id": USER})
    with records.database.read() as connection:
        rows = [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in ("receipts", "feedback")]
    assert USER not in str(rows)
    receipt = backend.get(f"/v1/answers/{answer}").json()
    assert not {"user", "caller"} & set(receipt), "the receipt is as it was"


def test_a_user_has_one_rating_of_an_answer_and_so_has_a_caller(backend: TestClient, records: SqlRecords) -> None:
    answer = ask(backend)
    for number in range(60):
        sent: dict[str, Any] = {"answer_id": answer, "useful": number % 2 == 0}
        assert backend.post("/v1/feedback", json=sent).status_code == 201
        backend.post("/v1/feedback", json={**sent, "user_id": USER})
        backend.post("/v1/feedback", json={**sent, "user_id": "other"})
    assert [each.useful for each in records.feedback(answer)] == [False] * 3


def test_visitors_of_the_page_have_one_rating_an_address(bot: FakeBot, records: SqlRecords, callers: Callers) -> None:
    client = api(bot, callers, records=records)
    page = {"X-Metrology-Page": "page-token"}
    answer = client.post("/v1/ask", json=QUESTION, headers=page).json()["answer_id"]
    for address in ("198.51.100.1", "198.51.100.1", "198.51.100.2"):
        headers = {**page, "X-Metrology-Visitor": address}
        client.post("/v1/feedback", json={"answer_id": answer, "useful": True}, headers=headers)
    kept = records.feedback(answer)
    assert len(kept) == 2
    assert "198.51" not in str(kept)


@pytest.mark.parametrize("user", ["", "x" * 129, 7])
def test_ids_that_are_none(backend: TestClient, user: object) -> None:
    response = backend.post("/v1/ask", json={**QUESTION, "user_id": user})
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "user_id"


def test_chat_clients_name_a_user_in_their_own_way(backend: TestClient, admin: TestClient) -> None:
    chat = {"model": "metrology-auto", "user": USER, "messages": [{"role": "user", "content": QUESTION["question"]}]}
    assert backend.post("/v1/chat/completions", json=chat).status_code == 200
    assert len(admin.get(f"/v1/users/{USER}/export").json()["answers"]) == 1


def test_without_records_there_is_nothing_to_export(bot: FakeBot, callers: Callers) -> None:
    client = api(bot, callers, ADMIN[1])
    assert client.get(f"/v1/users/{USER}/export").status_code == 503
    assert client.delete(f"/v1/users/{USER}").status_code == 503


def test_a_receipt_that_is_lost_is_said_in_the_answer(bot: FakeBot, tmp_path: Path) -> None:
    (tmp_path / "blocker").write_text("a file where the folder should be")
    broken = SqlRecords.at(f"sqlite:///{tmp_path}/blocker/records.db")
    client = api(bot, callers_with(), records=broken)
    answer = client.post("/v1/ask", json=QUESTION).json()
    assert answer["notes"] == [wording.RECEIPT_LOST]
    assert wording.RECEIPT_LOST in answer["plain_text"]
    assert wording.RECEIPT_LOST in client.post("/v1/ask/stream", json=QUESTION).text
    assert wording.RECEIPT_LOST not in api(bot, callers_with()).post("/v1/ask", json=QUESTION).text, "none was wanted"
    broken.close()
