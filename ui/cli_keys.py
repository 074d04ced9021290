"""`metrology keys …`: who may ask. A key is shown once; what is kept of it opens nothing."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from ui.explain import explained, note

if TYPE_CHECKING:
    from bot.records.audit import By
    from bot.records.keys import ApiKey, SqlKeys
    from bot.settings import Settings

app = typer.Typer(help="API keys: create, list, revoke, rotate.", no_args_is_help=True)
KeyId = Annotated[str, typer.Argument(help="Its id, as `metrology keys list` shows it")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose it is, e.g. mini-program")],
    scope: Annotated[str, typer.Option(help="ask, page, staff or admin; each may do what those before it may")] = "ask",
    per_minute: Annotated[int | None, typer.Option(min=0, help="Requests a minute; 0 for no bound")] = None,
    per_day: Annotated[int | None, typer.Option(min=0, help="Requests a day; 0 for no bound")] = None,
    signed: Annotated[bool, typer.Option("--signed", help="Its requests are signed; the secret is never sent")] = False,
) -> None:
    """Make a key and show it, once, on standard output."""
    with explained():
        from bot.records.keys import Scope, Wanted, make_key
        from bot.settings import read_settings
        from ingest.errors import BadSetting
        from ui.state import secret_of

        if scope not in list(Scope):
            raise BadSetting("scope", scope, f"one of {', '.join(Scope)}")
        settings = read_settings()
        keys = _keys(settings)
        wanted = Wanted(name, Scope(scope), signed, per_minute, per_day)
        key, told = make_key(wanted, secret_of(settings, keys.database), datetime.now(UTC))
        keys.add(key, _by())
        _show(key, told)


@app.command("list")
def list_keys() -> None:
    """List the keys: id, scope, requests, state, name."""
    with explained():
        from bot.settings import read_settings

        now = datetime.now(UTC)
        for key in _keys(read_settings()).all():
            minute, day = ("usual" if each is None else each or "no bound" for each in (key.per_minute, key.per_day))
            state = "active" if key.stands(now) else "ended"
            until = f" until {key.ends_at}" if key.ends_at and key.stands(now) else ""
            kind = "signed" if key.signed else "bearer"
            typer.echo(f"{key.id}\t{key.scope}\t{kind}\t{minute}/min\t{day}/day\t{state}{until}\t{key.name}")


@app.command()
def revoke(key_id: KeyId) -> None:
    """End a key now. Running services follow within seconds."""
    with explained():
        from bot.settings import read_settings

        key = _keys(read_settings()).end(key_id, datetime.now(UTC), _by())
        note(f"Key {key.id} ({key.name}) ended.")


@app.command()
def rotate(
    key_id: KeyId,
    overlap_hours: Annotated[float, typer.Option(min=0, help="How long the old key still opens")] = 0,
) -> None:
    """Make another key like this one and end this one."""
    with explained():
        from bot.settings import read_settings
        from ui.state import secret_of

        settings, now = read_settings(), datetime.now(UTC)
        keys = _keys(settings)
        until = now + timedelta(hours=overlap_hours)
        key, told = keys.renew(key_id, secret_of(settings, keys.database), now, until, _by())
        note(f"Key {key_id} ends at {until.isoformat(timespec='seconds')}.")
        _show(key, told)


def _keys(settings: "Settings") -> "SqlKeys":
    from bot.records.keys import SqlKeys
    from ui.state import database_of

    return SqlKeys(database_of(settings))


def _by() -> "By":
    from bot.records.audit import By
    from ui.desk import operator

    return By(operator())


def _show(key: "ApiKey", told: str) -> None:
    """The key alone on standard output, so that it can be piped into a secret store."""
    what = f"Sign requests as X-Key-Id: {key.id} with" if key.signed else f"Key {key.id} ({key.scope}) is"
    note(f"{what} the line below. It is not shown again.")
    typer.echo(told)
