"""The bot as its callers see it: ask, search, look up, verify. Built once at the entry point and handed down."""

from dataclasses import dataclass
from typing import Protocol

from bot.model import Answer, Citation, Question
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


class Bot(Protocol):
    """What the API, the command line and the evaluation need."""

    corpus: Corpus
    corpus_version: str

    def ask(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, mode: str = "auto"
    ) -> Asked:
        """Answer `text`; `plans` narrows the search to these plan ids (UnknownEntry for another id)."""

    def search(self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10) -> list[tuple[Hit, Citation]]:
        """Clauses nearest to `text`, best first, each with its best passage as a citation."""

    def verify(self, clause_id: str, quote: str) -> Verdict:
        """Whether `quote` is a slice of the clause. Raises UnknownEntry."""
