"""Drafts, reviews, outcomes and steps in their public shapes."""

from collections.abc import Iterable

from bot.api import desk_schema, present, standings
from bot.curator import Outcome
from bot.records.drafts import Draft
from bot.review import Review
from ingest.corpus import Corpus
from vectorstore.holdings import Change


def review(seen: Review) -> desk_schema.Review:
    changes = desk_schema.Changes.model_validate(seen.changes, from_attributes=True) if seen.changes else None
    plan = seen.plan
    shown = standings.marked(present.plan_detail(plan), plan, standings.on(None), Corpus((plan,)))
    return desk_schema.Review(
        **shown.model_dump(),
        file=seen.plan.file,
        replaces=seen.replaces.id if seen.replaces else None,
        outline=[desk_schema.OutlineEntry.model_validate(one, from_attributes=True) for one in seen.outline],
        left_out=[desk_schema.LeftOut.model_validate(one, from_attributes=True) for one in seen.left_out],
        warnings=[desk_schema.Warned.model_validate(one, from_attributes=True) for one in seen.warnings],
        changes=changes,
    )


def draft(kept: Draft) -> desk_schema.Draft:
    return desk_schema.Draft(**_told(kept))


def draft_detail(kept: Draft, seen: Review | None) -> desk_schema.DraftDetail:
    return desk_schema.DraftDetail(**_told(kept), review=review(seen) if seen else None)


def done(outcome: Outcome) -> desk_schema.Done:
    change = outcome.change
    return desk_schema.Done(
        action=change.action,
        plan_ids=[each for each in change.plan_id.split(",") if each],
        corpus_version=change.after,
        version=outcome.folder.name,
        seconds=round(outcome.seconds, 2),
        switched=not outcome.waiting,
    )


def steps(changes: Iterable[Change]) -> list[desk_schema.Step]:
    return [desk_schema.Step.model_validate(one, from_attributes=True) for one in changes]


def _told(kept: Draft) -> dict[str, str]:
    shown = (
        "plan_id",
        "file",
        "replaces",
        "sha256",
        "made_at",
        "made_by",
        "status",
        "decided_at",
        "decided_by",
        "note",
    )
    return {"draft_id": kept.id, **{name: str(getattr(kept, name)) for name in shown}}
