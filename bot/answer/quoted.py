"""Answers by quotation: what the judge found in one plan, in several side by side, or which plans have it."""

from bot import wording
from bot.answer.decline import missing, not_found, related
from bot.answer.quote import cite_word, finding_statement, place_name, quote_statement
from bot.judge import status
from bot.judge.judge import Finding, Judge, PlanVerdict, Verdict
from bot.model import Answer, Intent, Question, Statement, Status
from ingest.corpus import Corpus
from ingest.model import Plan

LITERAL_MIN = 4  # characters of the question that stand in a plan as they are
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
            return not_found(related=related(verdict))
        best = bearing[0]
        peers = [
            one
            for one in verdict.bearing
            if one is not best
            and one.findings[0].score >= verdict.thresholds.peer * best.findings[0].score
            and verdict.stated(one) == verdict.stated(best)
        ]
        firsts = [best.findings[0], *(one.findings[0] for one in peers)]
        return self._assemble(question, verdict, [*firsts, *best.findings[1:]])

    def _by_plan(self, question: Question, verdict: Verdict) -> Answer:
        found = [finding for one in verdict.plans for finding in one.findings]
        silent = [self.corpus.plan(plan_id) for plan_id in question.plans]
        silent = [plan for plan in silent if all(plan.id != one.plan.id for one in found)]
        word = self._literal(question.bare) if silent else ""
        # not said of a plan in which the very words asked for stand
        absent = [wording.NOT_IN_PLAN.format(name=place_name(plan)) for plan in silent if not _speaks(plan, word)]
        absent += [wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign]
        national = self._national(question, verdict)
        if not found and national is None:
            return not_found(absent, related(verdict))
        return self._assemble(question, verdict, found, absent, national)

    def _national(self, question: Question, verdict: Verdict) -> PlanVerdict | None:
        """The national clause when the one city named does not say it, and the national plan does."""
        national = self.corpus.national
        if national is None or len(question.plans) != 1 or national.id in question.plans:
            return None
        if verdict.status is Status.ANSWERED:
            return None
        above = self.judge.verdict(question, (national.id,))
        return above.plans[0] if above.plans and above.status is Status.ANSWERED else None

    def _which(self, question: Question, verdict: Verdict) -> Answer:
        have = [one for one in verdict.plans if verdict.stated(one)] or list(verdict.bearing)
        found = [one.findings[0] for one in have]
        lacking = [plan for plan in self.corpus.plans if all(plan.id != one.plan.id for one in found)]
        word = self._literal(question.bare)
        spoken = [statement for plan in lacking if (statement := _speaks(plan, word))]
        read = {one.plan.id for one in verdict.plans}
        silent = [plan for plan in lacking if plan.id in read and not _speaks(plan, word)]
        if not found and not spoken:
            return not_found(related=related(verdict))
        absent = [wording.WHO_LACKS.format(names="、".join(map(place_name, silent)))] if silent else []
        return self._assemble(question, verdict, found, absent, more=spoken)

    def _literal(self, bare: str) -> str:
        """The longest stretch of the question that stands in the plans letter for letter; empty when it is short."""
        if len(bare) > LITERAL_MAX:
            return ""
        longest = ""
        for start in range(len(bare) - LITERAL_MIN + 1):
            end = start + max(LITERAL_MIN, len(longest) + 1)
            while end <= len(bare) and bare[start:end] in self.corpus.text:
                longest, end = bare[start:end], end + 1
        return longest

    def _assemble(
        self,
        question: Question,
        verdict: Verdict,
        found: list[Finding],
        absent: list[str] | tuple[str, ...] = (),
        national: PlanVerdict | None = None,
        more: list[Statement] | tuple[Statement, ...] = (),
    ) -> Answer:
        statements = [*map(finding_statement, found), *more, *map(Statement, absent)]
        if national:
            statements += [Statement(wording.NATIONAL_FALLBACK), finding_statement(national.findings[0])]
        said = status.quoted(verdict, literally=bool(more))
        notes = (missing(question.aspects),) if said is Status.PARTIAL and found else ()
        cited = [citation for statement in statements for citation in statement.citations]
        near = related(verdict, cited) if said is Status.PARTIAL else ()
        return Answer(said, tuple(statements), near, notes)


def _speaks(plan: Plan, word: str) -> Statement | None:
    """The sentences of the plan's first clause in which the word stands; a bare heading when none else holds it."""
    holding = [one for one in plan.clauses if word and word in one.text]
    clause = next((one for one in holding if one.searchable), next(iter(holding), None))
    return quote_statement(plan, clause, cite_word(plan, clause, word)) if clause else None
