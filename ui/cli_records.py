"""`metrology records …`: what is kept of what people asked."""

from typing import Annotated

import typer

from ui.explain import explained, note

app = typer.Typer(help="Questions and ratings: prune, export, delete.", no_args_is_help=True)
User = Annotated[str, typer.Option("--user", help="The user_id that was sent with the questions")]


@app.command()
def prune(
    days: Annotated[int | None, typer.Option(min=0, help="Instead of METROLOGY_RETENTION_DAYS; 0 for ever")] = None,
) -> None:
    """Delete what is older than it may be, as the service does daily."""
    with explained():
        from bot.records.audit import Act, By, SqlAudit, entry_of
        from bot.records.retention import prune as forget
        from bot.settings import read_settings
        from ui.desk import operator
        from ui.state import records_of

        settings = read_settings()
        records = records_of(settings)
        days = settings.retention_days if days is None else days
        count = forget(records, days, audit_days=settings.audit_days)
        if count:
            told = f"{count} answers older than {days} days"
            SqlAudit(records.database).note(entry_of(Act.RECORDS_PRUNED, By(operator()), note=told))
        records.close()
        note(f"{count} answers deleted, with their ratings.")


@app.command()
def export(user: User) -> None:
    """Print all that is kept of a user, as JSON."""
    with explained():
        from bot.api.present import belongings
        from bot.records.audit import By
        from bot.settings import read_settings
        from ui.desk import operator
        from ui.state import records_of, secret_of

        settings = read_settings()
        records = records_of(settings)
        found = records.of_user(secret_of(settings, records.database).of_user(user), By(operator()))
        records.close()
        typer.echo(belongings(user, found).model_dump_json(indent=2))


@app.command()
def delete(user: User) -> None:
    """Delete all that is kept of a user."""
    with explained():
        from bot.records.audit import By
        from bot.settings import read_settings
        from ui.desk import operator
        from ui.state import records_of, secret_of

        settings = read_settings()
        records = records_of(settings)
        hashed = secret_of(settings, records.database).of_user(user)
        answers, ratings = records.forget_user(hashed, By(operator()))
        records.close()
        note(f"{answers} answers and {ratings} ratings deleted.")
