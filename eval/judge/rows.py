"""Labelled questions (`data/*.jsonl`, described in README.md), read and checked against the plans they speak of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.model import Intent
from bot.question.fold import fold
from bot.question.places import Gazetteer, without
from eval.jsonl import read_rows
from ingest.corpus import Corpus
from ingest.errors import BadCase, DuplicateCase, NoCases
from vectorstore.index import BEFORE_MAX, Query

DATA = Path(__file__).parent / "data"
# the router's outputs, in their order
ROUTES = (
    Intent.QUOTE,
    Intent.INDICATOR,
    Intent.DIFFERENCE,
    Intent.COMPARISON,
    Intent.WHICH,
    Intent.UNITS,
    Intent.METADATA,
    Intent.OUTLINE,
    Intent.SMALL_TALK,
    Intent.OFF_TOPIC,
)
ASKS = tuple(
    "say yesno list number amount fee penalty reward deadline form contact how who unit condition result reason place "
    "interval date_number compare which_plans other".split()
)
# of these the writers named one ask a question, though more may be asked
ONE_ASK = frozenset(
    "businesses citizens cross-plan follow-ups long-and-short near-misses quanzhou-jinhua-cross state-council "
    "xiamen-qingdao".split()
)


class Answerable(StrEnum):
    YES = "yes"  # the plans state what is asked
    PART = "part"  # the topic is there, the very thing asked is not
    NO = "no"  # nothing in the plans asked about bears on it


def _ask(name: str) -> str:
    if name not in ASKS:
        raise ValueError(f"'{name}' is none of {', '.join(ASKS)}")
    return name


class Support(BaseModel):
    """`sentence` is an exact stretch of the clause's text, or of its heading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str
    sentence: str = Field(min_length=1)


class Part(BaseModel):
    """One of several questions in a message."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: str
    answerable: Answerable
    clauses: tuple[str, ...] = ()


class Row(BaseModel):
    """A line of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    history: tuple[str, ...]  # earlier questions, oldest first
    standalone: str = ""  # a follow-up made whole
    plans: tuple[str, ...]  # named or plainly meant
    answerable: Answerable
    missing: str
    support: tuple[Support, ...]
    near: tuple[str, ...]  # clauses that look right and do not answer
    asks: tuple[Annotated[str, AfterValidator(_ask)], ...] = Field(min_length=1)
    route: Intent | None = None
    manner: str = Field(alias="register")  # `register` is a method of every pydantic model
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row, who wrote it, and what a model is given to read: folded, places taken out."""

    row: Row
    writer: str  # name of the file
    query: Query
    whole: Query | None  # the follow-up made whole

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def all_asks(self) -> bool:
        """Whether what is not in `asks` is not asked."""
        return self.writer not in ONE_ASK

    @property
    def support_plans(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plan_of(one.clause) for one in self.row.support))

    @property
    def plans(self) -> tuple[str, ...]:
        """Named, or holding what supports."""
        return tuple(dict.fromkeys((*self.row.plans, *self.support_plans)))


def beside_the_point(row_id: str, question: str) -> Labelled:
    """A question of quite other matters, on which nothing bears."""
    row = Row(
        id=row_id,
        question=question,
        history=(),
        plans=(),
        answerable=Answerable.NO,
        missing=question,
        support=(),
        near=(),
        asks=("other",),
        route=Intent.OFF_TOPIC,
        register="plain",
    )
    return Labelled(row, "other-law", Query(fold(question)), None)


def plan_of(clause_id: str) -> str:
    return clause_id.partition(":")[0]


def read_labelled(corpus: Corpus, folder: Path = DATA) -> tuple[Labelled, ...]:
    """All files of `folder` by name. Raises NoCases, BadCase (file, line, what is wrong), DuplicateCase."""
    gazetteer = Gazetteer(corpus)
    found: dict[str, Labelled] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in _numbered(path):
            if row.id in found:
                raise DuplicateCase(row.id)
            if fault := _fault(row, corpus):
                raise BadCase(path, number, f"{row.id}: {fault}")
            found[row.id] = _labelled(row, path.stem, gazetteer)
    if not found:
        raise NoCases(folder)
    return tuple(found.values())


def bare(text: str, gazetteer: Gazetteer) -> str:
    """As `bot.question.read` gives it to the models, but slips of the pen are left in: the models are to meet them."""
    folded = fold(text)
    kept = without(folded, gazetteer.find(folded)).strip(" ,")
    return kept if len(kept) >= 2 else folded


def _numbered(path: Path) -> Iterator[tuple[int, Row]]:
    """Rows with their line numbers; a file has no blank lines."""
    yield from enumerate(read_rows(path, Row), start=1)


def _labelled(row: Row, writer: str, gazetteer: Gazetteer) -> Labelled:
    before = tuple(bare(earlier, gazetteer) for earlier in row.history[-BEFORE_MAX:])
    whole = Query(bare(row.standalone, gazetteer)) if row.standalone else None
    return Labelled(row, writer, Query(bare(row.question, gazetteer), before), whole)


def _fault(row: Row, corpus: Corpus) -> str:
    """What is wrong with a row; empty when nothing is."""
    plans = {plan.id for plan in corpus.plans}
    if unknown := [plan for plan in row.plans if plan not in plans]:
        return f"unknown plan '{unknown[0]}'"
    if unknown := [one for one in _clauses(row) if not corpus.has_clause(one)]:
        return f"unknown clause '{unknown[0]}'"
    for support in row.support:
        clause = corpus.clause(support.clause)
        if support.sentence not in clause.text and support.sentence not in clause.heading:
            return f"'{support.sentence[:40]}' is not a stretch of {support.clause}"
    if row.answerable is not Answerable.NO and not row.support:
        return f"answerable is '{row.answerable}' but nothing supports it"
    if row.answerable is not Answerable.YES and not row.missing:
        return f"answerable is '{row.answerable}' but 'missing' does not say what is not there"
    return ""


def _clauses(row: Row) -> list[str]:
    parts = [clause for part in row.parts for clause in part.clauses]
    return [*(support.clause for support in row.support), *row.near, *parts]
