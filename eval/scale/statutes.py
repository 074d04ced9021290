"""Articles, a line of JSON each → documents as an office would hand them in."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.errors import EvalError


class NoStatutes(EvalError):
    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"No statutes in '{path}': {reason}. Give lines of JSON with title, article, text and doc, .gz or not."
        )


@dataclass(frozen=True, slots=True)
class Statute:
    """A document; `id` is the same for the same place in the file."""

    id: str
    text: str
    articles: int


def statutes(path: Path, articles: int) -> Iterator[Statute]:
    """Whole documents until so many articles are reached, read as they are asked for. Raises NoStatutes."""
    count = 0
    for number, (_, ones) in enumerate(groupby(_rows(path), key=lambda row: row.get("doc") or row["title"])):
        if count >= articles:
            return
        found = _statute(f"statute-{number:05d}", list(ones))
        count += found.articles
        yield found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (_row(path, line) for line in lines if line.strip())
    except (OSError, EOFError) as error:
        raise NoStatutes(path, str(error)) from error


def _row(path: Path, line: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        if not all(isinstance(row[name], str) for name in ("title", "article", "text")):
            raise ValueError("a title, an article or a text is no string")
    except (ValueError, KeyError, TypeError) as error:
        raise NoStatutes(path, f"{line[:60]!r} ({error})") from error
    return row


def _statute(name: str, rows: list[dict[str, Any]]) -> Statute:
    """Title, headings where they change, articles."""
    lines, heading = [rows[0]["title"], ""], ""
    for row in rows:
        own = str(row.get("section") or "").rpartition(" / ")[2]
        if own and own != heading:
            lines.append(own)
        heading = own
        lines.append(f"{row['article']}　{row['text']}")
    return Statute(name, "\n".join(lines) + "\n", len(rows))
