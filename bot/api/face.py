"""The bot as a model of the OpenAI API, for existing chat clients to use unchanged. A key is neither asked nor read."""

import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Body, Path
from starlette.responses import StreamingResponse

from bot.api import asking, face_examples, face_schema, problems, schema
from bot.api.face_schema import ChatRequest, Chunk, ChunkChoice, Delta
from bot.api.face_text import Writing, usage
from bot.api.fields import is_blank
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest
from bot.api.routes_ask import Numbers
from bot.model import Mode, Statement
from bot.service import Asked, Telling

Asking = Literal["auto", "extractive"]
MODELS: Mapping[str, Asking] = {"metrology-auto": "auto", "metrology-extractive": "extractive"}
REPLAYED = 10  # earlier questions that are gone through again, so that a follow-up finds what it leaves out
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not hold pieces back
LINE_ENDS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})  # some clients split at them

Chat = Annotated[ChatRequest, Body(openapi_examples=face_examples.CHATS)]
ModelId = Annotated[str, Path(openapi_examples=face_examples.MODEL_IDS)]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way out: to which conversation, to which question of ours; `base` is where its links lead."""

    chat: ChatRequest
    asked: AskRequest
    base: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def usage(self, content: str) -> face_schema.Usage:
        return usage([message.text for message in self.chat.messages], content)

    def chunk(self, delta: Delta | None, finish: Literal["stop"] | None = None) -> Chunk:
        return Chunk(
            id=self.id,
            object="chat.completion.chunk",
            created=self.created,
            model=self.chat.model,
            choices=[] if delta is None else [ChunkChoice(index=0, delta=delta, finish_reason=finish)],
        )


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
    def chat_completions(chat: Chat) -> face_schema.ChatCompletion | StreamingResponse:
        reply = Reply(chat, _asked(parts, chat), _base(parts))
        if not chat.stream:
            try:
                return _completion(reply, asking.answer(parts, reply.asked))
            finally:
                _forget(parts, reply)
        try:
            telling = asking.begin(parts, reply.asked)  # before the headers: errors keep their statuses
        except BaseException:
            _forget(parts, reply)
            raise
        events = _events(parts, reply, telling)
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)

    @router.get("/models", summary="可选的模型", responses=face_examples.LISTED)
    def models() -> face_schema.ModelList:
        return face_schema.ModelList(data=[face_schema.Model(id=each, created=started) for each in MODELS])

    @router.get("/models/{model_id}", summary="一个模型", responses=face_examples.SHOWN)
    def model(model_id: ModelId) -> face_schema.Model:
        _mode(model_id)
        return face_schema.Model(id=model_id, created=started)

    return router


def _asked(parts: Parts, chat: ChatRequest) -> AskRequest:
    """What the conversation comes down to. Raises Problem for what cannot be asked or done."""
    mode = _mode(chat.model)
    _refuse_unsupported(chat)
    asked = [number for number, message in enumerate(chat.messages) if message.role == "user"]
    if not asked:
        raise Problem(problems.BLANK_TEXT, "messages 中没有 user 消息。", param="messages")
    last = chat.messages[asked[-1]]
    if last.other_parts:
        raise Problem(problems.UNSUPPORTED, f"只读文字，不读 {last.other_parts[0]}。", param="messages")
    question = parts.legible(last.text, "messages")
    plans = parts.known_plans(chat.plans)
    earlier = [chat.messages[number].text for number in asked[:-1]]
    session = _replayed(parts, earlier, plans)
    return AskRequest(question=question, session_id=session, plans=chat.plans, mode=mode, timeout_ms=chat.timeout_ms)


def _replayed(parts: Parts, earlier: Sequence[str], plans: tuple[str, ...] | None) -> str | None:
    """A session of this request's own that has heard the earlier questions; None when there are none.

    What the client says was answered is not believed: the clauses answer again, which needs no model.
    """
    heard = [text for text in earlier[-REPLAYED:] if not is_blank(text) and len(text) <= parts.max_question]
    if not heard:
        return None
    session = uuid.uuid4().hex
    for text in heard:
        parts.bot.ask(text, session, plans, Mode.EXTRACTIVE)
    return session


def _forget(parts: Parts, reply: Reply) -> None:
    """The next request brings the conversation along again; kept, these sessions would push out those of others."""
    if reply.asked.session_id:
        parts.bot.forget(reply.asked.session_id)


def _mode(model: str) -> Asking:
    if model not in MODELS:
        known = list(MODELS)
        detail = f"没有这个模型：{problems.echo(model)}。可用的有 {'、'.join(known)}。"
        raise Problem(problems.UNKNOWN_MODEL, detail, param="model", known=known)
    return MODELS[model]


def _refuse_unsupported(chat: ChatRequest) -> None:
    """What would change the shape of the answer is refused; what would only tune a model is ignored."""
    wants: dict[str, Any] = {
        "n": chat.n is not None and chat.n != 1,
        "tool_choice": chat.tool_choice not in (None, "auto", "none"),
        "function_call": chat.function_call not in (None, "auto", "none"),
        "response_format": chat.response_format and chat.response_format.get("type", "text") != "text",
        "modalities": chat.modalities and set(chat.modalities) != {"text"},
        "logprobs": chat.logprobs,
    }
    for name, wanted in wants.items():
        if wanted:
            raise Problem(problems.UNSUPPORTED, f"不支持 {name} 的这一取值。", param=name)


def _base(parts: Parts) -> str:
    """Links lead to the set address, else they name no host: what a caller says of ours is not believed."""
    return parts.present.public_url


def _completion(reply: Reply, answer: schema.Answer) -> face_schema.ChatCompletion:
    writing = Writing(reply.base)
    content = "".join(writing.pieces(answer))
    message = face_schema.Message(content=content, annotations=writing.annotations(answer.citations))
    return face_schema.ChatCompletion(
        id=reply.id,
        created=reply.created,
        model=reply.chat.model,
        choices=[face_schema.Choice(message=message)],
        usage=reply.usage(content),
        metrology=_provenance(answer),
    )


async def _events(parts: Parts, reply: Reply, telling: Telling) -> AsyncIterator[str]:
    """The role, a piece a chunk, the annotations with the end, usage when asked for, [DONE]."""
    writing, numbers = Writing(reply.base), Numbers()
    said: list[schema.Statement] = []
    content, wrote = "", False
    try:
        yield _event(reply.chunk(Delta(role="assistant", content="")))
        while not isinstance(told := await _next(telling), Asked):
            if telling.live:
                wrote = wrote or told.generated
                said.append(numbers.statement(told))
                content += (piece := writing.statement(said[-1]))
                yield _event(reply.chunk(Delta(content=piece)))
        answer = await to_thread.run_sync(asking.publish, parts, reply.asked, told)
    finally:
        telling.close()  # a caller who left is no longer written for
        _forget(parts, reply)
    for piece in writing.ending(answer, said) if said else writing.pieces(answer):
        content += piece
        yield _event(reply.chunk(Delta(content=piece)))
    last = reply.chunk(Delta(annotations=writing.annotations(answer.citations)), "stop")
    last.metrology = _provenance(answer)
    if wrote and not answer.generated:  # its corrected sentences were sent all the same
        last.metrology = last.metrology.model_copy(update=parts.present.label().model_dump())
    yield _event(last)
    if (options := reply.chat.stream_options) and options.include_usage:
        counted = reply.chunk(None)
        counted.usage = reply.usage(content)
        yield _event(counted)
    yield "data: [DONE]\n\n"


async def _next(telling: Telling) -> Statement | Asked:
    """Waits in a thread that is let go when the caller leaves."""
    told = await to_thread.run_sync(next, telling, None, abandon_on_cancel=True)
    if told is None:
        raise RuntimeError("An answer ends with the whole of it.")
    return told


def _event(chunk: Chunk) -> str:
    return f"data: {chunk.model_dump_json(exclude_unset=True).translate(LINE_ENDS)}\n\n"


def _provenance(answer: schema.Answer) -> face_schema.Provenance:
    return face_schema.Provenance.model_validate(answer, from_attributes=True)
