"""`metrology audit`: who did what to keys, documents and users' data."""

from typing import Annotated

import typer

from ui.explain import explained


def audit(
    action: Annotated[str, typer.Option(help="Only this kind: key, document, user, or e.g. key.revoked")] = "",
    who: Annotated[str, typer.Option(help="Only by this key's id, or cli:NAME")] = "",
    subject: Annotated[str, typer.Option(help="Only what concerns this key or document")] = "",
    user: Annotated[str, typer.Option("--user", help="Only what concerns this user_id")] = "",
    before: Annotated[str, typer.Option(help="Further back than the entry of this id (--json shows it)")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The audit trail: when, who, what, to what, by which request; the latest first."""
    with explained():
        import json
        from dataclasses import asdict

        from bot.records.audit import Sought
        from bot.settings import read_settings
        from ui.state import records_of, secret_of

        settings = read_settings()
        records = records_of(settings)
        wanted = secret_of(settings, records.database).of_user(user) if user else subject
        found = records.entries(Sought(action, who, wanted, before), limit)
        records.close()
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            line = (
                f"{one.at[:19]}  {one.who or '-':14} {one.action:18} {one.subject}  {one.request_id or '-'}  {one.note}"
            )
            typer.echo(line.rstrip())
