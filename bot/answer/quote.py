"""A clause's sentences as exact slices, and the words around them."""

from itertools import pairwise

from bot.judge.judge import Finding
from bot.model import Citation, Statement
from ingest.model import Clause, Kind, Plan
from vectorstore.passages import sentence_spans

MAX_SENTENCES = 3
NEAR_BEST = 0.45  # of the pairs the nearest sentence shares: another that shares as many is cited too


def pairs(text: str) -> set[str]:
    """Neighbouring characters, for how much two texts share."""
    return {a + b for a, b in pairwise(text)}


def place_name(plan: Plan) -> str:
    """How an answer names a plan: by its region, where it is the only document of it; else by its own name."""
    return plan.label or ("国家" if plan.level == "national" else plan.region or plan.name)


def titled(title: str, number: str | None = None) -> str:
    """《题名》（文号）; a title that stands in the title has single marks."""
    named = f"《{title.replace('《', '〈').replace('》', '〉')}》"
    return f"{named}（{number}）" if number else named


def address(clause: Clause) -> str:
    return clause.path


def cite_finding(finding: Finding) -> list[Citation]:
    """The sentences that bear, neighbours joined, in the order of the text; a table's row as a whole."""
    if finding.clause.kind is Kind.ROW:
        return [whole(finding.plan, finding.clause)]
    spans = [(one.passage.start, one.passage.end) for one in finding.sentences]
    return _citations(finding.plan, finding.clause, spans)


def cite_near(plan: Plan, clause: Clause, text: str, near: tuple[int, int] | None = None) -> list[Citation]:
    """The clause's sentences that share most with `text`, letter for letter; of `near` when none shares anything."""
    if clause.kind is Kind.ROW:
        return [whole(plan, clause)]
    said = pairs(text)
    spans = _body_spans(clause)
    shared = {span: len(said & pairs(clause.text[slice(*span)])) for span in spans}
    best = max(shared.values(), default=0)
    if not best:
        inside = [span for span in spans if near and near[0] <= span[0] < near[1]]
        return _citations(plan, clause, (inside or spans)[:2])
    ranked = sorted(spans, key=lambda span: -shared[span])[:MAX_SENTENCES]
    return _citations(plan, clause, sorted(span for span in ranked if shared[span] >= NEAR_BEST * best))


def cite_word(plan: Plan, clause: Clause, word: str) -> list[Citation]:
    """The clause's sentences in which the word stands, be it in its heading; all of it when it stands across two."""
    spans = [span for span in sentence_spans(clause.text) if word in clause.text[slice(*span)]]
    if clause.kind is Kind.ROW or not spans:
        return [whole(plan, clause)]
    return _citations(plan, clause, spans[:MAX_SENTENCES])


def whole(plan: Plan, clause: Clause) -> Citation:
    return Citation(plan, clause, 0, len(clause.text))


def quoted(citations: list[Citation]) -> str:
    """The quotes as one readable stretch; a gap between two is marked."""
    return "……".join(citation.quote.replace("\n", "") for citation in citations)


def quote_statement(plan: Plan, clause: Clause, citations: list[Citation]) -> Statement:
    """One sentence of an answer: whose clause, which clause, its words."""
    return Statement(f"{place_name(plan)}（{address(clause)}）：「{quoted(citations)}」", tuple(citations))


def finding_statement(finding: Finding) -> Statement:
    return quote_statement(finding.plan, finding.clause, cite_finding(finding))


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
