"""Changes documents in forked children, which are killed at random; a module to run, for chromadb is imported once.

    python -m eval.attack.updating PLACE SEED KILLS

Prints a line of JSON a child: what it was doing, whether it was killed, what was live before and after.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.curator import Curator
from bot.offers import in_place_of, offers
from ingest.errors import MetrologyError, StoreError
from vectorstore.chroma import load_chromadb
from vectorstore.embed_hash import HashEmbedder
from vectorstore.holdings import Holdings, whole
from vectorstore.index import Query
from vectorstore.store import IndexStore

FIRST, SECOND, THIRD = "first", "second", "third"
TURNS = 4  # changes for each kill at most: some are done before it comes
LONGEST = 1.0  # seconds until a kill, when nothing was measured yet
SEARCHED = "计量器具"


@dataclass(frozen=True, slots=True)
class Place:
    """Documents, and the data folder of an index over them."""

    folder: Path

    @property
    def plans(self) -> Path:
        return self.folder / "plans"

    @property
    def curator(self) -> Curator:
        return Curator(IndexStore(self.folder / "data" / "index"), HashEmbedder(), self.plans)

    def document(self, name: str, year: int) -> Path:
        """A plan whose every clause tells which version it is of."""
        path = self.folder / "offered" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_of(name, year), encoding="utf-8")
        return path


def text_of(name: str, year: int) -> str:
    tasks = "".join(f"（{number}）任务。{year}年检定计量器具，{name}。\n" for number in "一二三四五")
    return f"{name}计量工作方案\n一、总体要求\n{year}年加强计量监督管理，{name}。\n二、主要任务\n{tasks}"


def prepare(place: Place) -> None:
    """The first two plans, built."""
    place.plans.mkdir(parents=True)
    for name in (FIRST, SECOND):
        (place.plans / f"{name}.txt").write_text(text_of(name, 2000), encoding="utf-8")
    place.curator.build("start")


def change(place: Place, turn: int, held: Holdings) -> tuple[str, Callable[[], object]]:
    """The next change, by turns: add, replace, remove, build."""
    curator = place.curator
    third = held.plan(THIRD)
    if turn % 4 == 0 or third is None:
        found, _ = offers([place.document(THIRD, 2000 + turn)])
        return (
            ("add", lambda: curator.add(found, "test")) if third is None else ("build", lambda: curator.build("test"))
        )
    if turn % 4 == 1:
        offer = in_place_of(third, place.document(THIRD, 2000 + turn))
        return "replace", lambda: curator.replace(offer, "test")
    if turn % 4 == 2:
        return "remove", lambda: curator.remove([THIRD], "test")
    return "build", lambda: curator.build("test")


def state(place: Place) -> list[str]:
    """What is live, as one version and whole: every plan with its text, and each found by the index. Raises."""
    curator = place.curator
    live = curator.store.live
    if live is None:
        raise StoreError("Nothing is live.")
    held = whole(live)
    curator.store.require_whole()
    opened = curator.store.open_live(curator.embedder)
    try:
        hits = opened.index.search(Query(SEARCHED), 100)
        stray = {hit.plan_id for hit in hits} ^ {plan.id for plan in held.plans}
        if stray or opened.folder != live:
            raise StoreError(f"The index and its documents are not of one version: {stray}")
    finally:
        opened.close()
    return [plan.source for plan in held.plans]


def run(place: Place, seed: int, kills: int) -> None:
    """All that opens Chroma does so in children: its threads do not survive a fork."""
    dice, longest = random.Random(seed), LONGEST
    before = Child(lambda: state(place)).result()
    made = 0
    for turn in range(TURNS * kills):
        if made == kills:
            break
        name, act = change(place, turn, place.curator.held())
        child, began = Child(lambda act=act: bool(act())), time.monotonic()  # type: ignore[misc]
        killed = child.killed_at(began + dice.uniform(0, longest))
        made += killed
        if not killed:
            longest = min(longest, max(0.05, (time.monotonic() - began) * 1.3))
        failed = "" if killed else child.result().get("error", "")
        after = Child(lambda: state(place)).result()
        _tell(
            place,
            {"change": name, "killed": killed, "moved": after != before, "error": failed or after.get("error", "")},
        )
        before = after
    done = Child(lambda: bool(place.curator.build("test"))).result()
    after = Child(lambda: state(place)).result()
    _tell(
        place, {"change": "build", "killed": False, "moved": True, "error": done.get("error") or after.get("error", "")}
    )


class Child:
    """A forked process that does one thing and says what came of it."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._hear, say = os.pipe()
        self._id = os.fork()
        if self._id == 0:
            _done(act, say)
        os.close(say)

    def killed_at(self, moment: float) -> bool:
        """False when it ended before."""
        while time.monotonic() < moment:
            if os.waitid(os.P_PID, self._id, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return False
            time.sleep(0.002)
        os.kill(self._id, signal.SIGKILL)
        os.waitpid(self._id, 0)
        os.close(self._hear)
        return True

    def result(self) -> dict[str, Any]:
        """`{"done": …}` or `{"error": …}`."""
        with os.fdopen(self._hear) as heard:
            said = heard.read()
        os.waitpid(self._id, 0)
        return dict(json.loads(said)) if said else {"error": "it ended without a word"}


def _done(act: Callable[[], object], say: int) -> None:
    """Never returns."""
    try:
        said = json.dumps({"done": act()})
    except (MetrologyError, OSError) as error:
        said = json.dumps({"error": f"{type(error).__name__}: {error}"})
    except BaseException as error:
        said = json.dumps({"error": repr(error)})
        raise
    finally:
        with os.fdopen(say, "w") as pipe:
            pipe.write(said)
        os._exit(0)


def _tell(place: Place, told: dict[str, object]) -> None:
    versions = [path.name for path in (place.curator.store.directory / "versions").iterdir()]
    sys.stdout.write(json.dumps({**told, "versions": len(versions)}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    where = Place(Path(sys.argv[1]))
    load_chromadb()  # here, not in every child
    if not where.plans.exists():
        Child(lambda: prepare(where)).result()
    run(where, int(sys.argv[2]), int(sys.argv[3]))
