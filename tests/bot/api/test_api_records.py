"""Receipts and feedback over HTTP; answering goes on without them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.records.store import SqlRecords
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot

QUESTION = {"question": "诚信计量自我承诺"}


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


def test_receipt_says_what_was_answered(bot: FakeBot, records: SqlRecords) -> None:
    api = client(bot, records=records)
    answer = api.post("/v1/ask", json=QUESTION).json()
    assert answer["receipt_kept"]
    receipt = api.get(f"/v1/answers/{answer['answer_id']}").json()
    for name in ("answer_id", "status", "statements", "notes", "mode", "corpus_version"):
        assert receipt[name] == answer[name]
    assert receipt["question"] == QUESTION["question"]
    assert receipt["model"] == ""
    assert receipt["asked_at"].endswith("+00:00")
    spans = [(each["index"], each["clause_id"], each["start"], each["end"]) for each in receipt["citations"]]
    assert spans == [(each["index"], each["clause_id"], each["start"], each["end"]) for each in answer["citations"]]
    assert all(len(each["text_sha256"]) == 64 for each in receipt["citations"])


def test_streamed_and_declined_answers_have_receipts_too(bot: FakeBot, records: SqlRecords) -> None:
    api = client(bot, records=records)
    api.post("/v1/ask/stream", json=QUESTION)
    declined = api.post("/v1/ask", json={"question": "zzzz"}).json()
    assert api.get("/v1/answers/answer-1").status_code == 200
    assert api.get(f"/v1/answers/{declined['answer_id']}").json()["status"] == "not_found"


def test_feedback_is_kept(bot: FakeBot, records: SqlRecords) -> None:
    api = client(bot, records=records)
    answer_id = api.post("/v1/ask", json=QUESTION).json()["answer_id"]
    sent = {"answer_id": answer_id, "useful": False, "comment": "没有说到罚款"}
    response = api.post("/v1/feedback", json=sent)
    assert response.status_code == 201
    assert response.json() == {"answer_id": answer_id, "useful": False}
    (kept,) = records.feedback(answer_id)
    assert (kept.useful, kept.comment) == (False, "没有说到罚款")
    assert api.post("/v1/feedback", json={"answer_id": answer_id, "useful": True}).status_code == 201


@pytest.mark.parametrize(
    ("sent", "status", "fields"),
    [
        ({"answer_id": "unknown", "useful": True}, 404, None),
        ({"answer_id": "x", "useful": "yes"}, 422, ["useful"]),
        ({"answer_id": "x", "useful": 1}, 422, ["useful"]),
        ({"answer_id": "x"}, 422, ["useful"]),
        ({"useful": True}, 422, ["answer_id"]),
        ({"answer_id": "x", "useful": True, "comment": "x" * 2001}, 422, ["comment"]),
        ({"answer_id": "x", "useful": True, "stars": 5}, 422, ["stars"]),
    ],
)
def test_feedback_refusals(
    bot: FakeBot, records: SqlRecords, sent: dict[str, Any], status: int, fields: list[str] | None
) -> None:
    response = client(bot, records=records).post("/v1/feedback", json=sent)
    assert response.status_code == status
    document = problem(response)
    if fields:
        assert [each["field"] for each in document["errors"]] == fields


def test_unknown_receipt(bot: FakeBot, records: SqlRecords) -> None:
    response = client(bot, records=records).get("/v1/answers/unknown")
    assert response.status_code == 404
    assert problem(response)["type"] == "/docs#unknown-answer"


def test_without_records_answers_are_given_and_the_rest_says_so(bot: FakeBot) -> None:
    api = client(bot)
    answer_id = api.post("/v1/ask", json=QUESTION).json()["answer_id"]
    for response in (
        api.get(f"/v1/answers/{answer_id}"),
        api.post("/v1/feedback", json={"answer_id": answer_id, "useful": True}),
    ):
        assert response.status_code == 503
        assert problem(response)["type"] == "/docs#records-unavailable"


def test_broken_records_do_not_stop_answers_and_are_counted(bot: FakeBot, tmp_path: Path) -> None:
    (tmp_path / "blocker").write_text("a file where the folder should be")
    broken = SqlRecords.at(f"sqlite:///{tmp_path}/blocker/records.db")
    api = client(bot, records=broken)
    response = api.post("/v1/ask", json=QUESTION)
    assert response.status_code == 200
    assert response.json()["status"] == "answered"
    assert response.json()["receipt_kept"] is False, "its id leads nowhere"
    assert "metrology_receipts_lost_total 1.0" in api.get("/metrics").text
    refused = api.get(f"/v1/answers/{response.json()['answer_id']}")
    assert refused.status_code == 503
    assert str(tmp_path) not in refused.text
    broken.close()
