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
    CITATION = "citation"  # says what another clause says, or none
    ADDITION = "addition"  # a word the clause does not have
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    ADDRESS = "address"  # an invented article, box or URL
    ORGANISATION = "organisation"
    ROLE = "role"  # lead and support swapped or claimed
    QUOTATION = "quotation"
    NEGATION = "negation"
    MODALITY = "modality"
    CONDITION = "condition"
    COMPARISON = "comparison"
    SCOPE = "scope"  # 国家级 for 省级, 全面 for 初步
    CITY = "city"
    LANGUAGE = "language"
    REFUSAL = "refusal"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is the offending wording."""

    kind: FaultKind
    what: str
