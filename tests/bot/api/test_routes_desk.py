"""Documents over HTTP: handed in, looked at, decided on, removed; by an administrator alone."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api import create_app
from bot.curator import Curator
from bot.desk import Desk
from bot.records.keys import Scope
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import callers_with, key
from tests.bot.fakes import FakeBot
from tests.bot.held import REWORDED, THREE, desk_in
from vectorstore.store import IndexStore

ADMIN, TOLD = key(Scope.ADMIN)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as opened:
        yield opened


def client(desk: Desk | None) -> TestClient:
    app = create_app(FakeBot(), callers=callers_with(ADMIN), desk=desk)
    return TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {TOLD}"})


@pytest.fixture
def api(desk: Desk) -> TestClient:
    return client(desk)


def document(text: str = THREE, file: str = "three.txt", **more: Any) -> dict[str, Any]:
    return {"file": file, "content": b64encode(text.encode()).decode(), **more}


def test_a_document_goes_live_in_two_steps(api: TestClient, desk: Desk) -> None:
    handed = api.post("/v1/plans", json=document(region="丙", plan_id="bing"))
    assert handed.status_code == 201
    draft = handed.json()
    assert (draft["status"], draft["made_by"]) == ("pending", ADMIN.id)
    assert (draft["review"]["plan_id"], draft["review"]["region"]) == ("bing", "丙")
    assert [each["clause_path"] for each in draft["review"]["clauses"]][-1] == "二(一)"
    assert draft["review"]["changes"] is None
    shown = api.get(f"/v1/drafts/{draft['draft_id']}").json()
    assert shown == draft
    assert [each["draft_id"] for each in api.get("/v1/drafts", params={"status": "pending"}).json()] == [
        draft["draft_id"]
    ]
    done = api.post(f"/v1/drafts/{draft['draft_id']}/accept", json={"note": "核对过"}).json()
    assert (done["action"], done["plan_ids"], done["switched"]) == ("added", ["bing"], True)
    assert done["corpus_version"] == desk.curator.store.manifest().corpus
    steps = [(each["action"], each["who"]) for each in api.get("/v1/changes").json()]
    assert steps == [("added", ADMIN.id), ("drafted", ADMIN.id), ("built", "start")]


def test_a_new_version_is_compared_and_may_be_rejected(api: TestClient) -> None:
    draft = api.post("/v1/plans", json=document(REWORDED, plan_id="one")).json()
    assert draft["review"]["replaces"] == "one"
    assert [each["clause_id"] for each in draft["review"]["changes"]["reworded"]] == ["one:二(一)"]
    rejected = api.post(f"/v1/drafts/{draft['draft_id']}/reject", json={}).json()
    assert rejected["status"] == "rejected"
    again = api.post(f"/v1/drafts/{draft['draft_id']}/accept", json={})
    assert problem(again)["type"] == "/docs#draft-decided"


def test_a_plan_is_removed_but_not_the_last(api: TestClient) -> None:
    assert api.delete("/v1/plans/two").json()["action"] == "removed"
    assert problem(api.delete("/v1/plans/two"))["type"] == "/docs#unknown-plan"
    assert problem(api.delete("/v1/plans/one"))["type"] == "/docs#last-plan"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (document("某市计量方案"), 422, "unreadable-document"),
        (document(file="../x.txt"), 422, "invalid-request"),
        (document(plan_id="No Id"), 422, "invalid-request"),
        (document(level="galaxy"), 422, "invalid-request"),
        ({"file": "x.txt", "content": "abc"}, 422, "invalid-request"),
        ({**document(), "odd": 1}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_taken_is_a_problem(api: TestClient, body: dict[str, Any], status: int, kind: str) -> None:
    refused = api.post("/v1/plans", json=body)
    assert (refused.status_code, problem(refused)["type"]) == (status, f"/docs#{kind}")
    assert "/tmp" + "/" not in refused.text


def test_an_id_that_is_held_is_told_when_it_is_accepted(api: TestClient) -> None:
    draft = api.post("/v1/plans", json=document(file="one.txt")).json()
    refused = api.post(f"/v1/drafts/{draft['draft_id']}/accept", json={})
    assert problem(refused)["type"] == "/docs#plan-held"


def test_whoever_else_changes_the_documents_is_waited_for_and_no_longer(desk: Desk) -> None:
    hasty = Curator(desk.curator.store, desk.curator.embedder, desk.curator.folder, patience=0.1)
    with desk.curator.store.versions.alone():
        refused = client(Desk(hasty, desk.drafts)).delete("/v1/plans/two")
    assert (refused.status_code, problem(refused)["type"]) == (503, "/docs#index-busy")


def test_a_disk_that_takes_nothing_is_said(desk: Desk) -> None:
    stuck = Curator(IndexStore(Path("/dev/null") / "index"), desk.curator.embedder, desk.curator.folder)
    refused = client(Desk(stuck, desk.drafts)).delete("/v1/plans/two")
    assert (refused.status_code, problem(refused)["type"]) == (507, "/docs#storage-failed")


def test_without_a_desk_nothing_is_taken() -> None:
    assert problem(client(None).delete("/v1/plans/two"))["type"] == "/docs#read-only"


def test_a_long_document_is_taken_and_a_longer_one_is_not(api: TestClient) -> None:
    long = THREE + "".join(f"（{number}）任务。检定。\n" for number in "二三四五六七八九") + "计量" * 100_000
    assert api.post("/v1/plans", json=document(long)).status_code == 201
    refused = api.post("/v1/plans", content=b"x" * (24 * 1024 * 1024 + 1), headers={"Content-Type": "application/json"})
    assert problem(refused)["type"] == "/docs#body-too-large"
