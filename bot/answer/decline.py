"""Answers that say what is not there, with the nearest clauses and whom to ask."""

from collections.abc import Iterable

from bot import wording
from bot.judge import status
from bot.judge.bears import Judged
from bot.judge.judge import Verdict
from bot.model import Answer, Aspect, Citation, Intent, Question, Statement
from bot.retrieve.find import Candidate
from ingest.model import Kind

RELATED = 3


def out_of_scope(text: str) -> Answer:
    return Answer(status.outside(), (Statement(text),))


def not_found(lines: Iterable[str] = (), related: tuple[Citation, ...] = ()) -> Answer:
    statements = tuple(map(Statement, lines)) or (Statement(wording.NOT_FOUND),)
    return Answer(status.looked_up(False), statements, related)


def unread(found: Iterable[Candidate]) -> Answer:
    """There was no time to read what was found, best first."""
    near = _nearest(found)
    text = wording.UNREAD if near else wording.UNREAD_AND_NOTHING_NEAR
    return Answer(status.unread(), (Statement(text),), near)


def related(verdict: Verdict, cited: Iterable[Citation] = ()) -> tuple[Citation, ...]:
    """The clauses nearest to the question that are not cited, each by its best sentence."""
    return _nearest(verdict.judged, cited)


def _nearest(ranked: Iterable[Judged | Candidate], cited: Iterable[Citation] = ()) -> tuple[Citation, ...]:
    seen = {citation.clause.id for citation in cited}
    found: dict[str, Citation] = {}
    for one in ranked:
        is_heading = one.passage.text.rstrip("。") == one.clause.heading  # which says nothing by itself
        is_frame = one.clause.kind in (Kind.FRONT, Kind.BACK)  # numbers, dates, signatures
        if one.clause.id not in seen and not is_heading and not is_frame and len(found) < RELATED:
            found.setdefault(one.clause.id, _sentence(one))
    return tuple(found.values())


def missing(aspects: Iterable[Aspect]) -> str:
    """Which asked thing the clauses do not say; the likeliest one."""
    first = next((aspect for aspect in aspects if aspect in wording.ASPECT_NAMES), None)
    return wording.MISSING_ASPECT.format(aspect=wording.ASPECT_NAMES[first]) if first else wording.MISSING_DETAIL


def hand_over(question: Question) -> tuple[str, ...]:
    """Whom to ask on: who issued the document, the tax office, or the hotline of the market regulators."""
    if question.intent is Intent.METADATA:
        return (wording.ASK_ISSUER,)
    follows = set(question.plans) <= set(question.inherited)  # who names a place begins anew
    asked = "".join((question.folded, *(question.before[-1:] if follows else ())))
    tax = "扣除" in asked or "税" in asked
    return (wording.ASK_TAX_OFFICE if tax else wording.ASK_REGULATOR,)


def _sentence(one: Judged | Candidate) -> Citation:
    return Citation(one.plan, one.clause, one.passage.start, one.passage.end)
