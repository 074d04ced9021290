"""Puts a guide's questions to the bot and keeps its answers while the documents stay the same."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Protocol

from ui.api_errors import ApiError
from ui.guides.guide import Guide, Step
from ui.replies import Reply

MOST = 512  # answers that are kept; the one that was not looked at for longest leaves first


class Asker(Protocol):
    """The bot's public port, as a guide needs it."""

    def ask(self, question: str, plan_ids: tuple[str, ...]) -> Reply:
        """In the plans' own words, no model's. Raises ApiError."""

    def corpus_version(self) -> str:
        """Of the documents it answers from now. Raises ApiError."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step, what the bot answered, and for which plans."""

    step: Step
    reply: Reply
    plan_ids: tuple[str, ...]

    @property
    def is_lacking(self) -> bool:
        """Whether nothing of these plans is quoted; what holds above them may be."""
        return not any(citation.plan_id in self.plan_ids for citation in self.reply.citations)

    @property
    def is_written(self) -> bool:
        return self.reply.status == "answered" and not self.is_lacking


Key = tuple[str, date, str, tuple[str, ...]]


class Lookup:
    """Thread-safe. What is in force changes with the day, so an answer is kept for its day and its documents."""

    def __init__(self, asker: Asker, today: Callable[[], date] = date.today) -> None:
        self._asker, self._today = asker, today
        self._kept: OrderedDict[Key, Future[Reply]] = OrderedDict()
        self._lock, self._ahead = Lock(), Lock()

    def version(self) -> str:
        return self._asker.corpus_version()

    def told(self, guide: Guide, plan_ids: tuple[str, ...], version: str) -> tuple[Told, ...]:
        """The guide's questions and answers for these plans; the first alone where they lack the matter."""
        first, *more = guide.steps
        opened = Told(first, self._reply(first, plan_ids, version), plan_ids)
        if opened.is_lacking:
            return (opened,)
        return (opened, *(Told(step, self._reply(step, plan_ids, version), plan_ids) for step in more))

    def look_ahead(self, guide: Guide, places: Iterable[tuple[str, ...]]) -> None:
        """Asks for all places while a reader still chooses; what fails is told to who asks for it."""
        if not self._ahead.acquire(blocking=False):
            return
        try:
            version = self.version()
            for plan_ids in places:
                self.told(guide, plan_ids, version)
        except ApiError:
            return
        finally:
            self._ahead.release()

    def _reply(self, step: Step, plan_ids: tuple[str, ...], version: str) -> Reply:
        """One asks, the others who want the same wait for it. Raises ApiError."""
        key = (version, self._today(), step.question, plan_ids)
        with self._lock:
            found, mine = self._kept.get(key), Future[Reply]()
            if found is None:
                self._kept[key] = mine
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
        if found is not None:
            return found.result()
        try:
            reply = self._asker.ask(step.question, plan_ids)
        except BaseException as error:
            self._drop(key)
            mine.set_exception(error)
            raise
        if reply.corpus_version != version:  # others went live in between
            self._drop(key)
        mine.set_result(reply)
        return reply

    def _drop(self, key: Key) -> None:
        with self._lock:
            self._kept.pop(key, None)
