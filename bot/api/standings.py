"""Whether what is shown is in force, on the day that is asked of or today."""

from datetime import date
from typing import Any, TypeVar

from bot.answer.times import how
from bot.api.time_schema import Stands
from ingest.corpus import Corpus
from ingest.model import Plan

Shown = TypeVar("Shown", bound=Stands)


def on(day: str | None) -> str:
    return day or date.today().isoformat()


def stands(plan: Plan, day: str, corpus: Corpus) -> dict[str, Any]:
    """The fields of `Stands`."""
    return {"standing": plan.validity.standing(day), "standing_note": how(plan, day, corpus) or None}


def marked(shown: Shown, plan: Plan, day: str, corpus: Corpus) -> Shown:
    return shown.model_copy(update=stands(plan, day, corpus))
