"""Rows of tables → indicators: which cell is the base, which the target, and in what they are counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.amounts import Amount, cell_amount, given
from ingest.columns import ATTRIBUTE_CELL, VALUE_UNIT, Column, Role, column, year_of
from ingest.model import Clause, Indicator
from ingest.targets import read_quantities

Cells = tuple[tuple[str, str], ...]
VALUES = (Role.BASE, Role.TARGET, Role.YEAR)
WORDS_MIN = 13  # characters: a value cell of so many says a sentence
# 社会公用计量标准（项） · 强检覆盖率（单位：%）
NAME_WITH_UNIT = re.compile(r"(?P<name>.+?)（(?:单位：)?(?P<unit>[^（）]{1,6}|台（[件套]）)）$")
NAME_WITH_PERCENT = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,40}率)(?P<unit>%)$")
DEADLINE = re.compile(r"时限|完成(?:时间|年限|年份)|时间(?:节点|安排)|进度")
# 主要指标（单位：万元）, of all rows under it
UNIT_ABOVE = re.compile(r"（(?:计量)?单位：(?P<unit>[^（）、，；：]{1,16}|台（[件套]）)）$")
# 1.授权量 · （1）增加值 · 其中：高新企业
NUMBERED = re.compile(
    r"(?:其中[：:，]?|[（(]?\d{1,2}(?:[）)．、]|\.(?!\d))|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳])+(?=[^\s\d％%])"
)
LEVELS = ("区", "市", "县", "街", "社")  # 示范区（市）: no unit


@dataclass(frozen=True, slots=True)
class _Value:
    """A cell with a value: its column, what it says, and the unit it is counted in, if the table says it there."""

    column: Column
    amount: Amount

    @property
    def target(self) -> str | None:
        return given(self.amount.value)


def has_figures(cells: Cells) -> bool:
    """Whether the row gives values under headings that say of when; else its cells are sentences."""
    values = [cell for label, cell in cells if column(label).role in VALUES]
    if any(cell_amount(cell) for cell in values):
        return True
    return bool(values) and max(map(len, values)) < WORDS_MIN and not any(map(read_quantities, values))


def row_indicators(clause: Clause, inherited: int | None, written: int | None = None) -> Iterator[Indicator]:
    """One for each value aimed at, with the base beside it; a lone base is a present state.

    `inherited` is the year that the text above sets targets for, where no heading of the table names one; what
    the table tells of a year before the document is `written` is what was.
    """
    values = [
        _Value(one, cell_amount(cell.removeprefix(clause.heading)) or Amount(cell, ""))  # 培训｜培训200人次
        for label, cell in clause.cells
        if (one := column(label)).role in VALUES
    ]
    period = next((year for heading in reversed(clause.headings) if (year := year_of(heading))), None)
    for part in dict.fromkeys(one.column.part for one in values):
        base, targets = _split([one for one in values if one.column.part == part], written)
        for value in targets or ([base] if base else []):
            yield _indicator(clause, base, value, value.column.year or period or inherited, achieved=not targets)


YEAR_NAME = re.compile(r"(?:到|截至)?(?:20\d\d)年?[底末]?|“?十[一二三四五六七]五”?期?末")


def year_indicators(clause: Clause, first: int | None) -> Iterator[Indicator]:
    """Of a row that is a year, 2025年｜标准数（项）：200: one for each column that counts, past before `first`."""
    year = year_of(clause.heading)
    for label, cell in clause.cells:
        amount = cell_amount(cell)
        if amount and cell != clause.heading and column(label).role in (Role.NAME, Role.OTHER):
            named = replace(clause, heading=label)
            value = _Value(Column("", Role.YEAR, year), amount)
            past = bool(year and first and year < first)
            yield _indicator(named, value if past else None, value, year, achieved=past)


def _split(values: list[_Value], written: int | None) -> tuple[_Value | None, list[_Value]]:
    """The base and the targets: as the headings say, else the first of several years is the base."""
    bases = [one for one in values if one.column.role is Role.BASE]
    rest = [one for one in values if one.column.role is not Role.BASE]
    if bases:
        return bases[-1], rest
    past = [one for one in rest if one.column.role is Role.YEAR and (one.column.year or 0) < (written or 0)]
    if past:
        return past[-1], [one for one in rest if one not in past]
    if len(rest) > 1 and rest[0].column.role is Role.YEAR and not _yearly(rest):
        return rest[0], rest[1:]
    return None, rest


def _yearly(values: list[_Value]) -> bool:
    """2023年, 2024年, 2025年: steps on the way, none of them what was."""
    years = [one.column.year or 0 for one in values]
    return len(years) > 2 and years == list(range(years[0], years[0] + len(years)))


def deadline(cells: Cells) -> int | None:
    """The year a row's 完成时限 names."""
    return next((year for label, cell in cells if DEADLINE.search(label) and (year := year_of(cell))), None)


def _indicator(clause: Clause, base: _Value | None, value: _Value, year: int | None, *, achieved: bool) -> Indicator:
    name, unit = _name_and_unit(clause, value)
    name += f"（{value.column.part}）" if value.column.part else ""
    return Indicator(
        plan_id=clause.plan_id,
        clause_id=clause.id,
        name=name,
        unit=unit,
        base_year=base.column.year if base else None,
        base_value=base.target if base else None,
        target_year=None if achieved else year,
        target=value.target,
        qualifier=value.amount.qualifier,
        attribute=_attribute(clause.cells),
        start=0,
        end=len(clause.text),
        achieved=achieved,
    )


def _name_and_unit(clause: Clause, value: _Value) -> tuple[str, str]:
    """The unit stands in the cell, behind the name, in a column of its own, in the heading, or above the table."""
    own = [cell for label, cell in clause.cells if column(label).role is Role.UNIT and given(cell)]
    behind = NAME_WITH_UNIT.match(clause.heading) or NAME_WITH_PERCENT.match(clause.heading)
    if behind and (behind["unit"] in LEVELS or (own and own[0] != behind["unit"])):
        behind = None
    heading = VALUE_UNIT.search(value.column.label)
    name = behind["name"] if behind else clause.heading
    above = next((found for one in reversed(clause.headings) if (found := UNIT_ABOVE.search(one))), None)
    units = (value.amount.unit, behind and behind["unit"], own[0] if own else "", heading and heading["unit"])
    return NUMBERED.sub("", name, count=1) if NUMBERED.match(name) else name, next(
        (unit for unit in (*units, above and above["unit"]) if unit), ""
    )


def _attribute(cells: Cells) -> str:
    """What the column 属性 says, else a cell anywhere that says 约束性."""
    named = [cell for label, cell in cells if column(label).role is Role.ATTRIBUTE]
    told = [cell for cell in (*named, *(cell for _, cell in cells)) if ATTRIBUTE_CELL.fullmatch(cell)]
    return next(iter(told + named), "")


def cell_spans(clause: Clause) -> list[tuple[int, int, str]]:
    """Where the cells of a row stand in its text, in the order of the text, each with its column's heading."""
    found, at = [], 0
    for piece in clause.text.split("｜"):
        label = next((label for label, cell in clause.cells if label and piece == f"{label}：{cell}"), "")
        named = next((label for label, cell in clause.cells if piece == cell), "")  # the cell that names the row
        start = at + (len(label) + 1 if label else 0)
        found.append((start, at + len(piece), label or named))
        at += len(piece) + 1
    return found
