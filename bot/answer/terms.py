"""When a document begins and ends to be in force: in its own words, else in those of what took its place."""

from collections.abc import Callable
from datetime import date

from bot import wording
from bot.answer.quote import place_name
from bot.answer.times import how, in_words
from bot.model import Citation, Statement
from ingest.corpus import Corpus
from ingest.model import Fact, Plan, Reference, Standing
from ingest.standing import titles_of
from ingest.titles import bare_title

TERM_FIELDS = ("effective", "expiry")


class TermAnswerer:
    """`today` tells whether an end lies in the past."""

    def __init__(self, corpus: Corpus, today: Callable[[], date]) -> None:
        self.corpus, self.today = corpus, today

    def tell(self, plan: Plan, field: str) -> list[Statement]:
        """The beginning; or the end, with what took its place, and the beginning where no end is known."""
        if field == "effective":
            return self._said(plan, field, plan.validity.effective, plan.validity.since)
        ends = [*self._replaced(plan)]
        if plan.validity.expiry or plan.validity.until:
            ends += self._said(plan, field, plan.validity.expiry, plan.validity.until)
        if ends:
            return ends
        begins = self.tell(plan, "effective") if plan.validity.effective else []
        return [*begins, Statement(wording.NO_END.format(name=place_name(plan)))]

    def _said(self, plan: Plan, field: str, fact: Fact | None, known: str) -> list[Statement]:
        name, label = place_name(plan), wording.FIELD_NAMES[field]
        if fact is None:
            phrase = wording.BY_CATALOGUE.format(name=name, field=label, day=in_words(known)) if known else ""
            return [Statement(phrase or wording.ABSENT_FIELD.format(name=name, field=label))]
        words = Citation(plan, self.corpus.clause(fact.clause_id), fact.start, fact.end)
        day = in_words(fact.value)
        reckoned = "" if day in words.quote else wording.RECKONED.format(day=day)
        text = wording.SAYS_FORCE.format(name=name, field=label, words=words.quote, reckoned=reckoned)
        return [Statement(text, (words, *self._counted_from(plan, field)) if reckoned else (words,), bool(reckoned))]

    def _counted_from(self, plan: Plan, field: str) -> tuple[Citation, ...]:
        """有效期五年 is counted from the first day, and that from the day of issue."""
        first = plan.validity.effective if field == "expiry" else None
        facts = [fact for fact in (first, plan.metadata.issued_on or plan.metadata.printed_on) if fact]
        return tuple(Citation(plan, self.corpus.clause(one.clause_id), one.start, one.end) for one in facts)

    def _replaced(self, plan: Plan) -> list[Statement]:
        """By the words of the later document that say so, else by its title."""
        later = next((one for one in self.corpus.plans if one.id == plan.validity.superseded_by), None)
        if later is None:
            return []
        day = self.today().isoformat()
        is_over = plan.validity.standing(day) is Standing.SUPERSEDED
        told = how(plan, day if is_over else plan.validity.superseded_on, self.corpus)
        spans: list[Reference | Fact] = []
        spans += [one for one in later.validity.abolished if bare_title(one.title) in titles_of(plan)]
        spans += [fact for fact in (later.validity.effective, later.metadata.title) if fact]
        cited = tuple(Citation(later, self.corpus.clause(one.clause_id), one.start, one.end) for one in spans[:1])
        return [Statement(wording.REPLACED.format(name=place_name(plan), how=told), cited, computed=True)]
