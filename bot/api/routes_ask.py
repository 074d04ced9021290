"""POST /v1/ask and its stream."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Body, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.api import asking, examples, problems, schema
from bot.api.parts import Parts
from bot.api.requests import AskRequest

ERRORS = (
    *problems.READING,
    problems.BLANK_TEXT,
    problems.TEXT_TOO_LONG,
    problems.UNKNOWN_PLANS,
    problems.NOT_READY,
    problems.MODEL_UNAVAILABLE,
    problems.TIMEOUT,
)
Question = Annotated[AskRequest, Body(openapi_examples=examples.QUESTIONS)]
STREAM = (
    "与 /v1/ask 相同，以 server-sent events 返回：每句一个 `statement` 事件（同 statements 的一项），"
    "最后一个 `done` 事件带完整回答。"
    "回答核对完毕才开始发送；出错时不开始，返回问题说明。"
)


def ask_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["问答"])

    def answered(request: Question) -> schema.Answer:
        return asking.answer(parts, request)

    @router.post("/ask", summary="提问", responses=examples.responses(examples.ANSWER, *ERRORS))
    def ask(request: Question) -> schema.Answer:
        return asking.answer(parts, request)

    @router.post(
        "/ask/stream",
        summary="提问（流式）",
        description=STREAM,
        response_class=EventSourceResponse,
        responses=examples.stream_responses(*ERRORS),
    )
    def ask_stream(answer: Annotated[schema.Answer, Depends(answered)]) -> Iterator[ServerSentEvent]:
        # answered as a dependency: before the headers are sent, so that errors keep their statuses
        for statement in answer.statements:
            yield ServerSentEvent(event="statement", data=statement)
        yield ServerSentEvent(event="done", data=answer)

    return router
