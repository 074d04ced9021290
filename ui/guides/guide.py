"""The guides there are: which questions each puts to the bot, in which order. No plan's words, no answers."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A question, always Chinese. `key` names it in the phrases; `is_point`: a plan may well be silent on it."""

    key: str
    question: str
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """`steps[0]` asks for the matter itself: a plan that lacks it is asked no further. `ticks`: lines can be ticked."""

    slug: str
    steps: tuple[Step, ...]
    ticks: bool = False


SELF_COMMITMENT = Guide(
    "self-commitment",
    (
        Step("what", "规划对诚信计量自我承诺是怎么说的？"),
        Step("checks", "对集贸市场、商超的计量器具怎么监督检查？"),
        Step("cheating", "怎样打击计量作弊？"),
        Step("target", "诚信计量自我承诺单位要发展多少家？", is_point=True),
        Step("template", "诚信计量自我承诺书有没有范本？", is_point=True),
        Step("deadline", "诚信计量自我承诺最晚什么时候完成？", is_point=True),
        Step("fee", "参加诚信计量自我承诺要交费吗？", is_point=True),
    ),
    ticks=True,
)
TAX = Guide(
    "tax",
    (
        Step("wording", "企业新购置的计量器具能一次性税前扣除吗？"),
        Step("condition", "什么情况下允许一次性税前扣除？"),
        Step("amount", "新购置计量器具一次性税前扣除的金额上限是多少？", is_point=True),
        Step("papers", "新购置计量器具一次性税前扣除要交什么材料？", is_point=True),
    ),
)
GUIDES: Mapping[str, Guide] = {guide.slug: guide for guide in (SELF_COMMITMENT, TAX)}
