"""A plan's source → the blocks a typesetter sees: lines, empty lines, tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Kind, Plan

CELL_MAX = 40
TITLE_MAX = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text (empty: a line left free), or a table by rows. `centred` is how a title stands."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    centred: bool = False


def blocks_of(plan: Plan) -> list[Block]:
    """Lines as they stand in the file; cells of tables, however the file writes them, as tables."""
    lines = plan.source.split("\n")
    front = next((clause for clause in plan.clauses if clause.kind is Kind.FRONT), None)
    head = set(front.text.split("\n")) if front else set()
    found: list[Block] = []
    index = 0
    while index < len(lines):
        rows, end = _table(lines, index)
        if rows:
            found += [Block(), Block(rows=rows), Block()]
            index = end
        else:
            text = lines[index].strip()
            found.append(
                Block(text, centred=text in head and len(text) <= TITLE_MAX and not text.endswith(("：", "。")))
            )
            index += 1
    return found


def _table(lines: list[str], start: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """A table that begins in this line, and the index after it: cells parted by TABs, or one TAB and cell a line."""
    end = start
    while end < len(lines) and sum(1 for cell in lines[end].split("\t") if cell.strip()) > 1:
        end += 1
    if end - start > 1:
        return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines[start:end]), end
    groups: list[list[str]] = []
    end = start
    for at, stretch in _stretches(lines, start):
        if len(stretch) < 2 or (groups and len(stretch) != len(groups[0])) or not all(map(_is_cell, stretch)):
            break
        groups.append(stretch)
        end = at
    return (tuple(tuple(cell.strip() for cell in group) for group in groups), end) if len(groups) > 1 else ((), start)


def _is_cell(line: str) -> bool:
    return line.startswith("\t") and len(line) <= CELL_MAX and "。" not in line


def _stretches(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Stretches of lines with something on them, each with the index after it."""
    breaks = [index for index in range(start, len(lines)) if not lines[index].strip()]
    for before, after in pairwise([start - 1, *breaks, len(lines)]):
        yield after, lines[before + 1 : after]
