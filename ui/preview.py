"""What was understood of documents, for a person to look at before they go live."""

from collections.abc import Iterable

from bot.api import desk_schema, present_desk
from bot.offers import Offer
from bot.review import review
from ingest.load import Report
from ingest.model import Plan


def preview(report: Report, held: Iterable[Plan]) -> desk_schema.Ingested:
    """Each plan beside what is live under its id."""
    live = {plan.id: plan for plan in held}
    skipped = [desk_schema.Skipped(file=one.path.name, reason=one.reason) for one in report.skipped]
    seen = [present_desk.review(review(Offer.of(plan), live.get(plan.id))) for plan in report.plans]
    return desk_schema.Ingested(plans=seen, skipped=skipped)


def preview_text(told: desk_schema.Ingested) -> str:
    return "\n".join(review_text(plan) for plan in told.plans)


def review_text(seen: desk_schema.Review) -> str:
    """A few lines: what to look at, and what is different."""
    lines = [f"{seen.plan_id}: {warned.code} {warned.what}" for warned in seen.warnings]
    if seen.changes is None:
        return "\n".join([*lines, f"{seen.plan_id}: new"])
    one = seen.changes
    counts = (
        f"{one.same} clauses the same, {len(one.reworded)} reworded, {len(one.moved)} moved, "
        f"{len(one.added)} added, {len(one.removed)} removed"
    )
    lines.append(f"{seen.plan_id}: against what is live: {counts}")
    lines += [f"    {each.name}: {each.before or '-'} → {each.after or '-'}" for each in one.metadata]
    lines += [f"    ~ {each.clause_id}" for each in one.reworded]
    lines += [f"    {each.before} → {each.after}" for each in one.moved]
    lines += [f"    + {each}" for each in one.added] + [f"    - {each}" for each in one.removed]
    return "\n".join(lines)
