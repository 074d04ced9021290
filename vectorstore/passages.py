"""Clauses → passages: stretches of whole sentences, short enough that one vector can stand for them."""

import re
from collections.abc import Iterable

from ingest.model import Clause, Passage, Plan

PASSAGE_MAX = 220  # characters; most clauses are one or two passages
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


def cut_passages(plans: Iterable[Plan]) -> list[Passage]:
    """Passages of every clause that says something, in the order of the plans."""
    return [
        passage for plan in plans for clause in plan.clauses if clause.searchable for passage in _passages(plan, clause)
    ]


def _passages(plan: Plan, clause: Clause) -> Iterable[Passage]:
    context = " ".join(dict.fromkeys(clause.headings))
    for number, (start, end) in enumerate(_windows(clause.text)):
        yield Passage(
            id=f"{clause.id}#{number}",
            clause_id=clause.id,
            plan_id=plan.id,
            start=start,
            end=end,
            text=clause.text[start:end],
            heading=clause.heading,
            context=context,
        )


def _windows(text: str) -> list[tuple[int, int]]:
    """Neighbouring sentences joined up to PASSAGE_MAX characters; a longer sentence stands alone."""
    windows: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if windows and end - windows[-1][0] <= PASSAGE_MAX:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows or [(0, len(text))]
