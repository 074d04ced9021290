"""Question → candidates: the sentences that may bear on it, per plan asked about."""

from dataclasses import dataclass

from bot.model import Question
from bot.question.read import query_of
from ingest.corpus import Corpus
from ingest.model import Clause, Passage, Plan
from vectorstore.index import Channel, ClauseIndex, Found

ALONE = 12  # sentences read when one plan is named, or when there are too many to go through
EACH = 6  # of each plan when several are gone through
MOST_PLANS = 12  # plans gone through one by one; beyond them the best sentences of all are read


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a clause, as it was found."""

    plan: Plan
    clause: Clause
    passage: Passage
    row: int
    score: float


class Finder:
    """Searches the index for what a question may mean."""

    def __init__(self, corpus: Corpus, index: ClauseIndex, channel: Channel = Channel.HYBRID) -> None:
        self.corpus, self.index, self.channel = corpus, index, channel

    def find(self, question: Question, plans: tuple[str, ...] | None = None) -> list[Candidate]:
        """Within `plans`, by default those asked about; when none is named, in each of the corpus's."""
        asked = (question.plans if plans is None else plans) or tuple(plan.id for plan in self.corpus.plans)
        if not 1 < len(asked) <= MOST_PLANS:
            return self._within(question, asked, ALONE)
        return [candidate for plan_id in asked for candidate in self._within(question, (plan_id,), EACH)]

    def _within(self, question: Question, plans: tuple[str, ...], limit: int) -> list[Candidate]:
        found = self.index.passages_for(query_of(question, plans), limit, self.channel)
        return [self._candidate(one) for one in found]

    def _candidate(self, found: Found) -> Candidate:
        passage = found.passage
        plan, clause = self.corpus.plan(passage.plan_id), self.corpus.clause(passage.clause_id)
        return Candidate(plan, clause, passage, found.row, found.score)
