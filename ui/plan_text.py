"""A plan as plain text: what it says of itself, then every clause in its own words, its address behind it."""

from collections.abc import Iterator

from ui import reader_wording, wording
from ui.plan_outline import number_of
from ui.plan_page import plan_facts
from ui.plan_time import TimedPlan, in_words
from ui.replies import ClauseText

BOM = "\ufeff"  # without it some editors on Windows take the file for another encoding
ADDRESS = "〔{path}〕"


def plan_text(plan: TimedPlan, day: str, address: str) -> bytes:
    """`day`: ISO, on which it is told whether the plan was in force; empty for today."""
    lines = [plan.title, "", *head_lines(plan, day, address), ""]
    for clause in plan.clauses:
        lines += [*clause_lines(clause), ""]
    lines.append(wording.FOOTER_IS_NOT)
    return "\r\n".join((BOM + lines[0], *lines[1:], "")).encode()


def head_lines(plan: TimedPlan, day: str, address: str) -> Iterator[str]:
    """Name and value a line."""
    for name, value in plan_facts(plan):
        yield f"{name}：{value or wording.PLAN_SILENT}"
    yield reader_wording.ADDRESS.format(address=address)
    if standing := standing_line(plan, day):
        yield standing


def standing_line(plan: TimedPlan, day: str) -> str:
    """That it is not in force, or of a day that was asked of, that it was; else empty."""
    on = wording.STANDS_ON.format(day=in_words(day)) + "，" if day else ""
    if standing := wording.STANDING.get(plan.standing):
        note = wording.STANDS_NOTE.format(note=plan.standing_note) if plan.standing_note else ""
        return f"{on}{standing}。{note}"
    return f"{on}{wording.IN_FORCE}。" if day else ""


def clause_lines(clause: ClauseText) -> Iterator[str]:
    number = number_of(clause)
    first, *more = clause.text.split("\n")
    shown = first if not number or first.startswith(number) else f"{number}{first}"
    own = "" if clause.text.startswith(clause.heading) or clause.kind in ("front", "back") else clause.heading
    lines = [f"{number}{own}", first, *more] if own and own not in clause.headings else [shown, *more]
    yield from lines[:-1]
    yield f"{lines[-1]}{ADDRESS.format(path=clause.clause_path)}"
