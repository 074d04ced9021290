"""Runs `metrology` in this process, with an environment that holds only what a test says."""

import os
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner, Result

from ui.cli import app

OURS = ("METROLOGY_", "CHROMA_URL", "DATABASE_URL", "REDIS_URL", "LLM_", "HOST", "PORT")
Run = Callable[..., Result]


def runner(data: Path) -> Run:
    """`run("ask", "…", METROLOGY_X="…")` over the shipped plans, its folder `data`; a traceback fails the test."""

    def run(*args: object, **env: str) -> Result:
        clean: dict[str, str | None] = {name: None for name in os.environ if name.startswith(OURS)}
        clean |= {"METROLOGY_DATA_DIR": str(data), **env}
        result = CliRunner().invoke(app, [str(arg) for arg in args], env=clean)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
