"""A collection's documents as clauses of one plan, so that they are cut and indexed as plans are."""

from collections.abc import Iterable

from eval.retrieval.collection import Document
from ingest.model import Clause, Kind, Metadata, Passage, Plan
from vectorstore.passages import cut_passages

PLAN = "collection"
WINDOW = 220  # characters of a passage; most documents are one or two


def passages_of(documents: Iterable[Document]) -> list[Passage]:
    """Each document is one clause, in windows of whole sentences when it is long."""
    return cut_passages([_plan(tuple(_clause(document) for document in documents))], WINDOW)


def document_id(clause_id: str) -> str:
    """Of the document a clause was made of."""
    return clause_id.removeprefix(f"{PLAN}:")


def _clause(document: Document) -> Clause:
    """A title alone, or one that is also the text, is the text: a bare heading would not be searched."""
    bare = not document.text or document.text == document.title
    return Clause(
        plan_id=PLAN,
        path=document.id,
        kind=Kind.ARTICLE,
        heading="" if bare else document.title,
        headings=(),
        text=document.text or document.title,
        origins=(),
    )


def _plan(clauses: tuple[Clause, ...]) -> Plan:
    return Plan(
        id=PLAN,
        name=PLAN,
        region="",
        level="",
        file="",
        source="",
        clauses=clauses,
        indicators=(),
        conflicts=(),
        metadata=Metadata(),
        discards=(),
        headings=(),
    )
