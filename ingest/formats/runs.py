"""Characters on a page → runs: stretches of one line without a wide gap. All lengths in points, y counts downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 0.8  # of the size: wider is another column or cell
BLANK = 0.2  # of the size: wider between two Latin words is a blank that was never drawn
SAME_LINE = 0.45  # of the size, between baselines: a raised 2 is still of its line
TWICE = 0.2  # of the size: the same character so near is bold made by drawing it twice


@dataclass(frozen=True, slots=True)
class Glyph:
    char: str
    x0: float
    x1: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line of the page, upright where x0 == x1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        return self.x0 == self.x1


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    width: float
    height: float
    runs: tuple[Run, ...]
    rulings: tuple[Ruling, ...] = ()


def runs_of(glyphs: Iterable[Glyph], rulings: Sequence[Ruling] = ()) -> tuple[Run, ...]:
    """A ruling between two characters parts them, however near they are: they stand in two cells."""
    upright = [ruling for ruling in rulings if ruling.upright]
    runs: list[Run] = []
    for line in _lines(glyphs):
        cuts = [ruling.x0 for ruling in upright if ruling.y0 <= line[0].base - line[0].size * 0.3 <= ruling.y1]
        runs.extend(run for stretch in _stretches(line, cuts) if (run := _run(stretch)).text)
    return tuple(runs)


def _lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: (each.base, each.x0)):
        last = lines[-1] if lines else None
        if last and glyph.base - last[0].base <= SAME_LINE * max(glyph.size, last[0].size):
            last.append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda each: each.x0) for line in lines]


def _stretches(line: list[Glyph], cuts: list[float]) -> list[list[Glyph]]:
    stretches: list[list[Glyph]] = []
    for drawn in line:
        glyph = Glyph(" ", drawn.x0, drawn.x1, drawn.base, drawn.size) if drawn.char.isspace() else drawn
        before = stretches[-1][-1] if stretches else None
        if before and before.char == glyph.char and abs(glyph.x0 - before.x0) < TWICE * glyph.size:
            continue
        apart = before is None or glyph.x0 - before.x1 > GAP * min(glyph.size, before.size)
        if before is None or apart or any(before.x0 < cut < glyph.x1 and before.x1 <= cut + 1 for cut in cuts):
            stretches.append([])
        stretches[-1].append(glyph)
    return stretches


def _run(glyphs: list[Glyph]) -> Run:
    while glyphs and glyphs[0].char.isspace():
        glyphs = glyphs[1:]
    while glyphs and glyphs[-1].char.isspace():
        glyphs = glyphs[:-1]
    if not glyphs:
        return Run("", 0, 0, 0, 0, 0)
    text = glyphs[0].char
    for before, glyph in pairwise(glyphs):
        wide = glyph.x0 - before.x1 > BLANK * glyph.size and before.char.isascii() and glyph.char.isascii()
        text += f" {glyph.char}" if wide and not (before.char + glyph.char).isspace() else glyph.char
    size = max(glyph.size for glyph in glyphs)
    base = max(glyphs, key=lambda each: each.size).base
    return Run(text, glyphs[0].x0, base - 0.88 * size, max(each.x1 for each in glyphs), base + 0.12 * size, size)
