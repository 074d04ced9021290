"""A table's row as a citation quotes it → its cells: 社会公用计量标准（项）｜2020年：180｜2025年：230."""

import re
from dataclasses import dataclass

CELL = "｜"  # parts the cells of a table row in a clause's text
_UNIT = re.compile(r"（([^（）]{1,4})）$")  # 检定覆盖率（%）
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Row:
    """A named row. `cells` are (column, value), in the plan's order."""

    name: str
    cells: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _ in self.cells)


def read_row(quote: str) -> Row | None:
    """None for what is no row: a sentence, or cells that do not name their columns."""
    name, *rest = quote.split(CELL)
    parted = [cell.partition("：") for cell in rest]
    if not rest or not name.strip() or not all(mark for _, mark, _ in parted):
        return None
    sign = _sign(name.strip())
    return Row(name.strip(), tuple((column.strip(), _with(sign, value.strip())) for column, _, value in parted))


def _sign(name: str) -> str:
    """A unit that is a sign, as %: a bare number does not read as one. A word of a unit stands in the name already."""
    unit = _UNIT.search(name)
    return unit[1] if unit and not any(character.isalnum() for character in unit[1]) else ""


def _with(sign: str, value: str) -> str:
    return f"{value}{sign}" if sign and _NUMBER.fullmatch(value) else value
