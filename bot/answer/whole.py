"""Whether what is told of indicators is all that was asked, and the notes that say what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording
from bot.answer.aligned import outcome_known, stated_elsewhere, years_of
from bot.answer.decline import missing
from bot.answer.differences import cannot_compute
from bot.answer.named import by_number, says_name
from bot.answer.quote import place_name
from bot.answer.told import Told
from bot.judge.judge import Verdict
from bot.model import Aspect, Intent, Question
from ingest.corpus import Corpus

# the unit asked for: 百分之几, 占比, 几成; 多少名, 几个
SHARE = re.compile(r"百分之[几多]|占比|比例|几成")
HOW_MANY = re.compile(r"(?P<base>[从由原])?(?:多少|几[家项人名台个次])")
COUNT = re.compile(r"(?:多少|几)(?:[家项人名台]|个(?!百分|点))")
MONEY = "元"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that was asked and is not told; `note` says so, empty where the answer says it already."""

    note: str = ""


def lacks(question: Question, told: Sequence[Told], verdict: Verdict | None, corpus: Corpus) -> list[Lack]:
    """What of the question the told indicators leave open."""
    main = [one for one in told if one.score > 0]
    found = [
        *_outcome(question, told, corpus),
        *_years(question, told, corpus),
        *_units(question, main),
        *_given(question, main),
        *_districts(question, told),
    ]
    if question.foreign or cannot_compute(question, main):
        found.append(Lack())
    return found or _unstated(question, main, verdict)


def _outcome(question: Question, told: Sequence[Told], corpus: Corpus) -> list[Lack]:
    """What became of a target is asked for, and no document says it."""
    if Aspect.OUTCOME not in question.aspects or all(one.indicator.achieved for one in told):
        return []
    return [Lack("" if any(outcome_known(one, corpus) for one in told) else wording.OUTCOME_UNKNOWN)]


def _years(question: Question, told: Sequence[Told], corpus: Corpus) -> list[Lack]:
    """A year was asked for which nothing told has a value; side by side, nothing of one of the plans."""
    if not question.years or question.intent is Intent.DIFFERENCE:
        return []
    asked = set(question.years)
    given: dict[str, set[int | None]] = {}
    for one in told:
        given.setdefault(place_name(one.plan), set()).update(years_of(one.indicator))
    if not any(asked & years for years in given.values()):
        return [Lack(_no_value(year, told, corpus)) for year in sorted(asked)]
    named = "、".join(map(str, question.years))
    without = [name for name, years in given.items() if not asked & years]
    return [Lack(wording.NO_VALUE_OF.format(name=name, year=named)) for name in without]


def _no_value(year: int, told: Sequence[Told], corpus: Corpus) -> str:
    phrase = wording.NO_VALUE_HERE if stated_elsewhere(year, told, corpus) else wording.NO_VALUE
    return phrase.format(year=year)


def _units(question: Question, told: Sequence[Told]) -> list[Lack]:
    """A share is asked where counts alone are told, a count where shares alone are, money where no sum is."""
    shares = [one.indicator.unit == "%" for one in told]
    if question.intent is not Intent.INDICATOR or not told:
        return []
    if (SHARE.search(question.folded) and not any(shares)) or (COUNT.search(question.folded) and all(shares)):
        return [Lack(wording.OTHER_UNIT)]
    money = any(one.indicator.unit.endswith(MONEY) for one in told)
    return [] if money or Aspect.AMOUNT not in question.aspects else [Lack(missing((Aspect.AMOUNT,)))]


def _given(question: Question, told: Sequence[Told]) -> list[Lack]:
    """How many is asked, and the question itself gives the number that is told: 那80项专利里发明专利几项."""
    asked = HOW_MANY.search(question.bare)
    if question.intent is not Intent.INDICATOR or len({one.plan.id for one in told}) != 1 or asked is None:
        return []
    of_base = bool(asked["base"]) and all(one.indicator.base_value for one in told)  # 从多少家涨到850家
    given = not of_base and by_number([one.indicator for one in told], question)
    return [Lack(wording.OTHER_NUMBER)] if given else []


def _districts(question: Question, told: Sequence[Told]) -> list[Lack]:
    """A district is asked about, and what is told counts the whole city."""
    asked = [name for name in question.districts if all(name not in one.indicator.name for one in told)]
    return [Lack(wording.WHOLE_CITY.format(names="、".join(asked)))] if asked else []


def _unstated(question: Question, told: Sequence[Told], verdict: Verdict | None) -> list[Lack]:
    """The judge finds that nothing says what is asked, and the question names none of the indicators."""
    plans = {one.plan.id for one in told}
    if verdict is None or any(verdict.stated(one) for one in verdict.plans if one.plan.id in plans):
        return []
    named = any(says_name(one.indicator, one.plan.indicators, question.bare) for one in told)
    numbered = by_number([one.indicator for one in told], question)
    return [] if named or numbered or not told else [Lack(missing(question.aspects))]
