"""A plan that was held and was taken out: its address says so, for people have kept it."""

from bot.api import problems
from bot.api.problems import Problem
from bot.desk import Desk
from bot.records.changes import REMOVED
from ingest.corpus import Corpus
from ingest.errors import MetrologyError, UnknownEntry
from ingest.model import Plan

GONE = "这份规划已经撤下。"


def held_plan(corpus: Corpus, plan_id: str, desk: Desk | None) -> Plan:
    """Raises UnknownEntry, or the same problem with `withdrawn` and the day, where the desk knows that it was held."""
    try:
        return corpus.plan(plan_id)
    except UnknownEntry:
        if desk is None or (day := _withdrawn_on(desk, plan_id)) is None:
            raise
        raise Problem(problems.UNKNOWN_PLAN, GONE, withdrawn=True, withdrawn_on=day or None) from None


def _withdrawn_on(desk: Desk, plan_id: str) -> str | None:
    """An ISO day; empty where it is not known any more, None for a plan that was never taken out."""
    try:
        held = desk.curator.held()
    except MetrologyError:  # that it was there is a courtesy: the plan is not there in any case
        return None
    if plan_id not in held.removed:
        return None
    steps = [one for one in held.journal if one.action == REMOVED and plan_id in one.plan_id.split(",")]
    return steps[-1].at[:10] if steps else ""
