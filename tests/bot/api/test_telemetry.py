"""Stages of an answer in metrics and traces: how long, how often, and not a word of what was asked."""

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.api import create_app
from bot.api.metrics import Metrics
from bot.api.readiness import Operation
from bot.api.telemetry import Traced, open_tracer, trace_stages
from bot.stages import Watch
from tests.bot.fakes import FakeBot
from tests.bot.scripted import ScriptedBot

STAGES = ("read", "find", "judge", "answer")


def test_the_chain_tells_its_four_stages_in_order(scripted: ScriptedBot) -> None:
    told: list[tuple[str, int, int]] = []
    scripted.watch.listen(lambda *stage: told.append(stage))
    scripted.ask("厦门怎么推行诚信计量自我承诺？")
    assert tuple(name for name, _, _ in told) == STAGES
    assert all(began <= ended for _, began, ended in told)
    assert [began for _, began, _ in told] == sorted(began for _, began, _ in told)


def test_what_was_answered_before_is_asked_but_not_computed(scripted: ScriptedBot) -> None:
    counted: list[str] = []
    scripted.watch.tally(counted.append)
    for _ in range(3):
        scripted.ask("厦门怎么推行诚信计量自我承诺？")
    assert (counted.count("asked"), counted.count("computed")) == (3, 1)


def test_stages_are_told_also_when_one_fails() -> None:
    watch, told = Watch(), list[str]()
    watch.listen(lambda name, *_: told.append(name))
    with pytest.raises(ValueError, match="no"), watch.stage("find"):
        raise ValueError("no")
    assert told == ["find"]


def test_metrics_hold_stages_and_what_was_known_already() -> None:
    metrics, watch = Metrics(), Watch()
    metrics.watch(watch)
    with watch.stage("judge"):
        watch.count("asked")
    told = metrics.exposition().decode()
    assert 'metrology_stage_seconds_count{stage="judge"} 1.0' in told
    assert 'metrology_first_questions_total{what="asked"} 1.0' in told


def test_the_application_listens_to_the_bot_it_is_given(bot: FakeBot) -> None:
    watch = Watch()
    api = TestClient(create_app(bot, operation=Operation(watch=watch)))
    with watch.stage("read"):
        pass
    assert 'metrology_stage_seconds_count{stage="read"} 1.0' in api.get("/metrics").text


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def test_a_request_is_a_span_and_its_stages_lie_within(spans: InMemorySpanExporter) -> None:
    watch, tracer = Watch(), open_tracer("", spans)
    trace_stages(watch, tracer)

    def answer(_: Request) -> PlainTextResponse:  # in a thread, as the API's routes are
        with watch.stage("read"), watch.stage("find"):
            return PlainTextResponse("计量")

    app = Traced(Starlette(routes=[Route("/v1/ask/{id}", answer), Route("/healthz", answer)]), tracer)
    client = TestClient(app)
    client.get("/v1/ask/secret?q=secret", headers={"X-Secret": "secret"})
    found = {span.name: span for span in spans.get_finished_spans()}
    request = next(span for name, span in found.items() if name.startswith("GET "))
    assert {"read", "find"} <= set(found)
    assert {found[name].context.trace_id for name in found} == {request.context.trace_id}
    assert found["read"].parent is not None
    assert found["read"].parent.span_id == request.context.span_id
    assert dict(request.attributes or {})["http.response.status_code"] == 200
    assert "secret" not in "".join(span.to_json() for span in spans.get_finished_spans())
    spans.clear()
    client.get("/healthz")
    assert [span.name for span in spans.get_finished_spans() if span.name.startswith("GET")] == []
