"""Search for people and programs: what is looked up comes first, then what is found."""

from bot.answer.aspects import lacking
from bot.answer.quote import cite
from bot.ask import Chain
from bot.model import Citation, Intent, Question
from bot.retrieve.evidence import Topic
from bot.retrieve.find import Evidence
from ingest.model import Clause
from vectorstore.index import Hit

NATIONAL_BAR = 0.3  # coverage below which the national clause is no answer either
LOOKED_UP = 100.0  # score of a clause an address, a metadatum or an indicator's name leads to


def search(chain: Chain, question: Question, topic: Topic, limit: int) -> list[tuple[Hit, Citation]]:
    """Clauses for `question`, best first: the named plans', then the national plan's when a city was named."""
    placed = _looked_up(chain, question, topic)
    found = chain.retriever.find(topic, question.plans, limit)
    national = chain.corpus.national
    if national and question.plans and national.id not in question.plans:
        fallback = chain.retriever.find(topic, (national.id,), limit)
        found = fallback[:1] + found + fallback[1:] if _says_more(fallback, found, question) else found + fallback
    hits = [(_hit(citation.clause, citation), citation) for citation in placed]
    seen = {citation.clause.id for citation in placed}
    for evidence in found:
        if evidence.clause.id not in seen:
            seen.add(evidence.clause.id)
            hits.append((evidence.hit, cite(evidence, topic)[0]))
    return hits[:limit]


def _says_more(fallback: list[Evidence], found: list[Evidence], question: Question) -> bool:
    """Whether the national clause answers what the named plans do not."""
    if not fallback or fallback[0].coverage < NATIONAL_BAR:
        return False
    best = max((evidence.coverage for evidence in found[:3]), default=0.0)
    if best < fallback[0].coverage / 2:
        return True
    lacks = [len(lacking(question.aspects, evidence.clause.text, question.folded)) for evidence in found[:3]]
    return len(lacking(question.aspects, fallback[0].clause.text, question.folded)) < min(lacks, default=1)


def _looked_up(chain: Chain, question: Question, topic: Topic) -> list[Citation]:
    """Citations of what needs no search; the first of each clause, in the order an answer would give them."""
    answer = None
    if question.intent is Intent.METADATA:
        answer = chain.metadata.answer(question)
    elif question.address:
        answer = chain.outline.answer(question)
    elif question.intent in (Intent.INDICATOR, Intent.DIFFERENCE) or question.years or question.compares:
        answer = chain.indicators(question, topic)
    firsts: dict[str, Citation] = {}
    for citation in answer.leading if answer else ():
        firsts.setdefault(citation.clause.id, citation)
    return list(firsts.values())


def _hit(clause: Clause, citation: Citation) -> Hit:
    return Hit(clause.id, clause.plan_id, LOOKED_UP, 0.0, 0.0, citation.start, citation.end)
