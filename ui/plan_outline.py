"""A plan's clauses → what the plan view prints: numbers, headings, paragraphs with the quote marked, boxes grouped."""

import re
from dataclasses import dataclass

from ui import wording
from ui.replies import ClauseText, PlanText, Unit
from ui.rows import CELL, sign_of

BOX_PARTS = ("box_item", "row")
LISTED_IN_OUTLINE = ("heading", "chapter", "section", "item", "article", "annex", "box", "front", "back")
_STOPS = "。：:；"
_SECTION = re.compile(r"\(([^()]+)\)$")  # 三(四) → 四
_UNNUMBERED = re.compile("段|标题")
# 第二章第一节 → 第一节, 4.1.2, 三(一)1(2)① → ①: a number that shows itself
_OWN = re.compile(r"第[^第/]+$|(?:[A-Z]|\d{1,2})(?:\.\d{1,3})+$|[①-⑳]$")
_ITEM = re.compile(r"(\d+)$")  # 三(四)21 → 21


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a clause's text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is wholly inside or wholly outside the quote."""

    text: str
    quoted: bool


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A clause ready to print. `lead` is the heading in the text's own words, `lines` what follows it."""

    path: str
    kind: str
    level: int  # of the HTML heading, 2 to 6
    number: str
    lead: Line
    lines: tuple[Line, ...]
    cited: bool
    units: tuple[Unit, ...]
    members: tuple["Block", ...] = ()  # items or rows of a box

    @property
    def title(self) -> str:
        """The heading as an outline lists it, without its full stop."""
        return "".join(run.text for run in self.lead).rstrip(_STOPS)

    def sign(self, cell: Line) -> str:
        """What a row's cell 2020年：86 lacks beneath its heading 覆盖率（%）."""
        return sign_of(self.title, "".join(run.text for run in cell).rpartition("：")[2])


def build_blocks(plan: PlanText, cited_path: str, quote: Span | None) -> tuple[Block, ...]:
    """Clauses in order; a box takes the items and rows that follow it as members."""
    blocks: list[Block] = []
    for clause in plan.clauses:
        cited = clause.clause_path == cited_path
        block = _block(clause, cited, quote if cited else None)
        last = blocks[-1] if blocks else None
        if clause.kind in BOX_PARTS and last is not None and last.kind == "box":
            blocks[-1] = _with_member(last, block)
        else:
            blocks.append(block)
    return tuple(blocks)


def quote_span(clause: ClauseText | None, start: str | None, end: str | None) -> Span | None:
    """The query's `start` and `end` if they are a real stretch of the clause, else None: nothing wrong is marked."""
    if clause is None or not (start or "").isdecimal() or not (end or "").isdecimal():
        return None
    span = Span(int(start or ""), int(end or ""))
    return span if span.start < span.end <= len(clause.text) else None


def runs(text: str, start: int, end: int, quote: Span | None) -> Line:
    """`text[start:end]` cut where the quote begins and ends; empty runs are dropped.

    >>> runs("abcdef", 1, 6, Span(2, 4))
    (Run(text='b', quoted=False), Run(text='cd', quoted=True), Run(text='ef', quoted=False))
    """
    first = min(max(quote.start, start), end) if quote else end
    last = min(max(quote.end, first), end) if quote else end
    parts = ((start, first, False), (first, last, True), (last, end, False))
    return tuple(Run(text[begin:stop], quoted) for begin, stop, quoted in parts if begin < stop)


def number_of(clause: ClauseText) -> str:
    """The clause's own number, as a plan prints it: 三、 （四） 21. 专栏1."""
    path = clause.clause_path
    if clause.kind in ("front", "back", "paragraph") or _UNNUMBERED.match(path):
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


def _block(clause: ClauseText, cited: bool, quote: Span | None) -> Block:
    lead_end = _lead_end(clause)
    lead = runs(clause.text, 0, lead_end, quote) if lead_end else _own_heading(clause)
    return Block(
        path=clause.clause_path,
        kind=clause.kind,
        level=min(2 + len(clause.headings), 6),
        number=number_of(clause),
        lead=lead,
        lines=_lines(clause, lead_end, quote),
        cited=cited,
        units=clause.responsible_units,
    )


def _lead_end(clause: ClauseText) -> int:
    """Where the heading at the start of the text ends, its full stop included; 0 when the text does not begin so."""
    if not clause.heading or not clause.text.startswith(clause.heading):
        return 0
    end = len(clause.heading)
    return end + 1 if clause.text[end : end + 1] in tuple(_STOPS) else end


def _own_heading(clause: ClauseText) -> Line:
    """The heading of a clause whose text does not begin with it; an item that only borrows its section's has none."""
    named = {"front": wording.FRONT_TITLE, "back": wording.BACK_TITLE}.get(clause.kind, clause.heading)
    borrowed = bool(clause.headings) and named == clause.headings[-1]
    return () if borrowed or not named else (Run(named, quoted=False),)


def _lines(clause: ClauseText, start: int, quote: Span | None) -> tuple[Line, ...]:
    breaks = "\n" + (CELL if clause.kind == "row" else "")
    lines: list[Line] = []
    for end in (*(i for i in range(start, len(clause.text)) if clause.text[i] in breaks), len(clause.text)):
        lines.append(runs(clause.text, start, end, quote))
        start = end + 1
    return tuple(line for line in lines if line)


def _with_member(box: Block, member: Block) -> Block:
    return Block(
        box.path, box.kind, box.level, box.number, box.lead, box.lines, box.cited, box.units, (*box.members, member)
    )
