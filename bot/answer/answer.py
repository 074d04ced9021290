"""A judged question → its answer: by look-up where it is exact, else in the words that bear on it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answer.decline import hand_over, missing, not_found, out_of_scope, related
from bot.answer.indicators import IndicatorAnswerer
from bot.answer.metadata import MetadataAnswerer, names_number
from bot.answer.outline import OutlineAnswerer
from bot.answer.quote import place_name
from bot.answer.quoted import QuoteAnswerer
from bot.answer.times import day_note, lapsed, marked, past_targets
from bot.answer.units import UnitsAnswerer
from bot.judge import status
from bot.judge.exact import other_law, unheld_titles, unstated_numbers
from bot.judge.judge import Judge, Verdict
from bot.model import Answer, Aspect, Intent, Question, Status
from bot.question.route import COUNTED
from ingest.corpus import Corpus
from ingest.model import Clause

DECLINED = (Status.PARTIAL, Status.NOT_FOUND)
WHO_UNSAID = missing((Aspect.WHO,))
TARGETS = re.compile(r"指标|目标")


class Answerer:
    """Chooses who answers. `today` tells which targets lie in the past."""

    def __init__(self, corpus: Corpus, judge: Judge, today: Callable[[], date] = date.today) -> None:
        self.corpus, self.today = corpus, today
        self.quotes = QuoteAnswerer(corpus, judge)
        self.units = UnitsAnswerer(corpus)
        self.outline = OutlineAnswerer(corpus)
        self.metadata = MetadataAnswerer(corpus, today)
        self.indicators = IndicatorAnswerer(corpus, today)

    def is_exact(self, question: Question) -> bool:
        """Whether a look-up answers, so that no sentence need be read."""
        return bool(
            not question.folded
            or (question.outside and not question.plans)
            or (question.lapsed and not question.plans)
            or (question.foreign and not question.plans and not question.above)
            or question.intent is Intent.SMALL_TALK
            or names_number(question)
            or (question.intent is Intent.METADATA and question.fields)
            or (question.address and not other_law(question, self.corpus))
        )

    def answer(self, question: Question, verdict: Verdict, focus: tuple[Clause, ...] = ()) -> Answer:
        answer = self._exact(question, verdict) or self._judged(question, verdict, focus)
        answer = marked(answer, self.corpus, self.today())
        return replace(answer, notes=tuple(dict.fromkeys((*answer.notes, *self._notes(question, answer)))))

    def _exact(self, question: Question, verdict: Verdict) -> Answer | None:
        """What needs no judgement; None when it does."""
        if not question.folded:
            return out_of_scope(wording.EMPTY_QUESTION)
        if question.outside and not question.plans:
            return not_found([wording.OUTSIDE.format(names=self._names(question.outside))])
        if question.lapsed and not question.plans:
            return not_found(lapsed(question, self.corpus, self.today()), related(verdict))
        if question.foreign and not question.plans and not question.above:
            return not_found([wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign], related(verdict))
        if law := other_law(question, self.corpus):
            return not_found([wording.NOT_HELD.format(title=law)], related(verdict))
        if question.address:
            return self._at_address(question, verdict)
        if names_number(question) or (question.intent is Intent.METADATA and question.fields):
            return self.metadata.answer(question)
        return out_of_scope(wording.GREETING) if question.intent is Intent.SMALL_TALK else None

    def _at_address(self, question: Question, verdict: Verdict) -> Answer | None:
        if question.address is None or question.intent not in (Intent.UNITS, Intent.METADATA):
            return self.outline.answer(question)
        held = self.outline.clauses_at(question.address, question.plans)
        if held and question.intent is Intent.UNITS:
            return self.units.answer(question, verdict, held)
        if not held and question.intent is Intent.METADATA and question.fields:
            return self.metadata.answer(question)  # 哪天落款, of a plan that is signed at its head
        return self.outline.answer(question)

    def _judged(self, question: Question, verdict: Verdict, focus: tuple[Clause, ...]) -> Answer:
        if question.intent is Intent.OFF_TOPIC and question.above and not question.plans:
            return not_found([wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign], related(verdict))
        if question.intent is Intent.OFF_TOPIC and verdict.surest < verdict.thresholds.on_topic:
            near = question.plans and verdict.bearing
            return not_found(related=related(verdict)) if near else out_of_scope(wording.OUT_OF_SCOPE)
        answer = None
        if question.intent is Intent.UNITS:
            answer = self.units.answer(question, verdict, focus)
        elif question.intent in COUNTED:
            answer = self.indicators.answer(question, verdict)
        elif question.intent is Intent.OUTLINE:
            answer = self._whole(question, verdict)
        return answer or self._without_title(question, self._quoted(question, verdict))

    def _quoted(self, question: Question, verdict: Verdict) -> Answer:
        """Where who does it is not said in words, the units that the clause lists are told beside it."""
        quoted = self.quotes.answer(question, verdict)
        listed = _listed(quoted)
        if not listed:
            return quoted
        units = self.units.answer(question, verdict, listed)
        notes = tuple(note for note in quoted.notes if note != WHO_UNSAID)
        return replace(quoted, statements=(*units.statements, *quoted.statements), notes=(*units.notes, *notes))

    def _whole(self, question: Question, verdict: Verdict) -> Answer | None:
        """A plan asked about as a whole: its parts counted, its targets, or its chapters."""
        if self.outline.locates(question):
            return None
        if counted := self.outline.answer(question, [one.clause for one in verdict.judged]):
            return counted
        if TARGETS.search(question.folded):
            return self.indicators.overview(question)
        says = verdict.status is Status.ANSWERED or not question.plans
        return None if says else self.outline.chapters(question)

    def _without_title(self, question: Question, answer: Answer) -> Answer:
        """A document named by title that is not held: what is quoted is not what it says."""
        titles = unheld_titles(question, self.corpus)
        if not titles:
            return answer
        notes = (*answer.notes, wording.NOT_HELD.format(title="》《".join(titles)))
        return replace(answer, status=status.in_part(answer.status), notes=notes)

    def _notes(self, question: Question, answer: Answer) -> list[str]:
        notes = [*past_targets(answer, self.today()), *day_note(question, self.today())]
        if question.lapsed and question.plans:
            notes += lapsed(question, self.corpus, self.today())
        if answer.status in DECLINED:
            notes += hand_over(question)
        elif answer.citations:
            clauses = [clause for one in answer.citations for clause in one.plan.clauses]
            numbers = unstated_numbers(question, dict.fromkeys(clauses))
            notes += [wording.NUMBER_NOT_THERE.format(number="、".join(numbers))] if numbers else []
        if question.inherited and answer.status is not Status.OUT_OF_SCOPE:
            notes.append(wording.INHERITED.format(what=self._names(question.inherited)))
        if question.outside and question.plans:
            notes.append(wording.OUTSIDE.format(names=self._names(question.outside)))
        if question.injected:
            notes.append(wording.INJECTION_IGNORED)
        return notes

    def _names(self, plan_ids: tuple[str, ...]) -> str:
        return "、".join(place_name(self.corpus.plan(plan_id)) for plan_id in plan_ids)


def _listed(answer: Answer) -> tuple[Clause, ...]:
    """Where who does it is told to be unsaid, the cited clauses, when each lists its units behind its text."""
    if WHO_UNSAID not in answer.notes:
        return ()
    clauses = dict.fromkeys(one.clause for statement in answer.statements for one in statement.citations)
    whole = all(one.citations for one in answer.statements) and all(one.responsible_units for one in clauses)
    return tuple(clauses) if whole else ()
