"""An extractive answer taken apart: what a model may put in its own words, and what stands as it is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from bot.answer.quote import quote_statement
from bot.model import Answer, Citation, Statement
from ingest.model import Kind

LEAD_IN = "："  # ends a phrase that announces what follows it


@dataclass(frozen=True, slots=True)
class Layout:
    """`quotes` are sentences of clauses read out; `before` and `after` are the statements around the first of them."""

    before: tuple[Statement, ...]
    quotes: tuple[Statement, ...]
    after: tuple[Statement, ...]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        first = next((row for row, each in enumerate(answer.statements) if is_quote(each)), len(answer.statements))
        later = answer.statements[first:]
        return cls(
            before=answer.statements[:first],
            quotes=tuple(each for each in later if is_quote(each)),
            # an announcement between quotes would stand before something else now
            after=tuple(each for each in later if not is_quote(each) and not each.text.endswith(LEAD_IN)),
        )

    def left_out(self, said: Collection[Citation], everything: bool = False) -> tuple[Statement, ...]:
        """Quotes of whose plan (which themselves, for `everything`) no citation in `said` touches one.

        A true sentence on another part of the clause is no answer: the part that is one is then quoted after it.
        """
        touched = [
            quote for quote in self.quotes if any(_overlap(one, other) for one in quote.citations for other in said)
        ]
        plans = {quote.citations[0].plan.id for quote in touched}
        return tuple(
            quote
            for quote in self.quotes
            if quote not in touched and (everything or quote.citations[0].plan.id not in plans)
        )


def _overlap(one: Citation, other: Citation) -> bool:
    return one.clause.id == other.clause.id and one.start < other.end and other.start < one.end


def is_quote(statement: Statement) -> bool:
    """Whether a statement is a clause read out. A row of a table is a number with its years: it stays as it is."""
    if statement.computed or not statement.citations:
        return False
    first = statement.citations[0]
    if first.clause.kind is Kind.ROW or any(one.clause.id != first.clause.id for one in statement.citations):
        return False
    return statement.text == quote_statement(first.plan, first.clause, list(statement.citations)).text
