"""The indicators of a comparison as a table for spreadsheet programs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urljoin

from ui.compare import wording
from ui.compare.told import Axis, Comparison, Counted, Point

MARK = "\ufeff"  # by which spreadsheet programs know UTF-8
# what a spreadsheet program takes for the beginning of a formula, in either width
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def csv_of(found: Comparison, site: str = "") -> str:
    """A line an indicator, then one for each plan without any. `site`: the address that links begin with."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(wording.CSV_COLUMNS)
    for row in _rows(found, site):
        table.writerow([safe_cell(cell) for cell in row])
    return MARK + written.getvalue()


def safe_cell(text: str) -> str:
    """`text` so that it is shown and not reckoned: a number stays one, what else looks like a formula is text."""
    if not text.startswith(FORMULAS) or _is_number(text):
        return text
    return f"'{text}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A plan that contradicts itself, and the values it gives besides."""

    plan: str
    values: str


def conflict_of(one: Counted, plan: str) -> Conflict | None:
    """None where the plan does not contradict itself."""
    return Conflict(plan, wording.AND.join(map(_written, one.conflicts))) if one.conflicts else None


def conflicts_of(axis: Axis, found: Comparison) -> tuple[Conflict, ...]:
    """One for each plan that does: its other numbers are on the same axis."""
    firsts = {one.plan_id: one for one in reversed(axis.bars) if one.conflicts}
    told = (conflict_of(one, found.name_of(plan_id)) for plan_id, one in reversed(firsts.items()))
    return tuple(one for one in told if one)


def _rows(found: Comparison, site: str) -> Iterator[tuple[str, ...]]:
    titles = {plan.plan_id: plan.title for plan in found.plans}
    for number, axis in enumerate(found.charts, start=1):
        for one in axis.bars:
            plan, base = found.name_of(one.plan_id), one.base
            yield (
                found.topic, plan, titles.get(one.plan_id, ""), one.name, one.unit,
                _year(base), (base.value or "") if base else "", _year(one.target), one.target.written or "",
                one.attribute, wording.CSV_FIRST.format(number=number), _remark(one, axis, plan),
                one.target.clause_path, urljoin(site, one.target.url),
            )  # fmt: skip
    for plan_id in found.uncounted:
        blank = [""] * (len(wording.CSV_COLUMNS) - 4)
        yield (found.topic, found.name_of(plan_id), titles.get(plan_id, ""), wording.CSV_NONE, *blank)


def _remark(one: Counted, axis: Axis, plan: str) -> str:
    state = wording.CSV_STATE if one.achieved else ""
    conflict = conflict_of(one, plan)
    said = wording.CONFLICTS.format(plan=conflict.plan, values=conflict.values) if conflict else ""
    return " ".join(filter(None, (state, axis.reason or "", said)))


def _written(point: Point) -> str:
    year = wording.YEAR.format(year=point.year) if point.year else wording.NO_YEAR
    return f"{year}{point.written or wording.NOT_GIVEN}（{point.clause_path}）"


def _year(point: Point | None) -> str:
    return str(point.year) if point and point.year else ""


def _is_number(text: str) -> bool:
    """-5 and +3.2, without anything after them."""
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isascii() and text[1:].replace(".", "", 1).isdecimal()
