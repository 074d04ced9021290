"""GET /v1/admin/audit: what was done over HTTP, told to an administrator alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api.routes_audit import EXAMPLE, AuditEntry
from bot.curator import Curator
from bot.desk import Desk
from bot.records.changes import SqlChanges
from bot.records.drafts import SqlDrafts
from bot.records.keys import Scope
from bot.records.store import SqlRecords
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import SECRET, api, callers_with, key
from tests.bot.api.test_routes_desk import document
from tests.bot.fakes import FakeBot
from tests.bot.held import curator_in

PATH = "/v1/admin/audit"
BACKEND, STAFF, ADMIN = key(), key(Scope.STAFF), key(Scope.ADMIN)
KEYS = callers_with(BACKEND[0], STAFF[0], ADMIN[0])
USER = "openid-oX1y2"


@pytest.fixture
def records(tmp_path: Path) -> Iterator[SqlRecords]:
    records = SqlRecords.at(f"sqlite:///{tmp_path}/records.sqlite3")
    yield records
    records.close()


@pytest.fixture
def curator(tmp_path: Path, records: SqlRecords) -> Curator:
    return curator_in(tmp_path, SqlChanges(records.database))


@pytest.fixture
def admin(records: SqlRecords, curator: Curator) -> TestClient:
    desk = Desk(curator, SqlDrafts(SqlChanges(records.database)))
    return api(FakeBot(), KEYS, ADMIN[1], records=records, desk=desk)


def seen(admin: TestClient, **params: Any) -> list[tuple[str, str, str, str]]:
    rows = admin.get(PATH, params=params).json()
    return [(row["action"], row["who"], row["subject"], row["request_id"]) for row in reversed(rows)]


def test_what_becomes_of_a_user_is_told_with_the_request(admin: TestClient) -> None:
    exported = admin.get(f"/v1/users/{USER}/export", headers={"X-Request-Id": "ticket-17"})
    deleted = admin.delete(f"/v1/users/{USER}")
    assert exported.status_code == deleted.status_code == 200
    user = SECRET.of_user(USER)
    acts = [
        ("user.exported", ADMIN[0].id, user, "ticket-17"),
        ("user.deleted", ADMIN[0].id, user, deleted.headers["x-request-id"]),
    ]
    assert seen(admin) == seen(admin, user_id=USER) == acts
    assert seen(admin, action="user.deleted") == acts[1:]
    assert seen(admin, user_id="other") == []
    assert USER not in admin.get(PATH).text


def test_what_becomes_of_documents_too(admin: TestClient, curator: Curator) -> None:
    curator.build("start")
    first, second = (admin.post("/v1/plans", json=document(plan_id=name)) for name in ("bing", "ding"))
    done = admin.post(f"/v1/drafts/{first.json()['draft_id']}/accept", json={})
    refused = admin.post(f"/v1/drafts/{second.json()['draft_id']}/reject", json={"note": "旧了"})
    removed = admin.delete("/v1/plans/bing")
    who = ADMIN[0].id
    assert seen(admin, action="document") == [
        ("document.built", "start", "", ""),
        ("document.drafted", who, "bing", first.headers["x-request-id"]),
        ("document.drafted", who, "ding", second.headers["x-request-id"]),
        ("document.added", who, "bing", done.headers["x-request-id"]),
        ("document.rejected", who, "ding", refused.headers["x-request-id"]),
        ("document.removed", who, "bing", removed.headers["x-request-id"]),
    ]
    assert len(seen(admin, subject="ding")) == 2


def test_it_is_read_a_page_at_a_time(admin: TestClient) -> None:
    for number in range(5):
        admin.delete(f"/v1/users/u{number}")
    pages, before = [], ""
    while rows := admin.get(PATH, params={"limit": 2, "before": before}).json():
        pages.append([row["id"] for row in rows])
        before = pages[-1][-1]
    assert [len(each) for each in pages] == [2, 2, 1]
    assert len({one for page in pages for one in page}) == 5


def test_it_is_an_administrators_and_stored_nowhere_on_the_way(records: SqlRecords, admin: TestClient) -> None:
    shown = {"": 401, BACKEND[1]: 403, STAFF[1]: 403, ADMIN[1]: 200}
    assert {one: api(FakeBot(), KEYS, one, records=records).get(PATH).status_code for one in shown} == shown
    assert api(FakeBot(), callers_with(), records=records).get(PATH).status_code == 401, "with no key at all, too"
    assert admin.get(PATH).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 501}, {"action": "x" * 33}])
def test_what_is_asked_wrongly(admin: TestClient, params: dict[str, Any]) -> None:
    assert problem(admin.get(PATH, params=params))["type"] == "/docs#invalid-request"


def test_without_records_there_is_none() -> None:
    assert problem(api(FakeBot(), KEYS, ADMIN[1]).get(PATH))["type"] == "/docs#records-unavailable"


def test_where_no_entry_can_be_written_nothing_is_told_or_deleted(records: SqlRecords, admin: TestClient) -> None:
    """No trail, no deed."""
    answer = api(FakeBot(), KEYS, BACKEND[1], records=records).post(
        "/v1/ask", json={"question": "诚信计量自我承诺", "user_id": USER}
    )
    with records.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE audit RENAME TO elsewhere")
    assert admin.get(f"/v1/users/{USER}/export").status_code == 503
    assert admin.delete(f"/v1/users/{USER}").status_code == 503
    assert records.receipt(answer.json()["answer_id"]) is not None


def test_the_example_has_the_shape() -> None:
    assert list(AuditEntry.model_validate(EXAMPLE).model_dump()) == list(EXAMPLE)
