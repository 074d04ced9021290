"""Charts as inline SVG: nothing is fetched, text stays text."""

from collections.abc import Sequence
from html import escape

from eval.figures import Figure

LABEL, BAR, VALUE = 190, 380, 150  # widths in pixels
LINE = 24


def bars(rows: Sequence[tuple[str, Figure]], title: str) -> str:
    """One bar a row for shares between 0 and 1, with the interval as a whisker and the number of cases."""
    height = LINE * len(rows) + 8
    body = "".join(_bar(number, label, figure) for number, (label, figure) in enumerate(rows))
    return _svg(LABEL + BAR + VALUE, height, title, body)


def histogram(values: Sequence[float], title: str, bins: int = 24) -> str:
    """Counts of `values` in even steps from 0 to their largest."""
    if not values:
        return ""
    top = max(values) or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(int(value / top * bins), bins - 1)] += 1
    step, tallest, high = BAR / bins, max(counts), 120
    body = "".join(
        f'<rect x="{LABEL + number * step:.1f}" y="{high - count / tallest * high:.1f}" width="{step - 1:.1f}" '
        f'height="{count / tallest * high:.1f}" class="bar"><title>{count}</title></rect>'
        for number, count in enumerate(counts)
    )
    ends = f'<text x="{LABEL}" y="{high + 16}">0</text><text x="{LABEL + BAR}" y="{high + 16}">{top:.1f}</text>'
    return _svg(LABEL + BAR + VALUE, high + 24, title, body + ends)


def _bar(number: int, label: str, figure: Figure) -> str:
    top = number * LINE + 4
    name = f'<text x="{LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(label)}</text>'
    track = f'<rect x="{LABEL}" y="{top + 2}" width="{BAR}" height="{LINE - 8}" class="track"/>'
    if figure.value is None or figure.low is None or figure.high is None:
        return f'{name}{track}<text x="{LABEL + BAR + 8}" y="{top + 14}">–</text>'
    middle = top + LINE / 2 - 2
    return (
        f'{name}{track}<rect x="{LABEL}" y="{top + 2}" width="{figure.value * BAR:.1f}" '
        f'height="{LINE - 8}" class="bar"/>'
        f'<line x1="{LABEL + figure.low * BAR:.1f}" x2="{LABEL + figure.high * BAR:.1f}" '
        f'y1="{middle}" y2="{middle}" class="whisker"/>'
        f'<text x="{LABEL + BAR + 8}" y="{top + 14}">{figure.value:.1%} of {figure.count}</text>'
    )


def _svg(width: int, height: int, title: str, body: str) -> str:
    label = escape(title, quote=True)
    return f'<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}">{body}</svg>'
