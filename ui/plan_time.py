"""What the reader is told of a plan's time: from when to when, and that it is not in force."""

from datetime import date

from ui import wording
from ui.replies import PlanText


class TimedPlan(PlanText):
    """`standing_note` says why it is not in force on the day that was asked of; None when it is."""

    standing: str = "in_force"  # ahead | expired | superseded
    standing_note: str | None = None
    effective_on: str | None = None  # ISO dates
    expires_on: str | None = None
    version: str | None = None


def time_facts(plan: TimedPlan) -> tuple[tuple[str, str | None], ...]:
    """Only what is known: most documents say nothing of it."""
    told = (
        (wording.PLAN_VERSION, plan.version),
        (wording.PLAN_EFFECTIVE, in_words(plan.effective_on)),
        (wording.PLAN_EXPIRES, in_words(plan.expires_on)),
    )
    return tuple((name, value) for name, value in told if value)


def in_words(iso: str | None) -> str | None:
    """`2023-03-02` → 2023年3月2日; a date without a day, or anything else, as it stands."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso
    return wording.DAY.format(year=day.year, month=day.month, day=day.day)


def asked_day(told: str | None) -> str:
    """An ISO day of an address; empty for what is none."""
    try:
        return date.fromisoformat(told or "").isoformat()
    except ValueError:
        return ""
