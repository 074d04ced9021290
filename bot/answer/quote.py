"""The sentences of a clause that bear on a question, as exact slices."""

from bot.model import Citation, Statement
from bot.retrieve.evidence import Topic, held
from bot.retrieve.find import Evidence
from ingest.model import Clause, Kind, Plan
from vectorstore.passages import sentence_spans

MAX_SENTENCES = 3
NEAR_BEST = 0.55  # of what the best sentence holds: another that says as much is quoted too
NEW_WORDS = 0.25  # of the same: another that holds words the first does not
TIE = 0.01


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
    chosen = _bearing(clause, spans, topic)
    if not chosen:
        inside = [span for span in spans if near and near[0] <= span[0] < near[1]] or spans
        return _citations(plan, clause, inside[:2])
    return _citations(plan, clause, sorted(chosen))


def _bearing(clause: Clause, spans: list[tuple[int, int]], topic: Topic) -> list[tuple[int, int]]:
    """The best sentence, then those that hold words of the topic no chosen one holds, or nearly as much as the best."""
    weights = [[unit.weight * held(unit, clause.text[start:end]) for unit in topic.units] for start, end in spans]
    best = max((sum(row) for row in weights), default=0.0)
    have = [0.0] * len(topic.units)
    chosen: list[int] = []
    while best > 0 and len(chosen) < MAX_SENTENCES:
        gains = [
            sum(max(new - old, 0.0) for new, old in zip(row, have, strict=True)) + TIE * sum(row) for row in weights
        ]
        left = [index for index in range(len(spans)) if index not in chosen]
        pick = max(left, key=lambda index: (gains[index], -index), default=None)
        if pick is None or (chosen and gains[pick] < NEW_WORDS * best and sum(weights[pick]) < NEAR_BEST * best):
            break
        chosen.append(pick)
        have = [max(old, new) for old, new in zip(have, weights[pick], strict=True)]
    return [spans[index] for index in chosen]


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
