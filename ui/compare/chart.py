"""Base and target of each plan as bars on one scale. Only numbers and words: the template draws them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ui.answer_view import safe_link
from ui.compare import wording
from ui.compare.told import Axis, Comparison, Counted, Point
from ui.scale import Mark, scale

WIDTH = 360  # drawn as wide as a phone shows it without shrinking its letters
LEFT, RIGHT = 58, 88  # for the years, and for the values after the longest bar
TOP, HEAD, LINE, GAP, FOOT = 4, 26, 24, 12, 20
THICK = 16  # of a bar
LONGEST, BESIDE = 20, 12  # characters of a name above its bars, and beside a flag


@dataclass(frozen=True, slots=True)
class Bar:
    """`width` 0: no plain number, the words alone are shown, with a `remark`. `y` is its top."""

    kind: str  # base | target | state
    y: float
    width: float
    year: str
    value: str
    remark: str
    link: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one plan's indicator beneath its name, which is empty where it is the chart's."""

    plan: str
    name: str
    y: float
    bars: tuple[Bar, ...]
    conflicting: bool


@dataclass(frozen=True, slots=True)
class Chart:
    axis: Axis
    groups: tuple[Group, ...]
    lines: tuple[Mark, ...]
    height: float
    width: int = WIDTH
    left: int = LEFT
    thick: int = THICK

    @property
    def base(self) -> float:
        """Where the scale stands, below the bars."""
        return self.height - FOOT


def chart_of(axis: Axis, found: Comparison) -> Chart:
    most = max((point.number or 0.0 for one in axis.bars for point in _points(one)), default=0.0)
    parts = (0.0, 25.0, 50.0, 75.0, 100.0) if axis.unit == "%" and most <= 100 else scale(most)
    unit = (WIDTH - LEFT - RIGHT) / parts[-1]
    groups, y = [], float(TOP)
    for one in axis.bars:
        name = "" if one.name == axis.name else _short(one.name, BESIDE if one.conflicts else LONGEST)
        bars = _bars(one, found, y + HEAD, unit)
        groups.append(Group(found.name_of(one.plan_id), name, y + HEAD - 8, bars, bool(one.conflicts)))
        y += HEAD + LINE * len(bars) + GAP
    lines = tuple(Mark(round(LEFT + part * unit, 2), f"{part:.12g}") for part in parts)
    return Chart(axis, tuple(groups), lines if most else (), y + FOOT if most else y)


def _points(one: Counted) -> Iterator[Point]:
    yield one.target
    if one.base:
        yield one.base


def _bars(one: Counted, found: Comparison, top: float, unit: float) -> tuple[Bar, ...]:
    kinds = (("base", one.base), ("state" if one.achieved else "target", one.target))
    given = [(kind, point) for kind, point in kinds if point]
    plan = found.name_of(one.plan_id)
    return tuple(_bar(kind, point, plan, top + LINE * place, unit) for place, (kind, point) in enumerate(given))


def _bar(kind: str, point: Point, plan: str, y: float, unit: float) -> Bar:
    year = wording.YEAR.format(year=point.year) if point.year else wording.NO_YEAR
    exact = point.number is not None or point.value is None
    remark = "" if exact and point.written else wording.NOT_DRAWN if point.written else wording.NOT_GIVEN
    value = point.written or ""
    says = wording.BAR_SAYS.format(plan=plan, year=year, value=f"{value}{remark}")
    width = round(max(point.number or 0.0, 0.0) * unit, 2)
    return Bar(kind, y, width, year, value, remark, safe_link(point.url), says)


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
