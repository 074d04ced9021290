"""Insights as tables for a terminal."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from bot.model import Status
from bot.records.insights import AskedQuestion, Group, Insights, Volume

SHOWN = 10  # groups, and questions of one
STATUSES = tuple(Status)


def insights_text(found: Insights) -> str:
    first, last = found.period.first, found.period.last
    parts = [f"{first} – {last}: {found.asked} questions asked"]
    if found.asked:
        parts += [_volumes("day", found.days), _volumes("plan cited", found.plans)]
    if found.reasons:
        parts.append(_table([("reason", "times"), *((name, str(times)) for name, times in found.reasons.items())]))
    for title, groups in (("Nearest clause", found.by_clause), ("Topic", found.by_topic)):
        if groups:
            parts.append("\n".join([f"{title}: not answered, in part, or disliked", *_groups(groups)]))
    if found.left_out:
        parts.append(f"{found.left_out} more wordings were left out.")
    return "\n\n".join(parts)


def _volumes(name: str, volumes: Iterable[Volume]) -> str:
    head = (name, "asked", *STATUSES, "disliked")
    rows = [(v.name, str(v.asked), *(str(v.statuses[one]) for one in STATUSES), str(v.disliked)) for v in volumes]
    return _table([head, *rows])


def _groups(groups: Sequence[Group]) -> Iterable[str]:
    for group in groups[:SHOWN]:
        disliked = f", {group.disliked} disliked" if group.disliked else ""
        yield f"{group.times:>5} × {group.name or 'no clause'} {group.heading}".rstrip() + disliked
        yield from (f"          {_line(question)}" for question in group.questions[:SHOWN])
    if len(groups) > SHOWN:
        yield f"      … and {len(groups) - SHOWN} more groups"


def _line(question: AskedQuestion) -> str:
    why = question.reason or question.status
    return f"{question.times} × {question.question}  [{why}, {question.answer_id}]"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, numbers to the right."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_cell(row, widths, at) for at in range(len(widths))) for row in rows)


def _cell(row: Sequence[str], widths: Sequence[int], at: int) -> str:
    blank = " " * (widths[at] - _width(row[at]))
    return blank + row[at] if at else row[at] + blank


def _width(text: str) -> int:
    """In columns: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
