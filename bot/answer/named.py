"""Which of a plan's indicators a question names: by the numbers they give, or by the words of their names."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.answer.quote import pairs
from bot.answer.told import key
from bot.judge.amounts import AMOUNT, amounts
from bot.model import Question
from ingest.model import Indicator

AS_GOOD = 0.5  # of the pairs the best name shares with the question: another that shares as many is told too
MOST = 3  # indicators of one plan told at once
SAID = 0.5  # share of a name's pairs of characters from which the question says the name
LEAST_SAID = 3  # of them at least; 计量 alone is one, and in most names
LEAST_ITS_OWN = 3  # pairs that stand in no other name of the plan's
DISTINCT = 10  # a number from which it names what it counts, without a word of the name beside it
FIGURE = re.compile(r"(?<![\d.])\d{2,9}(?:\.\d{1,4})?(?![\d.])")


def shared(ones: Iterable[Indicator], asked: str) -> dict[Indicator, int]:
    """How many pairs of characters each one's name and unit share with what was asked."""
    said = pairs(asked)
    return {one: len(said & pairs(f"{one.name}{one.unit}")) for one in ones}


def nearest(ones: Sequence[Indicator], asked: str) -> list[Indicator]:
    """Those whose names share about as much with the question as the best of them; all, where it names none."""
    found = shared(ones, asked)
    best = max(found.values(), default=0)
    return [one for one in ones if found[one] >= AS_GOOD * best][: MOST if best >= LEAST_SAID else None]


def by_name(ones: Sequence[Indicator], asked: str) -> list[Indicator]:
    """Those the question names most fully, when it says at least half of their names; in the plan's order."""
    found = shared(ones, asked)
    best = max(found.values(), default=0)
    return [one for one, score in found.items() if score == best and _says_half(one, asked)][:MOST]


def says_name(one: Indicator, ones: Iterable[Indicator], asked: str) -> bool:
    """Whether the question says half of the name, or as much of it as no other of the plan's `ones` is called by."""
    others = set().union(*(pairs(key(other)) for other in ones if key(other) != key(one)))
    return _says_half(one, asked) or len(pairs(asked) & pairs(key(one)) - others) >= LEAST_ITS_OWN


def _says_half(one: Indicator, asked: str) -> bool:
    name = pairs(key(one))
    common = len(pairs(asked) & name)
    return common >= LEAST_SAID and common >= SAID * len(name)


def by_number(ones: Sequence[Indicator], question: Question) -> list[Indicator]:
    """Those that give the numbers the question names in figures: 金华那55项, 青岛 300 350 哪个为准.

    Of several that do, those of the name that accounts for most of the numbers.
    """
    score = shared(ones, question.bare)
    nearest_named = max(score.values(), default=0)
    numbers = _numbers_in(question)
    counted: dict[Indicator, set[Decimal]] = {}
    for one in ones:
        small = 0 < score[one] == nearest_named  # 2次 alone is said of many things
        if found := _given(one, numbers, 0 if small else DISTINCT):
            counted[one] = found
    covered: dict[str, set[Decimal]] = {}
    for one, found in counted.items():
        covered.setdefault(key(one), set()).update(found)
    most = max(map(len, covered.values()), default=0)
    return nearest([one for one in counted if len(covered[key(one)]) == most], question.bare)


def _numbers_in(question: Question) -> set[tuple[Decimal, str]]:
    """With their units; large ones that stand alone without."""
    text = question.bare
    said = {amount.key for amount in amounts(text) if any(map(str.isdecimal, amount.wording))}
    return said | {(Decimal(figure), "") for figure in FIGURE.findall(AMOUNT.sub(" ", text))} - {
        (Decimal(year), "") for year in question.years
    }


def _given(one: Indicator, numbers: set[tuple[Decimal, str]], least: int) -> set[Decimal]:
    """Of the indicator's values those among `numbers`."""
    found: set[Decimal] = set()
    for value in filter(None, (one.target, one.base_value)):
        own = {amount.key for amount in amounts(f"{value}{one.unit}")}
        figures = {figure for figure, _ in own}
        if own and min(figures) >= least and (own <= numbers or {(figure, "") for figure in figures} <= numbers):
            found |= figures
    return found
