"""`deadline_ms`: a whole answer in time, whatever the bot does."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.api.deadline import MODEL_LEAST, RESERVE, deadline_of
from bot.api.requests import AskRequest
from bot.records.database import Database
from bot.records.store import SqlRecords
from bot.service import Asked, Telling
from tests.bot.api.api_builders import client, events, problem
from tests.bot.fakes import FakeBot

QUESTION = {"question": "诚信计量自我承诺"}
SLACK = 15.0  # seconds that a busy machine may add


class Stuck(FakeBot):
    """Reads until it is let go."""

    released: threading.Event
    budgets: list[float | None]

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        self.released.wait(30)
        return super().ask(text, session_id, plans, mode, as_of)

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,
        as_of: str = "",
    ) -> Telling:
        self.budgets.append(budget_s)
        return super().ask_stream(text, session_id, plans, mode, budget_s, as_of)


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    bot = Stuck()
    bot.released, bot.budgets = threading.Event(), []
    yield bot
    bot.released.set()


def test_with_time_enough_the_answer_is_the_usual_one(bot: FakeBot) -> None:
    usual = client(FakeBot()).post("/v1/ask", json=QUESTION).json()
    assert client(bot).post("/v1/ask", json={**QUESTION, "deadline_ms": 60_000}).json() == usual
    assert bot.glanced == []


@pytest.mark.parametrize("mode", ["auto", "extractive", "llm"])
def test_what_is_late_gives_way_to_a_glance(stuck: Stuck, mode: str) -> None:
    began = time.perf_counter()
    sent = {**QUESTION, "deadline_ms": 900, "mode": mode, "plans": ["xiamen"], "session_id": "u"}
    response = client(stuck).post("/v1/ask", json=sent)
    assert time.perf_counter() - began < 0.9 + SLACK
    assert response.status_code == 200
    assert response.json()["status"] == "partial"
    assert "来不及细读" in response.json()["plain_text"]
    assert response.json()["related"]
    assert stuck.glanced == [(QUESTION["question"], "u", ("xiamen",))]


def test_a_model_is_asked_only_when_there_is_time_to_check_it(bot: FakeBot) -> None:
    api = client(bot)
    short = api.post("/v1/ask", json={**QUESTION, "deadline_ms": 700, "mode": "llm"}).json()
    api.post("/v1/ask", json={**QUESTION, "deadline_ms": 60_000, "mode": "llm"})
    assert [asked[-1] for asked in bot.asked] == ["extractive", "llm"]
    assert short["notes"] == ["大模型未在限时内作答，以上为原文摘录。"]


@pytest.mark.parametrize(("timeout_ms", "least", "most"), [(None, 50.0, 60.0), (2_000, 1.9, 2.0)])
def test_the_models_own_time_lies_within(stuck: Stuck, timeout_ms: int | None, least: float, most: float) -> None:
    stuck.released.set()
    client(stuck).post("/v1/ask", json={**QUESTION, "deadline_ms": 60_000, "timeout_ms": timeout_ms})
    (budget,) = stuck.budgets
    assert budget is not None
    assert MODEL_LEAST < least <= budget <= most


def test_time_runs_from_the_requests_arrival() -> None:
    request = AskRequest(question="计量", deadline_ms=1000)
    fresh, old = (deadline_of(request, time.perf_counter() - waited) for waited in (0, 10))
    assert fresh is not None
    assert old is not None
    assert 1 - RESERVE - SLACK < fresh.left <= 1 - RESERVE
    assert old.left == 0
    assert deadline_of(AskRequest(question="计量"), 0) is None


def test_a_stream_with_a_deadline_is_whole_too(stuck: Stuck) -> None:
    text = client(stuck).post("/v1/ask/stream", json={**QUESTION, "deadline_ms": 100}).text
    *statements, (name, done) = events(text)
    assert name == "done"
    assert [each for _, each in statements] == done["statements"]
    assert done["status"] == "partial"


def test_its_receipt_is_kept(bot: FakeBot) -> None:
    records = SqlRecords(Database("sqlite://"))
    api = client(bot, records=records)
    answer_id = api.post("/v1/ask", json={**QUESTION, "deadline_ms": 5_000}).json()["answer_id"]
    until = time.monotonic() + 30
    while records.receipt(answer_id) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert records.receipt(answer_id) is not None
    records.close()


@pytest.mark.parametrize("wrong", [0, 49, 120_001, "100"])
def test_other_deadlines_are_refused(bot: FakeBot, wrong: object) -> None:
    response = client(bot).post("/v1/ask", json={**QUESTION, "deadline_ms": wrong})
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "deadline_ms"
