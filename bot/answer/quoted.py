"""Answers by quotation: what the judge found in one plan, in several side by side, or which plans have it."""

import re

from bot import wording
from bot.answer.decline import missing, not_found, related
from bot.answer.quote import cite_word, finding_statement, place_name, quote_statement
from bot.answer.rivals import rivals
from bot.answer.silence import plans_of, silent
from bot.answer.times import full_name
from bot.judge import status
from bot.judge.judge import Finding, Judge, PlanVerdict, Verdict
from bot.model import Answer, Intent, Question, Statement, Status
from bot.question.route import COUNTED
from bot.retrieve.find import MOST_PLANS, asked_of
from ingest.corpus import NATIONAL, Corpus, text_of
from ingest.model import DocumentKind, Plan

LITERAL_MIN = 4  # characters of the question that stand in a plan as they are
MOST_ABOVE = 3  # documents of a higher level that are told when the one asked is silent
QUOTED = re.compile('[“"「『]([^”"」』]{2,30})[”"」』]')
LITERAL_MAX = 80  # characters of a question that may ask for a literal word


class QuoteAnswerer:
    """Says what was judged; decides nothing but how much of it to say."""

    def __init__(self, corpus: Corpus, judge: Judge) -> None:
        self.corpus, self.judge = corpus, judge

    def answer(self, question: Question, verdict: Verdict) -> Answer:
        """By what is asked about: the plans named, which plans there are, or whatever plan says it."""
        if question.plans or question.foreign:
            return self._by_plan(question, verdict)
        if question.intent is Intent.WHICH:
            return self._which(question, verdict)
        return self._anywhere(question, verdict)

    def _anywhere(self, question: Question, verdict: Verdict) -> Answer:
        bearing = sorted(verdict.bearing, key=lambda one: -one.findings[0].score)
        if not bearing:
            return not_found(_nothing_in(verdict, question, self.corpus), related(verdict))
        best = bearing[0]
        told: list[Finding] = []
        more: list[Finding] = []
        # a statute that says it does not silence the plans, nor they it: each is measured by its own best
        for ours in (True, False):
            alike = [one for one in bearing if (_is_plan(one) == _is_plan(best)) is ours]
            if alike and verdict.stated(alike[0]) == verdict.stated(best):
                told += [one.findings[0] for one in _peers(alike[0], alike, verdict)]
                more += alike[0].findings[1:]
        return self._assemble(question, verdict, [*told, *more])

    def _by_plan(self, question: Question, verdict: Verdict) -> Answer:
        found = [finding for one in verdict.plans for finding in one.findings]
        missing = silent(question, [one.plan.id for one in found], self.corpus)
        word = self._literal(question, verdict) if missing else ""
        # not said of a plan in which the very words asked for stand
        absent = [wording.NOT_IN_PLAN.format(name=place_name(plan)) for plan in missing if not _speaks(plan, word)]
        absent += [wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign]
        over = self._over(question, verdict)
        if question.above and not question.plans:  # what was read holds for the place that has nothing of its own
            found, over = [], list(verdict.bearing) or over
        if not found and not over:
            return not_found(absent or _nothing_in(verdict, question, self.corpus), related(verdict))
        return self._assemble(question, verdict, found, absent, over)

    def _over(self, question: Question, verdict: Verdict) -> list[PlanVerdict]:
        """Of the one place named that does not say it, what those above it do: its province, else the nation."""
        places = self.corpus.places_of(question.plans or question.above)
        if len(places) != 1 or verdict.status is Status.ANSWERED:
            return []
        own = [one for one in self.corpus.places.get(places[0], ()) if question.documents and one not in question.plans]
        for level in (tuple(own), *(() if places[0] == NATIONAL else self.corpus.over(places[0]))):
            plans = question.among(level)
            above = self.judge.verdict(question, plans) if plans else None
            if above and above.status is Status.ANSWERED:
                stating = sorted(filter(above.stated, above.plans), key=lambda one: -one.findings[0].score)
                return _peers(stating[0], stating, above)[:MOST_ABOVE]
        return []

    def _which(self, question: Question, verdict: Verdict) -> Answer:
        have = [one for one in verdict.plans if verdict.stated(one)] or list(verdict.bearing)
        have.sort(key=lambda one: -one.states)
        quoted = self._quoted(question)
        found = [] if quoted else [one.findings[0] for one in have]
        read, said = {one.plan.id for one in verdict.plans}, {one.plan.id for one in found}
        asked = plans_of(question, self.corpus)
        lacking = [plan for plan in asked if plan.id not in said and (len(asked) <= MOST_PLANS or plan.id in read)]
        word = quoted or self._literal(question, verdict)
        spoken = [statement for plan in lacking if (statement := _speaks(plan, word))]
        without = [plan for plan in lacking if plan.id in read and not _speaks(plan, word)]
        if not found and not spoken:
            return not_found(_nothing_in(verdict, question, self.corpus), related(verdict))
        absent = [wording.WHO_LACKS.format(names="、".join(map(place_name, without)))] if without else []
        return self._assemble(question, verdict, found, absent, more=spoken)

    def _quoted(self, question: Question) -> str:
        """What stands in quotation marks in the question and, to the letter, in a plan: who writes it is no opinion."""
        plans = plans_of(question, self.corpus)[:MOST_PLANS]
        return next((word for word in QUOTED.findall(question.text) if any(_speaks(plan, word) for plan in plans)), "")

    def _literal(self, question: Question, verdict: Verdict) -> str:
        """The longest stretch of the question that stands in the plans letter for letter; empty when it is short."""
        bare = question.bare
        if len(bare) > LITERAL_MAX:
            return ""
        text = self._searched(question, verdict)
        longest = ""
        for start in range(len(bare) - LITERAL_MIN + 1):
            end = start + max(LITERAL_MIN, len(longest) + 1)
            while end <= len(bare) and bare[start:end] in text:
                longest, end = bare[start:end], end + 1
        return longest

    def _searched(self, question: Question, verdict: Verdict) -> str:
        """The text of all plans; of very many, of those that are named and those that were read."""
        if len(self.corpus.plans) <= MOST_PLANS:
            return self.corpus.text
        plans = self.corpus.order((*question.plans, *(one.plan.id for one in verdict.plans)))
        return text_of(clause for plan in map(self.corpus.plan, plans) for clause in plan.clauses)

    def _leaves_out(self, question: Question, verdict: Verdict, found: list[Finding]) -> bool:
        """Of places set side by side one that is quoted does not say it, or none speaks of the years asked for."""
        quoted = {one.plan.id for one in found}
        unsaid = [one for one in verdict.plans if one.plan.id in quoted and not verdict.stated(one)]
        if question.intent is Intent.COMPARISON and len(question.plans) > 1 and unsaid:
            return True
        texts = "".join(one.clause.text for one in found)
        return question.intent in COUNTED and bool(question.years) and not any(str(y) in texts for y in question.years)

    def _places(self, question: Question) -> int:
        """How many places it names, held or not."""
        return len(self.corpus.places_of(question.plans)) + len(question.foreign)

    def _assemble(
        self,
        question: Question,
        verdict: Verdict,
        found: list[Finding],
        absent: list[str] | tuple[str, ...] = (),
        over: list[PlanVerdict] | tuple[PlanVerdict, ...] = (),
        more: list[Statement] | tuple[Statement, ...] = (),
    ) -> Answer:
        others = rivals(found, question, self.corpus)
        statements = [*map(finding_statement, found), *others, *more, *map(Statement, absent)]
        if over:
            statements.append(Statement(_announced([one.plan for one in over])))
            statements += [finding_statement(one.findings[0]) for one in over]
        said = status.quoted(verdict, literally=bool(more))
        unsaid = said is Status.PARTIAL or self._leaves_out(question, verdict, found)
        absence = absent and question.intent is not Intent.WHICH and self._places(question) > 1
        said = status.in_part(said) if unsaid or absence else said
        notes: tuple[str, ...] = (missing(question.aspects),) if unsaid and found else ()
        notes += (wording.CONFLICT,) if others else ()
        cited = [citation for statement in statements for citation in statement.citations]
        near = related(verdict, cited) if said is Status.PARTIAL else ()
        return Answer(said, tuple(statements), near, notes)


def _is_plan(verdict: PlanVerdict) -> bool:
    return verdict.plan.kind is DocumentKind.PLAN


def _peers(best: PlanVerdict, ranked: list[PlanVerdict], verdict: Verdict) -> list[PlanVerdict]:
    """The best, then those nearly as good that say as much, in the corpus's order."""
    least = verdict.thresholds.peer * best.findings[0].score
    near = {
        one.plan.id for one in ranked if one.findings[0].score >= least and verdict.stated(one) == verdict.stated(best)
    }
    return [best, *(one for one in verdict.bearing if one.plan.id in near and one.plan.id != best.plan.id)]


def _nothing_in(verdict: Verdict, question: Question, corpus: Corpus) -> list[str]:
    """That the corpus does not say it is said when all of it was read."""
    unread = set(asked_of(question, corpus)) - {one.plan.id for one in verdict.plans}
    return [wording.NOT_FOUND_IN_READ if unread else wording.NOT_FOUND]


def _announced(plans: list[Plan]) -> str:
    """Whose words follow, when they are not those of the place asked about."""
    if plans[0].level != NATIONAL:
        return wording.ABOVE_FALLBACK.format(names="、".join(map(full_name, plans)))
    only_plans = all(plan.kind is DocumentKind.PLAN for plan in plans)
    return wording.NATIONAL_FALLBACK if only_plans else wording.NATIONAL_TEXTS


def _speaks(plan: Plan, word: str) -> Statement | None:
    """The sentences of the plan's first clause in which the word stands; a bare heading when none else holds it."""
    holding = [one for one in plan.clauses if word and word in one.text]
    clause = next((one for one in holding if one.searchable), next(iter(holding), None))
    return quote_statement(plan, clause, cite_word(plan, clause, word)) if clause else None
