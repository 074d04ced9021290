"""A small API that keeps the HTTP contract: real plans, canned answers. The page is tested against it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from time import sleep
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from ingest.load import load_shipped_plans
from ingest.model import Plan
from tests.ui.canned import VERSION, canned_answer, clause_json, plan_json
from tests.ui.fake_reading import tell_readers
from ui.ask_client import AskClient

GENERATED = "人工智能生成合成内容，逐句核对原文"
WITHDRAWN = "模型所写未通过逐句核对，以上为原文摘录。"


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: str
    session_id: str | None = None
    plans: list[str] | None = None


class WholeQuestion(Question):
    """Of a guide, which wants no model's words."""

    mode: str | None = None


class Feedback(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer_id: str
    useful: bool
    comment: str | None = None


class Export(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer_ids: list[str]
    format: str


@dataclass
class FakeApi:
    """What the tests set and look at.

    `problem`: answer every question with this status. `written`: a model writes, sentence by sentence, `pause` seconds
    apart; `held`: it says no more; `endless`: it never comes to its end; `withdrawn`: its answer is superseded in the
    end; `breaks`: the stream ends after its first sentence. `away`: it says that it is not ready.
    """

    problem: int | None = None
    away: bool = False
    feedback_status: int = 200
    delay: float = 0.0  # seconds
    written: bool = False
    pause: float = 0.0
    held: bool = False
    endless: bool = False
    withdrawn: bool = False
    breaks: bool = False
    host: str = ""  # a page of another site, as it is seen by the machine's other name
    host_policy: str = ""
    hung_up: int = 0  # streams whose reader left
    asked: list[Question] = field(default_factory=list)
    whole: list[WholeQuestion] = field(default_factory=list)  # asked for at once, not in a stream
    rated: list[Feedback] = field(default_factory=list)
    export_status: int = 200
    exported: list[tuple[Export, str]] = field(default_factory=list)  # and where its links are to lead
    exported_plans: list[tuple[str, ...]] = field(default_factory=list)  # id, format, day, and the same
    visitors: list[tuple[str, str]] = field(default_factory=list)  # the page's token, and for whom it asks or rates

    def reset(self) -> None:
        self.__init__()  # type: ignore[misc]


def visitor(request: Request) -> tuple[str, str]:
    return request.headers.get("x-metrology-page", ""), request.headers.get("x-metrology-visitor", "")


def fake_app(fake: FakeApi) -> FastAPI:
    """The routes the page uses."""
    app = FastAPI(title="fake")
    plans = {plan.id: plan for plan in load_shipped_plans().plans}
    add_whole_answers(app, fake, plans)

    @app.post("/v1/ask/stream")
    def ask_stream(question: Question, request: Request) -> Response:
        fake.visitors.append(visitor(request))
        sleep(fake.delay)
        fake.asked.append(question)
        if fake.problem:
            return problem(fake.problem)
        answer = canned_answer(plans, question.question, len(fake.asked))
        return StreamingResponse(events(fake, answer), media_type="text/event-stream")

    @app.get("/v1/plans")
    def list_plans() -> dict[str, Any]:
        return {"plans": [plan_json(plan) for plan in plans.values()]}

    @app.get("/v1/plans/{plan_id}")
    def get_plan(plan_id: str) -> JSONResponse:
        if plan_id not in plans:
            return problem(404)
        plan = plans[plan_id]
        return JSONResponse({**plan_json(plan), "clauses": [clause_json(clause) for clause in plan.clauses]})

    tell_readers(app, plans)

    @app.post("/v1/feedback")
    def feedback(given: Feedback, request: Request) -> JSONResponse:
        fake.visitors.append(visitor(request))
        if fake.feedback_status != 200:
            return problem(fake.feedback_status)
        fake.rated.append(given)
        return JSONResponse({"ok": True})

    _exporting(app, fake)
    _exporting_plans(app, fake, plans)
    return app


def _exporting(app: FastAPI, fake: FakeApi) -> None:
    @app.post("/v1/answers/export")
    def export(wanted: Export, request: Request) -> Response:
        fake.visitors.append(visitor(request))
        if fake.export_status != 200:
            return problem(fake.export_status, "一份文件最多多少字。")
        fake.exported.append((wanted, request.headers.get("x-metrology-site", "")))
        name = f"attachment; filename=\"answer.{wanted.format}\"; filename*=UTF-8''%E7%AD%94"
        headers = {"Content-Disposition": name}
        return Response(b"a file", media_type="application/octet-stream", headers=headers)


def add_whole_answers(app: FastAPI, fake: FakeApi, plans: dict[str, Plan]) -> None:
    """What the guides and the widget use besides."""

    @app.post("/v1/ask")
    def ask(question: WholeQuestion) -> JSONResponse:
        fake.whole.append(question)
        if fake.problem:
            return problem(fake.problem)
        return JSONResponse(canned_answer(plans, question.question, len(fake.whole)))

    @app.get("/host")
    def host() -> HTMLResponse:
        return HTMLResponse(fake.host, headers={"Content-Security-Policy": fake.host_policy})

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        return problem(503) if fake.away else JSONResponse({"status": "ready", "corpus_version": VERSION})


def _exporting_plans(app: FastAPI, fake: FakeApi, plans: Mapping[str, Plan]) -> None:
    @app.get("/v1/plans/{plan_id}/export")
    def export(plan_id: str, request: Request, format: str, as_of: str = "") -> Response:
        fake.visitors.append(visitor(request))
        if plan_id not in plans or fake.export_status != 200:
            return problem(404 if plan_id not in plans else fake.export_status)
        fake.exported_plans.append((plan_id, format, as_of, request.headers.get("x-metrology-site", "")))
        titled = f"{quote(plans[plan_id].title)}.{format}"
        headers = {"Content-Disposition": f"attachment; filename=\"plan.{format}\"; filename*=UTF-8''{titled}"}
        return Response(f"a {format} file", media_type=f"application/{format}", headers=headers)


async def events(fake: FakeApi, answer: dict[str, Any]) -> AsyncIterator[str]:
    """As the real API tells it: citations and a label before a model's sentences, else the sentences at once."""
    if fake.written:
        cited = zip(answer["citations"], answer["statements"], strict=True)
        said = [{**one, "text": f"{source['region']}：{source['quote']}"} for source, one in cited]
        answer = {**answer, "mode": "llm", "generated": True, "label": GENERATED, "statements": said}
        yield event("label", {"label": GENERATED, "generated": True})
    told = zip(answer["citations"], answer["statements"], strict=False)
    for citation, statement in cycle(told) if fake.endless else told:
        if fake.written:
            yield event("citation", citation)
        yield event("statement", statement)
        await pausing(fake)
        if fake.breaks:
            return
    if fake.withdrawn:
        extractive = {"mode": "extractive", "generated": False, "label": "原文摘录"}
        said = [{**one, "text": f"「{one['text']}」"} for one in answer["statements"]]
        answer = {**answer, **extractive, "statements": said, "notes": [WITHDRAWN]}
    yield event("done", answer)


async def pausing(fake: FakeApi) -> None:
    """Notices when nobody reads any more."""
    try:
        await asyncio.sleep(fake.pause)
        while fake.held:
            await asyncio.sleep(0.02)
    except asyncio.CancelledError:
        fake.hung_up += 1
        raise


def event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def client_of(app: FastAPI) -> AskClient:
    """A client that talks to an app in this process."""
    inner = TestClient(app)

    def answer(request: httpx.Request) -> httpx.Response:
        found = inner.request(
            request.method, request.url.raw_path.decode(), content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(found.status_code, headers=dict(found.headers), content=found.content)

    return AskClient("http://api.test", transport=httpx.MockTransport(answer))


def problem(status: int, detail: str = "No such thing.") -> JSONResponse:
    document = {"type": "about:blank", "title": "Problem", "status": status, "detail": detail}
    return JSONResponse(document, status, media_type="application/problem+json", headers={"Retry-After": "7"})
