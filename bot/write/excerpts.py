"""Which clauses a model gets to see, and how much of each: what the extractive answer quotes, and its near equals."""

from collections.abc import Sequence

from bot.check.draft import Excerpt
from bot.judge.bears import Judged
from bot.judge.judge import Verdict
from bot.model import Citation, Statement
from ingest.model import Clause, Kind, Plan
from vectorstore.passages import sentence_spans

MOST = 8
MOST_BESIDE = 2  # clauses the extractive answer does not quote
LONGEST = 700  # characters of an excerpt; a clause may have thousands


def choose_excerpts(quotes: Sequence[Statement], verdict: Verdict | None = None) -> tuple[Excerpt, ...]:
    """Numbered from 1: the quoted clauses in their order, then clauses of the same plans that bear as well."""
    chosen: dict[str, tuple[Plan, Clause, int]] = {}
    for statement in quotes:
        for citation in statement.citations:
            chosen.setdefault(citation.clause.id, (citation.plan, citation.clause, citation.start))
    plans = {plan.id for plan, _, _ in chosen.values()}
    beside = _bearing(verdict, plans, set(chosen)) if verdict else []
    chosen |= {one.clause.id: (one.plan, one.clause, one.passage.start) for one in beside}
    rows = list(chosen.values())[:MOST]
    return tuple(_excerpt(handle, *row) for handle, row in enumerate(rows, start=1))


def _bearing(verdict: Verdict, plans: set[str], quoted: set[str]) -> list[Judged]:
    """The best sentence of each clause that bears on the question and is not quoted."""
    found: dict[str, Judged] = {}
    for one in verdict.judged:
        fit = one.bears >= verdict.thresholds.bears and one.plan.id in plans and one.clause.id not in quoted
        if fit and one.clause.kind not in (Kind.FRONT, Kind.BACK):
            found.setdefault(one.clause.id, one)
    return list(found.values())[:MOST_BESIDE]


def _excerpt(handle: int, plan: Plan, clause: Clause, at: int) -> Excerpt:
    start, end = window(clause.text, at)
    return Excerpt(handle, plan, clause, clause.text[start:end], start)


def window(text: str, at: int, longest: int = LONGEST) -> tuple[int, int]:
    """Whole sentences around character `at`, as many as fit: those after it first, then those before."""
    if len(text) <= longest:
        return 0, len(text)
    spans = sentence_spans(text)
    first = next((row for row, (_, end) in enumerate(spans) if at < end), 0)
    last = first
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= longest:
        last += 1
    while first > 0 and spans[last][1] - spans[first - 1][0] <= longest:
        first -= 1
    return spans[first][0], spans[last][1]


def cited_excerpt(handle: int, citation: Citation) -> Excerpt:
    """A citation as an excerpt, for checking a sentence against nothing but what it cites."""
    return Excerpt(handle, citation.plan, citation.clause, citation.quote, citation.start)
