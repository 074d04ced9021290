"""What the API says, as far as the page reads it. Unknown fields are ignored, so that the API may grow."""

from dataclasses import dataclass
from typing import Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

Status = Literal["answered", "partial", "not_found", "out_of_scope"]


class Reading(BaseModel):
    """A frozen view of a JSON object."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Statement(Reading):
    text: str
    citations: tuple[int, ...] = ()  # the `index` of citations below


class Citation(Reading):
    index: int
    plan_id: str
    plan_title: str
    plan_number: str | None = None
    region: str = ""
    clause_path: str
    heading: str = ""
    quote: str
    url: str = ""


class Label(Reading):
    """Where the wording comes from, e.g. 原文摘录; `generated`: a model wrote it."""

    label: str = ""
    generated: bool = False


class Draft(Label):
    """An answer that is still being told: what of it was verified so far."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def is_cited(self) -> bool:
        """Whether sources are known, and all that are named; an answer that is told at once leaves them to its end."""
        known = {citation.index for citation in self.citations}
        return bool(known) and all(index in known for statement in self.statements for index in statement.citations)


class Reply(Label):
    """An answer; declining is one too."""

    answer_id: str = ""
    status: Status
    answer: str = ""  # Markdown
    plain_text: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    corpus_version: str = ""
    receipt_kept: bool = True  # False: its id leads nowhere


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as the API sent it; `disposition` holds its name."""

    content: bytes
    media_type: str
    disposition: str


class PlanEntry(Reading):
    """A plan in the list of plans. None: the document does not say."""

    plan_id: str = Field(validation_alias=AliasChoices("plan_id", "id"))
    title: str
    name: str = ""
    region: str = ""
    level: str = ""  # national | provincial | municipal …
    number: str | None = Field(default=None, validation_alias=AliasChoices("number", "plan_number"))
    issuer: str | None = None
    issued_on: str | None = None  # ISO date


class Unit(Reading):
    name: str
    role: str = "listed"  # lead | support | listed


class Cell(Reading):
    column: str
    value: str


class ClauseText(Reading):
    clause_id: str
    clause_path: str
    kind: str
    heading: str = ""
    headings: tuple[str, ...] = ()  # of the units above, outermost first
    text: str
    responsible_units: tuple[Unit, ...] = ()
    cells: tuple[Cell, ...] = ()  # of a table's row, its name first


class PlanText(PlanEntry):
    """A whole plan, clauses in reading order."""

    clauses: tuple[ClauseText, ...]
