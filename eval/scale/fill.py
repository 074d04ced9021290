"""Statutes into an index, some at a time. Each batch is live before the next is read: what was done is never redone.

What each batch took is written beside the index, so that a run that was stopped goes on with its figures.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from bot.curator import Curator
from bot.offers import NothingToAdd, Offer, offers
from eval.scale.statutes import Statute

FIGURES = "batches.jsonl"
BATCH = 100  # documents that are understood and held in memory at once
WHO = "scale"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Seconds that were taken to understand documents, and to search- and judge-index what they say."""

    documents: int
    articles: int
    clauses: int
    skipped: int
    read_s: float
    index_s: float


def fill(curator: Curator, wanted: Iterable[Statute], articles: int, place: Path, tell: Progress) -> None:
    """What is held already is passed over. `articles`: how many there are in all, for the time that is left."""
    held, done, fresh, began = set(curator.held().shelf.ids), 0, 0, time.monotonic()
    tried = set(_tried(place))
    for batch in _batches(wanted):
        todo = [one for one in batch if one.id not in held and one.id not in tried]
        done += sum(one.articles for one in batch)
        if not todo:
            continue
        _note(place, _added(curator, todo, place), todo)
        fresh += sum(one.articles for one in todo)
        tell(_told(done, articles, fresh, time.monotonic() - began))


def batches(place: Path) -> list[Batch]:
    """What was done so far, by this run or earlier ones."""
    return [Batch(**json.loads(line)["took"]) for line in _lines(place)]


def _tried(place: Path) -> Iterator[str]:
    """Documents that were given, those that could not be understood too."""
    for line in _lines(place):
        yield from json.loads(line)["ids"]


def _lines(place: Path) -> list[str]:
    """A last line that was cut off by a kill is none."""
    file = place / FIGURES
    content = file.read_text(encoding="utf-8") if file.is_file() else ""
    return content[: content.rfind("\n") + 1].splitlines()


def _note(place: Path, took: Batch, todo: list[Statute]) -> None:
    file, said = place / FIGURES, _lines(place)
    line = json.dumps({"took": asdict(took), "ids": [one.id for one in todo]})
    file.write_text("".join(f"{each}\n" for each in [*said, line]), encoding="utf-8")


def _added(curator: Curator, todo: list[Statute], place: Path) -> Batch:
    began = time.monotonic()
    found, skipped = understood(todo, place)
    read = time.monotonic()
    if found:
        curator.add(found, WHO)
    clauses = sum(len(one.plan.clauses) for one in found)
    articles = sum(one.articles for one in todo)
    return Batch(len(found), articles, clauses, skipped, read - began, time.monotonic() - read)


def understood(todo: Iterable[Statute], place: Path) -> tuple[list[Offer], int]:
    """Documents as they lie in `place`, and how many could not be understood."""
    folder = place / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    found, skipped = list[Offer](), 0
    for one in todo:
        path = folder / f"{one.id}.txt"
        path.write_text(one.text, encoding="utf-8")
        try:
            found += offers([path])[0]
        except NothingToAdd:
            skipped += 1
    return found, skipped


def _batches(wanted: Iterable[Statute]) -> Iterator[list[Statute]]:
    each = iter(wanted)
    while batch := list(islice(each, BATCH)):
        yield batch


def _told(done: int, articles: int, fresh: int, seconds: float) -> str:
    left = seconds / fresh * max(0, articles - done) if fresh else 0.0
    return f"{done} of {articles} articles, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
