"""Numbers of one document that contradict each other: where one is quoted, the others are quoted too."""

from collections.abc import Sequence

from bot.answer.named import by_number
from bot.answer.quote import quote_statement
from bot.judge.judge import Finding
from bot.model import Aspect, Citation, Question, Statement
from ingest.corpus import Corpus
from ingest.model import Indicator


def rivals(found: Sequence[Finding], question: Question, corpus: Corpus) -> list[Statement]:
    """In the order of the findings; none where no number is asked for or named."""
    statements: dict[Statement, None] = {}
    for finding in found:
        plan = finding.plan
        if Aspect.NUMBER not in question.aspects and not by_number(plan.indicators, question):
            continue
        for conflict in plan.conflicts:
            told = [one for one in conflict.indicators if _is_quoted(one, found)]
            others = [one for one in conflict.indicators if one not in told]
            for one in others if told else []:
                clause = corpus.clause(one.clause_id)
                statements[quote_statement(plan, clause, [Citation(plan, clause, one.start, one.end)])] = None
    return list(statements)


def _is_quoted(one: Indicator, found: Sequence[Finding]) -> bool:
    return any(
        finding.clause.id == one.clause_id and sentence.passage.start < one.end and one.start < sentence.passage.end
        for finding in found
        for sentence in finding.sentences
    )
