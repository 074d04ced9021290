"""What a model is shown and what it writes: numbered excerpts, cited sentences, and what is wrong with one."""

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.model import Clause, Plan


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a clause as the model sees it: `text == clause.text[start : start + len(text)]`."""

    handle: int  # counts from 1
    plan: Plan = field(repr=False)
    clause: Clause = field(repr=False)
    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence a model wrote, its handles taken out of the text."""

    text: str
    handles: tuple[int, ...] = ()


class FaultKind(StrEnum):
    """Why a sentence may not be shown."""

    HANDLE = "handle"  # cites what was not offered
    UNCITED = "uncited"
    LENGTH = "length"  # more than one sentence holds
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    ADDRESS = "address"  # an invented article, box or URL
    QUOTATION = "quotation"
    COMPARISON = "comparison"
    CITY = "city"
    LANGUAGE = "language"
    REFUSAL = "refusal"
    PROMISE = "promise"
    UNBORNE = "unborne"  # the reader finds that the clauses do not say it


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is the offending wording."""

    kind: FaultKind
    what: str
