"""`metrology insights`: what was asked, what could not be answered; and that as evaluation cases."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.explain import explained, note, progress

if TYPE_CHECKING:
    from bot.records.insights import Insights

app = typer.Typer(help="What was asked, and what could not be answered.", invoke_without_command=True)
First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, in Beijing")]
Last = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; without both, 30 days")]


@app.callback()
def insights(
    context: typer.Context,
    first: First = None,
    last: Last = None,
    as_json: Annotated[bool, typer.Option("--json", help="The API's reply as JSON")] = False,
) -> None:
    """Counts by day, status, plan and reason; questions grouped by nearest clause and by topic."""
    if context.invoked_subcommand:
        return
    with explained():
        from bot.api.insights_schema import Insights as Shown
        from ui.insights_text import insights_text

        found = _gathered(first, last)
        typer.echo(Shown.model_validate(found).model_dump_json(indent=2) if as_json else insights_text(found))


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="A .jsonl file to write")],
    first: First = None,
    last: Last = None,
) -> None:
    """Write the questions in doubt as evaluation cases, whose right status a person has yet to say."""
    with explained():
        from eval.answers.drafts import write_drafts

        written = write_drafts(out, _gathered(first, last).questions)
        note(f"{written} cases in {out}. Fill in `status` (and `gold`, `facts`), then: metrology eval --set cases")


def _gathered(first: datetime | None, last: datetime | None) -> "Insights":
    """Raises BadSetting for a period that ends before it begins, RecordsUnavailable."""
    from bot.records.exchanges import period, today
    from bot.records.insights import gather
    from bot.settings import read_settings
    from ingest.errors import BadSetting
    from ui.state import records_of
    from ui.wire import open_bot

    wanted = period(_day(first), _day(last), today())
    if wanted.last < wanted.first:
        raise BadSetting("--to", wanted.last, f"a day not before --from ({wanted.first})")
    settings = read_settings()
    records = records_of(settings)
    try:
        exchanges = records.exchanges(*wanted.bounds)
    finally:
        records.close()
    bot = open_bot(settings, progress, note)
    return gather(exchanges, wanted, bot.corpus, bot.texts)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
