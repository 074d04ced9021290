"""Indicators: named quantities, from table rows and from target sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from ingest.columns import column
from ingest.model import Clause, Conflict, Indicator, Kind
from ingest.names import LEADING_VERBS
from ingest.quantity import Quantity
from ingest.rows import YEAR_NAME, cell_spans, deadline, has_figures, row_indicators, year_indicators
from ingest.targets import read_quantities
from ingest.times import (
    Time,
    Times,
    background,
    due_year,
    heading_year,
    horizon,
    named_years,
    titled_year,
    without_titles,
    written_in,
)
from ingest.title_run import find_title

TARGET_KINDS = {Kind.PARAGRAPH, Kind.ANNEX, Kind.CHAPTER, Kind.SECTION, Kind.ITEM, Kind.BOX, Kind.BOX_ITEM, Kind.TABLE}

CLOSING = 4  # clauses at the end that may tell of when a document is


def read_indicators(clauses: tuple[Clause, ...]) -> tuple[Indicator, ...]:
    """All quantities with a unit that the plan sets or reports, in the order of the plan."""
    return tuple(_Reader(clauses).read())


def find_conflicts(plan_id: str, indicators: Iterable[Indicator]) -> tuple[Conflict, ...]:
    """Indicators of one name and different targets for one year (or for a year not given). 家 and 个 count alike."""
    by_name: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.target is not None and not indicator.achieved:
            by_name[_key(indicator.name)].append(indicator)
    return tuple(
        Conflict(plan_id, group[0].name, tuple(group))
        for group in by_name.values()
        if _differ({(one.target_year, one.target, one.qualifier) for one in group})
    )


def _differ(targets: set[tuple[int | None, str | None, str]]) -> bool:
    """Whether one year has two targets; a year not given may be any."""
    return any(
        one[0] == other[0] or None in (one[0], other[0])
        for one, other in combinations(targets, 2)
        if one[1:] != other[1:]
    )


def _key(name: str) -> str:
    return LEADING_VERBS.sub("", name.removeprefix("全市"))


class _Reader:
    """Goes through a plan and keeps the year that each heading's text has set for what stands under it."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self.clauses = clauses
        front = next((clause.text for clause in clauses if clause.kind is Kind.FRONT), "")
        self.written = written_in(front, "\n".join(one.text for one in clauses[-CLOSING:]))
        aiming = [clause for clause in clauses if clause.kind in TARGET_KINDS]
        self.pasts = {clause.id: self._past(clause) for clause in clauses}
        ahead = [clause.text for clause in aiming if not self.pasts[clause.id]]
        self.first = horizon((clause.text for clause in aiming), ahead)
        title = find_title(front)
        self.titled = titled_year(title.value) if title else None
        self.years: dict[tuple[str, ...], int | None] = {}

    def read(self) -> Iterator[Indicator]:
        for clause in self.clauses:
            if clause.kind is Kind.ROW:
                yield from self._row(clause)
                continue
            above = self._above(clause.headings)
            own = (*clause.headings, clause.heading)
            self.years[own] = heading_year(clause.heading)
            if clause.kind in TARGET_KINDS:
                past = self.pasts[clause.id]
                year = due_year(clause.text) or (None if past else self.years[own] or above or self.titled)
                yield from self._paragraphs(clause, year, past or Time(True))

    def _now(self, otherwise: Time) -> int | None:
        """The first year that is not past; under a heading that looks back the year it tells of is."""
        told = None if otherwise.aimed else otherwise.year or self.written
        return told + 1 if told else self.written

    def _past(self, clause: Clause) -> Time | None:
        """When the nearest heading that says so looks back; 2024年重点工作 does in a document of 2025."""
        for heading in reversed((*clause.headings, clause.heading)):
            if past := background(heading):
                return past
            if year := heading_year(heading):
                return Time(False, year) if self.written and year < self.written else None
        return None

    def _above(self, headings: tuple[str, ...]) -> int | None:
        found = (self.years.get(headings[:depth]) for depth in range(len(headings), 0, -1))
        return next((year for year in found if year), None)

    def _row(self, clause: Clause) -> Iterator[Indicator]:
        past, due = self.pasts[clause.id], deadline(clause.cells)
        year = due or self._above(clause.headings) or (None if past else self.titled)
        if YEAR_NAME.fullmatch(clause.heading) and clause.cells and not column(clause.cells[0][0]).year:
            yield from year_indicators(clause, self.written or self.first)
        elif has_figures(clause.cells):
            yield from row_indicators(clause, year, self.written)
        else:
            for start, end, label in cell_spans(clause):
                own = due or heading_year(label) or year
                yield from self._stretch(clause, start, end, Time(True, own) if own else past or Time(True))

    def _paragraphs(self, clause: Clause, year: int | None, undated: Time) -> Iterator[Indicator]:
        """A paragraph without a year of its own takes the one of the paragraphs, else of the headings, before it.

        `undated` holds where there is none.
        """
        own, start = (*clause.headings, clause.heading), 0
        for line in clause.text.split("\n"):
            yield from self._stretch(clause, start, start + len(line), Time(True, year) if year else undated)
            named = named_years(line)
            if named:
                year = named[0]
                self.years[own] = self.years[own] or year
            start += len(line) + 1

    def _stretch(self, clause: Clause, start: int, end: int, otherwise: Time) -> Iterator[Indicator]:
        text = clause.text[start:end]
        times = Times(without_titles(text), self.first, otherwise, self._now(otherwise))
        for found in read_quantities(text):
            yield _indicator(clause, found, times.at(found.at), start)


def _indicator(clause: Clause, found: Quantity, time: Time, offset: int) -> Indicator:
    """A present state keeps its year and value as the base; what is aimed at keeps its year as the target's."""
    so_far = not time.aimed
    year = found.year or time.year
    return Indicator(
        plan_id=clause.plan_id,
        clause_id=clause.id,
        name=found.name,
        unit=found.amount.unit,
        base_year=time.year if so_far else found.base_year,
        base_value=found.amount.value if so_far and time.year else found.base,
        target_year=None if so_far or year == found.base_year else year,  # 达到“十三五”末的2倍 is no aim of 2020
        target=found.amount.value,
        qualifier=found.amount.qualifier,
        attribute="",
        start=offset + found.start,
        end=offset + found.end,
        achieved=so_far,
    )
