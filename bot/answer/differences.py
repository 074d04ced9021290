"""Differences, growth and ratios of indicators: computed exactly, shown as the calculation they are, or refused."""

import re
from decimal import ROUND_HALF_UP, Decimal

from bot import wording
from bot.answer.described import value_text
from bot.answer.quote import place_name
from bot.answer.sources import sources
from bot.answer.told import Told, number, unit_of_gap
from bot.answer.unlike import unlike
from bot.model import Intent, Question, Statement
from ingest.corpus import Corpus

GROWING = (Intent.DIFFERENCE, Intent.COMPARISON)
THAN_YEAR = re.compile(r"比\s?(20\d\d)|较\s?(20\d\d)")
TIMES = re.compile(r"倍|翻")


def differences(question: Question, told: list[Told], corpus: Corpus) -> list[Statement]:
    """Growth within each plan when a difference is asked, or a comparison; then the gap or the order of the plans.

    Plans are set against each other only when they count one thing.
    """
    found = [growth(one, question, corpus) for one in told] if question.intent in GROWING else []
    if question.intent is Intent.COMPARISON:
        found = [one for one in found if one.computed]
    firsts = list({one.plan.id: one for one in reversed(told)}.values())[::-1]
    aimed = not question.years or any(one.indicator.target_year in question.years for one in firsts)
    if len(firsts) > 2 and aimed and (order := ranked(firsts, corpus)):
        return [*found, order]
    if len(firsts) == 2 and len(question.plans) != 1 and comparable(firsts[0], firsts[1]):
        gap = between(firsts[0], firsts[1], question, corpus)
        return [one for one in found if one.computed] + ([gap] if gap else [])
    if len(firsts) > 1 and aimed and question.intent is Intent.COMPARISON and (order := as_written(firsts, corpus)):
        found.append(order)
    return found


def comparable(first: Told, second: Told) -> bool:
    """Whether a difference of the two numbers means something."""
    return unlike(first.indicator, second.indicator) is None


def cannot_compute(question: Question, told: list[Told]) -> bool:
    """A difference was asked for and the plans do not give both numbers of any."""
    if question.intent is not Intent.DIFFERENCE:
        return False
    aimed = [one.indicator for one in told if not one.indicator.achieved]
    both = [one for one in aimed if number(one.base_value) is not None and number(one.target)]
    pairs = len({one.plan.id for one in told}) == 2 and comparable(told[0], told[-1])
    return not both and not pairs


def growth(told: Told, question: Question, corpus: Corpus) -> Statement:
    """From base to target; without both numbers it says that it cannot be computed."""
    one = told.indicator
    base, target = number(one.base_value), number(one.target)
    if base is None or target is None or one.achieved:
        return Statement(wording.NO_GROWTH.format(name=place_name(told.plan)))
    gap, unit = target - base, unit_of_gap(one)
    word = "增加" if gap >= 0 else "减少"
    years = f"{_of_year(one.target_year)}目标比{_of_year(one.base_year) or '原有'}"
    text = f"{place_name(told.plan)}：{one.name}{years}{word}{abs(gap)}{unit}（{target}−{base}＝{gap}）"
    if base and one.unit != "%":
        text += f"，增幅约{percent(gap, base)}（{gap}÷{base}）"
    if base and TIMES.search(question.folded):
        times = (target / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
        text += f"，约为{_of_year(one.base_year) or '原有'}的{times}倍（{target}÷{base}）"
    return Statement(text + "。", sources(told.plan, one, corpus), computed=True)


def _of_year(year: int | None) -> str:
    """Empty where the plan names none: 由30家增加到90家."""
    return f"{year}年" if year else ""


def between(first: Told, second: Told, question: Question, corpus: Corpus) -> Statement | None:
    """The gap of two plans' values of one year: of the base year when it was asked for, else of the targets."""
    asked = [year for year in question.years if str(year) not in "".join(sum(THAN_YEAR.findall(question.folded), ()))]
    use_base = bool(asked) and all(one.indicator.base_year in asked for one in (first, second))
    if len(asked) > 1:
        return None  # which year belongs to which place is not for us to guess
    pairs = [(number(_cell(one, use_base)), one) for one in (first, second)]
    values = [(value, one) for value, one in pairs if value is not None]
    if len(values) < 2:
        return None
    (high, more), (low, less) = sorted(values, key=lambda pair: -pair[0])
    year = f"{more.indicator.base_year}年" if use_base else f"{_of_year(more.indicator.target_year)}目标"
    names = f"{year}，{place_name(more.plan)}比{place_name(less.plan)}"
    gap = f"{names}多{high - low}{unit_of_gap(more.indicator)}（{high}−{low}＝{high - low}）"
    if low and TIMES.search(question.folded):
        gap += f"，约为其{(high / low).quantize(Decimal('0.01'), ROUND_HALF_UP)}倍（{high}÷{low}）"
    text = gap if high != low else f"{year}，两地数值相同（{high}）"
    cited = [sources(one.plan, one.indicator, corpus)[0] for one in (more, less)]
    return Statement(text + "。", tuple(cited), computed=True)


def ranked(told: list[Told], corpus: Corpus) -> Statement | None:
    """The targets of one year from the highest down; None unless all are plain numbers that count one thing."""
    values = [(value, one) for one in told if (value := number(one.indicator.target)) is not None]
    years = {one.indicator.target_year for one in told}
    if len(values) < len(told) or len(years) > 1 or not all(comparable(told[0], one) for one in told[1:]):
        return None
    ordered = sorted(values, key=lambda pair: -pair[0])
    listed = "、".join(f"{place_name(one.plan)}{value}{one.indicator.unit}" for value, one in ordered)
    cited = tuple(sources(one.plan, one.indicator, corpus)[0] for _, one in ordered)
    return Statement(f"{years.pop()}年目标由高到低：{listed}。", cited, computed=True)


def as_written(told: list[Told], corpus: Corpus) -> Statement | None:
    """The numbers of one unit and year from the highest down, whatever each counts: an order of what is written.

    None where one gives no plain number.
    """
    values = [(value, one) for one in told if (value := number(one.indicator.target)) is not None]
    alike = {(one.indicator.unit, one.indicator.target_year) for one in told}
    if len(values) < len(told) or len(alike) > 1:
        return None
    ordered = sorted(values, key=lambda pair: -pair[0])
    listed = "、".join(f"{place_name(one.plan)}{value_text(one.indicator)}" for _, one in ordered)
    cited = tuple(sources(one.plan, one.indicator, corpus)[0] for _, one in ordered)
    year = _of_year(told[0].indicator.target_year)
    return Statement(wording.BY_NUMBER.format(year=year, listed=listed), cited, computed=True)


def percent(part: Decimal, whole: Decimal) -> str:
    """A share in percent to one decimal, halves up."""
    return f"{(part * 100 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _cell(told: Told, base: bool) -> str | None:
    return told.indicator.base_value if base else told.indicator.target
