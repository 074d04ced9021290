"""The text to learn from, read from a folder that stays outside the repository.

    statutes.jsonl.gz     one article a line: {"title", "section"?, "text"}
    news/*.gz             one news story a line, "[ date ] ，正文：…"
    pairs/NAME.jsonl.gz   one question a line: {"query", "positive", "title"?}

The plans' own clauses come from `ingest`.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import UnreadableDocument
from ingest.model import Clause

_T = TypeVar("_T")
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*")
_SHORTEST = 6  # characters; shorter ones go with their neighbour
_NUMBERED = re.compile(r"^第[一二三四五六七八九十百]+[编章节]")  # 第一章 总则
_EMPTY_SECTIONS = frozenset({"总则", "附则", "法律责任"})  # say nothing of what an article is about
_COUNTRY = re.compile(r"^中华人民共和国")
_DATELINE = re.compile(r"^[^（(]{0,30}电\s*[（(]记者[^）)]*[）)]")  # 人民网柏林7月28日电 （记者刘仲华）
_RESPONSIBLE = re.compile(r"[（(](?:责任单位|牵头单位)[^）)]*[）)]\s*$")
_STORY_SENTENCES = 24  # the lead of a story; what follows is often boilerplate


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the words above it; `heading` is empty where there are none."""

    heading: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and what answers it; `answer.heading` is the title of an answering article."""

    question: str
    answer: Document


@dataclass(frozen=True, slots=True)
class Corpus:
    statutes: tuple[Document, ...]
    news: tuple[Document, ...]
    plans: tuple[Document, ...]
    pairs: dict[str, tuple[Pair, ...]]  # by the file's name


def read_corpus(data: Path, clauses: Iterable[Clause]) -> Corpus:
    """Raises UnreadableDocument when a part of `data` is missing or empty."""
    return Corpus(
        statutes=_some(data / "statutes.jsonl.gz", _statutes(data / "statutes.jsonl.gz")),
        news=_some(data / "news", _news(data / "news")),
        plans=tuple(document for clause in clauses if (document := _clause(clause)).sentences),
        pairs=dict(_some(data / "pairs", _pair_files(data / "pairs"))),
    )


def sentences(text: str) -> tuple[str, ...]:
    """`text` cut after 。；！？ and line ends: joined again, the sentences are `text`."""
    found: list[str] = []
    for piece in _SENTENCE.findall(text):
        if found and min(len(piece), len(found[-1])) < _SHORTEST:
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def _statutes(path: Path) -> Iterator[Document]:
    seen: set[str] = set()  # laws come in several versions with mostly the same articles
    for row in _rows(path):
        if row["text"] in seen:
            continue
        seen.add(row["text"])
        section = re.sub(r"\s", "", (row.get("section") or "").rpartition("/")[2])
        section = _NUMBERED.sub("", section)
        title = _COUNTRY.sub("", row["title"])
        heading = title if section in _EMPTY_SECTIONS else f"{title} {section}".strip()
        yield Document(heading, sentences(row["text"]))


def _news(folder: Path) -> Iterator[Document]:
    seen: set[str] = set()
    for path in sorted(folder.glob("*.gz")):
        for line in _lines(path):
            story = re.sub(r"\s{2,}", "\n", line.rpartition("正文：")[2].strip())
            story = _DATELINE.sub("", story)
            if len(story) >= 60 and story[:60] not in seen:
                seen.add(story[:60])
                yield Document("", sentences(story)[:_STORY_SENTENCES])


def _pair_files(folder: Path) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        pairs = (
            Pair(row["query"], Document(row.get("title") or "", sentences(row["positive"])))
            for row in _rows(path)
            if isinstance(row["query"], str) and isinstance(row["positive"], str)  # a few answers are NaN
        )
        yield path.name.removesuffix(".jsonl.gz"), _some(path, pairs)


def _clause(clause: Clause) -> Document:
    if not clause.searchable:
        return Document("", ())
    return Document(clause.heading, sentences(_RESPONSIBLE.sub("", clause.text)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise UnreadableDocument(path, f"{error.strerror or error}; see vectorstore/training/corpus.py") from error


def _some(path: Path, items: Iterable[_T]) -> tuple[_T, ...]:
    found = tuple(items)
    if not found:
        raise UnreadableDocument(path, "nothing to train on in it; see vectorstore/training/corpus.py")
    return found
