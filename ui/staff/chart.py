"""How much was asked: a stacked bar a day, by what became of it. Only numbers: the template draws them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.model import Status
from bot.records.exchanges import Period
from bot.records.insights import Volume
from ui.scale import Mark, scale

WIDTH, HEIGHT = 720, 260
LEFT, TOP, BOTTOM = 36, 10, 26
GAP = 0.12  # beside a bar, of its place
BARS_MAX = 62  # more days than that are put together, so many in a bar that they fit
LABELS = 6  # below it


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar."""

    status: Status
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    name: str
    asked: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    lines: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def chart_of(period: Period, days: Iterable[Volume]) -> Chart:
    """Days on which nothing was asked stand too, as gaps."""
    groups = _grouped(period, {one.name: one for one in days})
    parts = scale(max((counts.total() for _, counts in groups), default=0), whole=True)
    step = (WIDTH - LEFT) / len(groups)
    unit, width = (HEIGHT - TOP - BOTTOM) / parts[-1], round(step * (1 - 2 * GAP), 2)
    bars = tuple(
        Bar(round(LEFT + step * (place + GAP), 2), width, name, counts.total(), _pieces(counts, unit))
        for place, (name, counts) in enumerate(groups)
    )
    lines = tuple(Mark(round(HEIGHT - BOTTOM - part * unit, 2), f"{part:g}") for part in parts)
    every = ceil(len(groups) / LABELS)
    labels = tuple(Mark(round(bar.x + bar.width / 2, 2), bar.name[5:10]) for bar in bars[::every])
    return Chart(bars, lines, labels)


def _grouped(period: Period, days: dict[str, Volume]) -> list[tuple[str, Counter[Status]]]:
    count = (period.last - period.first).days + 1
    each = ceil(count / BARS_MAX)
    return [_group(period.first + timedelta(days=at), min(each, count - at), days) for at in range(0, count, each)]


def _group(first: date, count: int, days: dict[str, Volume]) -> tuple[str, Counter[Status]]:
    dates = [(first + timedelta(days=day)).isoformat() for day in range(count)]
    asked: Counter[Status] = Counter()
    for day in dates:
        if day in days:
            asked.update(days[day].statuses)
    return (dates[0] if count == 1 else f"{dates[0]} – {dates[-1]}"), asked


def _pieces(counts: Counter[Status], unit: float) -> tuple[Piece, ...]:
    y, found = float(HEIGHT - BOTTOM), []
    for status in Status:
        if counts[status]:
            height = counts[status] * unit
            y -= height
            found.append(Piece(status, round(y, 2), round(height, 2)))
    return tuple(found)
