"""Clauses → passages: one sentence each, with what must be read before it to understand it."""

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest.model import Clause, Kind, Passage, Plan
from ingest.targets import read_quantities

LEAD_MAX = 40  # characters of the headings put before a sentence
# A sentence of so many quantities and characters is a table in prose: each of its goals is asked for by itself.
LISTED = 4
LISTING_MIN = 60
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


def statement_spans(text: str) -> list[tuple[int, int]]:
    """As `sentence_spans`; a long sentence that lists quantities is cut at the commas between them.

    >>> [end - start for start, end in statement_spans("制修订规范10项，研制装置2台，" + "建成全省领先的中心1家，" * 5)]
    [9, 7, 12, 12, 12, 12, 12]
    """
    return [part for span in sentence_spans(text) for part in _listed(text, *span)]


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
    for start, end in statement_spans(text):
        if windows and end - windows[-1][0] <= longest:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows or [(0, len(text))]


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start < LISTING_MIN:
        return [(start, end)]
    quantities = read_quantities(text[start:end])
    if len(quantities) < LISTED:
        return [(start, end)]
    commas = (text.rfind("，", before.at + start, after.at + start) + 1 for before, after in pairwise(quantities))
    cuts = [start, *dict.fromkeys(comma for comma in commas if comma), end]
    return list(pairwise(cuts))
