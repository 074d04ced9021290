"""A bot whose documents change while it serves: each request is answered from one version, from beginning to end."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Protocol, runtime_checkable

from bot.local import LocalBot
from bot.model import Citation
from bot.neighbours import Neighbour
from bot.service import Asked, Telling, Verdict
from bot.stages import Watch
from bot.texts import ShippedTexts
from ingest.corpus import Corpus
from ingest.errors import MetrologyError
from vectorstore.index import Hit

LOOK_SECONDS = 0.25  # between two looks at what is live
RETRY_SECONDS = 2.0  # after a version that could not be opened

Heard = Callable[[str], None]  # of the corpus version that is answered from
Failed = Callable[[str, Exception], None]  # which version, why


@dataclass(eq=False)
class Edition:
    """A version that is served. `users`: who answers from it, and one for its being the latest."""

    name: str
    bot: LocalBot
    close: Callable[[], None]
    users: int = 1


class Editions(Protocol):
    """Where versions come from."""

    def latest(self) -> str:
        """The name of what is live; empty when that cannot be told."""

    def open(self, before: LocalBot) -> Edition:
        """What is live, with the models and conversations of `before`. Raises the StoreError family."""


@dataclass
class _Pin:
    """Which version a request is answered from, from its first look on."""

    owner: "LiveBot | None"
    edition: Edition | None = None
    lock: Lock = field(default_factory=Lock)


_PIN: ContextVar[_Pin | None] = ContextVar("edition", default=None)


@runtime_checkable
class Changing(Protocol):
    """A bot whose documents may change between two calls."""

    def one_version(self) -> AbstractContextManager[None]:
        """Within, they do not; in threads that are started there neither."""


def one_version(bot: object) -> AbstractContextManager[None]:
    """For any bot."""
    return bot.one_version() if isinstance(bot, Changing) else nullcontext()


class LiveBot:
    """Implements `bot.service.Bot` over the latest version. Safe to share between threads."""

    def __init__(self, editions: Editions, first: Edition) -> None:
        self._editions, self._latest = editions, first
        self._lock, self._looking = Lock(), Lock()
        self._heard: list[Heard] = []

    @property
    def corpus(self) -> Corpus:
        return self._bot.corpus

    @property
    def corpus_version(self) -> str:
        return self._bot.corpus_version

    @property
    def texts(self) -> ShippedTexts:
        return self._bot.texts

    @property
    def watch(self) -> Watch:
        """All versions share one."""
        return self._latest.bot.watch

    @contextmanager
    def one_version(self) -> Iterator[None]:
        """Implements `Changing`. The version is kept until the context ends, and no longer."""
        outer = _PIN.get()
        if outer and outer.owner is self:
            yield
            return
        pin = _Pin(self)
        before = _PIN.set(pin)
        try:
            yield
        finally:
            _PIN.reset(before)
            with pin.lock:
                edition, pin.edition = pin.edition, None
                pin.owner = None  # a thread that outlives the request looks at what is latest then
            if edition:
                self._leave(edition)

    def listen(self, heard: Heard) -> None:
        """`heard` is told of every change."""
        self._heard.append(heard)

    def look(self) -> bool:
        """Whether something else went live since, which is answered from now on. Raises what opening it raises."""
        with self._looking:
            name = self._editions.latest()
            if not name or name == self._latest.name:
                return False
            fresh = self._editions.open(self._latest.bot)
            with self._lock:
                before, self._latest = self._latest, fresh
            self._leave(before)
        for heard in self._heard:
            heard(fresh.bot.corpus_version)
        return True

    @contextmanager
    def watching(self, failed: Failed, seconds: float = LOOK_SECONDS) -> Iterator[None]:
        """Looks every `seconds` meanwhile. A version that cannot be opened is told once, and tried again."""
        over = Event()
        thread = Thread(target=self._watch, args=(over, failed, seconds), name="editions", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(timeout=1)

    def _watch(self, over: Event, failed: Failed, seconds: float) -> None:
        told, wait = "", seconds
        while not over.wait(wait):
            name, wait = self._editions.latest(), seconds
            try:
                self.look()
            except (MetrologyError, OSError) as error:
                wait = max(seconds, RETRY_SECONDS)
                if told != name:
                    told = name
                    failed(name, error)

    def close(self) -> None:
        """Let go of what is latest; what is still answered from it ends first."""
        self._leave(self._latest)

    @property
    def _bot(self) -> LocalBot:
        pin = _PIN.get()
        if pin is None or pin.owner is not self:
            return self._latest.bot
        with pin.lock:
            if pin.edition is None and pin.owner is self:
                with self._lock:
                    pin.edition = self._latest
                    self._latest.users += 1
            return pin.edition.bot if pin.edition else self._latest.bot

    def _leave(self, edition: Edition) -> None:
        with self._lock:
            edition.users -= 1
            last = edition.users == 0
        if last:
            edition.close()

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        return self._bot.ask(text, session_id, plans, mode, as_of)

    def at_hand(
        self, text: str, plans: tuple[str, ...] | None = None, mode: str = "auto", as_of: str = ""
    ) -> Asked | None:
        return self._bot.at_hand(text, plans, mode, as_of)

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,
        as_of: str = "",
    ) -> Telling:
        """Goes on with its version when another takes its place; within `one_version` that stays open meanwhile."""
        return self._bot.ask_stream(text, session_id, plans, mode, budget_s, as_of)

    def glance(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, as_of: str = ""
    ) -> Asked:
        return self._bot.glance(text, session_id, plans, as_of)

    def forget(self, session_id: str) -> None:
        self._bot.forget(session_id)

    def search(
        self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10, as_of: str = ""
    ) -> list[tuple[Hit, Citation]]:
        return self._bot.search(text, plans, limit, as_of)

    def neighbours(self, clause_id: str, as_of: str = "") -> list[Neighbour]:
        return self._bot.neighbours(clause_id, as_of)

    def verify(self, clause_id: str, quote: str) -> Verdict:
        return self._bot.verify(clause_id, quote)
