"""A cited excerpt as the check reads it: folded, with its numbers, the year that governs each, and what names it."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.check.draft import Excerpt
from bot.check.read.fold import plain
from bot.check.read.tokens import Sort, Token, tokens
from ingest.model import Clause, Kind, Plan, ResponsibleUnit

PIECE_ENDS = re.compile(r"[,;。!?:|\n]|[、和](?=到?\d{4}年(?!-))|[到至](?=\d{4}年的)")
ROW_UNIT = re.compile(r"\(([^()]{1,4})\)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, and its year: the last before it in the paragraph, or else the first after it in its piece."""

    token: Token
    year: Decimal | None


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One cited excerpt. Compared as the one object it is: hashing what it holds would cost more than reading it."""

    plan: Plan
    clause_id: str
    path: str
    text: str  # folded; paragraphs parted by line breaks
    names: str  # what stands around the text: headings, units, columns, the plan
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    units: tuple[ResponsibleUnit, ...]

    def has(self, wording: str) -> bool:
        """Whether it stands in the text or in what names it."""
        return wording in self.text or wording in self.names


def read_evidence(excerpt: Excerpt) -> Evidence:
    return _read(excerpt.plan, excerpt.clause, excerpt.text)


@lru_cache(maxsize=1024)
def _read(plan: Plan, clause: Clause, shown: str) -> Evidence:
    text = "\n".join(plain(line) for line in shown.split("\n"))
    found = tokens(text)
    whole_row = clause.kind is Kind.ROW and shown == clause.text
    names = (clause.heading, *clause.headings, *(unit.name for unit in clause.responsible_units), plan.title, plan.name)
    cells = (part for cell in clause.cells for part in cell)
    return Evidence(
        plan,
        clause.id,
        clause.path,
        text,
        "\n".join(map(plain, (*names, *cells, plan.region, *plan.aliases))),
        found,
        tuple(_row_figures(clause.cells, text) if whole_row else figures(text, found)),
        clause.responsible_units,
    )


def figures(text: str, found: Sequence[Token], carried: bool = True) -> Iterator[Figure]:
    """Quantities of a folded text. A year governs what follows it up to the next year or the paragraph's end.

    Where it is not `carried`, only to the end of its piece: 2020年117项,往145项上奔.
    """
    years = [one for one in found if one.sort in (Sort.YEAR, Sort.DATE) and len(one.values) != 2 and one.values[0]]
    starts = [one.start for one in years]
    ends = [match.start() for match in PIECE_ENDS.finditer(text)]
    lines = [at for at in ends if text[at] == "\n"]

    def parted(year: Token, token: Token, by: Sequence[int]) -> bool:
        return bisect(by, year.start) != bisect(by, token.start)

    for token in found:
        if token.sort is Sort.QUANTITY:
            at = bisect(starts, token.start)
            before = [one for one in years[:at][-1:] if not parted(one, token, lines)]
            after = [one for one in years[at : at + 1] if not parted(one, token, ends)]
            near = [one for one in before if not parted(one, token, ends)] or after or (before if carried else [])
            yield Figure(token, near[0].values[0] if near else None)


def _row_figures(cells: tuple[tuple[str, str], ...], text: str) -> Iterator[Figure]:
    """A row's cells: its name says in which unit is counted, its columns when."""
    header = ROW_UNIT.search(text.partition("|")[0])
    unit = header.group(1) if header else ""
    for column, cell in cells:
        year = next((token.values[0] for token in tokens(plain(column)) if token.sort is Sort.YEAR), None)
        for token in tokens(plain(cell)):
            if token.sort is Sort.QUANTITY:
                yield Figure(Token(token.sort, token.text, 0, 0, token.values, token.unit or unit, token.bound), year)
