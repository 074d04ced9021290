"""Documents added, replaced, removed: one change, one version; what was removed is nowhere."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import pytest

from bot.curator import Curator, LastPlan, PlanHeld
from bot.offers import Described, NothingToAdd, in_place_of, offers
from ingest.errors import BadSetting, IndexDamaged, StoreError, UnknownEntry
from tests.bot.held import ONE, REWORDED, THREE, curator_in, folder_of, offer_of
from tests.vectorstore.counting import Counting
from vectorstore.holdings import Change, HoldingsLost
from vectorstore.index import Query
from vectorstore.store import IndexStore
from vectorstore.versions import IndexBusy


class Book:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}

    def settle(self, changes: Iterable[Change]) -> None:
        self.changes |= {change.id: change for change in changes}


@pytest.fixture
def curator(tmp_path: Path) -> Curator:
    made = curator_in(tmp_path)
    made.build("test")
    return made


def ids(curator: Curator) -> list[str]:
    return [plan.id for plan in curator.held().plans]


def found(curator: Curator, text: str) -> str:
    opened = curator.store.open_live(curator.embedder)
    hits = opened.index.search(Query(text), 1)
    opened.close()
    return hits[0].clause_id if hits else ""


def on_disk(curator: Curator, text: str) -> list[Path]:
    """Files of all versions in which `text` stands."""
    files = (path for path in curator.store.directory.rglob("*") if path.is_file())
    return [path for path in files if text.encode() in path.read_bytes()]


def test_a_plan_is_added_beside_the_others(curator: Curator, tmp_path: Path) -> None:
    outcome = curator.add([offer_of(tmp_path)], "me")
    assert ids(curator) == ["one", "two", "three"]
    assert found(curator, "加油机") == "three:二(一)"
    assert found(curator, "电子秤") == "one:二(一)"
    assert (outcome.plans, outcome.waiting) == (("one", "two", "three"), ())
    assert outcome.change.after == curator.store.manifest().corpus != outcome.change.before


def test_what_is_not_new_is_not_read_again(tmp_path: Path) -> None:
    """Adding a plan costs one encoding of its own sentences."""
    embedder = Counting()
    curator = curator_in(tmp_path, embedder=embedder)
    curator.build("test")
    embedder.texts.clear()
    curator.add([offer_of(tmp_path)], "me")
    assert embedder.texts == ["丙市计量工作方案", "总体要求：守护民生计量。", "抽查。", "抽查加油机一百台。"]
    embedder.texts.clear()
    curator.remove(["two"], "me")
    assert embedder.texts == []
    assert found(curator, "加油机") == "three:二(一)", "rows are those of their passages"


def test_a_new_version_keeps_names_place_and_addresses(curator: Curator, tmp_path: Path) -> None:
    before = curator.held().plans[0]
    path = folder_of(tmp_path / "new", anything=REWORDED) / "anything.txt"
    curator.replace(in_place_of(before, path), "me")
    after = curator.held().plans[0]
    assert (after.id, after.name, after.region) == (before.id, before.name, before.region)
    assert [clause.id for clause in after.clauses] == [clause.id for clause in before.clauses]
    assert "每年检定一次" in next(clause.text for clause in after.clauses if clause.path == "二(一)")
    assert on_disk(curator, "按期检定") == []


def test_what_was_removed_is_nowhere(curator: Curator) -> None:
    assert on_disk(curator, "能力比对")
    curator.remove(["two"], "me")
    assert ids(curator) == ["one"]
    assert on_disk(curator, "能力比对") == []
    assert found(curator, "能力比对") != "two:二(一)"


def test_a_build_keeps_what_was_added_and_leaves_out_what_was_removed(curator: Curator, tmp_path: Path) -> None:
    curator.add([offer_of(tmp_path)], "me")
    curator.remove(["two"], "me")
    folder_of(curator.folder, one=REWORDED)
    (tmp_path / "offered" / "three.txt").unlink()
    curator.build("me")
    assert ids(curator) == ["one", "three"]
    assert found(curator, "每年检定") == "one:二(一)"
    assert curator.build("me", only_if_needed=True) is None
    curator.add([offer_of(tmp_path, "two", THREE.replace("丙", "乙"))], "me")
    assert ids(curator) == ["one", "three", "two"], "what was removed may come back"


def test_a_catalogue_that_changed_is_a_change_though_the_texts_are_the_same(curator: Curator) -> None:
    assert curator.build("me", only_if_needed=True) is None
    entry = '[[plan]]\nid = "one"\nfile = "one.txt"\nname = "甲方案"\nregion = "甲"\nlevel = "municipal"\n'
    (curator.folder / "catalogue.toml").write_text(entry, encoding="utf-8")
    assert curator.build("me", only_if_needed=True) is not None
    assert curator.held().plans[0].name == "甲方案"


def test_what_cannot_be_is_refused_and_changes_nothing(curator: Curator, tmp_path: Path) -> None:
    live = curator.store.live
    with pytest.raises(PlanHeld, match=r"'one'.*Replace it"):
        curator.add([offer_of(tmp_path, "one")], "me")
    with pytest.raises(UnknownEntry, match="one, two"):
        curator.remove(["nine"], "me")
    with pytest.raises(UnknownEntry):
        curator.replace(offer_of(tmp_path), "me")
    with pytest.raises(LastPlan, match="Add another plan first"):
        curator.remove(["one", "two"], "me")
    with pytest.raises(NothingToAdd, match=r"prose\.txt"):
        offers([folder_of(tmp_path / "odd", prose="某市计量方案") / "prose.txt"])
    for told in (Described(id="No Id"), Described(level="galaxy")):
        with pytest.raises(BadSetting):
            offers([folder_of(tmp_path / "odd", good=ONE) / "good.txt"], told)
    assert curator.store.live == live


def test_each_step_is_written_down_by_whom_and_from_what_to_what(tmp_path: Path) -> None:
    book = Book()
    curator = curator_in(tmp_path, book)
    curator.build("start")
    curator.add([offer_of(tmp_path)], "key-1", note="新文件")
    curator.remove(["three"], "key-2")
    steps = [(one.who, one.action, one.plan_id, one.note) for one in book.changes.values()]
    assert steps == [
        ("start", "built", "", ""),
        ("key-1", "added", "three", "新文件"),
        ("key-2", "removed", "three", ""),
    ]
    built, added, removed = book.changes.values()
    assert (built.before, added.before, removed.after) == ("", built.after, built.after)


def test_a_version_tells_the_records_what_they_missed(tmp_path: Path) -> None:
    """As when a process was killed after the switch."""
    curator_in(tmp_path).build("start")
    book = Book()
    curator_in(tmp_path, book).settle()
    assert [one.action for one in book.changes.values()] == ["built"]


def test_writers_queue_and_say_for_whom_they_wait(curator: Curator, tmp_path: Path) -> None:
    said: list[str] = []
    late = Curator(curator.store, curator.embedder, curator.folder, say=said.append, patience=0.3)
    with curator.store.versions.alone():
        with pytest.raises(IndexBusy, match=rf"process {os.getpid()} since .*try again"):
            late.add([offer_of(tmp_path)], "me")
        patient = Curator(curator.store, curator.embedder, curator.folder, say=said.append)
        thread = Thread(target=patient.add, args=([offer_of(tmp_path)], "me"))
        thread.start()
        time.sleep(2.3)
    thread.join()
    assert said == [each for each in said if f"process {os.getpid()}" in each and "waiting" in each]
    assert ids(curator) == ["one", "two", "three"]


def test_two_who_add_at_once_both_have_added(curator: Curator, tmp_path: Path) -> None:
    both = [offer_of(tmp_path), offer_of(tmp_path, "four", THREE.replace("丙", "丁"))]
    threads = [Thread(target=curator.add, args=([offer], "me")) for offer in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ids(curator)) == ["four", "one", "three", "two"]


def test_a_full_disk_is_said_and_changes_nothing(curator: Curator, tmp_path: Path) -> None:
    blocked = Curator(IndexStore(tmp_path / "plans" / "one.txt" / "index"), curator.embedder, curator.folder)
    with pytest.raises(StoreError, match=r"Cannot write an index to .* What was live stays live"):
        blocked.build("me")
    full = IndexStore(Path("/dev/full") / "index")
    with pytest.raises(StoreError, match="Check space and permissions"):
        Curator(full, curator.embedder, curator.folder).build("me")
    assert ids(curator) == ["one", "two"]


def test_of_a_damaged_version_only_a_build_takes_the_documents(curator: Curator, tmp_path: Path) -> None:
    curator.add([offer_of(tmp_path)], "me")
    live = curator.store.live
    assert live is not None
    (live / "manifest.json").unlink()
    with pytest.raises(StoreError, match="metrology build"):
        curator.remove(["one"], "me")
    curator.build("me")
    assert ids(curator) == ["one", "two", "three"]


def test_added_documents_that_cannot_be_told_are_not_lost_in_silence(curator: Curator, tmp_path: Path) -> None:
    curator.add([offer_of(tmp_path)], "me")
    live = curator.store.live
    assert live is not None
    (live / "holdings.json").write_text("{}")
    with pytest.raises(IndexDamaged):
        curator.held()
    with pytest.raises(HoldingsLost, match="documents"):
        curator.build("me")
