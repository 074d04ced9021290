"""The commands `metrology config` and `metrology doctor`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from ui.explain import explained

if TYPE_CHECKING:
    from bot.settings import Settings

HIDDEN = "********"


def config(as_json: Annotated[bool, typer.Option("--json", help="As JSON")] = False) -> None:
    """Show the settings in effect, each by its variable; secrets are masked."""
    with explained():
        from bot.settings import read_settings

        shown = effective(read_settings())
        if as_json:
            typer.echo(json.dumps({name: value for name, value, _, _ in shown}, ensure_ascii=False, indent=2))
            return
        for name, value, default, told in shown:
            mark = " " if value == default else "*"
            typer.echo(f"{mark} {name}={value}" + (f"  # {told}" if told else ""))


def doctor() -> None:
    """Look at everything the service stands on and say what to do; exit code 1 when it could not serve."""
    with explained():
        from bot.settings import read_settings
        from ui.doctor import diagnose

        failed = False
        for result in diagnose(read_settings()):
            typer.echo(result.line)
            failed = failed or (result.fatal and not result.ok)
        if failed:
            raise typer.Exit(1)


def effective(settings: "Settings") -> list[tuple[str, str, str, str]]:
    """(variable, value, default, what it is) of every setting, in order; what is secret is never there."""
    rows = []
    for name, field in type(settings).model_fields.items():
        value, default = (str(one) if one is not None else "" for one in (getattr(settings, name), field.default))
        if not field.repr and value:
            value = HIDDEN
        rows.append((variable(name, settings), value, default, field.description or ""))
    return rows


def variable(name: str, settings: "Settings") -> str:
    """`data_dir` → METROLOGY_DATA_DIR; the usual ones keep their own names."""
    alias = type(settings).model_fields[name].validation_alias
    return str(alias) if alias else f"{settings.model_config['env_prefix']}{name}".upper()
