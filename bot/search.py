"""Search for people and programs: what is looked up comes first, then what was read, as it bears on the question."""

from collections.abc import Iterable

from bot.ask import Chain
from bot.model import Citation, Question
from bot.retrieve.find import Candidate
from ingest.corpus import Corpus
from ingest.standing import place_of
from vectorstore.index import Hit

LOOKED_UP = 2.0  # score of a clause an address or a metadatum leads to; what is judged scores 1 at most


def search(chain: Chain, question: Question, limit: int) -> list[tuple[Hit, Citation]]:
    """Clauses for `question`, best first: of the plans named, then those of their province and the nation."""
    hits: dict[str, tuple[Hit, Citation]] = {}
    if chain.answerer.is_exact(question):
        answer = chain.answerer.answer(question, chain.judging.judge(question, ()))
        for citation in answer.leading:
            hits.setdefault(citation.clause.id, (_looked_up(citation), citation))
    for plans in (question.plans, *_above(question, chain.reader.corpus)):
        candidates = chain.finder.find(question, plans)
        for one in chain.judging.sentences.read(question, candidates):
            hits.setdefault(one.clause.id, _judged(one.candidate, one.score))
    return list(hits.values())[:limit]


def _above(question: Question, corpus: Corpus) -> Iterable[tuple[str, ...]]:
    """What holds for the places named beside their own documents, and is in force."""
    levels = [level for plan in question.plans for level in corpus.over(place_of(corpus.plan(plan)))]
    for level in dict.fromkeys(levels):
        plans = question.among(level)
        if plans and not set(plans) & set(question.plans):
            yield plans


def _looked_up(citation: Citation) -> Hit:
    return Hit(citation.clause.id, citation.plan.id, LOOKED_UP, 0.0, 0.0, citation.start, citation.end)


def _judged(candidate: Candidate, score: float) -> tuple[Hit, Citation]:
    passage = candidate.passage
    hit = Hit(passage.clause_id, passage.plan_id, score, 0.0, 0.0, passage.start, passage.end)
    return hit, Citation(candidate.plan, candidate.clause, passage.start, passage.end)
