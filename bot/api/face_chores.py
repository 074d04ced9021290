"""What chat clients ask for themselves, in words meant for a language model: a title, tags, what to ask next.

They send these as if a person had written them. None is a question to answer or to record. A client is known by the
very words of its prompt, which no person says; each is noted with whose they are.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.api.face_schema import ChatMessage


class Kind(StrEnum):
    """Of a chore; the value is the key its JSON is wanted under."""

    TITLE = "title"
    TAGS = "tags"
    FOLLOW_UPS = "follow_ups"
    QUERIES = "queries"
    COMPLETION = "text"  # of what is being typed
    PICTURE = "prompt"  # for a model that draws
    TOOLS = "tool_calls"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Chore:
    """`questions` are the person's in the conversation it is about, oldest first."""

    kind: Kind
    questions: tuple[str, ...]
    as_json: bool = False


OPEN, CLOSE = "<chat_history>", "</chat_history>"  # open-webui's, around the conversation
KEYED = (Kind.TITLE, Kind.TAGS, Kind.FOLLOW_UPS, Kind.QUERIES, Kind.COMPLETION, Kind.PICTURE)
# open-webui, before tools were part of the protocol
PICKS_TOOLS = "choose and return the correct tool(s) from the list of available tools"
# each of these in one message: the last one, or one of the system's
PROMPTS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.TITLE, ("使用四到五个字直接返回这句话的简要主题",)),  # NextChat
    (Kind.TITLE, ("generate a four to five word title summarizing our conversation",)),
    (Kind.SUMMARY, ("简要总结一下对话内容，用作后续的上下文提示 prompt",)),
    (Kind.SUMMARY, ("Summarize the discussion briefly in 200 words or less to use as a prompt",)),
    (Kind.TITLE, ("将用户的会话总结为 10 个字以内的标题",)),  # LobeChat, Cherry Studio
    (Kind.TITLE, ("总结给出的会话", "10 字内标题")),  # Cherry Studio
    (Kind.TITLE, ("Generate a concise title that captures the essence of the conversation",)),  # LobeChat
    (Kind.TITLE, ("Provide a concise, 5-word-or-less title for the conversation",)),  # LibreChat
    (Kind.TITLE, ("Based on the chat history, give this conversation a name",)),  # Chatbox
    (Kind.TITLE, ("Create a concise, 3-5 word title with an emoji",)),  # open-webui, earlier
)
# "USER: 厦门…" "Assistant: …" at the start of a line, as these clients write a conversation down
SPEAKER = re.compile(r"^(?:(user|human)|assistant|ai|system|tool|session)[:：]", re.IGNORECASE | re.MULTILINE)
SYSTEM = ("system", "developer")


def chore_of(messages: Sequence[ChatMessage]) -> Chore | None:
    """The chore a conversation ends with; None when a person asks."""
    last = messages[-1].text
    if any(PICKS_TOOLS in message.text for message in messages if message.role in SYSTEM):
        return Chore(Kind.TOOLS, (), as_json=True)
    if chore := _keyed(last):
        return chore
    asked = [message.text for message in messages[:-1] if message.role == "user"]
    if kind := _prompted(last):
        return Chore(kind, (*asked, *_spoken(last)))
    told = (_prompted(message.text) for message in messages if message.role in SYSTEM)
    if kind := next(filter(None, told), None):
        written = [*asked, last] if messages[-1].role == "user" else asked
        return Chore(kind, tuple(one for text in written for one in _spoken(text) or (text,)))
    return None


def _keyed(text: str) -> Chore | None:
    """open-webui: the conversation between tags, and around it the JSON that is wanted."""
    start, stop = text.find(OPEN), text.rfind(CLOSE)
    if not 0 <= start < stop:
        return None
    around = text[:start] + text[stop:]
    kind = next((kind for kind in KEYED if f'"{kind}"' in around), None)
    questions = _spoken(text[start + len(OPEN) : stop])
    if kind is None:
        return Chore(Kind.TITLE, questions) if "title" in around.lower() else None
    return Chore(kind, questions, as_json=True)


def _prompted(text: str) -> Kind | None:
    return next((kind for kind, words in PROMPTS if all(word in text for word in words)), None)


def _spoken(text: str) -> tuple[str, ...]:
    """What the person says in a conversation written down as text or as JSON."""
    if text.lstrip().startswith("["):
        return _listed(text)
    turns = [*SPEAKER.finditer(text)]
    bounds = [*(turn.start() for turn in turns), len(text)]
    said = (text[turn.end() : end].strip() for turn, end in zip(turns, bounds[1:], strict=True) if turn[1])
    return tuple(filter(None, said))


def _listed(text: str) -> tuple[str, ...]:
    """Cherry Studio: [{"role": "user", "mainText": "…"}, …]."""
    try:
        rows: Any = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    of_user = [row for row in rows if isinstance(row, dict) and row.get("role") == "user"]
    said = (row.get("mainText") or row.get("content") for row in of_user)
    return tuple(text for text in said if isinstance(text, str) and text)
