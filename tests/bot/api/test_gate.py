"""Who comes in, to what, and how often."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from bot.api import create_app
from bot.api.callers import Callers
from bot.records.keyring import RETRY_SECONDS, Keyring
from bot.records.keys import ApiKey, Scope
from bot.records.receipts import RecordsUnavailable
from bot.records.store import SqlRecords
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import PAGE, QUESTION, api, callers_with, coming_to, ended, key
from tests.bot.fakes import FakeBot

ASK, STAFF, ADMIN = (key(scope) for scope in (Scope.ASK, Scope.STAFF, Scope.ADMIN))
EVERY = (ASK[0], STAFF[0], ADMIN[0])
OPEN = ("/healthz", "/readyz", "/docs", "/openapi.json")
NEEDED = [
    ("GET", "/v1/plans", {"ask", "staff", "admin"}),
    ("POST", "/v1/ask", {"ask", "staff", "admin"}),
    ("POST", "/v1/ask/stream", {"ask", "staff", "admin"}),
    ("POST", "/v1/chat/completions", {"ask", "staff", "admin"}),
    ("GET", "/v1/models", {"ask", "staff", "admin"}),
    ("GET", "/v1/nope", {"ask", "staff", "admin"}),
    ("GET", "/metrics", {"staff", "admin"}),
    ("GET", "/v1/admin/insights", {"staff", "admin"}),
    ("GET", "/v1/users/u/export", {"admin"}),
    ("DELETE", "/v1/users/u", {"admin"}),
    ("POST", "/v1/plans", {"admin"}),
    ("DELETE", "/v1/plans/xiamen", {"admin"}),
    ("GET", "/v1/drafts", {"admin"}),
    ("POST", "/v1/drafts/d/accept", {"admin"}),
    ("GET", "/v1/changes", {"admin"}),
]


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


@pytest.fixture(scope="module")
def gated() -> tuple[FakeBot, FastAPI]:
    """A service with keys, for what leaves it as it is."""
    bot = FakeBot()
    return bot, create_app(bot, callers=callers_with(*EVERY))


@pytest.mark.parametrize(("method", "path", "may"), NEEDED)
def test_every_route_needs_its_scope(gated: tuple[FakeBot, FastAPI], method: str, path: str, may: set[str]) -> None:
    bot, app = gated
    let_in = set()
    for made, told in (ASK, STAFF, ADMIN):
        response = coming_to(app, told).request(method, path)
        assert response.status_code != 401
        if response.status_code != 403:
            let_in.add(made.name)
    assert let_in == may
    refused = coming_to(app).request(method, path)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert bot.asked == []


@pytest.mark.parametrize("path", OPEN)
def test_what_machines_watch_and_the_documentation_are_for_all(gated: tuple[FakeBot, FastAPI], path: str) -> None:
    assert coming_to(gated[1]).get(path).status_code == 200


def test_a_key_may_be_shown_either_way(gated: tuple[FakeBot, FastAPI]) -> None:
    client = coming_to(gated[1])
    for headers in ({"Authorization": f"bearer {ASK[1]}"}, {"X-API-Key": ASK[1]}):
        assert client.get("/v1/plans", headers=headers).status_code == 200


WRONG = ["x", "mk_", ASK[1][:-1], ASK[1].replace("mk_", "MK_"), STAFF[0].digest]


@pytest.mark.parametrize("shown", WRONG, ids=range(len(WRONG)))
def test_a_wrong_key_is_refused(gated: tuple[FakeBot, FastAPI], shown: str) -> None:
    response = coming_to(gated[1], shown).get("/v1/plans")
    assert response.status_code == 401
    assert problem(response)["type"] == "/docs#unknown-key"
    assert shown not in response.text or len(shown) < 4


def test_another_keys_secret_with_this_ones_id_is_refused(gated: tuple[FakeBot, FastAPI]) -> None:
    mixed = f"mk_{ADMIN[0].id}_{ASK[1].rsplit('_', 1)[1]}"
    assert coming_to(gated[1], mixed).get("/v1/plans").status_code == 401


def test_an_ended_key_is_refused_and_the_service_stays_closed(bot: FakeBot) -> None:
    callers = callers_with(ended(ASK[0]))
    assert api(bot, callers, ASK[1]).get("/v1/plans").status_code == 401
    assert api(bot, callers).get("/v1/plans").status_code == 401


def test_errors_have_the_shape_of_their_route(gated: tuple[FakeBot, FastAPI]) -> None:
    client = coming_to(gated[1])
    assert problem(client.get("/v1/plans"))["type"] == "/docs#key-needed"
    assert client.get("/v1/models").json()["error"]["code"] == "key_needed"
    assert problem(coming_to(gated[1], ASK[1]).get("/metrics"))["type"] == "/docs#scope-needed"


def test_without_any_key_all_is_open_but_what_an_administrator_does(bot: FakeBot, records: SqlRecords) -> None:
    client = api(bot, callers_with(), records=records)
    answer = client.post("/v1/ask", json=QUESTION, headers={"Authorization": "Bearer any"}).json()
    assert client.get(f"/v1/answers/{answer['answer_id']}").status_code == 200
    assert client.get("/metrics").status_code == 200
    for response in (client.get("/v1/users/u/export"), client.delete("/v1/users/u")):
        assert response.status_code == 401


def test_receipts_of_others_are_for_the_staff(bot: FakeBot, records: SqlRecords) -> None:
    other = key()
    callers = callers_with(*EVERY, other[0])
    app = create_app(bot, callers=callers, records=records)
    own, stranger, staff = (coming_to(app, told) for _, told in (ASK, other, STAFF))
    path = f"/v1/answers/{own.post('/v1/ask', json=QUESTION).json()['answer_id']}"
    assert [each.get(path).status_code for each in (own, stranger, staff)] == [200, 403, 200]
    assert own.get(path).headers["cache-control"] == "no-store"
    visitor = coming_to(app).get(path, headers=PAGE)
    assert visitor.status_code == 403
    assert QUESTION["question"] not in visitor.text


def test_conversations_of_two_keys_are_two(bot: FakeBot) -> None:
    other = key()
    app = create_app(bot, callers=callers_with(ASK[0], other[0]))
    for told in (ASK[1], other[1]):
        coming_to(app, told).post("/v1/ask", json={**QUESTION, "session_id": "s"})
    assert [asked[1] for asked in bot.asked] == [f"{ASK[0].id}/s", f"{other[0].id}/s"]


def test_a_chat_with_a_key_hears_its_own_earlier_questions(bot: FakeBot) -> None:
    chat = {
        "model": "metrology-extractive",
        "messages": [{"role": "user", "content": text} for text in ("厦门的目标", "那泉州呢")],
    }
    assert api(bot, callers_with(*EVERY), ASK[1]).post("/v1/chat/completions", json=chat).status_code == 200
    first, second = (asked[1] for asked in bot.asked)
    assert first == second
    assert str(first).startswith(f"{ASK[0].id}/")
    assert bot.forgotten == [first]


class Away:
    """A database that comes back."""

    def __init__(self, *keys: ApiKey) -> None:
        self.keys, self.is_away = keys, True

    def __call__(self) -> tuple[ApiKey, ...]:
        if self.is_away:
            raise RecordsUnavailable("x", "away")
        return self.keys


def test_while_the_keys_cannot_be_read_nobody_comes_in(bot: FakeBot) -> None:
    load = Away(ASK[0])
    now = [100.0]
    client = api(bot, Callers(Keyring(load, lambda: now[0])), ASK[1])
    for path in ("/v1/plans", "/v1/ask", "/v1/search?q=x"):
        refused = client.get(path)
        assert refused.status_code == 503
        assert problem(refused)["type"] == "/docs#records-unavailable"
        assert int(refused.headers["retry-after"]) <= 5
    assert client.get("/healthz").status_code == 200
    load.is_away = False
    now[0] += RETRY_SECONDS
    assert client.get("/v1/plans").status_code == 200


def test_a_key_is_in_no_log(gated: tuple[FakeBot, FastAPI]) -> None:
    with capture_logs() as logs:
        for told in (ASK[1], STAFF[1][:-1]):
            coming_to(gated[1], told).get("/v1/plans")
    assert logs
    assert ASK[1] not in str(logs)
    assert STAFF[1][:-1] not in str(logs)


def test_a_browser_may_ask_from_the_origins_that_are_named(bot: FakeBot) -> None:
    origin = {"Origin": "https://widget.example"}
    client = api(bot, callers_with(*EVERY, origins=("https://widget.example",)))
    preflight = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/v1/ask", headers=preflight).status_code == 200, "asked before a key can be shown"
    refused = client.post("/v1/ask", json=QUESTION, headers=origin)
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "https://widget.example", "the page can read why"


def test_a_path_behind_a_proxys_is_needed_all_the_same(bot: FakeBot) -> None:
    client = api(bot, callers_with(*EVERY))
    client.app.root_path = "/bot"  # type: ignore[attr-defined]
    assert client.get("/bot/v1/plans").status_code == 401
    assert client.get("/v1/plans").status_code == 401
