"""Puts a guide's questions to the bot and keeps its answers while the documents stay the same."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Protocol

from ui.guides.guide import Guide, Step
from ui.replies import Reply

MOST = 512  # answers that are kept; the one that was not looked at for longest leaves first
DECLINED = ("not_found", "out_of_scope")


class Asker(Protocol):
    """The bot's public port, as a guide needs it."""

    def ask(self, question: str, plan_ids: tuple[str, ...]) -> Reply:
        """In the plans' own words, no model's. Raises ApiError."""

    def corpus_version(self) -> str:
        """Of the documents it answers from now. Raises ApiError."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step and what the bot answered."""

    step: Step
    reply: Reply

    @property
    def is_declined(self) -> bool:
        return self.reply.status in DECLINED

    @property
    def is_written(self) -> bool:
        return self.reply.status == "answered"


Key = tuple[str, date, str, tuple[str, ...]]


class Lookup:
    """Thread-safe. What is in force changes with the day, so an answer is kept for its day and its documents."""

    def __init__(self, asker: Asker, today: Callable[[], date] = date.today) -> None:
        self._asker, self._today = asker, today
        self._kept: OrderedDict[Key, Reply] = OrderedDict()
        self._lock = Lock()

    def version(self) -> str:
        return self._asker.corpus_version()

    def told(self, guide: Guide, plan_ids: tuple[str, ...], version: str) -> tuple[Told, ...]:
        """The guide's questions and answers for these plans; the first alone where they lack the matter."""
        first, *more = guide.steps
        opened = Told(first, self._reply(first, plan_ids, version))
        if opened.is_declined:
            return (opened,)
        return (opened, *(Told(step, self._reply(step, plan_ids, version)) for step in more))

    def _reply(self, step: Step, plan_ids: tuple[str, ...], version: str) -> Reply:
        key = (version, self._today(), step.question, plan_ids)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        reply = self._asker.ask(step.question, plan_ids)
        if reply.corpus_version == version:  # not where others went live in between
            with self._lock:
                self._kept[key] = reply
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return reply
