"""The stream over real HTTP: verified sentences one by one, whole when cut anywhere, over when the caller leaves."""

import threading
import time
from typing import Any

import httpx
import pytest

from bot.local import LocalBot
from bot.model import Mode, Statement
from bot.service import Asked
from tests.bot.write import scripts
from tests.bot.write.conftest import OpenBot, tell
from tests.bot.write.server import Reply, Request, ScriptedServer
from tests.bot.write.streams import SEVERAL, Serve, parse, read

ONE = {"question": "厦门新购计量器具能一次性扣除吗"}


def test_sentences_leave_one_by_one_with_their_citations(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    events = parse(read(serve(open_bot(endpoint.url)), SEVERAL))
    done = events[-1]
    assert done[0] == "done"
    assert done[1]["mode"] == "llm"
    assert [data for name, data in events if name == "statement"] == done[1]["statements"]
    assert [data for name, data in events if name == "citation"] == done[1]["citations"]
    known: set[int] = set()
    for name, data in events[:-1]:
        if name == "citation":
            known.add(data["index"])
        elif name == "statement":
            assert set(data["citations"]) <= known, "a citation comes before the sentence that needs it"


def test_a_stream_cut_at_any_byte_is_well_formed(endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve) -> None:
    raw = read(serve(open_bot(endpoint.url)), ONE)
    whole = parse(raw)
    for end in range(len(raw)):
        assert parse(raw[:end]) == whole[: len(parse(raw[:end]))]
    assert parse(raw)[-1][0] == "done"


def test_nothing_unverified_leaves(endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve) -> None:
    address = serve(open_bot(endpoint.url))
    for script in (scripts.wrong_number, scripts.invented_clause, scripts.obedient, scripts.half_doctored):
        endpoint.script = script
        raw = read(address, SEVERAL).decode()
        assert "98765" not in raw
        assert "evil.example" not in raw
        assert "十万元" not in raw


def test_an_answer_that_does_not_hold_is_superseded(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve, plain_bot: LocalBot
) -> None:
    endpoint.script = scripts.wrong_number
    events = parse(read(serve(open_bot(endpoint.url)), SEVERAL))
    plain = [statement.text for statement in plain_bot.ask(SEVERAL["question"]).answer.statements]
    assert events[-1][1]["mode"] == "extractive"
    assert [each["text"] for each in events[-1][1]["statements"]] == plain


def test_extractive_streams_are_as_they_were(plain_bot: LocalBot, serve: Serve) -> None:
    events = parse(read(serve(plain_bot), SEVERAL))
    assert [name for name, _ in events] == ["statement"] * (len(events) - 1) + ["done"]
    assert [data for _, data in events[:-1]] == events[-1][1]["statements"]


def arrivals(address: str, sent: dict[str, Any]) -> list[tuple[str, float]]:
    """When each event came, as time.monotonic() tells it."""
    found = []
    with httpx.stream("POST", f"{address}/v1/ask/stream", json=sent, timeout=20) as response:
        found += [
            (line.removeprefix("event: "), time.monotonic())
            for line in response.iter_lines()
            if line.startswith("event: ")
        ]
    return found


@pytest.mark.parametrize("next_word", [False, True], ids=["newline", "next word"])
def test_a_sentence_leaves_as_soon_as_it_is_whole(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve, next_word: bool
) -> None:
    """The model falls silent after its first sentence; that one must not wait. Order is asserted, figures are told."""

    def script(request: Request) -> Reply:
        first, second = (scripts.told(one) for one in request.clauses[:2])
        whole = f"{first}{second[0]}" if next_word else first
        return Reply([*scripts.in_pieces(whole), 1.0, second[1:] if next_word else second])

    endpoint.script = script
    address = serve(open_bot(endpoint.url))
    httpx.post(f"{address}/v1/ask/stream", json=SEVERAL)
    lags = []
    for _ in range(2):
        endpoint.sent_at.clear()
        events = arrivals(address, SEVERAL)
        finished = endpoint.sent_at[-2]
        first, done = (next(at for name, at in events if name == kind) for kind in ("statement", "done"))
        assert first < endpoint.sent_at[-1], "the first sentence leaves while the model is silent"
        assert done > endpoint.sent_at[-1]
        lags.append((first - finished) * 1000)
    tell(f"first verified sentence, ms after the model finished it: {[round(lag, 1) for lag in sorted(lags)]}")


def test_a_caller_who_leaves_ends_the_model_call(endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve) -> None:
    endpoint.script = lambda request: Reply([scripts.told(request.clauses[0]), 60.0])
    address = serve(open_bot(endpoint.url, budget=30, read=30))
    with httpx.stream("POST", f"{address}/v1/ask/stream", json=SEVERAL, timeout=20) as response:
        next(line for line in response.iter_lines() if line == "event: statement")
        left = time.monotonic()
    assert endpoint.left.wait(15), "the model would go on for nobody"
    tell(f"model call ended {(time.monotonic() - left) * 1000:.0f} ms after the caller left")


def test_a_caller_who_leaves_before_the_first_sentence_does_too(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    endpoint.script = scripts.slowly(scripts.honest, before=20)
    address = serve(open_bot(endpoint.url, budget=30, read=30))
    with httpx.stream("POST", f"{address}/v1/ask/stream", json=ONE, timeout=20):
        while not endpoint.requests:
            time.sleep(0.01)
    assert endpoint.left.wait(15)


def test_closing_a_telling_from_another_thread_ends_it(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    endpoint.script = scripts.slowly(scripts.honest, before=20)
    telling = open_bot(endpoint.url, budget=30, read=30).ask_stream(ONE["question"])
    threading.Timer(0.3, telling.close).start()
    began = time.monotonic()
    told = list(telling)
    assert time.monotonic() - began < 15
    assert isinstance(told[-1], Asked)
    assert told[-1].answer.mode is Mode.EXTRACTIVE
    assert endpoint.left.wait(15)


def test_a_telling_not_begun_asks_no_model(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    telling = open_bot(endpoint.url).ask_stream(ONE["question"])
    telling.close()
    assert list(telling) == []
    assert endpoint.requests == []


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_the_callers_time_is_kept(endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve, path: str) -> None:
    endpoint.script = scripts.slowly(scripts.honest, before=20)
    address = serve(open_bot(endpoint.url, budget=30, read=30))
    httpx.post(f"{address}{path}", json={**ONE, "mode": "extractive"})
    began = time.monotonic()
    response = httpx.post(f"{address}{path}", json={**ONE, "timeout_ms": 1000}, timeout=20)
    took = time.monotonic() - began
    answer = response.json() if path == "/v1/ask" else parse(response.content)[-1][1]
    assert took < 15, "the model would have taken twenty seconds"
    assert answer["mode"] == "extractive"
    assert answer["statements"]
    assert any("限时" in note for note in answer["notes"])


def test_statements_are_what_is_streamed(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    told = list(open_bot(endpoint.url).ask_stream(SEVERAL["question"]))
    assert isinstance(told[-1], Asked)
    assert [one for one in told if isinstance(one, Statement)] == list(told[-1].answer.statements)


def test_counts_reach_metrics_and_logs_but_no_text(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoint.script = scripts.wrong_number
    address = serve(open_bot(endpoint.url))
    read(address, SEVERAL)
    metrics = httpx.get(f"{address}/metrics").text
    assert 'metrology_model_sentences_total{fate="verified"} 0.0' in metrics
    assert 'metrology_model_faults_total{kind="number"}' in metrics
    logged = "".join(capsys.readouterr())
    assert "replaced" in logged
    assert "98765" not in logged
    assert "sk-very-secret" not in logged
