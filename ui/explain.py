"""How a command speaks to its user: errors in one line, progress on one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ingest.errors import MetrologyError


@contextmanager
def explained() -> Iterator[None]:
    """A known error is one line on stderr and exit code 1, never a traceback."""
    try:
        yield
    except MetrologyError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from error
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:  # a folder that cannot be written, a full disk
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from error


def progress(what: str, done: int, total: int) -> None:
    """A line that overwrites itself on a terminal, one line a step elsewhere."""
    terminal = sys.stderr.isatty()
    if terminal or done >= total:
        typer.echo(f"{what}: {done}/{total}" + ("   \r" if terminal and done < total else "\n"), err=True, nl=False)


def note(text: str) -> None:
    typer.echo(text, err=True)
