"""The bot as its callers see it: ask, search, look up, verify. Built once at the entry point and handed down."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable

from bot.model import Answer, Citation, Question, Statement
from bot.write.tally import Tally
from ingest.corpus import Corpus
from vectorstore.index import Hit


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a quote stands in a clause, and where; `exact` is False when only width, script or blanks differ."""

    verified: bool
    start: int | None = None
    end: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood, its answer, and under which id it was given."""

    answer_id: str
    question: Question
    answer: Answer
    took_ms: float
    tally: Tally | None = None  # of the model's sentences, when one was asked
    corpus_version: str = ""  # what it was answered from; empty for what the bot stands on


def _nothing() -> None:
    pass


class Telling:
    """An answer as it comes: statements, then the whole as `Asked`, which is the answer where the two differ.

    `live`: a model may be writing it. `close` may be called from any thread, also while another waits for the next
    statement, and stops the model.
    """

    def __init__(
        self, items: Generator[Statement | Asked, None, None], stop: Callable[[], None] = _nothing, live: bool = False
    ) -> None:
        self._items, self._stop, self.live = items, stop, live

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Statement | Asked:
        return next(self._items)

    def close(self) -> None:
        self._stop()
        try:
            self._items.close()
        except ValueError:  # another thread is inside; stopped, it comes to an end by itself
            return


@runtime_checkable
class Bot(Protocol):
    """What the API, the command line and the evaluation need."""

    @property
    def corpus(self) -> Corpus:
        """The documents it answers from; they may be others at the next look (`bot.live`)."""

    @property
    def corpus_version(self) -> str:
        """Equal for equal documents."""

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        """Answer `text`; `plans` narrows the search to these plan ids (UnknownEntry for another id).

        `as_of`: an ISO day; the answer is from what was in force on it, and not today.
        """

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,
        as_of: str = "",
    ) -> Telling:
        """As `ask`, statement by statement, with `budget_s` seconds for the model. Raises before the first of them."""

    def glance(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, as_of: str = ""
    ) -> Asked:
        """What can be said of `text` at once, without reading: what is looked up, else the nearest clauses and that
        they were not read. Takes milliseconds; the session does not remember it."""

    def forget(self, session_id: str) -> None:
        """End a session that nobody will return to, before its time is up; an unknown one is no error."""

    def search(
        self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10, as_of: str = ""
    ) -> list[tuple[Hit, Citation]]:
        """Clauses nearest to `text`, best first, each with its best passage as a citation; of what was in force on
        `as_of`, an ISO day."""

    def verify(self, clause_id: str, quote: str) -> Verdict:
        """Whether `quote` is a slice of the clause. Raises UnknownEntry."""


@runtime_checkable
class AtHand(Protocol):
    """A bot that knows when an answer costs nothing, so that none who ask for it need stand in line."""

    def at_hand(
        self, text: str, plans: tuple[str, ...] | None = None, mode: str = "auto", as_of: str = ""
    ) -> Asked | None:
        """What `ask` answers to a conversation's first question, when it was answered before or is looked up: no model
        reads, nothing is waited for. None where that is not so."""
