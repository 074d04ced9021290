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
    cells = tuple((column.strip(), value.strip()) for column, _, value in parted)
    return Row(name.strip(), tuple((column, value + sign_of(name.strip(), value)) for column, value in cells))


def sign_of(name: str, value: str) -> str:
    """A unit that is a sign, as %, for a bare number: 检定覆盖率（%）, 86 → %. A word of a unit stands in the name."""
    unit = _UNIT.search(name)
    lacks = unit is not None and not any(character.isalnum() for character in unit[1])
    return unit[1] if unit and lacks and _NUMBER.fullmatch(value) else ""
