"""What a statement about an indicator rests on: the words that state it, and those that give its year."""

import re
from collections.abc import Iterable

from bot.model import Citation
from ingest.corpus import Corpus
from ingest.model import Conflict, Indicator, Kind, Plan


def sources(plan: Plan, indicator: Indicator, corpus: Corpus) -> tuple[Citation, ...]:
    """The indicator's own words; then 到2025年 when the year is told before them, in the clause or the one above."""
    clause = corpus.clause(indicator.clause_id)
    own = Citation(plan, clause, indicator.start, indicator.end)
    if indicator.target_year is None or str(indicator.target_year) in own.quote:
        return (own,)
    year = re.compile(f"到?{indicator.target_year}年")
    told = [(clause, match) for match in year.finditer(clause.text, 0, indicator.start)][-1:]
    above = f"{plan.id}:{clause.path.rstrip('0123456789')}"
    if not told and corpus.has_clause(above):
        told = [(corpus.clause(above), match) for match in year.finditer(corpus.clause(above).text)][:1]
    return (own, *(Citation(plan, one, match.start(), match.end()) for one, match in told))


def stated(source: Citation) -> str:
    """The sentence's own words; a table's row is told in full already."""
    return "" if source.clause.kind is Kind.ROW else f"（原文「{source.quote}」）"


def contradict(told: Iterable[Indicator], conflicts: Iterable[Conflict]) -> bool:
    """Whether more than one value of the same indicator is told."""
    indicators = tuple(told)
    return any(sum(one in conflict.indicators for one in indicators) > 1 for conflict in conflicts)
