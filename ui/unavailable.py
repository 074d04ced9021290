"""The page that says what is not there, or cannot be had now, and what else there is."""

from collections.abc import Iterable

from ui import reader_wording
from ui.replies import PlanEntry
from ui.templates import render


def render_unavailable(title: str, detail: str, others: Iterable[PlanEntry] = ()) -> str:
    """`others`: plans that can be read instead."""
    return render("unavailable.html", r=reader_wording, title=title, detail=detail, others=tuple(others))
