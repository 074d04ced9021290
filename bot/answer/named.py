"""Which of a plan's indicators a question names: by the numbers they give, or by the words of their names."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.answer.quote import pairs
from bot.answer.told import key, number
from bot.judge.amounts import AMOUNT, amounts
from bot.model import Question
from ingest.model import Indicator

AS_GOOD = 0.5  # of the pairs the best name shares with the question: another that shares as many is told too
MOST = 3  # indicators of one plan told at once
SAID = 0.5  # share of a name's pairs of characters from which the question says the name
LEAST_SAID = 3  # of them at least; 计量 alone is one, and in most names
DISTINCT = 10  # a number from which it names what it counts, without a word of the name beside it
FIGURE = re.compile(r"(?<![\d.])\d{2,9}(?:\.\d{1,4})?(?![\d.])")


def shared(ones: Iterable[Indicator], asked: str) -> dict[Indicator, int]:
    """How many pairs of characters each one's name and unit share with what was asked."""
    said = pairs(asked)
    return {one: len(said & pairs(f"{one.name}{one.unit}")) for one in ones}


def nearest(ones: Sequence[Indicator], asked: str) -> list[Indicator]:
    """Those whose names share about as much with the question as the best of them."""
    found = shared(ones, asked)
    least = AS_GOOD * max(found.values(), default=0)
    return [one for one in ones if found[one] >= least][:MOST]


def by_name(ones: Iterable[Indicator], asked: str) -> list[Indicator]:
    """Those the question names most fully, when it says at least half of a name; in the plan's order."""
    found = {one: score for one, score in shared(ones, asked).items() if is_said(one, asked)}
    best = max(found.values(), default=0)
    return [one for one, score in found.items() if score == best][:MOST]


def is_said(one: Indicator, asked: str) -> bool:
    """Whether the question says half of the name."""
    name = pairs(key(one))
    common = len(pairs(asked) & name)
    return common >= LEAST_SAID and common >= SAID * len(name)


def by_number(ones: Iterable[Indicator], question: Question) -> list[Indicator]:
    """Those that give the numbers the question names: 金华那55项, 青岛 300 350 哪个为准.

    Of several that do, those of the name that accounts for most of the numbers.
    """
    counted = {one: found for one in ones if (found := _numbers_of(one, question))}
    covered: dict[str, set[Decimal]] = {}
    for one, found in counted.items():
        covered.setdefault(key(one), set()).update(found)
    most = max(map(len, covered.values()), default=0)
    return nearest([one for one in counted if len(covered[key(one)]) == most], question.bare)


def _numbers_of(one: Indicator, question: Question) -> set[Decimal]:
    """Of the numbers that the question names those that are the indicator's: with its unit, or large and without."""
    said = {amount.key for amount in amounts(question.bare)}
    plain = {Decimal(figure) for figure in FIGURE.findall(AMOUNT.sub(" ", question.bare))} - set(question.years)
    near = bool(shared([one], question.bare)[one])
    found: set[Decimal] = set()
    for value in filter(None, (one.target, one.base_value)):
        own = {amount.key for amount in amounts(f"{value}{one.unit}")}
        figures = {figure for figure, _ in own}
        if own and own <= said and (near or max(figures) >= DISTINCT):
            found |= figures
        elif (figure := number(value)) is not None and figure >= DISTINCT and figure in plain:
            found.add(figure)
    return found
