"""The one quantity that several plans are compared by, in whatever words each of them names it."""

from collections.abc import Iterable, Sequence

from bot import wording
from bot.answer.quote import pairs
from bot.answer.told import Told, key
from ingest.corpus import Corpus
from ingest.model import Indicator, Plan
from ingest.standing import first_day, place_of

AS_NAMED = 0.7  # of the words the question has for the one that leads: another that has as many is meant itself
LEAST_SAID = 2  # pairs of characters of such words; 标准 alone names nothing
FITS = 0.6  # share of the shorter name's pairs of characters that the other has
LEVELS = ("全市", "市级", "省级", "国家或省级", "国家级", "国家")  # for whom it is counted: the thing is the same

ByPlan = list[tuple[Plan, list[Told]]]


def aligned(by_plan: Sequence[tuple[Plan, list[Told]]], asked: str) -> ByPlan:
    """Of each plan what fits the indicator that fits the question best.

    A plan whose best sentence tells none of it is looked through for it; one that has none keeps an empty list.
    """
    lead = max((told for _, found in by_plan for told in found), key=lambda told: told.score, default=None)
    if lead is None:
        return list(by_plan)
    return [(plan, _fitting(found, lead, asked) or _looked_for(plan, lead, asked)) for plan, found in by_plan]


def fits(one: Indicator, other: Indicator) -> bool:
    """Whether two names speak of one thing, be it counted for a city or a province.

    建立、提升改造社会公用计量标准 fits 社会公用计量标准; 国家标准物质 does not.
    """
    first, second = pairs(_thing(one)), pairs(_thing(other))
    return len(first & second) >= FITS * min(len(first), len(second))


def _called_alike(ones: Sequence[Indicator], lead: Indicator, asked: str) -> list[Indicator]:
    """Those that the question's words for `lead` name best: 科研项目 is said of either level's; few words name none."""
    said = pairs(asked) & pairs(lead.name)
    found = {one: len(said & pairs(one.name)) for one in ones}
    best = max(found.values(), default=0)
    enough = len(said) >= LEAST_SAID and best >= FITS * len(said)
    return [one for one in ones if enough and found[one] == best]


def _fitting(found: Sequence[Told], lead: Told, asked: str) -> list[Told]:
    """Those of one thing; else those the question names alike; else what it names for itself."""
    same = [told for told in found if fits(told.indicator, lead.indicator)]
    alike = _called_alike([told.indicator for told in found if told.score > 0], lead.indicator, asked)
    named = [told for told in found if told.score - 1 >= max(LEAST_SAID, AS_NAMED * (lead.score - 1))]
    names = {key(one) for one in alike or [told.indicator for told in named]}
    return same or [told for told in found if key(told.indicator) in names]


def _looked_for(plan: Plan, lead: Told, asked: str) -> list[Told]:
    """Those of the plan's targets that fit; the first of them is meant, others contradict it or count it otherwise."""
    aims = [one for one in plan.indicators if not one.achieved]
    found = [one for one in aims if fits(one, lead.indicator)] or _called_alike(aims, lead.indicator, asked)
    return [Told(plan, one, lead.score if place == 0 else 0.0) for place, one in enumerate(found)]


def _thing(indicator: Indicator) -> str:
    name = key(indicator)
    for level in LEVELS:
        name = name.removeprefix(level)
    return name


def outcome_known(told: Told, corpus: Corpus) -> bool:
    """Whether a document of that place, later than the target's year, tells how far its thing has come."""
    year = str(told.indicator.target_year or "")
    later = (plan for plan in corpus.plans if place_of(plan) == place_of(told.plan) and first_day(plan)[:4] > year)
    return bool(year) and any(one.achieved and fits(one, told.indicator) for plan in later for one in plan.indicators)


def passed(told: Sequence[Told], year: int, corpus: Corpus) -> list[str]:
    """That targets of years before `year` are targets still, and no outcome."""
    years = sorted({aimed for one in told if (aimed := one.indicator.target_year) and aimed < year})
    reported = any(outcome_known(one, corpus) for one in told)
    phrase = wording.PAST_TARGET_TOLD if reported else wording.PAST_TARGET
    return [phrase.format(year=each) for each in years]


def stated_elsewhere(year: int, told: Iterable[Told], corpus: Corpus) -> bool:
    """Whether another document gives a number of that year for the same thing."""
    ones = list(told)
    asked = {one.plan.id for one in ones}
    others = [one for plan in corpus.plans if plan.id not in asked for one in plan.indicators if year in years_of(one)]
    return any(fits(other, one.indicator) for other in others for one in ones)


def years_of(indicator: Indicator) -> set[int | None]:
    """Those it gives a value of."""
    given = ((indicator.base_year, indicator.base_value), (indicator.target_year, indicator.target))
    return {year for year, value in given if value is not None}
