"""A plan, and what is asked of it → HTML."""

import unicodedata
from dataclasses import dataclass, field

from ui import reader_wording, wording
from ui.answer_view import place_of
from ui.plan_beside import LONGEST_WORDS, Beside, joined, marks_beside
from ui.plan_links import clause_link, part
from ui.plan_marks import Mark, Marks, Sort
from ui.plan_outline import LISTED_IN_OUTLINE, Block, build_blocks
from ui.plan_tables import Table
from ui.plan_time import TimedPlan, in_words, time_facts
from ui.replies import ClauseText
from ui.templates import render

HERE = "background:var(--tint);color:var(--brand);box-shadow:inset 3px 0 var(--brand)"
MOST_COMPARED = 5  # plans side by side
TIES_SPOT = "~"  # after a clause's anchor: where its like in other plans stand


@dataclass(frozen=True, slots=True)
class Asked:
    """As it stands in the address; `day` is ISO or empty."""

    clause: str = ""
    start: str | None = None
    end: str | None = None
    day: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter in the outline, and what is listed below it."""

    block: Block
    below: tuple[Block, ...] = field(default=())

    @property
    def hits(self) -> int:
        return self.block.hits + sum(block.hits for block in self.below)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`style` stands in `html`: it marks the entry of the outline that a fragment leads to."""

    html: str
    style: str


def render_plan(plan: TimedPlan, asked: Asked, beside: Beside, site: str = "") -> PlanPage:
    """The whole plan. `site`: where it is served, for who prints it."""
    cited = find_clause(plan, asked.clause)
    quote = quote_mark(cited, asked.start, asked.end)
    quoted: dict[str, Marks] = {cited.clause_path: (quote,)} if cited and quote else {}
    blocks = build_blocks(plan, cited.clause_path if cited else "", joined(quoted, marks_beside(beside)))
    parts = outline(blocks)
    style = outline_style(parts)
    html = render(
        "plan.html",
        r=reader_wording,
        style=style,
        plan=plan,
        asked=asked,
        beside=beside,
        blocks=blocks,
        outline=parts,
        cited=cited,
        unknown=bool(asked.clause) and cited is None,
        marked=quote is not None,
        facts=plan_facts(plan),
        place_of=place_of,
        link=clause_link,
        part=part,
        is_table=lambda one: isinstance(one, Table),
        ties=TIES_SPOT,
        compared=[part(one) for one in (plan.plan_id, *(near.plan_id for near in beside.near or ()))][:MOST_COMPARED],
        site=site.rstrip("/"),
        longest=LONGEST_WORDS,
        standing=wording.STANDING.get(plan.standing, ""),
        day=in_words(asked.day),
    )
    return PlanPage(html, style)


def find_clause(plan: TimedPlan, path: str) -> ClauseText | None:
    """Also as people type it: 三（四）21."""
    spelled = "".join(unicodedata.normalize("NFKC", path).split())
    by_path = {clause.clause_path: clause for clause in plan.clauses}
    return by_path.get(path) or by_path.get(spelled)


def quote_mark(clause: ClauseText | None, start: str | None, end: str | None) -> Mark | None:
    """The query's `start` and `end` if they are a real stretch of the clause, else None: nothing wrong is marked."""
    if clause is None or not (start or "").isdecimal() or not (end or "").isdecimal():
        return None
    mark = Mark(int(start or ""), int(end or ""), Sort.QUOTE)
    return mark if mark.start < mark.end <= len(clause.text) else None


def outline(blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    """Chapters, each with what is listed up to the next."""
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind not in LISTED_IN_OUTLINE or not block.lead:
            continue
        if block.level > 2 and found:
            found[-1][1].append(block)
        else:
            found.append((block, []))
    return tuple(Part(block, tuple(below)) for block, below in found)


def outline_style(parts: tuple[Part, ...]) -> str:
    """A rule of style that marks each entry while its clause, or what is in it, is where the address leads."""
    blocks = [block for one in parts for block in (one.block, *one.below)]
    selectors = ",".join(_entry_selector(block.path) for block in blocks)
    return f"{selectors}{{{HERE}}}" if selectors else ""


def _entry_selector(path: str) -> str:
    own, link = _in_style(path), _in_style(f"#{part(path)}")
    return f":root:has([id={own}]:target,[id={own}] :target) .toc [href={link}]"


def _in_style(text: str) -> str:
    """As a string of a style sheet; what could end it, or the element it stands in, is escaped."""
    shown = (char if char.isalnum() or char in "()/.-#" else f"\\{ord(char):x} " for char in text)
    return f'"{"".join(shown)}"'


def plan_facts(plan: TimedPlan) -> tuple[tuple[str, str | None], ...]:
    """Name and value; None where the document does not say."""
    return (
        (wording.PLAN_NUMBER, plan.number),
        (wording.PLAN_REGION, plan.region or None),
        (wording.PLAN_ISSUER, plan.issuer),
        (wording.PLAN_DATE, in_words(plan.issued_on)),
        *time_facts(plan),
    )
