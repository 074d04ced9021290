"""Does a receipt still hold? Its citations against the plans as they are now, its statements against its citations."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.answer.cite import GAP, QUOTED
from bot.check.draft import Excerpt, Sentence
from bot.check.sentence import check_sentence
from bot.model import Mode
from bot.records.receipts import Receipt, ReceiptCitation, ReceiptStatement
from ingest.corpus import Corpus
from ingest.errors import StoreError


class UnreadableReceipt(StoreError):
    """A file that is no receipt."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"'{path}' is not a receipt: {reason}. Give the JSON that GET /v1/answers/{{id}} sent.")


class Flaw(StrEnum):
    """What is wrong with a statement in itself, whatever the plans say now."""

    UNKNOWN_CITATION = "unknown_citation"  # it cites a number that the receipt has no citation for
    NOT_QUOTED = "not_quoted"  # 「…」 in it stands in none of the quotes it cites
    NOT_BORNE_OUT = "not_borne_out"  # what it says does not follow from the quotes it cites


@dataclass(frozen=True, slots=True)
class StatementFlaw:
    number: int  # of the statement, from 1
    flaw: Flaw
    what: str


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """One citation today. `moved_to`: where the quote now starts in the clause, when elsewhere than it did."""

    cited: ReceiptCitation
    exists: bool
    same_text: bool = False
    exact: bool = False
    moved_to: int | None = None

    @property
    def holds(self) -> bool:
        return self.exists and self.same_text and self.exact


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """`corpus_version` is that of the plans at hand; that it differs is no fault while what was cited still stands."""

    receipt: Receipt
    corpus_version: str
    citations: tuple[CitationCheck, ...]
    flaws: tuple[StatementFlaw, ...]

    @property
    def same_corpus(self) -> bool:
        return self.receipt.corpus_version == self.corpus_version

    @property
    def holds(self) -> bool:
        return not self.flaws and all(check.holds for check in self.citations)


def check_receipt(receipt: Receipt, corpus: Corpus, corpus_version: str) -> ReceiptCheck:
    citations = tuple(check_citation(cited, corpus) for cited in receipt.citations)
    return ReceiptCheck(receipt, corpus_version, citations, (*_flaws(receipt), *_unborne(receipt, citations, corpus)))


def read_receipt(path: Path) -> Receipt:
    """A receipt as the API sends it. Raises UnreadableReceipt."""
    try:
        return TypeAdapter(Receipt).validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableReceipt(path, error.strerror or type(error).__name__) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableReceipt(path, f"{where}: {first['msg']}" if where else first["msg"]) from error


def check_citation(cited: ReceiptCitation, corpus: Corpus) -> CitationCheck:
    if not corpus.has_clause(cited.clause_id):
        return CitationCheck(cited, exists=False)
    text = corpus.clause(cited.clause_id).text
    same = hashlib.sha256(text.encode()).hexdigest() == cited.text_sha256
    exact = bool(cited.quote) and 0 <= cited.start < cited.end and text[cited.start : cited.end] == cited.quote
    at = text.find(cited.quote) if cited.quote and not exact else -1
    return CitationCheck(cited, exists=True, same_text=same, exact=exact, moved_to=at if at >= 0 else None)


def _flaws(receipt: Receipt) -> Iterator[StatementFlaw]:
    quotes = {cited.index: _flat(cited.quote) for cited in receipt.citations}
    for number, statement in enumerate(receipt.statements, start=1):
        for index in statement.citations:
            if index not in quotes:
                yield StatementFlaw(number, Flaw.UNKNOWN_CITATION, f"[{index}]")
        if receipt.mode is Mode.EXTRACTIVE and statement.citations:
            cited = [quotes[index] for index in statement.citations if index in quotes]
            for stretch in _stretches(statement):
                if not any(_flat(stretch) in quote for quote in cited):
                    yield StatementFlaw(number, Flaw.NOT_QUOTED, stretch)


def _unborne(receipt: Receipt, checks: tuple[CitationCheck, ...], corpus: Corpus) -> Iterator[StatementFlaw]:
    """Statements of an answer a model had a part in, whose citations stand: checked as they were before they were said.

    A clause's own words among them are quotations, and their 「…」 must stand.
    """
    if receipt.mode is not Mode.LLM:
        return
    standing = {check.cited.index: check.cited for check in checks if check.exact}
    for number, statement in enumerate(receipt.statements, start=1):
        cited = [standing[index] for index in statement.citations if index in standing]
        if not cited or len(cited) < len(statement.citations):
            continue
        shown = [_excerpt(row, one, corpus) for row, one in enumerate(cited, start=1)]
        said = Sentence(statement.text, tuple(one.handle for one in shown))
        quoted = [_flat(part) for part in _stretches(statement)]
        stands = bool(quoted) and all(any(part in _flat(one.quote) for one in cited) for part in quoted)
        if not stands and check_sentence(said, shown):
            yield StatementFlaw(number, Flaw.NOT_BORNE_OUT, statement.text)


def _excerpt(handle: int, cited: ReceiptCitation, corpus: Corpus) -> Excerpt:
    clause = corpus.clause(cited.clause_id)
    return Excerpt(handle, corpus.plan(clause.plan_id), clause, cited.quote, cited.start)


def _stretches(statement: ReceiptStatement) -> Iterator[str]:
    """What a statement puts in 「」, piece by piece where something was left out."""
    for quoted in QUOTED.findall(statement.text):
        yield from (part for part in GAP.split(quoted) if _flat(part))


def _flat(text: str) -> str:
    return re.sub(r"\s|\u3000", "", text)
