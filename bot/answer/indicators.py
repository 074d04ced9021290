"""Answers from indicators: values with unit, years, qualifier and attribute; differences computed exactly and shown."""

from collections.abc import Callable, Iterable
from datetime import date

from bot import wording
from bot.answer.aligned import aligned, outcome_known, stated_elsewhere
from bot.answer.differences import cannot_compute, comparable, differences
from bot.answer.quote import pairs, place_name
from bot.answer.silence import plans_of, silent
from bot.answer.sources import contradict, sources, stated
from bot.answer.told import Told, key
from bot.judge import status
from bot.judge.judge import Finding, PlanVerdict, Verdict
from bot.model import Answer, Aspect, Intent, Question, Statement
from ingest.amounts import bound_before
from ingest.corpus import Corpus
from ingest.model import Indicator, Plan
from ingest.standing import place_of

AS_GOOD = 0.5  # of the pairs the best name shares with the question: another that shares as many is told too
MOST = 3  # indicators of one plan told at once


class IndicatorAnswerer:
    """Finds indicators by name and says, compares or subtracts their values."""

    def __init__(self, corpus: Corpus, today: Callable[[], date]) -> None:
        self.corpus, self.today = corpus, today

    def find(self, question: Question, verdict: PlanVerdict) -> list[Told]:
        """The indicators that the plan's best sentences state, with those that contradict them."""
        plan = verdict.plan
        stated = [one for finding in verdict.findings[:1] for one in _stated_in(finding, plan)]
        shared = _shared(stated, question.bare)
        if question.before and not any(shared.values()):  # 那金华定到多少: the question before it said of what
            shared = _shared(stated, question.before[-1])
        best = max(shared.values(), default=0)
        kept = [one for one in stated if shared[one] >= AS_GOOD * best][:MOST]
        names = {key(one) for one in kept}
        rivals = [
            one
            for conflict in plan.conflicts
            if key(conflict.indicators[0]) in names
            for one in conflict.indicators
            if one not in kept
        ]
        told = [Told(plan, one, 1.0 + shared[one]) for one in kept] + [Told(plan, one, 0.0) for one in rivals]
        return _without_repeats(told)

    def answer(self, question: Question, verdict: Verdict) -> Answer | None:
        """None when what bears on the question states no indicator: then the sentences are quoted."""
        by_plan = self._counting(question, verdict)
        if not question.plans:
            counting = [one for one in verdict.bearing if one.plan.indicators]
            best = max((one.findings[0].score for one in counting), default=0.0)
            bearing = {one.plan.id for one in counting if one.findings[0].score >= verdict.thresholds.peer * best}
            by_plan = [(plan, found) for plan, found in by_plan if plan.id in bearing]
        fitting = aligned(by_plan) if len(by_plan) > 1 and question.compares else by_plan
        told = [one for _, found in fitting for one in found]
        only_words = [plan for (plan, found), (_, kept) in zip(by_plan, fitting, strict=True) if not found and not kept]
        if not told or any(_bears(verdict, plan) for plan in only_words):
            return None
        return self._assemble(question, fitting, told)

    def _counting(self, question: Question, verdict: Verdict) -> list[tuple[Plan, list[Told]]]:
        """Of each plan what it tells; a place that tells something in one document does so for its others."""
        found = [(one.plan, self.find(question, one)) for one in verdict.plans]
        told = {place_of(plan) for plan, ones in found if ones}
        return [
            (plan, ones) for plan, ones in found if ones or place_of(plan) not in told or plan.id in question.documents
        ]

    def overview(self, question: Question) -> Answer | None:
        """Every target of the named plans (of all, when none is named); None when they set none."""
        plans = plans_of(question, self.corpus)
        told = [
            Told(plan, one, 1.0)
            for plan in plans
            for one in plan.indicators
            if not question.years or one.target_year in question.years or one.base_year in question.years
        ]
        without = silent(question, [plan.id for plan in plans if plan.indicators], self.corpus)
        return self._assemble(question, [(plan, []) for plan in without], told) if told else None

    def _assemble(self, question: Question, by_plan: list[tuple[Plan, list[Told]]], told: list[Told]) -> Answer:
        statements = [self._statement(one) for one in told]
        notes: list[str] = []
        if question.intent is Intent.DIFFERENCE or question.compares:
            statements += differences(question, [one for one in told if one.score > 0], self.corpus)
        missing = [plan for plan, found in by_plan if not found] if question.plans else []
        statements += [Statement(wording.NO_INDICATOR.format(name=place_name(plan))) for plan in missing]
        statements += [Statement(wording.NOT_IN_CORPUS.format(name=name)) for name in question.foreign]
        notes += self._notes(question, told)
        outcome = Aspect.OUTCOME in question.aspects and not all(one.indicator.achieved for one in told)
        partial = outcome or self._wrong_year(question, told)
        partial = partial or cannot_compute(question, [one for one in told if one.score > 0])
        partial = partial or (len(by_plan) == 2 and bool(missing))  # one number alone compares nothing
        table = _table(told) if question.compares and len({one.plan.id for one in told}) > 1 else ()
        return Answer(status.told(not partial), tuple(statements), notes=tuple(dict.fromkeys(notes)), table=table)

    def _statement(self, told: Told) -> Statement:
        found = sources(told.plan, told.indicator, self.corpus)
        if told.indicator.achieved:
            return Statement(f"{place_name(told.plan)}：文件所述现状为「{found[0].quote}」。", found[:1])
        return Statement(f"{place_name(told.plan)}：{describe(told.indicator)}{stated(found[0])}。", found)

    def _wrong_year(self, question: Question, told: list[Told]) -> bool:
        """A year was asked for which no indicator has a value."""
        asked = set(question.years)
        if not asked or question.intent is Intent.DIFFERENCE:
            return False
        given = {
            year
            for one in told
            for year, value in (
                (one.indicator.base_year, one.indicator.base_value),
                (one.indicator.target_year, one.indicator.target),
            )
            if year is not None and value is not None
        }
        return not asked & given

    def _notes(self, question: Question, told: list[Told]) -> list[str]:
        notes = []
        years = {one.indicator.target_year for one in told if one.indicator.target_year}
        past = [year for year in sorted(years) if year < self.today().year]
        reported = any(outcome_known(one, self.corpus) for one in told)
        if Aspect.OUTCOME in question.aspects and not reported and not all(one.indicator.achieved for one in told):
            notes.append(wording.OUTCOME_UNKNOWN)
        notes += [(wording.PAST_TARGET_TOLD if reported else wording.PAST_TARGET).format(year=year) for year in past]
        if any(one.indicator.base_year and one.indicator.base_value is None for one in told):
            notes.append(wording.BASE_ABSENT)
        if contradict([one.indicator for one in told], [c for one in told for c in one.plan.conflicts]):
            notes.append(wording.CONFLICT)
        main = [one for one in told if one.score > 0]
        if question.compares and any(not comparable(main[0], one) for one in main[1:]):
            notes.append(wording.NOT_COMPARABLE)
        missing_years = sorted(set(question.years)) if self._wrong_year(question, told) else []
        elsewhere = {year for year in missing_years if stated_elsewhere(year, told, self.corpus)}
        for year in missing_years:
            notes.append((wording.NO_VALUE_HERE if year in elsewhere else wording.NO_VALUE).format(year=year))
        return notes


def _shared(stated: Iterable[Indicator], asked: str) -> dict[Indicator, int]:
    """How many pairs of characters each one's name and unit share with what was asked."""
    said = pairs(asked)
    return {one: len(said & pairs(f"{one.name}{one.unit}")) for one in stated}


def _stated_in(finding: Finding, plan: Plan) -> list[Indicator]:
    """Indicators whose words stand in the finding's sentences."""
    spans = [(one.passage.start, one.passage.end) for one in finding.sentences]
    return [
        one
        for one in plan.indicators
        if one.clause_id == finding.clause.id and any(start < one.end and one.start < end for start, end in spans)
    ]


def _bears(verdict: Verdict, plan: Plan) -> bool:
    return any(one.plan.id == plan.id for one in verdict.bearing)


def describe(indicator: Indicator) -> str:
    """引导培育诚信计量自我承诺单位：2020年506家，2025年目标850家（预期性）."""
    unit, parts = indicator.unit, []
    if indicator.base_year:
        base = f"{indicator.base_value}{unit}" if indicator.base_value is not None else "为“--”（原文未给出数值）"
        parts.append(f"{indicator.base_year}年{base}")
    elif indicator.base_value is not None:
        parts.append(f"原为{indicator.base_value}{unit}（未写明年份）")
    amount = value_text(indicator)
    if indicator.achieved:
        parts.append(f"文件所述现状为{amount}")
    elif indicator.target_year:
        parts.append(f"{indicator.target_year}年目标{amount}")
    else:
        parts.append(f"{amount}（未写明年份）")
    attribute = f"（{indicator.attribute}）" if indicator.attribute else ""
    return f"{indicator.name}：{'，'.join(parts)}{attribute}"


def value_text(indicator: Indicator) -> str:
    """6.2万余项, 300家以上, 92%, 不超过1%."""
    bound = bound_before(indicator.qualifier)
    after = indicator.qualifier.removeprefix(bound)
    more = "余" if "余" in after else ""
    return f"{bound}{indicator.target or '--'}{more}{indicator.unit}{after.replace('余', '')}"


def _table(told: Iterable[Told]) -> tuple[tuple[str, ...], ...]:
    rows = [("地区", "指标", "基期", "目标", "条款")]
    for one in told:
        i = one.indicator
        base = f"{i.base_year}年：{i.base_value or '--'}" if i.base_year else "未载明"
        target = f"{i.target_year}年：{value_text(i)}" if i.target_year else value_text(i)
        rows.append((place_name(one.plan), i.name, base, target, i.clause_id.partition(":")[2]))
    return tuple(rows)


def _without_repeats(told: list[Told]) -> list[Told]:
    """A target repeated in text and table is told once, by the table's richer row."""
    best: dict[tuple[str, str, str], Told] = {}
    for one in told:
        same = (key(one.indicator), one.indicator.target or "", one.indicator.qualifier)
        have = best.get(same)
        if have is None or (have.indicator.base_year is None and one.indicator.base_year is not None):
            best[same] = one
    return sorted(best.values(), key=lambda one: -one.score)
