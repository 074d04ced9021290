"""Clauses → passages: one sentence each, with what must be read before it to understand it."""

import re
from collections.abc import Iterable

from ingest.model import Clause, Kind, Passage, Plan

LEAD_MAX = 40  # characters of the headings put before a sentence
UNDER_A_TITLE = (Kind.ROW, Kind.BOX_ITEM, Kind.ITEM)  # what the title above says is part of what they say
SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’）》」』】]*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, closing quotes included; they tile the text but for line breaks."""
    spans = []
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start] in "\n ":
            start += 1
        while end > start and text[end - 1] in "\n ":
            end -= 1
        if end > start:
            spans.append((start, end))
    return spans


def cut_passages(plans: Iterable[Plan], longest: int = 0) -> list[Passage]:
    """Passages of every clause that says something, in the order of the plans.

    Neighbouring sentences are joined up to `longest` characters; 0 leaves each by itself.
    """
    return [
        passage
        for plan in plans
        for clause in plan.clauses
        if clause.searchable
        for passage in _passages(plan, clause, longest)
    ]


def lead_of(clause: Clause, text: str) -> str:
    """The clause's heading, and the title above a table's row; what `text` says itself is left out."""
    above = clause.headings[-1] if clause.headings and clause.kind in UNDER_A_TITLE else ""
    named = clause.kind not in (Kind.FRONT, Kind.BACK)
    parts = [part for part in (above, clause.heading) if part and part not in text and named]
    return "，".join(dict.fromkeys(parts))[:LEAD_MAX]


def _passages(plan: Plan, clause: Clause, longest: int) -> Iterable[Passage]:
    context = " ".join(dict.fromkeys(clause.headings))
    for number, (start, end) in enumerate(_windows(clause.text, longest)):
        yield Passage(
            id=f"{clause.id}#{number}",
            clause_id=clause.id,
            plan_id=plan.id,
            start=start,
            end=end,
            text=clause.text[start:end],
            heading=clause.heading,
            context=context,
            lead=lead_of(clause, clause.text[start:end]),
        )


def _windows(text: str, longest: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if windows and end - windows[-1][0] <= longest:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows or [(0, len(text))]
