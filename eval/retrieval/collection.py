"""Anyone's labelled collection in BEIR's layout: corpus.jsonl, queries.jsonl (either may be .gz) and qrels/*.tsv.

What cannot be used is counted by reason, never passed over in silence.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ingest.errors import NoCases

PREFERRED = ("test", "dev")  # of several qrels files


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and the questions that can be scored on them.

    `grades` is query id → document id → grade above 0; every id of `grades` is in `queries`, and the other way round.
    """

    name: str
    split: str
    documents: tuple[Document, ...] = field(repr=False)
    queries: Mapping[str, str] = field(repr=False)
    grades: Mapping[str, Mapping[str, float]] = field(repr=False)
    faults: Mapping[str, int]  # what was not used, and how often


def read_collection(folder: Path, split: str = "") -> Collection:
    """`split` names a file of qrels; without it test.tsv, else dev.tsv, else the first by name.

    Raises NoCases when there is no document, no query or no judgement that bears on them.
    """
    faults: Counter[str] = Counter()
    documents = {document.id: document for document in _documents(_find(folder, "corpus.jsonl"), faults)}
    texts = dict(_queries(_find(folder, "queries.jsonl"), faults))
    qrels = _choose_qrels(folder / "qrels", split)
    judged = _judgements(qrels, faults)
    grades = {query: relevant for query, relevant in judged.items() if query in texts}
    faults["judged queries missing from queries.jsonl, not scored"] += len(judged) - len(grades)
    faults["queries without a relevant document, not scored"] += len(texts.keys() - judged.keys())
    faults["relevant documents missing from the corpus, counted as misses"] += sum(
        document not in documents for relevant in grades.values() for document in relevant
    )
    if not documents or not grades:
        raise NoCases(folder)
    queries = {query: texts[query] for query in grades}
    return Collection(folder.resolve().name, qrels.stem, tuple(documents.values()), queries, grades, +faults)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise NoCases(folder / name)


def _choose_qrels(folder: Path, split: str) -> Path:
    found = {path.stem: path for path in sorted(folder.glob("*.tsv"))}
    for name in (split,) if split else (*PREFERRED, *found):
        if name in found:
            return found[name]
    raise NoCases(folder / f"{split or '*'}.tsv")


def _documents(path: Path, faults: Counter[str]) -> Iterator[Document]:
    seen = set()
    for row in _rows(path, faults):
        document = Document(_text(row, "_id"), _text(row, "title"), _text(row, "text"))
        if not document.id or not (document.text or document.title):
            faults[f"rows of {path.name} without id or text"] += 1
        elif document.id in seen:
            faults[f"rows of {path.name} repeating an id"] += 1
        else:
            seen.add(document.id)
            yield document


def _queries(path: Path, faults: Counter[str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for row in _rows(path, faults):
        query, text = _text(row, "_id"), _text(row, "text")
        if not query or not text:
            faults[f"rows of {path.name} without id or text"] += 1
        elif query in seen:
            faults[f"rows of {path.name} repeating an id"] += 1
        else:
            seen.add(query)
            yield query, text


def _judgements(path: Path, faults: Counter[str]) -> dict[str, dict[str, float]]:
    """Rows `query-id corpus-id score`, or trec_eval's four columns; a first line that is no judgement is a header."""
    judged: dict[str, dict[str, float]] = {}
    for number, line in enumerate(_lines(path, faults), start=1):
        cells = line.split()
        grade = _number(cells[-1]) if len(cells) in (3, 4) else None
        if grade is None:
            if number > 1:
                faults[f"malformed rows of {path.name}"] += 1
        elif grade > 0:
            judged.setdefault(cells[0], {})[cells[-2]] = grade
        else:
            faults[f"rows of {path.name} judged not relevant, as they should be"] += 1
    return judged


def _rows(path: Path, faults: Counter[str]) -> Iterator[dict[str, Any]]:
    for line in _lines(path, faults):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if isinstance(row, dict):
            yield row
        else:
            faults[f"malformed rows of {path.name}"] += 1


def _lines(path: Path, faults: Counter[str]) -> Iterator[str]:
    """Lines that are not blank. A file that breaks off or is no UTF-8 ends there, counted."""
    try:
        with _open(path) as file:
            for line in file:
                if line.strip():
                    yield line
    except (OSError, EOFError, UnicodeDecodeError) as error:
        faults[f"{path.name} cannot be read to its end ({type(error).__name__})"] += 1


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _text(row: Mapping[str, Any], key: str) -> str:
    """A string or number as text; anything else, and blank, is empty."""
    value = row.get(key, "")
    return str(value).strip() if isinstance(value, str | int) else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
