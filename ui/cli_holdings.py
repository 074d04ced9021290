"""`metrology ingest`, `build`, `add`, `replace`, `remove`, `changes`: which documents are held."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.explain import explained, note, progress

if TYPE_CHECKING:
    from bot.curator import Outcome
    from bot.desk import Desk

Documents = Annotated[list[Path], typer.Argument(help="Documents or folders")]
PlanIdOption = Annotated[str, typer.Option("--id", help="Of the plan; without it after the file's name")]
Name = Annotated[str, typer.Option(help="How it is called")]
Region = Annotated[str, typer.Option(help="E.g. 厦门")]
Level = Annotated[str, typer.Option(help="national, provincial, municipal, county or other")]
Why = Annotated[str, typer.Option("--note", help="For the log")]
SWITCHING = "Every running process answers from it within 2 seconds; answers under way end as they began."


def ingest(
    paths: Documents,
    out: Annotated[Path | None, typer.Option(help="Write the clauses as JSON lines")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All that was understood, as JSON")] = False,
) -> None:
    """Read documents and say what was understood, what was skipped and what is different; nothing goes live."""
    with explained():
        from bot.settings import read_settings
        from ingest.load import load
        from ui.preview import preview, preview_text
        from ui.show import clause_lines, report_text
        from ui.wire import live_plans

        report = load(paths, lambda done, total, path: progress(path.name, done, total))
        if out:
            out.write_text(clause_lines(report), encoding="utf-8")
        held = live_plans(read_settings())
        if as_json:
            typer.echo(preview(report, held).model_dump_json(indent=2))
        else:
            if report.plans:
                typer.echo(preview_text(preview(report, held)))
            typer.echo(report_text(report))
        if not report.plans:
            raise typer.Exit(1)


def build(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Only when the live index is not current")] = False,
) -> None:
    """Read the folder anew, with what was added and without what was removed, and switch to it."""
    with explained(), opened_desk() as desk:
        from ui.desk import operator

        outcome = desk.curator.build(operator(), if_needed)
        if outcome is None:
            note("The index is current.")
            return
        note(f"Index at {outcome.folder}")
        tell(outcome)


def add(
    paths: Documents,
    plan_id: PlanIdOption = "",
    name: Name = "",
    region: Region = "",
    level: Level = "",
    why: Why = "",
) -> None:
    """Add documents to those that are held; they are answered from at once."""
    with explained(), opened_desk() as desk:
        from bot.offers import Described, offers
        from ui.desk import operator

        found, skipped = offers(paths, Described(plan_id, name, region, level))
        for reason in skipped:
            note(f"Skipped: {reason}")
        outcome = desk.curator.add(found, operator(), note=why)
        note(f"Added: {', '.join(offer.plan.id for offer in found)}")
        tell(outcome)


def replace_plan(
    plan_id: Annotated[str, typer.Argument(help="Of the plan whose place it takes")],
    path: Annotated[Path, typer.Argument(help="Its new version")],
    name: Name = "",
    region: Region = "",
    level: Level = "",
    why: Why = "",
) -> None:
    """Put a new version in the place of a plan; its clauses keep their addresses."""
    with explained(), opened_desk() as desk:
        from bot.curator import require_held
        from bot.offers import Described, in_place_of
        from ui.desk import operator

        known = require_held(desk.curator.held(), plan_id)
        offer = in_place_of(known, path, Described("", name, region, level))
        outcome = desk.curator.replace(offer, operator(), note=why)
        note(f"Replaced: {plan_id}")
        tell(outcome)


def remove(plan_ids: Annotated[list[str], typer.Argument(help="Of the plans")], why: Why = "") -> None:
    """Take plans out: nothing quotes them any more, and no version on disk holds them."""
    with explained(), opened_desk() as desk:
        from ui.desk import operator

        outcome = desk.curator.remove(plan_ids, operator(), why)
        note(f"Removed: {', '.join(plan_ids)}")
        tell(outcome)


def changes(
    plan: Annotated[str, typer.Option(help="Only this plan's")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The log: who changed what, when; the latest first."""
    with explained(), opened_desk() as desk:
        import json

        from bot.api.present_desk import steps

        told = steps(desk.log(limit, plan))
        if as_json:
            typer.echo(json.dumps([one.model_dump() for one in told], ensure_ascii=False, indent=2))
            return
        for one in told:
            typer.echo(f"{one.at[:19]}  {one.who or '-':14} {one.action:9} {one.plan_id}  {one.note}".rstrip())


@contextmanager
def opened_desk() -> "Iterator[Desk]":
    """The desk over the settings; its database is closed afterwards."""
    from bot.settings import read_settings
    from ui.desk import desk_of
    from ui.state import database_of

    settings = read_settings()
    database = database_of(settings)
    try:
        yield desk_of(settings, database, heard=(note, progress))
    finally:
        database.close()


def tell(outcome: "Outcome") -> None:
    """What is live from now on, and who still answers from what was before."""
    for reason in outcome.skipped:
        note(f"Skipped: {reason}")
    note(f"Live: corpus {outcome.change.after}, {_count(outcome.plans)}, after {outcome.seconds:.1f} s. {SWITCHING}")
    if outcome.waiting:
        note(
            f"Still read: {', '.join(outcome.waiting)}. Whoever reads it deletes it when done; "
            "a process that hangs must be ended first."
        )
    else:
        note("No process answers from an older version, and none is left on disk.")


def _count(plans: Sequence[str]) -> str:
    return f"{len(plans)} plan" + ("s" if len(plans) != 1 else "")
