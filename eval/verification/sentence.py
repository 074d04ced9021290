"""Sentences as a model might write them: honest rewordings of cited clauses, and doctored ones with what is wrong."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.check.draft import Excerpt
from eval.jsonl import read_rows
from ingest.corpus import Corpus
from ingest.errors import BadCase, DuplicateCase, NoCases

FOLDER = Path(__file__).parent
FILES = ("honest.jsonl", "doctored.jsonl")


class Kind(StrEnum):
    """Honest, or what was doctored."""

    HONEST = "honest"
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    CITY = "city"
    NEGATION = "negation"
    MODALITY = "modality"  # force, tense and degree
    CONDITION = "condition"
    ORGANISATION = "organisation"  # names and roles
    QUOTATION = "quotation"
    CITATION = "citation"  # another clause is cited than the one that says it
    CLAUSE = "clause"  # an invented article, box, law or URL
    BASE = "base"  # base and target swapped
    COMPARISON = "comparison"  # reversed


class Split(StrEnum):
    DEV = "dev"  # looked at while the check was written
    OPEN = "open"  # looked at, and the check is still wrong of it: what it cannot do yet
    HELD = "held"  # written when the check was done; its failures were counted and not looked at


class Written(BaseModel):
    """A sentence, the clauses the model was shown, in the order of their handles, and the handles it gave."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    kind: Kind
    split: Split
    clauses: tuple[str, ...] = Field(min_length=1)
    text: str = Field(min_length=1)
    handles: tuple[int, ...] = ()

    @property
    def honest(self) -> bool:
        return self.kind is Kind.HONEST


def read_sentences(folder: Path = FOLDER) -> tuple[Written, ...]:
    """Raises NoCases, BadCase, DuplicateCase; a handle may be beyond the clauses shown only when that is the fault."""
    found: dict[str, Written] = {}
    for name in FILES:
        for row, one in enumerate(read_rows(folder / name, Written), start=1):
            if one.id in found:
                raise DuplicateCase(one.id)
            if one.honest and max(one.handles, default=1) > len(one.clauses):
                raise BadCase(folder / name, row, f"handle {max(one.handles)} of {len(one.clauses)} clauses")
            found[one.id] = one
    if not found:
        raise NoCases(folder)
    return tuple(found.values())


def excerpts(corpus: Corpus, clause_ids: Sequence[str]) -> tuple[Excerpt, ...]:
    """Whole clauses, numbered from 1. Raises UnknownEntry."""
    clauses = [corpus.clause(clause_id) for clause_id in clause_ids]
    return tuple(
        Excerpt(handle, corpus.plan(clause.plan_id), clause, clause.text)
        for handle, clause in enumerate(clauses, start=1)
    )
