"""Answers by quotation: one plan, several side by side, or which plans have it."""

import re
from dataclasses import dataclass

from bot import wording
from bot.answer.aspects import NEEDS_TOPIC, STRICT_MODALS, lacking, modal_words
from bot.answer.quote import cite, place_name, quote_statement
from bot.model import Answer, Aspect, Citation, Intent, Question, Statement, Status
from bot.question.patterns import NUMBER_ASKED
from bot.retrieve.evidence import Topic
from bot.retrieve.find import Evidence, Retriever, searched_text
from ingest.model import Kind
from vectorstore.passages import sentence_spans

BEARS = 0.39  # coverage from which a clause is taken to speak of the topic
BEARS_NAMED = 0.33  # the same when the plan was named: fewer candidates, less chance of a stray match
PEER = 0.85  # of the best coverage: another plan's clause that says as much
PEER_SCORE = 2.5  # standard deviations a peer may lie behind
RELATED = 3
NEAR = 0.15  # coverage below which a clause is not even offered as near
# 写没写双随机 asks for the words themselves: near ones are no answer.
PRESENCE = re.compile(
    r"写没写|提没提|有没有(?:写|提|说)|(?:写|提|说|涉及)(?:了|到|过)[^,。?]{0,20}(?:吗|没|么)|有(?:吗|没有|没|么)\??$|出现"
)
EXACT_TRUST = 0.9
# Aspects the bearing sentence itself must answer: a date elsewhere in the clause is another matter's.
IN_SENTENCE = frozenset(
    {Aspect.DEADLINE, Aspect.VALIDITY, Aspect.INTERVAL, Aspect.CONDITION, Aspect.FORM, Aspect.PROCEDURE}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A plan's best clause for the question, quoted, and what it lacks."""

    evidence: Evidence
    citations: tuple[Citation, ...]
    lacks: tuple[Aspect, ...]

    @property
    def statement(self) -> Statement:
        return quote_statement(self.evidence.plan, self.evidence.clause, list(self.citations))


class TopicAnswerer:
    """Quotes what the plans say of a topic, or says that they do not."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.corpus = retriever.corpus

    def answer(self, question: Question, topic: Topic) -> Answer:
        """By intent: a comparison, a list of plans, or the clause itself."""
        if question.intent is Intent.WHICH and not question.plans:
            return self._which(question, topic)
        if question.plans or question.foreign:
            return self._by_plan(question, topic)
        return self._anywhere(question, topic)

    def best_in(self, plan_id: str, question: Question, topic: Topic) -> Found | None:
        """The plan's clause that bears on the topic best, None when none does."""
        evidence = self.retriever.find(topic, (plan_id,), limit=5)
        return self._choose(evidence, question, topic, BEARS_NAMED)

    def related(self, topic: Topic, plans: tuple[str, ...] = ()) -> tuple[Citation, ...]:
        """The nearest clauses, for someone to look at; each with its best passage's bearing sentences."""
        found = self.retriever.find(topic, plans, limit=RELATED)
        return tuple(cite(evidence, topic)[0] for evidence in found if evidence.coverage >= NEAR)

    def _choose(self, evidence: list[Evidence], question: Question, topic: Topic, bar: float) -> Found | None:
        """The first clause that bears on the topic; among near equals one that also holds the asked aspect."""
        bearing = [one for one in _text_first(question, evidence) if self._bears(one, question, topic, bar)]
        if not bearing:
            return None
        found = [self._found(one, question, topic) for one in bearing]
        best = found[0]
        for other in found[1:]:
            near = other.evidence.coverage >= PEER * best.evidence.coverage
            if near and len(other.lacks) < len(best.lacks) and topic.holds_point(searched_text(other.evidence.clause)):
                return other
        return best

    def _bears(self, evidence: Evidence, question: Question, topic: Topic, bar: float) -> bool:
        if PRESENCE.search(question.folded):
            return topic.coverage(searched_text(evidence.clause), loosest=EXACT_TRUST) >= bar
        return evidence.coverage >= bar

    def _found(self, evidence: Evidence, question: Question, topic: Topic) -> Found:
        citations = tuple(cite(evidence, topic))
        text = "".join(citation.quote for citation in citations)
        aspects = lacking(question.aspects, text, question.folded)
        if aspects and not set(aspects) <= IN_SENTENCE:
            whole = lacking(question.aspects, evidence.clause.text, question.folded)
            aspects = whole if len(whole) < len(aspects) else aspects
            if len(whole) < len(lacking(question.aspects, text, question.folded)):
                citations = (*citations, *self._aspect_sentence(evidence, question, citations))
        return Found(evidence, tuple(dict.fromkeys(citations)), aspects)

    def _aspect_sentence(
        self, evidence: Evidence, question: Question, have: tuple[Citation, ...]
    ) -> tuple[Citation, ...]:
        """The clause's sentence that answers the asked aspect when the topical ones do not."""
        for start, end in sentence_spans(evidence.clause.text):
            sentence = evidence.clause.text[start:end]
            if not lacking(question.aspects, sentence, question.folded):
                if any(one.start <= start and end <= one.end for one in have):
                    return ()
                return (Citation(evidence.plan, evidence.clause, start, end),)
        return ()

    def _anywhere(self, question: Question, topic: Topic) -> Answer:
        evidence = self.retriever.find(topic, (), limit=12)
        best = self._choose(evidence, question, topic, BEARS)
        if best is None:
            return not_found(self.related(topic))
        peers = [best]
        for one in () if best.lacks else _texts(question, evidence):
            seen = {found.evidence.plan.id for found in peers}
            if one.plan.id in seen or one.coverage < PEER * best.evidence.coverage:
                continue
            if best.evidence.score - one.score <= PEER_SCORE:
                found = self._found(one, question, topic)
                if len(found.lacks) <= len(best.lacks):
                    peers.append(found)
        order = {plan.id: place for place, plan in enumerate(self.corpus.plans)}
        peers = [best, *sorted(peers[1:], key=lambda found: order[found.evidence.plan.id])]
        return self._assemble(question, peers, (), topic)

    def _by_plan(self, question: Question, topic: Topic) -> Answer:
        found, missing = [], []
        for plan_id in question.plans:
            best = self.best_in(plan_id, question, topic)
            if best is None:
                missing.append(place_name(self.corpus.plan(plan_id)))
            else:
                found.append(best)
        absent = [wording.NOT_IN_PLAN.format(name=name) for name in missing]
        absent += [wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign]
        national = self._national(question, topic, found)
        if not found and national is None:
            statements = tuple(Statement(text) for text in absent) or (Statement(wording.NOT_FOUND),)
            return Answer(Status.NOT_FOUND, statements, related=self.related(topic, question.plans))
        return self._assemble(question, found, tuple(absent), topic, national)

    def _national(self, question: Question, topic: Topic, found: list[Found]) -> Found | None:
        """The national clause when a named city has none, or none that holds what is asked."""
        national = self.corpus.national
        if national is None or national.id in question.plans or (question.foreign and not question.plans):
            return None
        lacking_all = not found or all(one.lacks for one in found)
        if len(question.plans) > 1 and found:
            return None
        best = self.best_in(national.id, question, topic) if lacking_all else None
        if best is None:
            return None
        weaker = found and best.evidence.coverage < PEER * max(one.evidence.coverage for one in found)
        if weaker or (found and len(best.lacks) >= min(len(one.lacks) for one in found)):
            return None
        return best

    def _which(self, question: Question, topic: Topic) -> Answer:
        by_plan = [(plan, self.best_in(plan.id, question, topic)) for plan in self.corpus.plans]
        best = max((found.evidence.coverage for _, found in by_plan if found), default=0.0)
        have = [found for _, found in by_plan if found and found.evidence.coverage >= max(BEARS, PEER * best)]
        names = {found.evidence.plan.id for found in have}
        lacks = [place_name(plan) for plan in self.corpus.plans if plan.id not in names]
        if not have:
            return not_found(self.related(topic))
        absent = (wording.WHO_LACKS.format(names="、".join(lacks)),) if lacks else ()
        return self._assemble(question, have, absent, topic)

    def _assemble(
        self,
        question: Question,
        found: list[Found],
        absent: tuple[str, ...],
        topic: Topic,
        national: Found | None = None,
    ) -> Answer:
        statements = [one.statement for one in found]
        statements += [Statement(text) for text in absent]
        if national:
            statements += [Statement(wording.NATIONAL_FALLBACK), national.statement]
        statements += self._modality(question, found)
        everyone = [*found, *([national] if national else [])]
        lacks = tuple(aspect for aspect in question.aspects if all(aspect in one.lacks for one in everyone))
        notes = [wording.MISSING_ASPECT.format(aspect=wording.ASPECT_NAMES[aspect]) for aspect in lacks]
        hopeless = lacks and not any(_topical(lacks, one) for one in everyone)
        alone = len(question.plans) + len(question.foreign) == 1
        status = Status.PARTIAL if lacks or (absent and alone) or national else Status.ANSWERED
        if hopeless:
            related = tuple(one.citations[0] for one in everyone)[:RELATED]
            return Answer(Status.NOT_FOUND, (Statement(wording.NOT_FOUND),), related, tuple(notes))
        related = self.related(topic, question.plans) if status is Status.PARTIAL else ()
        cited = {citation.clause.id for one in everyone for citation in one.citations}
        return Answer(status, tuple(statements), tuple(r for r in related if r.clause.id not in cited), tuple(notes))

    @staticmethod
    def _modality(question: Question, found: list[Found]) -> list[Statement]:
        """Asked whether something is compulsory: the words the plan itself uses."""
        if Aspect.DUTY not in question.aspects:
            return []
        statements = []
        for one in found:
            words = modal_words("".join(citation.quote for citation in one.citations))
            if words:
                phrase = wording.MODAL_STRICT if set(words) & STRICT_MODALS else wording.MODAL
                named = "、".join(f"“{word}”" for word in words)
                name = place_name(one.evidence.plan)
                statements.append(Statement(phrase.format(name=name, words=named), one.citations))
        return statements


def _text_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """What is to be done stands in text; a table's row answers when a number is asked for."""
    if question.intent is not Intent.QUOTE or NUMBER_ASKED.search(question.folded):
        return evidence
    return sorted(evidence, key=lambda one: one.clause.kind is Kind.ROW)


def _texts(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Beside a clause that says what is to be done, another plan's table row says something else."""
    ordered = _text_first(question, evidence)
    return ordered if ordered is evidence else [one for one in ordered if one.clause.kind is not Kind.ROW]


def _topical(lacks: tuple[Aspect, ...], found: Found) -> bool:
    """Whether the clause still answers part of the question: it speaks of the kind of thing asked about."""
    text = found.evidence.clause.text
    return all(aspect not in NEEDS_TOPIC or NEEDS_TOPIC[aspect].search(text) for aspect in lacks)


def not_found(related: tuple[Citation, ...], notes: tuple[str, ...] = ()) -> Answer:
    return Answer(Status.NOT_FOUND, (Statement(wording.NOT_FOUND),), related, notes)
