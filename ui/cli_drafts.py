"""`metrology drafts …`: documents that wait for somebody to accept or reject them."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli_holdings import Level, Name, PlanIdOption, Region, Why, opened_desk, tell
from ui.explain import explained, note

app = typer.Typer(help="Documents handed in: look at them, accept, reject.", no_args_is_help=True)
DraftId = Annotated[str, typer.Argument(help="As `metrology drafts list` shows it")]
Json = Annotated[bool, typer.Option("--json")]


@app.command("add")
def hand_in(
    path: Annotated[Path, typer.Argument(help="A document")],
    plan_id: PlanIdOption = "",
    name: Name = "",
    region: Region = "",
    level: Level = "",
) -> None:
    """Hand in a document; a new version of the plan whose id is given, if there is one."""
    with explained(), opened_desk() as desk:
        from bot.api.present_desk import review as shown
        from bot.offers import Described
        from ui.desk import operator
        from ui.preview import review_text

        described = Described(plan_id, name, region, level)
        draft, seen = desk.hand_in(path.read_bytes(), path.name, described, operator())
        typer.echo(review_text(shown(seen)))
        note(f"Draft {draft.id}: accept it with `metrology drafts accept {draft.id}`.")


@app.command("list")
def listed(
    status: Annotated[str, typer.Option(help="pending, accepted or rejected; empty for all")] = "pending",
    as_json: Json = False,
) -> None:
    """Drafts, the latest first."""
    with explained(), opened_desk() as desk:
        import json

        from bot.api import present_desk

        drafts = [present_desk.draft(one) for one in desk.listed(status)]
        if as_json:
            typer.echo(json.dumps([one.model_dump() for one in drafts], ensure_ascii=False, indent=2))
            return
        for one in drafts:
            kind = f"new version of {one.replaces}" if one.replaces else "new plan"
            typer.echo(f"{one.draft_id}  {one.made_at[:19]}  {one.made_by:14} {one.status:9} {one.plan_id}  {kind}")


@app.command()
def show(draft_id: DraftId, as_json: Json = False) -> None:
    """What is understood of a draft, and how it differs from what is live."""
    with explained(), opened_desk() as desk:
        from bot.api import present_desk
        from ui.preview import review_text

        found = present_desk.draft_detail(*desk.look(draft_id))
        if as_json:
            typer.echo(found.model_dump_json(indent=2))
        else:
            typer.echo(review_text(found.review) if found.review else f"{draft_id} is {found.status}.")


@app.command()
def accept(draft_id: DraftId, why: Why = "") -> None:
    """Let a draft go live."""
    with explained(), opened_desk() as desk:
        from ui.desk import operator

        tell(desk.accept(draft_id, operator(), why))


@app.command()
def reject(draft_id: DraftId, why: Why = "") -> None:
    """Refuse a draft; its document is deleted."""
    with explained(), opened_desk() as desk:
        from ui.desk import operator

        desk.reject(draft_id, operator(), why)
        note(f"{draft_id} is rejected.")
