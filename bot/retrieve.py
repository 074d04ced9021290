"""Question → evidence: clauses that bear on it, best first, within the plans it names."""

from dataclasses import dataclass

from bot.evidence import Topic, TopicReader
from bot.model import Question
from ingest.corpus import Corpus
from ingest.model import Clause, Kind, Plan
from vectorstore.index import ClauseIndex, Hit, Query

DEPTH = 30
COVERAGE_WEIGHT = 1.0  # in standard deviations of the fused score
FRONT_PENALTY = 3.0  # 题头 and 落款 name everything and answer little
GENERAL_KINDS = (Kind.FRONT, Kind.BACK)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause and how well it bears on the question. `coverage` is the share of the topic it holds, 0 to 1."""

    plan: Plan
    clause: Clause
    hit: Hit
    coverage: float
    score: float


class Retriever:
    """Searches the index for what a question means."""

    def __init__(self, corpus: Corpus, index: ClauseIndex, topics: TopicReader) -> None:
        self.corpus, self.index, self.topics = corpus, index, topics

    def topic(self, question: Question) -> Topic:
        return self.topics.read(question.topic)

    def find(self, topic: Topic, plans: tuple[str, ...] = (), limit: int = 10) -> list[Evidence]:
        """Evidence in `plans` (in all of them when empty), best first; ties break on clause id."""
        query = Query(topic.text, topic.expansions, frozenset(plans) if plans else None)
        found = [self._weigh(hit, topic) for hit in self.index.search(query, DEPTH)]
        return sorted(found, key=lambda evidence: (-evidence.score, evidence.clause.id))[:limit]

    def _weigh(self, hit: Hit, topic: Topic) -> Evidence:
        clause = self.corpus.clause(hit.clause_id)
        coverage = topic.clause_coverage(clause.id, searched_text(clause))
        penalty = FRONT_PENALTY if clause.kind in GENERAL_KINDS else 0.0
        score = hit.score + COVERAGE_WEIGHT * coverage - penalty
        return Evidence(self.corpus.plan(hit.plan_id), clause, hit, coverage, score)


def searched_text(clause: Clause) -> str:
    """What a clause is judged by: its text and the headings it stands under."""
    return "\n".join((clause.text, clause.heading, *clause.headings))
