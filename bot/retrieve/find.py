"""Question → evidence: clauses that bear on it, best first, within the plans it names."""

from dataclasses import dataclass, replace

from bot.model import Question
from bot.retrieve.evidence import Topic
from bot.retrieve.terms import TopicReader
from ingest.corpus import Corpus
from ingest.model import Clause, Kind, Plan
from vectorstore.fuse import z_scores
from vectorstore.index import ClauseIndex, Hit, Query
from vectorstore.rerank import Reranker

DEPTH = 30
COVERAGE_WEIGHT = 0.5  # in standard deviations of the fused score
FRONT_PENALTY = 3.0  # 题头 and 落款 name everything and answer little
RERANK_DEPTH = 12  # clauses the reranker reads
RERANK_WEIGHT = 1.5  # of its z-scores
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

    def __init__(
        self, corpus: Corpus, index: ClauseIndex, topics: TopicReader, reranker: Reranker | None = None
    ) -> None:
        self.corpus, self.index, self.topics, self.reranker = corpus, index, topics, reranker

    def topic(self, question: Question) -> Topic:
        return self.topics.read(question.topic)

    def find(self, topic: Topic, plans: tuple[str, ...] = (), limit: int = 10) -> list[Evidence]:
        """Evidence in `plans` (in all of them when empty), best first; ties break on clause id."""
        query = Query(topic.text, topic.expansions, frozenset(plans) if plans else None)
        found = [self._weigh(hit, topic) for hit in self.index.search(query, DEPTH)]
        ranked = sorted(found, key=_order)
        return self._reranked(topic, ranked)[:limit] if self.reranker else ranked[:limit]

    def _reranked(self, topic: Topic, ranked: list[Evidence]) -> list[Evidence]:
        """The best few by their score and the reranker's, both in standard deviations; the rest stay behind them."""
        best = ranked[:RERANK_DEPTH]
        if self.reranker is None or len(best) < 2:
            return ranked
        scores = self.reranker.scores(topic.text, [evidence.clause.text for evidence in best])
        gains = z_scores([(row, float(score)) for row, score in enumerate(scores)])
        moved = [replace(one, score=one.score + RERANK_WEIGHT * gains[row]) for row, one in enumerate(best)]
        return sorted(moved, key=_order) + ranked[RERANK_DEPTH:]

    def _weigh(self, hit: Hit, topic: Topic) -> Evidence:
        clause = self.corpus.clause(hit.clause_id)
        coverage = topic.clause_coverage(clause.id, searched_text(clause))
        penalty = FRONT_PENALTY if clause.kind in GENERAL_KINDS else 0.0
        score = hit.score + COVERAGE_WEIGHT * coverage - penalty
        return Evidence(self.corpus.plan(hit.plan_id), clause, hit, coverage, score)


def _order(evidence: Evidence) -> tuple[float, str]:
    return (-evidence.score, evidence.clause.id)


def searched_text(clause: Clause) -> str:
    """What a clause is judged by: its text and the headings it stands under."""
    return "\n".join((clause.text, clause.heading, *clause.headings))
