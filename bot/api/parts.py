"""What every route is handed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.api import problems
from bot.api.callers import Callers
from bot.api.fields import is_blank
from bot.api.metrics import Metrics
from bot.api.present import Presenter
from bot.api.presented import Presented
from bot.api.problems import Problem
from bot.api.readiness import ALONE, Readiness
from bot.api.turns import Turns
from bot.desk import Desk
from bot.records.archive import Archive
from bot.records.receipts import KeepsSoon
from bot.records.shared import InMemory, Shared
from bot.service import AtHand, Bot
from bot.texts import Texts, WithTexts

WAITERS = 16  # model calls that may be waited for, or abandoned, at once
READERS = 16  # answers with a deadline that are worked on at once, late ones included


@dataclass(frozen=True, slots=True)
class Parts:
    bot: Bot
    records: Archive | None
    present: Presenter
    metrics: Metrics
    ready: Readiness
    max_question: int
    shared: Shared = field(default_factory=InMemory)
    readers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS, "read"))
    waiters: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WAITERS, "ask"))
    callers: Callers = field(default_factory=Callers)
    turns: Turns = field(default_factory=lambda: Turns(ALONE.at_once))
    desk: Desk | None = None  # where documents are handed in; None where they cannot be changed
    presented: Presented = field(init=False)
    at_hand: AtHand | None = field(init=False)  # the bot, where it knows which answers cost nothing
    ledger: KeepsSoon | None = field(init=False)  # the records, where receipts are kept many at a time

    def __post_init__(self) -> None:
        """What is made of other parts, once for all requests."""
        object.__setattr__(self, "presented", Presented(self.present))
        object.__setattr__(self, "at_hand", self.bot if isinstance(self.bot, AtHand) else None)
        object.__setattr__(self, "ledger", self.records if isinstance(self.records, KeepsSoon) else None)

    @property
    def texts(self) -> Texts | None:
        """The models by themselves; without them there are no vectors, no ranks and no counts of tokens."""
        return self.bot.texts if isinstance(self.bot, WithTexts) else None

    def legible(self, text: str, name: str) -> str:
        """`text` when it can be a question. Raises Problem when blank or over-long."""
        if is_blank(text):
            raise Problem(problems.BLANK_TEXT, f"{name} 不能为空。", errors=[{"field": name, "message": "Blank."}])
        if len(text) > self.max_question:
            detail = f"{name} 有 {len(text)} 字，最多 {self.max_question} 字。"
            raise Problem(problems.TEXT_TOO_LONG, detail, limit=self.max_question)
        return text

    def known_plans(self, plan_ids: Sequence[str] | None) -> tuple[str, ...] | None:
        """Plan ids a search is narrowed to, None for all. Raises Problem naming the known ones."""
        if not plan_ids:
            return None
        known = [plan.id for plan in self.bot.corpus.plans]
        unknown = [plan_id for plan_id in plan_ids if plan_id not in known]
        if unknown:
            named = "、".join(problems.echo(plan_id) for plan_id in unknown[:5])
            raise Problem(problems.UNKNOWN_PLANS, f"没有这些规划：{named}。", known=known)
        return self.bot.corpus.order(plan_ids)
