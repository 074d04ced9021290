"""Headers, ids, counts and logs around every request, and the routes machines watch."""

import pytest
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot import wording
from bot.api import create_app
from bot.api.callers import Callers
from bot.api.metrics import Metrics
from bot.api.readiness import AGE_SECONDS, Operation, Readiness, can_answer
from bot.model import Answer, Statement, Status
from bot.records.shared import SharedUnavailable
from ingest.errors import IndexMissing
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot

QUESTION = {"question": "诚信计量自我承诺"}


@pytest.mark.parametrize("path", ["/healthz", "/v1/plans", "/nope", "/metrics", "/docs", "/openapi.json"])
def test_every_response_has_safe_headers(bot: FakeBot, path: str) -> None:
    headers = client(bot).get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) == 16


def test_a_page_mounted_beside_keeps_its_own_policy(bot: FakeBot) -> None:
    app = create_app(bot)
    app.add_route("/", lambda _: HTMLResponse("<p>问", headers={"Content-Security-Policy": "frame-ancestors *"}))
    app.add_route("/plain", lambda _: HTMLResponse("<p>问"))
    api = TestClient(app)
    assert api.get("/").headers["content-security-policy"] == "frame-ancestors *"
    assert "content-security-policy" not in api.get("/plain").headers
    assert api.get("/plain").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("offered", "taken"), [("trace-1.a", True), ("x" * 65, False), ("a b", False), ("<script>", False), ("", False)]
)
def test_request_ids_are_taken_over_when_harmless(bot: FakeBot, offered: str, taken: bool) -> None:
    given = client(bot).get("/healthz", headers={"X-Request-Id": offered}).headers["x-request-id"]
    assert (given == offered) is taken


def test_surprises_are_answered_with_an_id_to_ask_about(bot: FakeBot) -> None:
    bot.answers = [RuntimeError("password=hunter2")]
    with capture_logs() as logs:
        response = client(bot).post("/v1/ask", json=QUESTION, headers={"X-Request-Id": "r-1"})
    assert response.status_code == 500
    assert response.json()["request_id"] == "r-1"
    assert "hunter2" not in response.text
    assert {"event": "failed", "log_level": "error", "error": "RuntimeError", "request_id": "r-1"} in logs
    assert any(entry["event"] == "request" and entry["status"] == 500 for entry in logs)


def test_no_question_is_ever_logged(bot: FakeBot) -> None:
    with capture_logs() as logs:
        api = client(bot)
        api.post("/v1/ask", json={"question": "我家加油站缺斤短两"})
        api.post("/v1/ask/stream", json={"question": "我家加油站缺斤短两"})
        api.get("/v1/search", params={"q": "我家加油站缺斤短两"})
        api.post("/v1/ask", json={"question": "我家加油站缺斤短两", "plans": ["x"]})
    assert len(logs) == 6
    assert "加油站" not in str(logs)
    first, second = (entry["question"] for entry in logs if entry["event"] == "answered")
    assert first == second
    assert len(first) == 12


class Failing:
    """A part that fails while it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.looked = error, 0

    def __call__(self) -> None:
        self.looked += 1
        if self.error:
            raise self.error


def test_health_is_up_and_readiness_tells_each_part(bot: FakeBot) -> None:
    shared = Failing(SharedUnavailable("redis.internal:6379", "ConnectionError"))
    probes = {"records": Failing(), "shared": shared}
    api = client(bot, operation=Operation(probes=probes))
    assert api.get("/healthz").json() == {"status": "ok"}
    ok, away = {"state": "ok", "reason": ""}, {"state": "unavailable", "reason": "SharedUnavailable"}
    response = api.get("/readyz")
    assert response.json() == {
        "status": "ready",
        "corpus_version": bot.corpus_version,
        "parts": {"index": ok, "records": ok, "shared": away},
    }
    assert "redis.internal" not in response.text


def test_not_ready_is_only_who_cannot_answer(bot: FakeBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise IndexMissing("/var/secret")

    monkeypatch.setattr(bot, "search", gone)
    response = client(bot).get("/readyz")
    assert response.status_code == 503
    assert problem(response)["type"] == "/docs#not-ready"
    assert response.json()["parts"] == {"index": {"state": "unavailable", "reason": "IndexMissing"}}
    assert "secret" not in response.text


def test_parts_are_looked_at_now_and_then_however_often_is_asked() -> None:
    probe, now = Failing(IndexMissing("x")), [0.0]
    readiness = Readiness({"index": probe}, lambda: now[0])
    for _ in range(5):
        assert not can_answer(readiness.look())
    assert probe.looked == 1
    probe.error, now[0] = None, AGE_SECONDS
    assert can_answer(readiness.look()), "seen to be back without a restart"


def test_metrics_count_by_template_never_by_path(bot: FakeBot) -> None:
    api = client(bot)
    api.post("/v1/ask", json=QUESTION)
    api.post("/v1/ask", json={"question": " "})
    api.post("/v1/ask", json={"question": "zzzz"})
    for clause_id in ("xiamen:一", "xiamen:二", "xiamen:九"):
        api.get(f"/v1/clauses/{clause_id}")
    api.get("/nope/secret")
    api.get("/v1/secret", headers={"Host": "secret"})
    api.request("BREW", "/v1/plans")
    api.request("SECRET", "/secret")
    response = api.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    for line in (
        'metrology_http_requests_total{method="POST",route="/v1/ask",status="200"} 2.0',
        'metrology_http_requests_total{method="POST",route="/v1/ask",status="422"} 1.0',
        'metrology_http_requests_total{method="GET",route="/v1/clauses/{clause_id:path}",status="200"} 2.0',
        'metrology_http_requests_total{method="GET",route="/v1/clauses/{clause_id:path}",status="404"} 1.0',
        'metrology_http_requests_total{method="GET",route="other",status="404"} 2.0',
        'metrology_http_requests_total{method="OTHER",',
        'metrology_http_request_seconds_count{route="/v1/ask"} 3.0',
        'metrology_answers_total{mode="extractive",status="answered"} 1.0',
        'metrology_answers_total{mode="extractive",status="not_found"} 1.0',
        'metrology_declines_total{reason="other"} 1.0',
    ):
        assert line in response.text
    assert "secret" not in response.text


def test_why_not_is_counted_by_reason() -> None:
    metrics = Metrics()
    for answer in (
        Answer(Status.NOT_FOUND, (Statement(wording.NOT_FOUND),)),
        Answer(Status.OUT_OF_SCOPE, (Statement("这里只答计量。"),)),
        Answer(Status.ANSWERED, (Statement(wording.NOT_FOUND),)),
    ):
        metrics.answer(answer)
    told = [line for line in metrics.exposition().decode().splitlines() if line.startswith("metrology_declines_total{")]
    assert sorted(told) == [
        'metrology_declines_total{reason="no_clause"} 1.0',
        'metrology_declines_total{reason="off_topic"} 1.0',
    ]


def test_two_applications_count_apart(bot: FakeBot) -> None:
    first, second = client(bot), client(bot)
    first.post("/v1/ask", json=QUESTION)
    assert "metrology_answers_total{" in first.get("/metrics").text
    assert "metrology_answers_total{" not in second.get("/metrics").text


def test_other_origins_are_let_in_only_when_named(bot: FakeBot) -> None:
    origin = {"Origin": "https://widget.example"}
    assert "access-control-allow-origin" not in client(bot).get("/v1/plans", headers=origin).headers
    api = client(bot, callers=Callers(origins=("https://widget.example",)))
    assert api.get("/v1/plans", headers=origin).headers["access-control-allow-origin"] == "https://widget.example"
    other = {"Origin": "https://elsewhere.example"}
    assert "access-control-allow-origin" not in api.get("/v1/plans", headers=other).headers
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert api.options("/v1/ask", headers=asked).status_code == 200
    huge = api.post("/v1/ask", content=b"x" * 70_000, headers=origin)
    assert huge.status_code == 413
    assert huge.headers["access-control-allow-origin"] == "https://widget.example"
