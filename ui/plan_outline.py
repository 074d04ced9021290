"""A plan's clauses → what the plan view prints: numbers, headings, marked paragraphs, boxes with their tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ui import wording
from ui.plan_marks import Line, Marks, plain, runs
from ui.plan_tables import Row, Table, name_column, read_row, tables
from ui.plan_units import list_start, unit_marks
from ui.replies import ClauseText, PlanText, Unit
from ui.rows import CELL

BOXED = ("box", "table")
BOX_PARTS = ("box_item", "row")
UNNAMED = {"front": "FRONT_TITLE", "back": "BACK_TITLE"}  # kinds without a heading of the plan's, and our phrase
LISTED_IN_OUTLINE = ("heading", "chapter", "section", "item", "article", "annex", "box", "front", "back")
_STOPS = "。：:；"
_SECTION = re.compile(r"\(([^()]+)\)$")  # 三(四) → 四
_UNNUMBERED = re.compile("段|标题")
# 第二章第一节 → 第一节, 4.1.2, 三(一)1(2)① → ①: a number that shows itself
_OWN = re.compile(r"第[^第/]+$|(?:[A-Z]|\d{1,2})(?:\.\d{1,3})+$|[①-⑳]$")
_ITEM = re.compile(r"(\d+)$")  # 三(四)21 → 21


@dataclass(frozen=True, slots=True)
class Block:
    """A clause ready to print. `lead` is the heading in the text's own words, `lines` what follows it, `tail` the list
    of responsible units that ends it; `units` are those that the text does not name. `labelled`: its heading is ours.
    """

    path: str
    kind: str
    level: int  # of the HTML heading, 2 to 6
    number: str
    lead: Line
    lines: tuple[Line, ...]
    tail: Line
    cited: bool
    units: tuple[Unit, ...]
    parts: tuple["Block | Table", ...] = ()  # what is in a box
    labelled: bool = False

    @property
    def title(self) -> str:
        """The heading as an outline lists it, without its full stop."""
        return plain(self.lead).rstrip(_STOPS)

    @property
    def is_topic(self) -> bool:
        """Whether it says something that other plans may say too: a bare heading or a signature does not."""
        return bool(self.lines or self.tail) and self.kind not in UNNAMED

    @property
    def hits(self) -> int:
        """How many begin in it."""
        return sum(run.opens for line in self._all_lines() for run in line)

    @property
    def holds_cited(self) -> bool:
        return self.cited or any(
            any(row.cited for row in part.rows) if isinstance(part, Table) else part.holds_cited for part in self.parts
        )

    def _all_lines(self) -> Iterator[Line]:
        yield from (self.lead, *self.lines, self.tail)
        for part in self.parts:
            if isinstance(part, Table):
                yield from (line for row in part.rows for line in (row.name, *(cell.value for cell in row.cells)))
            else:
                yield from part._all_lines()


def build_blocks(plan: PlanText, cited_path: str, marks: Mapping[str, Marks]) -> tuple[Block, ...]:
    """Clauses in order, with the marks of each by its path; a box takes the items and rows that follow it as parts."""
    blocks: list[Block] = []
    inside: list[tuple[ClauseText, Marks]] = []
    for clause in plan.clauses:
        own = marks.get(clause.clause_path, ())
        boxed = bool(blocks) and (clause.kind == "row" or blocks[-1].kind in BOXED)
        if clause.kind in BOX_PARTS and boxed:
            inside.append((clause, own))
            continue
        _fill(blocks, inside, cited_path)
        blocks.append(_block(clause, clause.clause_path == cited_path, own))
    _fill(blocks, inside, cited_path)
    return tuple(blocks)


def _fill(blocks: list[Block], inside: list[tuple[ClauseText, Marks]], cited_path: str) -> None:
    """Puts what was gathered into the last block."""
    if inside:
        blocks[-1] = replace(blocks[-1], parts=tuple(_parts(inside, cited_path)))
        inside.clear()


def _parts(inside: Iterable[tuple[ClauseText, Marks]], cited_path: str) -> Iterator[Block | Table]:
    rows: list[tuple[Row, str]] = []
    for clause, marks in inside:
        cited = clause.clause_path == cited_path
        row = read_row(clause, number_of(clause), marks, cited) if clause.kind == "row" else None
        if row:
            rows.append((row, name_column(clause)))
            continue
        yield from tables(rows)
        rows.clear()
        yield _block(clause, cited, marks)
    yield from tables(rows)


def number_of(clause: ClauseText) -> str:
    """The clause's own number, as a plan prints it: 三、 （四） 21. 专栏1."""
    path = clause.clause_path
    if clause.kind in (*UNNAMED, "paragraph") or _UNNUMBERED.match(path):
        return ""
    if clause.kind in BOX_PARTS:
        return f"{path.rpartition('/')[2]}."
    if clause.kind in ("box", "article", "annex"):
        return path
    if own := _OWN.search(path):
        return own.group()
    if clause.kind == "item" and (item := _ITEM.search(path)):
        return f"{item[1]}."
    if section := _SECTION.search(path):
        return f"（{section[1]}）"
    return f"{path}、"


def _block(clause: ClauseText, cited: bool, marks: Marks) -> Block:
    named = unit_marks(clause)
    shown = (*marks, *named)
    lead_end = _lead_end(clause)
    end = max(list_start(clause.text, named), lead_end)
    return Block(
        path=clause.clause_path,
        kind=clause.kind,
        level=min(2 + len(clause.headings), 6),
        number=number_of(clause),
        lead=runs(clause.text, 0, lead_end, shown) if lead_end else _own_heading(clause),
        lines=_lines(clause, lead_end, end, shown),
        tail=runs(clause.text, end, len(clause.text), shown),
        cited=cited,
        units=() if named else clause.responsible_units,
        labelled=clause.kind in UNNAMED and not lead_end,
    )


def _lead_end(clause: ClauseText) -> int:
    """Where the heading at the start of the text ends, its full stop included; 0 when the text does not begin so."""
    if not clause.heading or not clause.text.startswith(clause.heading):
        return 0
    end = len(clause.heading)
    return end + 1 if clause.text[end : end + 1] in tuple(_STOPS) else end


def _own_heading(clause: ClauseText) -> Line:
    """The heading of a clause whose text does not begin with it; an item that only borrows its section's has none."""
    named = str(getattr(wording, UNNAMED[clause.kind])) if clause.kind in UNNAMED else clause.heading
    borrowed = bool(clause.headings) and named == clause.headings[-1]
    return () if borrowed or not named else runs(named, 0, len(named), ())


def _lines(clause: ClauseText, start: int, stop: int, marks: Marks) -> tuple[Line, ...]:
    """`text[start:stop]` by its paragraphs; by its cells where it is a row."""
    breaks = "\n" + (CELL if clause.kind == "row" else "")
    lines: list[Line] = []
    for end in (*(i for i in range(start, stop) if clause.text[i] in breaks), stop):
        lines.append(runs(clause.text, start, end, marks))
        start = end + 1
    return tuple(line for line in lines if line)
