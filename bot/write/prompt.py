"""What a model is told. Clauses, questions and conversation are data, fenced by a mark that each request draws anew."""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.answer.quote import place_name
from bot.check.draft import Excerpt
from bot.model import Question
from bot.wording import ASPECT_NAMES
from bot.write.chat import Message
from ingest.model import Kind

PROMPTS = Path(__file__).parent / "prompts"
NO_ANSWER = "无依据"  # a model's whole reply when the clauses do not answer
MOST_SENTENCES = 8
MARK_BYTES = 8
QUESTION_MAX = 2_000
SAID_MAX = 300  # characters of an earlier answer
TASK = "请只用上面条款里的话回答“问题”，每句一行，句末写条款编号。"
EXAMPLE_PLACE, EXAMPLE_QUESTION = "某市", "市场要不要放公平秤？到2025年要做到多少？"
EXAMPLE_CLAUSE = "鼓励市场开办者设立公平秤，到2025年覆盖率达到90%以上。"
EXAMPLE_REPLY = "某市鼓励市场开办者设立公平秤。[1]\n到2025年，某市公平秤的覆盖率要达到90%以上。[1]"
# What looks like a fence, or like the marks chat templates put between speakers: <<<, >>>, <|im_end|>, [INST], <s>
FENCE_LIKE = re.compile(r"<{2,}|>{2,}|<\|.*?\|>|\[/?INST\]|</?s>|<</?SYS>>|</?think>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of this session and what it was answered."""

    question: str
    answer: str


class Fence:
    """Marks where data begins and ends. Nobody who wrote the data can know the mark; it is taken out all the same."""

    def __init__(self, mark: str | None = None) -> None:
        self.mark = mark or secrets.token_hex(MARK_BYTES)

    @property
    def open(self) -> str:
        return f"<<<{self.mark}"

    @property
    def close(self) -> str:
        return f">>>{self.mark}"

    def around(self, label: str, data: str) -> str:
        """`data` between two lines of its own. A label may name a place, which is data too."""
        return f"{self.open} {self.plain(label)}\n{self.plain(data)}\n{self.close}"

    def plain(self, data: str) -> str:
        """`data` without the mark, fence-like marks and invisible characters."""
        shown = "".join(char for char in data if char == "\n" or unicodedata.category(char)[0] != "C")
        before = None
        while before != shown:  # what is taken out must not join what it stood between
            before = shown
            shown = FENCE_LIKE.sub(" ", shown).replace(self.mark, " ")
        return shown.strip()


def writing_messages(
    question: Question,
    excerpts: Sequence[Excerpt],
    conversation: Sequence[Exchange] = (),
    fence: Fence | None = None,
) -> list[Message]:
    """Rules, an exchange that shows how it is done, then the data: conversation, what is asked, numbered clauses.

    The example is an exchange and no text among the rules: small models do as was done before them.
    """
    fence = fence or Fence()
    rules = _template("write").format(most=MOST_SENTENCES, none=NO_ANSWER, open=fence.open, close=fence.close)
    shown = _asked(fence, EXAMPLE_QUESTION, "", [_clause(fence, 1, EXAMPLE_PLACE, EXAMPLE_CLAUSE)])
    clauses = [_clause(fence, one.handle, place_name(one.plan), _clause_text(one)) for one in excerpts]
    asked = _asked(fence, question.text[:QUESTION_MAX], _wanted(question), clauses)
    told = "\n\n".join([*_conversation(conversation, fence), asked])
    return [
        {"role": "system", "content": rules},
        {"role": "user", "content": shown},
        {"role": "assistant", "content": EXAMPLE_REPLY},
        {"role": "user", "content": told},
    ]


def rewriting_messages(text: str, conversation: Sequence[Exchange], fence: Fence | None = None) -> list[Message]:
    """Rules, the conversation, and the follow-up to make whole."""
    fence = fence or Fence()
    rules = _template("rewrite").format(open=fence.open, close=fence.close)
    parts = [*_conversation(conversation, fence), fence.around("追问", text[:QUESTION_MAX]), "请写出改写后的问题。"]
    return [{"role": "system", "content": rules}, {"role": "user", "content": "\n\n".join(parts)}]


def _clause(fence: Fence, handle: int, place: str, text: str) -> str:
    return fence.around(f"条款[{handle}]（{place}）", text)


def _asked(fence: Fence, question: str, wanted: str, clauses: Sequence[str]) -> str:
    """The question before the clauses: of what it reads last a small model writes, and it asked the question again."""
    return "\n\n".join([fence.around("问题", question), *filter(None, [wanted]), *clauses, TASK])


def _conversation(conversation: Iterable[Exchange], fence: Fence) -> list[str]:
    return [
        fence.around("此前问答", f"问：{one.question[:SAID_MAX]}\n答：{one.answer[:SAID_MAX]}") for one in conversation
    ]


def _clause_text(excerpt: Excerpt) -> str:
    """Under its heading, where that is no part of it and says something: 题头 does not."""
    heading = excerpt.clause.heading
    if not heading or excerpt.text.startswith(heading) or excerpt.clause.kind in (Kind.FRONT, Kind.BACK):
        return excerpt.text
    return f"{heading}：{excerpt.text}"


def _wanted(question: Question) -> str:
    asked = "、".join(ASPECT_NAMES[aspect] for aspect in question.aspects)
    return f"提问者想知道的是：{asked}；条款没有载明的方面不要写。" if asked else ""


@cache
def _template(name: str) -> str:
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8")
