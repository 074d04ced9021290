"""Questions whose kind is plain from their form, so that no model is asked: an address to be read out, a number."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.model import Intent, Question
from bot.question.patterns import METADATA_FIELDS
from ingest.metadata import NUMBER

# what stands beside an address when it is to be read out, and nothing else: the form of the request, not its topic
READ_OUT = re.compile(
    r"(?:请问|请|麻烦|帮我|给我|给出|列出|摘录|查一下|查看|看一下|看看|看|查|原文|原话|全文|正文|条文|内容|文字|具体|完整|"
    r"规定|规划|方案|意见|里面|里|中|写|讲|说|读|怎么|怎样|如何|哪些|什么|啥|的|了|是|有|都|呢|吗|[\s?!。,.:;、「」《》])*+"
)
NUMBERED = re.compile(NUMBER)


def looked_up(question: Question, titles: Iterable[str] = ()) -> Question | None:
    """`question` with its kind, where its form tells it; None where a model must. `titles`: bare names of plans."""
    if question.address:
        before, wording, after = question.bare.partition(question.address.wording)
        before = next((before.replace(title, "") for title in titles if title in before), before)
        plain = wording and READ_OUT.fullmatch(before) and READ_OUT.fullmatch(after)
        return replace(question, intent=Intent.OUTLINE, compares=len(question.plans) > 1) if plain else None
    if question.before or not NUMBERED.search(question.folded):  # 哪些规划引用了它 asks of all
        return None
    fields = fields_of(question.folded)
    return replace(question, intent=Intent.METADATA, fields=fields, compares=len(question.plans) > 1)


def fields_of(folded: str) -> tuple[str, ...]:
    """Of a document, those that a question names."""
    return tuple(name for name, pattern in METADATA_FIELDS if pattern.search(folded))
