"""What stands below a heading of a plan, and what a plan is made of, by the paths and headings of its clauses."""

import re

from ingest.marks import PART_WORDS, part_level
from ingest.model import Clause, Kind, Plan

PART_PATH = re.compile(rf"第[^第/]{{1,6}}(?:{'|'.join(PART_WORDS)})$")
LEADING = (Kind.HEADING, Kind.CHAPTER)
UNDER_HEADINGS = (Kind.HEADING, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE)  # what a chapter holds under other paths


def under(plan: Plan, clause: Clause) -> list[Clause]:
    """The units directly below a heading, a box or an annex, in order."""
    if clause.kind in (Kind.BOX, Kind.TABLE):
        return [one for one in plan.clauses if one.path.startswith(f"{clause.path}/")]
    below = [one for one in plan.clauses if holds(clause, one)]
    return [one for one in below if not any(holds(other, one) for other in below)]


def holds(outer: Clause, inner: Clause) -> bool:
    """Whether `inner` stands under `outer`, at whatever depth."""
    return outer is not inner and (_is_inside(inner.path, outer.path) or _heads(outer, inner))


def _is_inside(path: str, above: str) -> bool:
    """三(四)21 is inside 三(四), 附件2/第一条 inside 附件2; 一11 is not inside 一1, nor 第十一条 inside 第十."""
    rest = path[len(above) :]
    if not path.startswith(above) or not rest or above.endswith("条"):
        return False
    return not (above[-1].isdigit() and rest[0].isdigit()) and not (above[-1] in NUMERALS and rest[0] in NUMERALS)


def _heads(above: Clause, clause: Clause) -> bool:
    """Articles are counted through all chapters: their headings tell where they stand."""
    over = (*above.headings, above.heading)
    fits = above.kind in LEADING and clause.kind in UNDER_HEADINGS and above.heading != above.path
    return fits and bool(above.heading) and clause.headings[: len(over)] == over and clause.plan_id == above.plan_id


def chapters(plan: Plan) -> list[Clause]:
    """The outermost parts of the plan itself; of what it issues where it has none."""
    leading = [one for one in plan.clauses if one.kind in LEADING and not one.path.startswith("段")]
    own = [one for one in leading if "/" not in one.path] or leading
    parts = [one for one in own if PART_PATH.search(one.path)]
    if parts:
        level = min(part_level(one.path) for one in parts)
        return [one for one in parts if part_level(one.path) == level]
    return [one for one in own if "(" not in one.path]


NUMERALS = "一二三四五六七八九十百"
