"""A small API that keeps the HTTP contract: real plans, canned answers. The page is tested against it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from time import sleep
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from ingest.load import load_shipped_plans
from ingest.model import Clause, Fact, Plan
from ui.ask_client import AskClient

GENERATED = "人工智能生成合成内容，逐句核对原文"
WITHDRAWN = "模型所写未通过逐句核对，以上为原文摘录。"
HOSTILE = "<script>alert(1)</script> ${1+1} {{7*7}} `x`"


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: str
    session_id: str | None = None
    plans: list[str] | None = None


class Feedback(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer_id: str
    useful: bool


@dataclass
class FakeApi:
    """What the tests set and look at.

    `problem`: answer every question with this status. `written`: a model writes, sentence by sentence, `pause` seconds
    apart; `withdrawn`: its answer is superseded in the end; `breaks`: the stream ends after its first sentence.
    """

    problem: int | None = None
    feedback_status: int = 200
    delay: float = 0.0  # seconds
    written: bool = False
    pause: float = 0.0
    withdrawn: bool = False
    breaks: bool = False
    hung_up: int = 0  # streams whose reader left
    asked: list[Question] = field(default_factory=list)
    rated: list[Feedback] = field(default_factory=list)
    visitors: list[tuple[str, str]] = field(default_factory=list)  # the page's token, and for whom it asks or rates

    def reset(self) -> None:
        self.__init__()  # type: ignore[misc]


def visitor(request: Request) -> tuple[str, str]:
    return request.headers.get("x-metrology-page", ""), request.headers.get("x-metrology-visitor", "")


def fake_app(fake: FakeApi) -> FastAPI:
    """The routes the page uses."""
    app = FastAPI(title="fake")
    plans = {plan.id: plan for plan in load_shipped_plans().plans}

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

    @app.post("/v1/feedback")
    def feedback(given: Feedback, request: Request) -> JSONResponse:
        fake.visitors.append(visitor(request))
        if fake.feedback_status != 200:
            return problem(fake.feedback_status)
        fake.rated.append(given)
        return JSONResponse({"ok": True})

    return app


async def events(fake: FakeApi, answer: dict[str, Any]) -> AsyncIterator[str]:
    """As the real API tells it: citations and a label before a model's sentences, else the sentences at once."""
    if fake.written:
        answer = {**answer, "mode": "llm", "generated": True, "label": GENERATED}
        yield event("label", {"label": GENERATED, "generated": True})
    for citation, statement in zip(answer["citations"], answer["statements"], strict=True):
        if fake.written:
            yield event("citation", citation)
        yield event("statement", statement)
        try:
            await asyncio.sleep(fake.pause)
        except asyncio.CancelledError:
            fake.hung_up += 1
            raise
        if fake.breaks:
            return
    if fake.withdrawn:
        extractive = {"mode": "extractive", "generated": False, "label": "原文摘录"}
        said = [{**one, "text": f"「{one['text']}」"} for one in answer["statements"]]
        answer = {**answer, **extractive, "statements": said, "notes": [WITHDRAWN]}
    yield event("done", answer)


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


def plan_json(plan: Plan) -> dict[str, Any]:
    said = plan.metadata
    return {
        "plan_id": plan.id,
        "title": plan.title,
        "name": plan.name,
        "region": plan.region,
        "number": _value(said.number),
        "issuer": _value(said.issuer),
        "issued_on": _value(said.issued_on),
    }


def clause_json(clause: Clause) -> dict[str, Any]:
    return {
        "clause_id": clause.id,
        "plan_id": clause.plan_id,
        "clause_path": clause.path,
        "heading": clause.heading,
        "headings": list(clause.headings),
        "text": clause.text,
        "kind": clause.kind.value,
        "responsible_units": [{"name": unit.name, "role": unit.role.value} for unit in clause.responsible_units],
    }


def citation_json(plan: Plan, path: str, wanted: str, index: int) -> dict[str, Any]:
    """A citation of the sentence of a clause that holds `wanted`."""
    clause = next(clause for clause in plan.clauses if clause.path == path)
    at = clause.text.index(wanted)
    start = clause.text.rfind("。", 0, at) + 1
    end = clause.text.find("。", at) + 1 or len(clause.text)
    address = quote(path)
    return {
        "index": index,
        "plan_id": plan.id,
        "plan_title": plan.title,
        "plan_number": _value(plan.metadata.number),
        "region": plan.region,
        "clause_id": clause.id,
        "clause_path": path,
        "heading": clause.heading,
        "quote": clause.text[start:end],
        "start": start,
        "end": end,
        "url": f"/plans/{plan.id}?clause={address}&start={start}&end={end}#{address}",
    }


DEDUCTION = (("xiamen", "四24", "一次性"), ("quanzhou", "四(二)", "一次性"))
PLEDGE = (("xiamen", "三(四)21", "自我承诺。"), ("xiamen", "专栏1/9", "850"))
TARGETS = (("xiamen", "专栏1/9", "850"), ("quanzhou", "专栏1/10", "2020"))
TABLE = "| 地区 | 2020年 | 2025年 |\n| --- | --- | --- |\n| 厦门 | 506 | 850 |\n| 泉州 | 1254 | 2020 |"


def canned_answer(plans: dict[str, Plan], question: str, number: int) -> dict[str, Any]:
    if "税" in question:
        return _answered(plans, DEDUCTION, number, notes=["青岛、金华的规划未载明一次性税前扣除。"])
    if "比较" in question:
        return _answered(plans, TARGETS, number, table=TABLE)
    if "承诺" in question:
        return _answered(plans, PLEDGE, number, status="partial", notes=["该条款未载明金额。"])
    if "<" in question:
        return {**_declined(number), "plain_text": HOSTILE, "answer": HOSTILE, "notes": [HOSTILE]}
    if "天气" in question:
        return {**_declined(number), "status": "out_of_scope", "plain_text": "这个问题不在计量规划的范围内。"}
    related = [citation_json(plans["xiamen"], "三(四)22", "计量违法行为", 1)]
    return {**_declined(number), "related": related}


def _answered(
    plans: dict[str, Plan], sources: Any, number: int, status: str = "answered", table: str = "", **more: Any
) -> dict[str, Any]:
    citations = [citation_json(plans[plan], path, word, at) for at, (plan, path, word) in enumerate(sources, start=1)]
    statements = [{"text": f"{c['region']}：{c['quote']}", "citations": [c["index"]]} for c in citations]
    text = "\n\n".join(str(statement["text"]) for statement in statements)
    return {
        **_declined(number), "status": status, "answer": f"{text}\n\n{table}", "plain_text": text,
        "statements": statements, "citations": citations, **more,
    }  # fmt: skip


def _declined(number: int) -> dict[str, Any]:
    text = "收录的五份规划没有载明这一事项。"
    return {
        "answer_id": f"a-{number:04}", "status": "not_found", "answer": text, "plain_text": text, "statements": [],
        "citations": [], "related": [], "notes": [], "mode": "extractive", "label": "原文摘录",
        "corpus_version": "5f3c9a1be204", "took_ms": 3.1,
    }  # fmt: skip


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
