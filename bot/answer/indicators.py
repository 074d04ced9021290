"""Answers from indicators: values with unit, years, qualifier and attribute; differences computed exactly and shown."""

from collections.abc import Iterable
from datetime import date

from bot import wording
from bot.answer.differences import cannot_compute, comparable, differences
from bot.answer.quote import place_name
from bot.answer.sources import contradict, sources, stated
from bot.answer.told import Told, key
from bot.model import Answer, Aspect, Intent, Question, Statement, Status
from bot.retrieve.evidence import Topic
from ingest.corpus import Corpus
from ingest.model import Indicator, Plan

NAMED = 0.6  # share of the topic an indicator's name must hold
AS_GOOD = 0.1  # another indicator this near in score is told too
MOST = 3  # indicators of one plan told at once


class IndicatorAnswerer:
    """Finds indicators by name and says, compares or subtracts their values."""

    def __init__(self, corpus: Corpus, today: date) -> None:
        self.corpus, self.today = corpus, today

    def find(self, topic: Topic, plan: Plan) -> list[Told]:
        """The plan's indicators the topic names, best first, with those that contradict the best."""
        scored = [told for one in plan.indicators if (told := self._score(topic, plan, one))]
        scored.sort(key=lambda told: (-told.score, told.indicator.clause_id, told.indicator.start))
        if not scored:
            return []
        kept = [told for told in scored if told.score >= scored[0].score - AS_GOOD][:MOST]
        names = {key(told.indicator) for told in kept}
        rivals = [
            Told(plan, one, 0.0)
            for conflict in plan.conflicts
            if key(conflict.indicators[0]) in names
            for one in conflict.indicators
            if all(one != told.indicator for told in kept)
        ]
        return _without_repeats([*kept, *rivals])

    def answer(self, question: Question, topic: Topic) -> Answer | None:
        """None when no plan asked about names such an indicator: then the clauses may still say something."""
        plans = [self.corpus.plan(plan_id) for plan_id in question.plans] or list(self.corpus.plans)
        by_plan = [(plan, self.find(topic, plan)) for plan in plans]
        told = [one for _, found in by_plan for one in found]
        if not question.plans and told:
            best = max(one.score for one in told)
            told = [one for one in told if one.score >= best - AS_GOOD or one.score == 0.0]
            told = [one for one in told if any(o.score > 0 and o.plan.id == one.plan.id for o in told)]
        if not told:
            return None
        return self._assemble(question, by_plan, told)

    def overview(self, question: Question) -> Answer | None:
        """Every target of the named plans (of all, when none is named); None when they set none."""
        plans = [self.corpus.plan(plan_id) for plan_id in question.plans] or list(self.corpus.plans)
        told = [
            Told(plan, one, 1.0)
            for plan in plans
            for one in plan.indicators
            if not question.years or one.target_year in question.years or one.base_year in question.years
        ]
        return self._assemble(question, [(plan, []) for plan in plans if not plan.indicators], told) if told else None

    def _score(self, topic: Topic, plan: Plan, indicator: Indicator) -> Told | None:
        years = f"{indicator.base_year or ''}年{indicator.target_year or ''}年"
        name = f"{indicator.name}（{indicator.unit}）{years}"
        share = topic.coverage(name)
        if share < NAMED or not topic.holds_point(name):
            return None
        spoken = topic.text + "".join(one.word for unit in topic.units for one in unit.alternatives)
        pairs = [indicator.name[i : i + 2] for i in range(len(indicator.name) - 1)]
        said = sum(pair in spoken for pair in pairs) / max(len(pairs), 1)
        return Told(plan, indicator, share + 0.5 * said)

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
        status = Status.PARTIAL if partial else Status.ANSWERED
        table = _table(told) if question.compares and len({one.plan.id for one in told}) > 1 else ()
        return Answer(status, tuple(statements), notes=tuple(dict.fromkeys(notes)), table=table)

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
        if Aspect.OUTCOME in question.aspects and not all(one.indicator.achieved for one in told):
            notes.append(wording.OUTCOME_UNKNOWN)
        notes += [wording.PAST_TARGET.format(year=year) for year in sorted(years) if year < self.today.year]
        if any(one.indicator.base_year and one.indicator.base_value is None for one in told):
            notes.append(wording.BASE_ABSENT)
        if contradict([one.indicator for one in told], [c for one in told for c in one.plan.conflicts]):
            notes.append(wording.CONFLICT)
        main = [one for one in told if one.score > 0]
        if question.compares and any(not comparable(main[0], one) for one in main[1:]):
            notes.append(wording.NOT_COMPARABLE)
        missing_years = sorted(set(question.years)) if self._wrong_year(question, told) else []
        notes += [f"收录的文件没有载明该指标{year}年的数值。" for year in missing_years]
        return notes


def describe(indicator: Indicator) -> str:
    """引导培育诚信计量自我承诺单位：2020年506家，2025年目标850家（预期性）."""
    unit, parts = indicator.unit, []
    if indicator.base_year:
        base = f"{indicator.base_value}{unit}" if indicator.base_value is not None else "为“--”（原文未给出数值）"
        parts.append(f"{indicator.base_year}年{base}")
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
    """6.2万余项, 300家以上, 92%."""
    more = "余" if "余" in indicator.qualifier else ""
    return f"{indicator.target or '--'}{more}{indicator.unit}{indicator.qualifier.replace('余', '')}"


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
