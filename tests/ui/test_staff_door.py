"""Who comes in to the staff's page, and that no other site's page acts in his name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.api.callers import Callers
from bot.desk import Desk
from bot.records.allowance import Allowance
from bot.records.keys import Scope
from bot.records.store import SqlRecords
from tests.bot.api.gates import SECRET, callers_with, ended, key
from tests.bot.held import desk_in
from tests.ui.staff_builders import app_of, hand_in, token, visitor
from ui.staff import wording
from ui.staff.door import COOKIE

(ASK, ASKS), (STAFF, STAFFS), (ADMIN, ADMINS) = (key(scope) for scope in (Scope.ASK, Scope.STAFF, Scope.ADMIN))
OWN = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture(scope="module")
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


@pytest.fixture
def local(records: SqlRecords, desk: Desk) -> TestClient:
    return visitor(app_of(records, desk))


def keyed(records: SqlRecords, desk: Desk, callers: Callers | None = None) -> TestClient:
    return visitor(app_of(records, desk, callers or callers_with(ASK, STAFF, ADMIN)), ("203.0.113.9", 50000))


def login(staff: TestClient, shown: str, **headers: str) -> int:
    return staff.post("/staff/login", data={"key": shown}, headers=headers).status_code


def test_without_keys_this_machine_comes_in(local: TestClient) -> None:
    shown = local.get("/staff")
    assert (shown.status_code, str(shown.url.path)) == (200, "/staff/documents")
    assert wording.LOCAL in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "no-store"
    assert "<script" not in shown.text
    assert local.get("/staff/login").url.path == "/staff/documents", "there is no key to show"


ELSEWHERE = [
    ({"client": ("203.0.113.9", 1)}, {}, "another machine"),
    ({}, {"x-forwarded-for": "127.0.0.1"}, "a proxy on this machine"),
    ({"base_url": "http://evil.example"}, {}, "a name that leads here"),
]


@pytest.mark.parametrize(("more", "headers", "why"), ELSEWHERE, ids=[why for *_, why in ELSEWHERE])
def test_and_nobody_else(
    records: SqlRecords, desk: Desk, more: dict[str, tuple[str, int]], headers: dict[str, str], why: str
) -> None:
    staff = visitor(app_of(records, desk), **more)  # type: ignore[arg-type]
    for path in ("/staff", "/staff/documents", "/staff/insights", "/staff/log", "/staff/cases.jsonl"):
        refused = staff.get(path, headers=headers)
        assert refused.status_code == 403, why
        assert "尚未设置密钥" in refused.text


def test_with_keys_one_is_to_be_shown(records: SqlRecords, desk: Desk) -> None:
    staff = keyed(records, desk)
    asked = staff.get("/staff/insights")
    assert (asked.url.path, asked.status_code) == ("/staff/login", 200)
    assert visitor(app_of(records, desk, callers_with(ASK))).get("/staff").url.path == "/staff/login", "here too"
    assert [login(staff, shown) for shown in ("", "mk_nothing", ASKS)] == [401, 401, 403]
    assert staff.get("/staff/insights").url.path == "/staff/login"


def test_the_staff_read_and_an_administrator_decides(records: SqlRecords, desk: Desk) -> None:
    staff, admin = keyed(records, desk), keyed(records, desk)
    assert (login(staff, STAFFS), login(admin, f" {ADMINS}\n")) == (200, 200)
    assert staff.get("/staff").url.path == "/staff/insights"
    for path in ("/staff/documents", "/staff/log", "/staff/drafts/x", "/staff/drafts/x/accept"):
        refused = staff.get(path)
        assert (refused.status_code, wording.ADMIN_ONLY in refused.text) == (403, True), path
    assert "/staff/documents" not in staff.get("/staff/insights").text
    assert admin.get("/staff").url.path == "/staff/documents"
    assert admin.get("/staff/log").status_code == 200


def test_the_cookie_is_for_this_page_alone_and_tells_no_key(records: SqlRecords, desk: Desk) -> None:
    staff = keyed(records, desk)
    told = staff.post("/staff/login", data={"key": ADMINS}, follow_redirects=False).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/staff", "Max-Age=28800"):
        assert part in told
    assert ADMINS.rpartition("_")[2] not in told


def test_one_leaves(records: SqlRecords, desk: Desk) -> None:
    staff = keyed(records, desk)
    login(staff, STAFFS)
    page = staff.get("/staff/insights")
    assert staff.post("/staff/logout", data={"token": token(page)}).url.path == "/staff/login"
    assert staff.get("/staff/insights").url.path == "/staff/login"


def signed(told: str, digest: str) -> str:
    return f"{told}.{SECRET.of_staff(told + digest)}"


FORGED = {
    "a letter": "x",
    "dots": "....",
    "unsigned": f"{ADMIN.id}.9999999999.n.{'0' * 64}",
    "ended": signed(f"{ADMIN.id}.1.n", ADMIN.digest),
    "of another key": signed(f"{ADMIN.id}.9999999999.n", STAFF.digest),
    "of a key that may only ask": signed(f"{ASK.id}.9999999999.n", ASK.digest),
    "of when there was no key": signed("local.9999999999.n", ""),
}


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
def test_what_we_did_not_sign_is_no_cookie(records: SqlRecords, desk: Desk, cookie: str) -> None:
    staff = keyed(records, desk)
    staff.cookies.set(COOKIE, cookie)
    shown = staff.get("/staff/documents")
    assert (shown.status_code, shown.url.path) in ((200, "/staff/login"), (403, "/staff/documents"))


def test_a_key_that_ends_ends_its_cookies(records: SqlRecords, desk: Desk) -> None:
    gone = keyed(records, desk, callers_with(STAFF, ended(ADMIN)))
    gone.cookies.set(COOKIE, signed(f"{ADMIN.id}.9999999999.n", ADMIN.digest))
    assert gone.get("/staff/documents").url.path == "/staff/login"


def test_who_guesses_waits(records: SqlRecords, desk: Desk) -> None:
    callers = callers_with(STAFF, visitor_allowance=Allowance(2, 0))
    staff = keyed(records, desk, callers)
    assert [login(staff, "x") for _ in range(3)] == [401, 401, 429]


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(*headers.items()))
def test_another_sites_forms_are_refused(local: TestClient, desk: Desk, headers: dict[str, str]) -> None:
    before = len(desk.listed())
    fields = {"token": token(local)}
    sent = local.post("/staff/documents", data=fields, files={"document": ("a.txt", b"x")}, headers=headers)
    assert sent.status_code == 403
    assert local.post("/staff/drafts/x/accept", data=fields, headers=headers).status_code == 403
    assert login(local, ADMINS, **headers) == 403
    assert len(desk.listed()) == before


@pytest.mark.parametrize("shown", ["", "0" * 64, "é"])
def test_a_form_without_its_token_is_refused(local: TestClient, desk: Desk, shown: str) -> None:
    draft = hand_in(local).url.path
    assert local.post(f"{draft}/reject", data={"token": shown}, headers=OWN).status_code == 403
    sent = local.post("/staff/documents", data={"token": shown}, files={"document": ("a.txt", b"x")}, headers=OWN)
    assert sent.status_code == 403
    assert desk.drafts.draft(draft.rpartition("/")[2]).status == "pending"


def test_anothers_token_opens_nothing(records: SqlRecords, desk: Desk) -> None:
    app = app_of(records, desk)
    mine, other = visitor(app), visitor(app)
    mine.get("/staff/documents")
    refused = mine.post("/staff/documents", data={"token": token(other)}, files={"document": ("a.txt", b"x")})
    assert refused.status_code == 403


def test_without_a_desk_it_is_said(records: SqlRecords, tmp_path: Path) -> None:
    refused = visitor(app_of(records)).get("/staff/documents")
    assert refused.status_code == 503
    assert "metrology add" in refused.text
