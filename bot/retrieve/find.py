"""Question → candidates: the sentences that may bear on it, per plan asked about."""

from collections import Counter
from dataclasses import dataclass

from bot.model import Question
from bot.question.read import query_of
from ingest.corpus import Corpus
from ingest.model import Clause, Passage, Plan
from vectorstore.index import Channel, ClauseIndex, Found

ALONE = 12  # sentences read of the one place that is named
FEW = 3  # documents of one place that are each read as if alone
EACH = 6  # of each plan when several are gone through
MOST_PLANS = 16  # plans gone through one by one
NEAREST = 8  # sentences read of more plans: what no token states are kept of takes milliseconds each
OF_ONE = 4  # of those, at most, of one plan
AMONG_ALL = 20  # sentences of all of them among which those are looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a clause, as it was found."""

    plan: Plan
    clause: Clause
    passage: Passage
    row: int
    score: float


def asked_of(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """The plans a question is asked of: those it names, else all that it may be asked of."""
    return question.plans or everything(question, corpus)


def everything(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """All that are in force on the day it is asked of; of a place that has none, its province's."""
    return question.above or question.scope or tuple(plan.id for plan in corpus.plans)


class Finder:
    """Searches the index for what a question may mean."""

    def __init__(self, corpus: Corpus, index: ClauseIndex, channel: Channel = Channel.HYBRID) -> None:
        self.corpus, self.index, self.channel = corpus, index, channel

    def find(self, question: Question, plans: tuple[str, ...] | None = None) -> list[Candidate]:
        """Within `plans`, by default those asked about; when none is named, in each that is in force."""
        asked = asked_of(question, self.corpus) if plans is None else plans or everything(question, self.corpus)
        each = ALONE if len(asked) <= FEW and len(self.corpus.places_of(asked)) == 1 else EACH
        if len(asked) > MOST_PLANS:
            return self._nearest(question, asked)
        return [candidate for plan_id in asked for candidate in self._within(question, (plan_id,), each)]

    def _nearest(self, question: Question, plans: tuple[str, ...]) -> list[Candidate]:
        """The best sentences of all, by one search, and not many of one plan."""
        chosen, of_one = list[Candidate](), Counter[str]()
        for candidate in self._within(question, plans if len(plans) < len(self.corpus.plans) else (), AMONG_ALL):
            of_one[candidate.plan.id] += 1
            if of_one[candidate.plan.id] <= OF_ONE:
                chosen.append(candidate)
        return chosen[:NEAREST]

    def _within(self, question: Question, plans: tuple[str, ...], limit: int) -> list[Candidate]:
        found = self.index.passages_for(query_of(question, plans), limit, self.channel)
        return [self._candidate(one) for one in found]

    def _candidate(self, found: Found) -> Candidate:
        passage = found.passage
        plan, clause = self.corpus.plan(passage.plan_id), self.corpus.clause(passage.clause_id)
        return Candidate(plan, clause, passage, found.row, found.score)
