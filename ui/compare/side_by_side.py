"""The clauses of a comparison as rows of cards, a column a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ui.answer_view import place_of, safe_link
from ui.compare.told import ComparedClause, ComparedPlan, Comparison, Quoted, Word
from ui.rows import CELL, read_row, sign_of

LEAST_ALIKE = 0.2  # of a clause's characters that its base has too; where fewer are, marks would cover all
BREAKS = ("\n", CELL)

COLON = "："  # after a cell's column

Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a table's row. `sign`: what a bare number lacks beneath its row's name 覆盖率（%）."""

    column: str
    value: Line
    sign: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted, by its lines; of a table's row the first names it, and the others are `cells`."""

    lines: tuple[Line, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """`base`: the plan its words are set against, `far`: too unlike to be marked."""

    plan: ComparedPlan
    place: str
    link: str
    quotes: tuple[Passage, ...]
    base: str
    far: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What a plan has in a row: a card, or nothing."""

    plan: ComparedPlan
    card: Card | None


def rows_of(found: Comparison) -> tuple[tuple[Column, ...], ...]:
    """Row by row, each with a column for every plan; where nothing is quoted at all, one row of silence."""
    by_row = groupby(sorted(found.clauses, key=lambda one: one.row), key=lambda one: one.row)
    rows = [{one.plan_id: _card(one, found) for one in clauses} for _, clauses in by_row] or [{}]
    return tuple(tuple(Column(plan, row.get(plan.plan_id)) for plan in found.plans) for row in rows)


def _card(one: ComparedClause, found: Comparison) -> Card:
    plan = next(plan for plan in found.plans if plan.plan_id == one.plan_id)
    words = [word for quote in one.quotes for word in quote.words]
    far = one.against is not None and _share(words) < LEAST_ALIKE
    base = found.name_of(one.against.partition(":")[0]) if one.against else ""
    quotes = tuple(_passage(quote, far) for quote in one.quotes)
    return Card(plan, place_of(one.clause_path, one.heading), safe_link(one.url), quotes, base, far)


def _passage(quote: Quoted, plain: bool) -> Passage:
    lines = tuple(_lines(quote.words, plain))
    if read_row(quote.quote) is None or len(lines) < 2:
        return Passage(lines)
    name, *rest = lines
    return Passage((name,), tuple(_cell(line, _text(name)) for line in rest))


def _cell(line: Line, name: str) -> Cell:
    column, _, value = _text(line).partition(COLON)
    return Cell(column, _from(line, len(column) + 1), sign_of(name, value))


def _from(line: Line, start: int) -> Line:
    """The line without its first characters."""
    kept = []
    for word in line:
        if rest := word.text[start:]:
            kept.append(word.model_copy(update={"text": rest}))
        start = max(0, start - len(word.text))
    return tuple(kept)


def _text(line: Line) -> str:
    return "".join(word.text for word in line)


def _share(words: Iterable[Word]) -> float:
    ones = list(words)
    same = sum(len(one.text) for one in ones if not one.differs)
    return same / max(1, sum(len(one.text) for one in ones))


def _lines(words: Iterable[Word], plain: bool) -> Iterator[Line]:
    """The words cut where the text breaks, or a row's cells end."""
    line: list[Word] = []
    for word in words:
        text = word.text
        for mark in BREAKS:
            text = text.replace(mark, "\n")
        first, *others = text.split("\n")
        line.append(Word(text=first, differs=word.differs and not plain))
        for part in others:
            yield tuple(one for one in line if one.text)
            line = [Word(text=part, differs=word.differs and not plain)]
    if kept := tuple(one for one in line if one.text):
        yield kept
