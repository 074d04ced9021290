"""What a conversation of the OpenAI API comes down to: one question of ours, or a refusal in words."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.api import problems
from bot.api.asking import session_of
from bot.api.face_schema import ChatRequest
from bot.api.face_text import Room
from bot.api.fields import is_blank
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest
from bot.model import Mode

Asking = Literal["auto", "extractive"]
MODELS: Mapping[str, Asking] = {"metrology-auto": "auto", "metrology-extractive": "extractive"}
REPLAYED = 10  # earlier questions that are gone through again, so that a follow-up finds what it leaves out
PART_NAMES = {"image_url": "图片", "input_audio": "语音", "file": "文件", "video_url": "视频", "refusal": "拒答"}


@dataclass(frozen=True, slots=True)
class Refused:
    """A parameter that would change the shape of an answer: when it does, and what to do instead."""

    name: str
    wanted: Callable[[ChatRequest], object]
    detail: str


REFUSED = (
    Refused("n", lambda chat: chat.n is not None and chat.n != 1, "每次只作一个回答：n 只能是 1。"),
    Refused(
        "tool_choice",
        lambda chat: chat.tool_choice not in (None, "auto", "none"),
        "本服务不调用工具：tool_choice 只能是 auto 或 none，tools 一律忽略。",
    ),
    Refused(
        "function_call",
        lambda chat: chat.function_call not in (None, "auto", "none"),
        "本服务不调用函数：function_call 只能是 auto 或 none，functions 一律忽略。",
    ),
    Refused(
        "response_format",
        lambda chat: chat.response_format and chat.response_format.get("type", "text") != "text",
        "只以文字作答：response_format 只能是 text。要分字段的回答，请用 POST /v1/ask。",
    ),
    Refused("modalities", lambda chat: chat.modalities and set(chat.modalities) != {"text"}, "只以文字作答。"),
    Refused("audio", lambda chat: chat.audio, "只以文字作答，不出语音。"),
    Refused("logprobs", lambda chat: chat.logprobs, "回答是条款原文，没有 logprobs。"),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A question of ours and every text that was read for it."""

    request: AskRequest
    texts: tuple[str, ...]


def heard(parts: Parts, chat: ChatRequest) -> Heard:
    """What is asked, in a session that has heard what was asked before. Raises Problem for what cannot be asked."""
    mode = mode_of(chat.model)
    asked = [number for number, message in enumerate(chat.messages) if message.role == "user"]
    if not asked:
        raise Problem(problems.BLANK_TEXT, "messages 中没有 user 消息。", param="messages")
    last = chat.messages[asked[-1]]
    if last.other_parts:
        raise Problem(problems.UNSUPPORTED, _unread(last.other_parts[0]), param="messages")
    question = parts.legible(last.text, "messages")
    plans = parts.known_plans(chat.plans)
    earlier = askable(parts, [chat.messages[number].text for number in asked[:-1]])[-REPLAYED:]
    session = _replayed(parts, earlier, plans)
    request = AskRequest(
        question=question,
        session_id=session,
        plans=chat.plans,
        mode=mode,
        timeout_ms=chat.timeout_ms,
        user_id=chat.user,
    )
    return Heard(request, (*earlier, question))


def askable(parts: Parts, texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not is_blank(text) and len(text) <= parts.max_question]


def forget(parts: Parts, request: AskRequest) -> None:
    """The next request brings the conversation along again; kept, these sessions would push out those of others."""
    if session := session_of(request.session_id):
        parts.bot.forget(session)


def mode_of(model: str) -> Asking:
    """Raises Problem naming the known ones."""
    if model not in MODELS:
        known = list(MODELS)
        detail = f"没有这个模型：{problems.echo(model)}。可用的有 {'、'.join(known)}。"
        raise Problem(problems.UNKNOWN_MODEL, detail, param="model", known=known)
    return MODELS[model]


def refuse_unsupported(chat: ChatRequest, but: str = "") -> None:
    """What would change the shape of the answer is refused; what would only tune a model is ignored.

    `but` names a parameter that is of no harm this time.
    """
    for one in REFUSED:
        if one.name != but and one.wanted(chat):
            raise Problem(problems.UNSUPPORTED, one.detail, param=one.name)


def room_of(parts: Parts, chat: ChatRequest) -> Room:
    """How long the answer may be. Raises Problem when it is bounded and nothing can count."""
    bounds: list[Any] = [bound for bound in (chat.max_tokens, chat.max_completion_tokens) if bound is not None]
    if not bounds:
        return Room()
    if parts.texts is None:
        raise Problem(problems.MODEL_UNAVAILABLE, "本服务未载入分词器，不能限定长度。", param="max_tokens")
    return Room(min(bounds), parts.texts.count)


def _replayed(parts: Parts, earlier: Sequence[str], plans: tuple[str, ...] | None) -> str | None:
    """A session of this request's own that has heard the earlier questions; None when there are none.

    What the client says was answered is not believed: the clauses answer again, which needs no model.
    """
    if not earlier:
        return None
    session = uuid.uuid4().hex
    for text in earlier:
        parts.bot.ask(text, session_of(session), plans, Mode.EXTRACTIVE)
    return session


def _unread(kind: str) -> str:
    name = PART_NAMES.get(kind)
    shown = f"{name}（{kind}）" if name else problems.echo(kind)
    return f"只读文字，不读{shown if name else f' {shown}'}。请把要问的写成文字。"
