"""What every route is handed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.api import problems
from bot.api.callers import Callers
from bot.api.fields import is_blank
from bot.api.metrics import Metrics
from bot.api.present import Presenter
from bot.api.problems import Problem
from bot.api.readiness import Readiness
from bot.desk import Desk
from bot.records.archive import Archive
from bot.records.shared import InMemory, Shared
from bot.service import Bot
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
    desk: Desk | None = None  # where documents are handed in; None where they cannot be changed

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
        known = [plan.id for plan in self.bot.corpus.plans]
        unknown = [plan_id for plan_id in plan_ids or () if plan_id not in known]
        if unknown:
            named = "、".join(problems.echo(plan_id) for plan_id in unknown[:5])
            raise Problem(problems.UNKNOWN_PLANS, f"没有这些规划：{named}。", known=known)
        return self.bot.corpus.order(plan_ids) if plan_ids else None
