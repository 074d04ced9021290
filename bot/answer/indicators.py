"""Answers from indicators: values with unit, years, qualifier and attribute; differences computed exactly and shown."""

from collections.abc import Callable, Mapping, Set
from datetime import date

from bot import wording
from bot.answer.aligned import ByPlan, aligned, passed
from bot.answer.described import describe, has_blank, side_by_side
from bot.answer.differences import comparable, differences
from bot.answer.named import by_name, by_number, nearest, shared
from bot.answer.quote import finding_statement, place_name
from bot.answer.silence import plans_of, silent
from bot.answer.sources import contradict, sources, stated
from bot.answer.told import Told, key
from bot.answer.whole import lacks
from bot.judge import status
from bot.judge.judge import Finding, PlanVerdict, Verdict
from bot.model import Answer, Aspect, Intent, Question, Statement
from ingest.corpus import Corpus
from ingest.model import Indicator, Plan
from ingest.standing import place_of

NO_WORDS: Mapping[str, Finding] = {}
LEAST_NAMED = 2  # pairs of a name from which the question names it
AS_NAMED = 0.5  # of the pairs the plan named best shares: one not asked for by place that shares fewer is not told


class IndicatorAnswerer:
    """Finds indicators by number, name or meaning and says, compares or subtracts their values."""

    def __init__(self, corpus: Corpus, today: Callable[[], date]) -> None:
        self.corpus, self.today = corpus, today

    def find(self, question: Question, verdict: PlanVerdict) -> list[Told]:
        """The indicators the question names, else those the plan's best sentences state, with what contradicts them."""
        plan = verdict.plan
        asked = self._asked(question, verdict)
        kept = by_number(plan.indicators, question) or self._stated(asked, verdict)
        names = {key(one) for one in kept}
        rivals = [
            one
            for conflict in plan.conflicts
            if key(conflict.indicators[0]) in names
            for one in conflict.indicators
            if one not in kept
        ]
        score = shared(kept, asked)
        told = [Told(plan, one, 1.0 + score[one]) for one in kept] + [Told(plan, one, 0.0) for one in rivals]
        return _without_repeats(told)

    def _asked(self, question: Question, verdict: PlanVerdict) -> str:
        """那金华定到多少: where nothing of it is named, the question before it said of what."""
        names_one = any(shared(_stated_by(verdict), question.bare).values())
        return question.bare if names_one or not question.before else question.before[-1]

    def _stated(self, asked: str, verdict: PlanVerdict) -> list[Indicator]:
        """What the best sentences state; another of the plan's that the question names more fully goes before it."""
        stated = _stated_by(verdict)
        named = by_name(verdict.plan.indicators, asked) if verdict.bears else []
        most = max(shared(stated, asked).values(), default=0)
        fuller = named and shared(named, asked)[named[0]] > most
        return [_richest(one, verdict.plan) for one in named] if fuller else nearest(stated, asked)

    def answer(self, question: Question, verdict: Verdict) -> Answer | None:
        """None when what bears on the question states no indicator: then the sentences are quoted."""
        by_plan = self._counting(question, verdict)
        if _asks_all(question, by_plan):
            return self.overview(question)
        if not question.plans:
            by_plan = self._nearest(question, by_plan, verdict)
        side = len(by_plan) > 1 and question.compares
        fitting = aligned(by_plan, question.bare) if side else by_plan
        told = [one for _, found in fitting for one in found]
        kept = {plan.id for plan, found in fitting if found}
        silent_ones = {plan.id for plan, found in by_plan if not found} - kept
        wordy = silent_ones & {one.plan.id for one in verdict.bearing}
        if not told or (wordy and not _numbers_wanted(question, told, wordy, verdict)):
            return None
        words = {one.plan.id: said for one in verdict.bearing if one.plan.id not in kept and (said := _in_words(one))}
        return self._assemble(question, fitting, told, verdict, words)

    def _counting(self, question: Question, verdict: Verdict) -> list[tuple[Plan, list[Told]]]:
        """Of each plan what it tells; a place that tells something in one document does so for its others."""
        found = [(one.plan, self.find(question, one)) for one in verdict.plans]
        told = {place_of(plan) for plan, ones in found if ones}
        return [
            (plan, ones) for plan, ones in found if ones or place_of(plan) not in told or plan.id in question.documents
        ]

    def _nearest(self, question: Question, by_plan: ByPlan, verdict: Verdict) -> ByPlan:
        """Of the plans when none is named those that bear nearly as well as the best, and name it as fully."""
        counting = [one for one in verdict.bearing if one.plan.indicators]
        best = max((one.findings[0].score for one in counting), default=0.0)
        bearing = {one.plan.id for one in counting if one.findings[0].score >= verdict.thresholds.peer * best}
        if question.intent is Intent.COMPARISON:  # of which none may be left out
            bearing = {one.plan.id for one in counting}
        aims = any(not one.indicator.achieved for plan, found in by_plan if plan.id in bearing for one in found)
        if question.intent is Intent.COMPARISON and aims:  # what a document says is there is no target
            by_plan = [(plan, found) for plan, found in by_plan if not found or not found[0].indicator.achieved]
        most = max((told.score for plan, found in by_plan if plan.id in bearing for told in found), default=0.0)
        return [
            (plan, found)
            for plan, found in by_plan
            if plan.id in bearing and (not found or found[0].score - 1 >= AS_NAMED * (most - 1))
        ]

    def overview(self, question: Question) -> Answer | None:
        """Every target of the named plans (of all, when none is named); None when they set none."""
        plans = plans_of(question, self.corpus)
        told = [told for plan in plans for told in _without_repeats(_in_years(plan, question))]
        without = silent(question, [plan.id for plan in plans if plan.indicators], self.corpus)
        return self._assemble(question, [(plan, []) for plan in without], told, None) if told else None

    def _assemble(
        self,
        question: Question,
        by_plan: ByPlan,
        told: list[Told],
        verdict: Verdict | None,
        words: Mapping[str, Finding] = NO_WORDS,
    ) -> Answer:
        main = [one for one in told if one.score > 0]
        statements = [self._statement(one) for one in told]
        if question.intent is Intent.DIFFERENCE or question.compares:
            statements += differences(question, main, self.corpus)
        missing = [plan for plan, found in by_plan if not found] if question.plans else []
        for plan in missing:
            statements.append(Statement(wording.NO_INDICATOR.format(name=place_name(plan))))
            statements += [finding_statement(words[plan.id])] if plan.id in words else []
        statements += [Statement(wording.NOT_IN_CORPUS.format(name=name)) for name in question.foreign]
        lacking = lacks(question, told, verdict, self.corpus)
        alone = len(by_plan) == 2 and bool(missing)  # one number alone compares nothing
        notes = [*self._notes(question, told), *(one.note for one in lacking if one.note)]
        table = side_by_side(told) if question.compares and len({one.plan.id for one in told}) > 1 else ()
        whole = status.told(not lacking and not alone)
        return Answer(whole, tuple(statements), notes=tuple(dict.fromkeys(notes)), table=table)

    def _statement(self, told: Told) -> Statement:
        found = sources(told.plan, told.indicator, self.corpus)
        if told.indicator.achieved:
            return Statement(f"{place_name(told.plan)}：文件所述现状为「{found[0].quote}」。", found[:1])
        said = describe(told.indicator, self._has_blank(told.indicator))
        return Statement(f"{place_name(told.plan)}：{said}{stated(found[0])}。", found)

    def _notes(self, question: Question, told: list[Told]) -> list[str]:
        notes = passed(told, self.today().year, self.corpus)
        if any(self._has_blank(one.indicator) for one in told):
            notes.append(wording.BASE_ABSENT)
        if contradict([one.indicator for one in told], [c for one in told for c in one.plan.conflicts]):
            notes.append(wording.CONFLICT)
        main = [one for one in told if one.score > 0]
        if question.compares and any(not comparable(main[0], one) for one in main[1:]):
            notes.append(wording.NOT_COMPARABLE)
        return notes

    def _has_blank(self, indicator: Indicator) -> bool:
        return has_blank(indicator, self.corpus.clause(indicator.clause_id))


def _asks_all(question: Question, by_plan: ByPlan) -> bool:
    """A list is asked for of plans that are named, and none of what bears on it is named: 厦门有哪些指标."""
    named = any(told.score - 1 >= LEAST_NAMED for _, found in by_plan for told in found)
    lists = Aspect.LIST in question.aspects and bool(question.plans) and any(found for _, found in by_plan)
    numbered = any(by_number(plan.indicators, question) for plan, _ in by_plan)
    return lists and not named and not numbered


def _in_years(plan: Plan, question: Question) -> list[Told]:
    """The plan's indicators; of the years asked for, where any are."""
    years = set(question.years)
    return [Told(plan, one, 1.0) for one in plan.indicators if not years or years & {one.target_year, one.base_year}]


def _richest(one: Indicator, plan: Plan) -> Indicator:
    """The table's row of the same target, which gives a base too; itself where there is none."""
    twins = (other for other in plan.indicators if _same(other) == _same(one) and other.base_year is not None)
    return one if one.base_year is not None else next(twins, one)


def _same(one: Indicator) -> tuple[str, str, str]:
    """What text and table share of one target."""
    return key(one), one.target or "", one.qualifier


def _numbers_wanted(question: Question, told: list[Told], wordy: Set[str], verdict: Verdict) -> bool:
    """Whether numbers are told although other plans, `wordy`, speak of it in words; else all of it is quoted.

    Where no plan is named the best speaks for what is meant; where places are compared numbers must be asked for, or
    be given by several for what is named.
    """
    best = max(verdict.bearing, key=lambda one: one.findings[0].score)
    if not question.plans and best.plan.id in wordy and best.plan.indicators:
        return False
    several = len({one.plan.id for one in told}) > 1 and any(one.score - 1 >= LEAST_NAMED for one in told)
    return several or question.intent is not Intent.COMPARISON or Aspect.NUMBER in question.aspects


def _in_words(verdict: PlanVerdict) -> Finding | None:
    """The plan's best finding that states no indicator."""
    return next((one for one in verdict.findings if not _stated_in(one, verdict.plan)), None)


def _stated_by(verdict: PlanVerdict) -> list[Indicator]:
    """Indicators whose words stand in the best finding's sentences."""
    return [one for finding in verdict.findings[:1] for one in _stated_in(finding, verdict.plan)]


def _stated_in(finding: Finding, plan: Plan) -> list[Indicator]:
    """Indicators whose words stand in the finding's sentences."""
    spans = [(one.passage.start, one.passage.end) for one in finding.sentences]
    return [
        one
        for one in plan.indicators
        if one.clause_id == finding.clause.id and any(start < one.end and one.start < end for start, end in spans)
    ]


def _without_repeats(told: list[Told]) -> list[Told]:
    """A target repeated in text and table is told once, by the table's richer row."""
    best: dict[tuple[str, str, str], Told] = {}
    for one in told:
        same = _same(one.indicator)
        have = best.get(same)
        if have is None or (have.indicator.base_year is None and one.indicator.base_year is not None):
            best[same] = one
    return sorted(best.values(), key=lambda one: -one.score)
