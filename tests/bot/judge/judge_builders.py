"""Candidates and verdicts out of clauses and probabilities."""

from bot.judge.bears import Judged
from bot.judge.judge import Verdict
from bot.model import Question
from bot.retrieve.find import Candidate
from tests.bot.scripted import Judged as Said
from tests.bot.scripted import Row, ScriptedBot, the_corpus
from vectorstore.passages import cut_passages


def question(text: str = "诚信计量") -> Question:
    return Question(text=text, folded=text, bare=text)


def of_clauses(*clause_ids: str) -> list[Candidate]:
    """Every sentence of these clauses, in the order given."""
    corpus = the_corpus()
    passages = list(enumerate(cut_passages(corpus.plans)))
    return [
        Candidate(corpus.plan(one.plan_id), corpus.clause(one.clause_id), one, row, 1.0)
        for clause_id in clause_ids
        for row, one in passages
        if one.clause_id == clause_id
    ]


def judged(candidate: Candidate, row: Row) -> Judged:
    """As among candidates that are all as near to the question."""
    return Judged(candidate, row[1] + row[2], row[2], row[1] + row[2])


def verdict_on(bot: ScriptedBot, said: Said, *clause_ids: str) -> Verdict:
    """The verdict on the clauses' sentences when the model says this of them."""
    bot.on("", said)
    return bot.judge.judge(question(), of_clauses(*(clause_ids or said)))
