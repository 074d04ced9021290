import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from eval.answers.asker import AskFailed, HttpAsker, read_reply
from eval.answers.runner import PATIENCE, run_case, run_cases
from tests.eval.builders import make_case, reply_json


class FakeAsker:
    """Answers everything, but for questions holding 坏."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        self.asked.append((question, session_id))
        if "坏" in question:
            raise AskFailed("fake", "broken")
        return reply_json(answer=f"答{question}")


def test_turns_share_a_session_of_their_own_and_the_last_is_kept() -> None:
    asker = FakeAsker()
    outcomes = run_cases(asker, [make_case(id="1", turns=["一", "二"]), make_case(id="2", turns=["三"])])
    sessions = [session for _, session in asker.asked]
    assert [question for question, _ in asker.asked] == ["一", "二", "三"]
    assert sessions[0] == sessions[1] != sessions[2]
    assert [outcome.reply.answer for outcome in outcomes if outcome.reply] == ["答二", "答三"]
    assert [len(outcome.took_ms) for outcome in outcomes] == [2, 1]


def test_a_failure_is_kept_with_its_reason_and_the_others_go_on() -> None:
    outcomes = run_cases(FakeAsker(), [make_case(turns=["一", "坏", "三"]), make_case(turns=["四"])])
    assert outcomes[0].reply is None
    assert "broken" in outcomes[0].error
    assert len(outcomes[0].took_ms) == 1
    assert outcomes[1].reply is not None


def test_a_source_that_is_down_stops_the_run() -> None:
    asker = FakeAsker()
    with pytest.raises(AskFailed, match=f"{PATIENCE} cases in a row"):
        run_cases(asker, [make_case(turns=["坏"])] * 1_000)
    assert len(asker.asked) < 1_000


def test_workers_keep_the_order_and_progress_counts_up() -> None:
    told: list[tuple[int, int]] = []
    cases = [make_case(id=str(number), turns=[str(number)]) for number in range(20)]
    outcomes = run_cases(FakeAsker(), cases, workers=4, progress=lambda done, total: told.append((done, total)))
    assert [outcome.case.id for outcome in outcomes] == [case.id for case in cases]
    assert told == [(number, 20) for number in range(1, 21)]


def server(respond: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> HttpAsker:
    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(respond, Exception):
            raise respond
        return respond

    return HttpAsker("http://bot/", mode="extractive", client=httpx.Client(transport=httpx.MockTransport(handle)))


def test_http_asks_the_contract_s_endpoint() -> None:
    seen: list[httpx.Request] = []
    content = server(httpx.Response(200, json=reply_json()), seen).ask("问", "s1")
    assert read_reply(content, "x").status == "answered"
    assert str(seen[0].url) == "http://bot/v1/ask"
    assert json.loads(seen[0].content) == {"question": "问", "session_id": "s1", "mode": "extractive"}


@pytest.mark.parametrize(
    "respond",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.Response(500, text="oops"),
        httpx.Response(429, json={"title": "too many"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=["list"]),
    ],
)
def test_http_failures_become_ours(respond: httpx.Response | Exception) -> None:
    with pytest.raises(AskFailed, match="http://bot"):
        server(respond).ask("问", "s1")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"status": "maybe"}, "status"),
        ({"citations": [{"clause_id": "a:一"}]}, "citations.0"),
        ({"answer": None}, "answer"),
    ],
)
def test_a_reply_out_of_contract_names_the_field(change: dict[str, Any], named: str) -> None:
    with pytest.raises(AskFailed, match=named):
        read_reply(reply_json(**change), "x")


def test_a_reply_out_of_contract_is_an_outcome_of_its_case() -> None:
    class Odd:
        def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
            return {"detail": question, "session": session_id}

    assert "out of contract" in run_case(Odd(), make_case()).error
