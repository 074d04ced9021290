"""Calculations a sentence shows, done again; and comparisons, whose direction must be that of the numbers."""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.check.draft import Fault, FaultKind
from bot.check.read.claim import Claim
from bot.check.read.evidence import Figure
from bot.check.read.units import SAME_UNIT, UNIT

OPERAND = rf"\(*\d+(?:\.\d+)?(?:{UNIT})?\)*"
SUM = re.compile(
    rf"(?<![\d(])(?P<left>{OPERAND}(?:[-+*/÷]{OPERAND})+)(?P<sign>=约|=|≈|约等于)(?P<result>-?\d+(?:\.\d+)?)(?P<unit>{UNIT})?"
)
OPERATIONS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UP = r"增加|增至|增到|增长|提高|提升|上升|升至|升到|扩大|多|高"
DOWN = r"减少|减至|减到|下降|降低|降至|降到|缩减|缩小|少|低"
DIRECTION = re.compile(rf"(?P<up>{UP})|(?P<down>{DOWN})")


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation shown. `units` are those its result may be told in."""

    start: int
    end: int
    result: Decimal
    operands: tuple[Figure, ...]
    units: frozenset[str]
    difference: bool


def read_sums(claim: Claim) -> tuple[tuple[Sum, ...], tuple[Fault, ...]]:
    """Calculations that come out right from cited numbers, and faults for those that do not."""
    found: list[Sum] = []
    faults: list[Fault] = []
    for match in SUM.finditer(claim.text):
        one = _read(claim, match, [each.result for each in found])
        if one:
            found.append(one)
        else:
            faults.append(Fault(FaultKind.NUMBER, match.group()))
    return tuple(found), tuple(faults)


def _read(claim: Claim, match: re.Match[str], known: list[Decimal]) -> Sum | None:
    """`known` are results of sums before it."""
    figures = [one for each in claim.evidence for one in each.figures]
    operands = []
    left = match["left"]
    while left.count("(") > left.count(")") and left[0] == "(":
        left = left[1:]  # the bracket is the sentence's
    for digits in NUMBER.findall(left):
        fit = [one for one in figures if one.token.values == (Decimal(digits),)]
        if not fit and Decimal(digits) not in known:
            return None
        operands += fit[:1]
    if len({one.token.unit for one in operands} - {""}) > 1:
        return None  # of different things
    ratio = bool(re.search(r"[/÷]", left))
    units = {one.token.unit for one in operands}
    try:
        exact = _calculate(re.sub(UNIT, "", left))
    except (InvalidOperation, SyntaxError, ZeroDivisionError):
        return None
    result, unit = Decimal(match["result"]), SAME_UNIT.get(match["unit"], match["unit"] or "")
    if ratio and unit == "%":
        exact *= 100
    allowed = {"倍", "%", ""} if ratio else {"百分点", ""} if units == {"%"} else {*units, "", "个"}
    if unit not in allowed or not _equal(exact, result, match["sign"]):
        return None
    shown = frozenset({unit}) if ratio and unit else frozenset({"倍"}) if ratio else frozenset(allowed)
    difference = bool(re.fullmatch(rf"[\d.]+(?:{UNIT})?-[\d.]+(?:{UNIT})?", left))
    return Sum(match.start(), match.end(), result, tuple(operands), shown, difference)


def _equal(exact: Decimal, result: Decimal, sign: str) -> bool:
    exponent = result.as_tuple().exponent
    half = Decimal(5).scaleb(-1 + int(exponent)) if sign != "=" else Decimal(0)
    return abs(exact - result) <= half


def _calculate(text: str) -> Decimal:
    """A sum of digits, brackets and + - * /. Raises SyntaxError when it is none, and what dividing does."""
    text = text.replace("÷", "/")
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> Decimal:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_value(node.left, text), _value(node.right, text))
    if isinstance(node, ast.Constant):
        return Decimal(ast.get_source_segment(text, node) or "")
    raise SyntaxError(text)


def sum_faults(claim: Claim, sums: tuple[Sum, ...]) -> Iterator[Fault]:
    """850−506＝344 is an increase when 506 is the earlier year's: 减少344家 would say the contrary."""
    for one in sums:
        years = [each.year for each in one.operands if each.year is not None]
        if not one.difference or len(years) != 2:
            continue
        later = years[0] - years[1]
        before = claim.masked[max(0, one.start - 30) : one.start]
        said = list(DIRECTION.finditer(before))
        if later and said and bool(said[-1]["up"]) != ((later > 0) == (one.result > 0)):
            yield Fault(FaultKind.COMPARISON, said[-1].group())
