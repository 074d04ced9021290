"""Where an answer's wording comes from, for its reader to see at once.

Text a model wrote begins with a mark that says 人工智能生成合成内容, as the rules on labelling synthetic content of
2025-09-01 ask. The clauses' own words are marked as quotations. The wording of both may be set.
"""

import re
from dataclasses import dataclass

from bot.model import Answer, Mode

COMPUTED = "与计算"
FIXED = "固定答复"
SAYS_GENERATED = re.compile(r"(?:人工智能|AI)\s?(?:生成|合成)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labels:
    """`generated` is for answers a model wrote, `extractive` for the clauses' own words; an empty one says nothing."""

    generated: str = "人工智能生成合成内容，逐句核对原文"
    extractive: str = "原文摘录"

    def of(self, answer: Answer) -> str:
        """The label of an answer, whatever it is."""
        if is_generated(answer):
            return self.generated
        if not answer.citations:
            return FIXED
        computed = any(statement.computed for statement in answer.statements)
        return self.extractive + COMPUTED if computed and self.extractive else self.extractive

    def first_line(self, answer: Answer) -> str:
        """What text that leaves the page begins with, e.g. 【原文摘录】; empty when there is nothing to mark."""
        label = self.of(answer)
        return f"【{label}】" if label and (is_generated(answer) or answer.citations) else ""


DEFAULT = Labels()


def is_generated(answer: Answer) -> bool:
    """Whether a model wrote any of it."""
    return answer.mode is Mode.LLM
