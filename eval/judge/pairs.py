"""Questions and answers of other law, which keep the encoder a reader of law at large.

NAME.jsonl.gz of {"query", "positive"}; they stay outside the repository, as what `metrology train static` learns from.
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableDocument

MOST = 1500  # of a file
LONGEST_QUESTION, LONGEST_ANSWER = 80, 140  # characters


@dataclass(frozen=True, slots=True)
class Pair:
    question: str
    answer: str


def read_pairs(folder: Path) -> tuple[Pair, ...]:
    """Of all files by name. Raises UnreadableDocument when there is none, or one cannot be read."""
    found = [pair for path in sorted(folder.glob("*.jsonl.gz")) for pair in _of_file(path)]
    if not found:
        raise UnreadableDocument(folder, "it holds no NAME.jsonl.gz with pairs; see eval/judge/pairs.py")
    return tuple(found)


def _of_file(path: Path) -> list[Pair]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line, _ in zip(file, range(MOST), strict=False)]
    except (OSError, ValueError, EOFError) as error:
        raise UnreadableDocument(path, f"no pairs can be read ({error})") from error
    return [
        Pair(row["query"][:LONGEST_QUESTION], row["positive"][:LONGEST_ANSWER])
        for row in rows
        if isinstance(row.get("query"), str) and isinstance(row.get("positive"), str)  # a few answers are NaN
    ]
