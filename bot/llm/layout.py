"""An extractive answer taken apart: what a model may put in its own words, and what stands as it is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from bot.answers.quote import quote_statement
from bot.model import Answer, Statement
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

    def left_out(self, clauses: Collection[str], everything: bool = False) -> tuple[Statement, ...]:
        """Quotes whose plan (whose clause, for `everything`) none of the cited `clauses` speaks for."""
        plans = {clause_id.partition(":")[0] for clause_id in clauses}
        return tuple(
            quote
            for quote in self.quotes
            if quote.citations[0].clause.id not in clauses
            and (everything or quote.citations[0].clause.plan_id not in plans)
        )


def is_quote(statement: Statement) -> bool:
    """Whether a statement is a clause read out. A row of a table is a number with its years: it stays as it is."""
    if statement.computed or not statement.citations:
        return False
    first = statement.citations[0]
    if first.clause.kind is Kind.ROW or any(one.clause.id != first.clause.id for one in statement.citations):
        return False
    return statement.text == quote_statement(first.plan, first.clause, list(statement.citations)).text
