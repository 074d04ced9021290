"""Labelled questions on documents the models never saw, asked of a bot that holds nothing else.

A question is asked with its document named. Right is: what is stated is answered, and its clause is cited; what is
there in part is told so, and its clause is cited; what is not there is not answered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.model import Status
from bot.service import Bot
from eval.figures import Figure, ratio
from eval.judge.rows import Answerable, Row
from eval.table import table

Write = Callable[[str], None]
RIGHT = {
    Answerable.YES: frozenset({Status.ANSWERED}),
    Answerable.PART: frozenset({Status.PARTIAL}),
    Answerable.NO: frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.PARTIAL}),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question. `cited`: a clause that was labelled as holding it is among those cited."""

    answerable: Answerable
    status: Status
    cited: bool

    @property
    def right(self) -> bool:
        return self.status in RIGHT[self.answerable] and (self.cited or self.answerable is Answerable.NO)


def run(bot: Bot, rows: Iterable[Row], write: Write) -> dict[str, Figure]:
    """Figures by name: `all`, `yes`, `part`, `no`."""
    outcomes = [ask(bot, row) for row in rows]
    figures = measure(outcomes)
    write(table(["labelled", "right [95 % interval]", *map(str, Status), "cited"], list(_lines(outcomes, figures))))
    return figures


def ask(bot: Bot, row: Row) -> Outcome:
    answer = bot.ask(row.question, plans=row.plans).answer
    cited = {citation.clause.id for statement in answer.statements for citation in statement.citations}
    return Outcome(row.answerable, answer.status, any(one.clause in cited for one in row.support))


def measure(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    groups = {"all": list(outcomes)} | {str(kind): _of(outcomes, kind) for kind in Answerable}
    return {name: ratio(name, [(float(one.right), 1.0) for one in own]) for name, own in groups.items() if own}


def _of(outcomes: Iterable[Outcome], kind: Answerable) -> list[Outcome]:
    return [one for one in outcomes if one.answerable is kind]


def _lines(outcomes: Sequence[Outcome], figures: dict[str, Figure]) -> Iterable[list[str]]:
    for name, figure in figures.items():
        own = outcomes if name == "all" else _of(outcomes, Answerable(name))
        counts = [str(sum(one.status is status for one in own)) for status in Status]
        yield [name, str(figure), *counts, str(sum(one.cited for one in own))]
