"""POST /v1/ask and its stream."""

from collections.abc import AsyncIterator
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.api import asking, examples, idempotency, problems, schema
from bot.api.parts import Parts
from bot.api.prompt import PATH, given
from bot.api.requests import AskRequest
from bot.api.turns import caller_of
from bot.model import Citation, Statement
from bot.service import Asked, Telling

ERRORS = (
    *problems.READING,
    problems.BLANK_TEXT,
    problems.TEXT_TOO_LONG,
    problems.UNKNOWN_PLANS,
    problems.NOT_READY,
    problems.MODEL_UNAVAILABLE,
    problems.TIMEOUT,
)
TURN_TAKING = frozenset((PATH,))  # where nobody stands in line for what is at hand
Question = Annotated[AskRequest, Body(openapi_examples=examples.QUESTIONS)]
STREAM = (
    "与 /v1/ask 相同，以 server-sent events 返回：每句一个 `statement` 事件（同 statements 的一项），"
    "最后一个 `done` 事件带完整回答。"
    "出错时不开始，返回问题说明。每句核对完毕才发送；用大模型时逐句发送，句子首次用到的引文先以 `citation` 事件"
    "（同 citations 的一项）给出，首个由大模型写成的句子之前有一个 `label` 事件（同 label、generated 两项）。"
    "通过核对的句子太少时改以原文摘录作答：先有一个 `withdrawn` 事件，此前各句作废，由 `done` 中的回答取代。"
)


def ask_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["问答"])

    def begun(request: Question, http: Request) -> tuple[AskRequest, Telling]:
        return request, asking.begin(parts, request, http.state.began)

    def work(request: AskRequest, http: Request, key: str | None) -> schema.Answer:
        return idempotency.once(
            parts, http, key, request, schema.Answer, lambda: asking.answer(parts, request, http.state.began)
        )

    @router.post(
        "/ask",
        summary="提问",
        response_model=schema.Answer,
        responses=examples.responses(examples.ANSWER, *ERRORS, *idempotency.ERRORS),
    )
    async def ask(request: Question, http: Request, key: idempotency.Key = None) -> Response:
        told = await asking.answer_at_hand(parts, request) if key is None else None
        if told is None:
            async with parts.turns.turn(caller_of(http.scope)):
                told = await to_thread.run_sync(work, request, http, key)
        return given(told)

    @router.post(
        "/ask/stream",
        summary="提问（流式）",
        description=STREAM,
        response_class=EventSourceResponse,
        responses=examples.stream_responses(*ERRORS),
    )
    async def ask_stream(
        asked: Annotated[tuple[AskRequest, Telling], Depends(begun)],
    ) -> AsyncIterator[ServerSentEvent]:
        # begun as a dependency: before the headers are sent, so that errors keep their statuses
        request, telling = asked
        try:
            async for event in _told(parts, request, telling):
                yield event
        finally:
            telling.close()  # a caller who left is no longer written for

    return router


async def _told(parts: Parts, request: AskRequest, telling: Telling) -> AsyncIterator[ServerSentEvent]:
    """Each sentence as it comes, then the whole. A model's words are labelled first, and taken back aloud."""
    numbers, labelled = Numbers(), False
    while (told := await _next(telling)) is not None:
        if isinstance(told, Asked):
            whole = await to_thread.run_sync(asking.publish, parts, request, told)
            if labelled and not whole.generated:
                yield ServerSentEvent(event="withdrawn", data=parts.present.label())
            yield ServerSentEvent(event="done", data=whole)
            continue
        for index, citation in numbers.new(told) if telling.live else ():
            yield ServerSentEvent(event="citation", data=parts.present.citation(index, citation))
        if told.generated and not labelled:
            labelled = True
            yield ServerSentEvent(event="label", data=parts.present.label())
        yield ServerSentEvent(event="statement", data=numbers.statement(told))


async def _next(telling: Telling) -> Statement | Asked | None:
    """Waits in a thread that is let go when the caller leaves."""
    return await to_thread.run_sync(next, telling, None, abandon_on_cancel=True)


class Numbers:
    """Citations numbered from 1 in the order they come, as the whole answer will number them."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, int, int], int] = {}

    def new(self, statement: Statement) -> list[tuple[int, Citation]]:
        """The statement's citations that none before it had."""
        fresh = {one.key: one for one in statement.citations if one.key not in self._given}
        return [(self._number(one), one) for one in fresh.values()]

    def statement(self, statement: Statement) -> schema.Statement:
        numbers = {self._number(one) for one in statement.citations}
        return schema.Statement(text=statement.text, citations=sorted(numbers))

    def _number(self, citation: Citation) -> int:
        return self._given.setdefault(citation.key, len(self._given) + 1)
