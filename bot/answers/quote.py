"""The sentences of a clause that bear on a question, as exact slices."""

from bot.evidence import Topic
from bot.model import Citation, Statement
from bot.retrieve import Evidence
from ingest.model import Clause, Kind, Plan
from vectorstore.passages import sentence_spans

MAX_SENTENCES = 3
NEAR_BEST = 0.55  # of the best sentence's coverage
SHORT_HEADING = 2  # a heading sentence adds nothing beside the sentences under it


def place_name(plan: Plan) -> str:
    """How an answer names a plan: by its region."""
    return "国家" if plan.level == "national" else plan.region or plan.name


def address(clause: Clause) -> str:
    return clause.path


def cite(evidence: Evidence, topic: Topic) -> list[Citation]:
    """The bearing sentences of the evidence's clause, neighbours joined, in the order of the text."""
    return cite_clause(evidence.plan, evidence.clause, topic, (evidence.hit.start, evidence.hit.end))


def cite_clause(plan: Plan, clause: Clause, topic: Topic, near: tuple[int, int] | None = None) -> list[Citation]:
    """As `cite`; `near` is the passage the search liked best."""
    if clause.kind is Kind.ROW:
        return [Citation(plan, clause, 0, len(clause.text))]
    spans = _body_spans(clause)
    scored = [(topic.coverage(clause.text[start:end]), start, end) for start, end in spans]
    best = max((score for score, _, _ in scored), default=0.0)
    if best <= 0:
        inside = [span for span in spans if near and near[0] <= span[0] < near[1]] or spans
        return _citations(plan, clause, inside[:2])
    chosen = sorted(scored, key=lambda item: (-item[0], item[1]))[:MAX_SENTENCES]
    kept = [(start, end) for score, start, end in chosen if score >= NEAR_BEST * best]
    return _citations(plan, clause, sorted(kept))


def whole(plan: Plan, clause: Clause) -> Citation:
    return Citation(plan, clause, 0, len(clause.text))


def quoted(citations: list[Citation]) -> str:
    """The quotes as one readable stretch; a gap between two is marked."""
    return "……".join(citation.quote.replace("\n", "") for citation in citations)


def quote_statement(plan: Plan, clause: Clause, citations: list[Citation]) -> Statement:
    """One sentence of an answer: whose clause, which clause, its words."""
    return Statement(f"{place_name(plan)}（{address(clause)}）：「{quoted(citations)}」", tuple(citations))


def _body_spans(clause: Clause) -> list[tuple[int, int]]:
    """Sentence spans without the run-in heading and the bracket of responsible units, unless nothing else is left."""
    spans = sentence_spans(clause.text)
    body = [
        (start, end)
        for start, end in spans
        if clause.text[start:end].rstrip("。") != clause.heading and not _names_units(clause, start)
    ]
    return body or spans


def _names_units(clause: Clause, start: int) -> bool:
    return bool(clause.responsible_units) and clause.text[start] == "（" and start > 0


def _citations(plan: Plan, clause: Clause, spans: list[tuple[int, int]]) -> list[Citation]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [Citation(plan, clause, start, end) for start, end in joined]
