"""JSON Lines → validated rows; a line that does not fit is an error naming its file and number."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import BadCase, NoCases

Row = TypeVar("Row", bound=BaseModel)


def read_rows(path: Path, model: type[Row]) -> Iterator[Row]:
    """Rows of a .jsonl file in order; blank lines are passed over. Raises NoCases when unreadable, BadCase."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoCases(path) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield model.model_validate_json(line)
            except ValidationError as error:
                raise BadCase(path, number, explain(error)) from error


def explain(error: ValidationError) -> str:
    """The first fault in one line, e.g. `gold.0: Input should be a valid string`."""
    fault = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
