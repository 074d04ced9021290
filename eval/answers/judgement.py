"""What every judge of answers has in common: the conversation asked, and the judgement that is counted and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from eval.answers.asker import Cited, Reply
from ingest.corpus import Corpus

ClauseText = Callable[[str], str | None]  # clause id → its text, None when there is no such clause
Part = tuple[float, float]  # what a row adds above and below the line; (0, 0) does not bear on the figure


class Conversation(Protocol):
    """Something to be asked; the answer to its last turn is judged."""

    @property
    def id(self) -> str: ...

    @property
    def turns(self) -> tuple[str, ...]: ...

    @property
    def held(self) -> bool:
        """Whether it is looked at in figures only."""

    def as_json(self) -> dict[str, Any]:
        """All that was expected of it, as plain values."""


C_co = TypeVar("C_co", bound=Conversation, covariant=True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[C_co]):
    """What came back for a case; `error` stands in for the reply that did not come."""

    case: C_co
    reply: Reply | None
    took_ms: tuple[float, ...]  # of each turn that was answered
    error: str = ""


class Judgement(Protocol):
    """A conversation judged: right, or wrong for the reasons given."""

    @property
    def outcome(self) -> Outcome[Conversation]: ...

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is wrong, one phrase each, told apart by what stands before a colon; empty when it is right."""

    @property
    def gold(self) -> tuple[str, ...]:
        """The clauses that were to be cited, for whoever reads a failure."""

    @property
    def inexact(self) -> tuple[Cited, ...]:
        """Citations that are no slice of their clause."""

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Kind of group → the groups it is counted in, e.g. plan → xiamen, quanzhou."""

    @property
    def parts(self) -> Mapping[str, Part]:
        """Figure → its part; `correct` comes first, and all of a set have the same figures in the same order."""

    def accepts(self, clause_id: str) -> bool:
        """Whether citing this clause is right."""


def cited_clauses(reply: Reply | None) -> tuple[str, ...]:
    """Distinct clause ids of the citations, in their order."""
    return tuple(dict.fromkeys(citation.clause_id for citation in reply.citations)) if reply else ()


def slices(reply: Reply | None) -> tuple[Cited, ...]:
    """All that must be an exact slice: the citations, and those of `related`."""
    return (*reply.citations, *reply.related) if reply else ()


def is_slice(citation: Cited, clause_text: ClauseText) -> bool:
    """Whether the quote is exactly what stands at its place in its clause."""
    text = clause_text(citation.clause_id)
    if text is None or not 0 <= citation.start < citation.end <= len(text):
        return False
    return text[citation.start : citation.end] == citation.quote


def inexact_of(reply: Reply | None, clause_text: ClauseText) -> tuple[Cited, ...]:
    return tuple(citation for citation in slices(reply) if not is_slice(citation, clause_text))


def clause_texts(corpus: Corpus) -> ClauseText:
    """Look-up of a clause's text by its id."""
    return lambda clause_id: corpus.clause(clause_id).text if corpus.has_clause(clause_id) else None
