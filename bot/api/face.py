"""The bot as a model of the OpenAI API, for existing chat clients to use unchanged: their key is the API key."""

import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Body, Path
from starlette.responses import StreamingResponse

from bot.api import asking, face_asking, face_examples, face_schema, schema
from bot.api.face_asking import MODELS, Heard
from bot.api.face_chores import Chore, chore_of
from bot.api.face_replies import reply_to
from bot.api.face_schema import ChatRequest, Chunk, ChunkChoice, Delta, Finish
from bot.api.face_text import ANY_LENGTH, Room, Writing
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.requests import AskRequest
from bot.api.routes_ask import Numbers
from bot.model import Statement
from bot.service import Asked, Telling

STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not hold pieces back
LINE_ENDS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})  # some clients split at them

Chat = Annotated[ChatRequest, Body(openapi_examples=face_examples.CHATS)]
ModelId = Annotated[str, Path(openapi_examples=face_examples.MODEL_IDS)]
Completed = face_schema.ChatCompletion | StreamingResponse


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way out: to which conversation, and how long it may be; `base` is where its links lead."""

    parts: Parts
    chat: ChatRequest
    base: str = ""
    room: Room = ANY_LENGTH
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def counted(self) -> bool:
        """Whether a stream ends with the usage."""
        return bool(self.chat.stream_options and self.chat.stream_options.include_usage)

    def usage(self, read: tuple[str, ...], content: str) -> face_schema.Usage | None:
        """In the encoder's tokens; None when no tokenizer is at hand."""
        if self.parts.texts is None:
            return None
        asked, said = sum(map(self.parts.texts.count, read)), self.parts.texts.count(content)
        return face_schema.Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)

    def completion(
        self, message: face_schema.Message, finish: Finish, read: tuple[str, ...]
    ) -> face_schema.ChatCompletion:
        return face_schema.ChatCompletion(
            id=self.id,
            created=self.created,
            model=self.chat.model,
            choices=[face_schema.Choice(message=message, finish_reason=finish)],
            usage=self.usage(read, message.content),
        )

    def chunk(self, delta: Delta | None, finish: Finish | None = None) -> Chunk:
        chunk = Chunk(
            id=self.id,
            object="chat.completion.chunk",
            created=self.created,
            model=self.chat.model,
            choices=[] if delta is None else [ChunkChoice(index=0, delta=delta, finish_reason=finish)],
        )
        if self.counted:
            chunk.usage = None  # set, so that it is sent as null until the last one has it
        return chunk

    async def end(self, last: Chunk, read: tuple[str, ...], content: str) -> AsyncIterator[str]:
        yield _event(last)
        if self.counted:
            counted = self.chunk(None)
            counted.usage = await to_thread.run_sync(self.usage, read, content)
            yield _event(counted)
        yield "data: [DONE]\n\n"

    def streamed(self, events: AsyncIterator[str]) -> StreamingResponse:
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)


def face_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["OpenAI 兼容接口"])
    started = int(time.time())

    @router.post(
        "/chat/completions",
        summary="对话（OpenAI 兼容）",
        description=face_examples.DESCRIPTION,
        response_model=face_schema.ChatCompletion,
        responses=face_examples.COMPLETED,
    )
    def chat_completions(chat: Chat) -> Completed:
        face_asking.mode_of(chat.model)
        chore = chore_of(chat.messages)
        face_asking.refuse_unsupported(chat, but="response_format" if chore and chore.as_json else "")
        if chore:
            return _done(Reply(parts, chat), chore)
        room = face_asking.room_of(parts, chat)
        return _answered(Reply(parts, chat, _base(parts), room), face_asking.heard(parts, chat))

    @router.get("/models", summary="可选的模型", responses=face_examples.LISTED)
    def models() -> face_schema.ModelList:
        return face_schema.ModelList(data=[face_schema.Model(id=each, created=started) for each in MODELS])

    @router.get("/models/{model_id}", summary="一个模型", responses=face_examples.SHOWN)
    def model(model_id: ModelId) -> face_schema.Model:
        face_asking.mode_of(model_id)
        return face_schema.Model(id=model_id, created=started)

    return router


def _base(parts: Parts) -> str:
    """Links lead to the set address, else they name no host: what a caller says of ours is not believed."""
    return parts.present.public_url


def _answered(reply: Reply, heard: Heard) -> Completed:
    parts, request = reply.parts, heard.request
    if not reply.chat.stream:
        try:
            return _completion(reply, heard, asking.answer(parts, request))
        finally:
            face_asking.forget(parts, request)
    try:
        telling = asking.begin(parts, request)  # before the headers: errors keep their statuses
    except BaseException:
        face_asking.forget(parts, request)
        raise
    return reply.streamed(_events(reply, heard, telling))


def _completion(reply: Reply, heard: Heard, answer: schema.Answer) -> face_schema.ChatCompletion:
    writing = Writing(reply.base, reply.room)
    content = "".join(writing.pieces(answer))
    message = face_schema.Message(content=content, annotations=writing.annotations(answer.citations))
    completion = reply.completion(message, writing.finish, heard.texts)
    completion.metrology = _provenance(reply, answer)
    return completion


async def _events(reply: Reply, heard: Heard, telling: Telling) -> AsyncIterator[str]:
    """The role, a piece a chunk, the annotations with the end, usage when asked for, [DONE]."""
    writing, numbers = Writing(reply.base, reply.room), Numbers()
    said: list[schema.Statement] = []
    wrote = False
    try:
        yield _event(reply.chunk(Delta(role="assistant", content="")))
        while not isinstance(told := await _next(telling), Asked):
            if telling.live:
                wrote = wrote or told.generated
                said.append(numbers.statement(told))
                for piece in writing.written(said[-1]):
                    yield _event(reply.chunk(Delta(content=piece)))
        answer = await _published(reply.parts, heard.request, told)
    finally:
        telling.close()  # a caller who left is no longer written for
        face_asking.forget(reply.parts, heard.request)
    for piece in writing.ending(answer, said) if said else writing.pieces(answer):
        yield _event(reply.chunk(Delta(content=piece)))
    last = reply.chunk(Delta(annotations=writing.annotations(answer.citations)), writing.finish)
    last.metrology = _provenance(reply, answer)
    if wrote and not answer.generated:  # its corrected sentences were sent all the same
        last.metrology = last.metrology.model_copy(update=reply.parts.present.label().model_dump())
    async for event in reply.end(last, heard.texts, writing.text):
        yield event


async def _published(parts: Parts, request: AskRequest, told: Asked) -> schema.Answer:
    return await to_thread.run_sync(asking.publish, parts, request, told)


async def _next(telling: Telling) -> Statement | Asked:
    """Waits in a thread that is let go when the caller leaves."""
    told = await to_thread.run_sync(next, telling, None, abandon_on_cancel=True)
    if told is None:
        raise RuntimeError("An answer ends with the whole of it.")
    return told


def _done(reply: Reply, chore: Chore) -> Completed:
    """What a client asks for itself. It is no question: nothing is recorded or counted as one."""
    content = reply_to(reply.parts, chore)
    log.info("chore", kind=chore.kind.value)
    if reply.chat.stream:
        return reply.streamed(_told(reply, chore, content))
    message = face_schema.Message(content=content, annotations=[])
    return reply.completion(message, "stop", chore.questions)


async def _told(reply: Reply, chore: Chore, content: str) -> AsyncIterator[str]:
    yield _event(reply.chunk(Delta(role="assistant", content=content)))
    async for event in reply.end(reply.chunk(Delta(), "stop"), chore.questions, content):
        yield event


def _event(chunk: Chunk) -> str:
    return f"data: {chunk.model_dump_json(exclude_unset=True).translate(LINE_ENDS)}\n\n"


def _provenance(reply: Reply, answer: schema.Answer) -> face_schema.Provenance:
    told = face_schema.Provenance.model_validate(answer, from_attributes=True)
    return told.model_copy(update={"ignored": reply.chat.ignored})
