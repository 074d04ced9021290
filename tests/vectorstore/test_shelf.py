"""Plans of a version are read when they are looked at; damage shows then."""

from pathlib import Path

import pytest

from ingest.errors import IndexDamaged
from tests.bot.held import curator_in, offer_of
from tests.vectorstore.test_holdings import plan, written
from vectorstore.holdings import Holdings, whole, write_holdings
from vectorstore.manifest import FORMAT, Manifest
from vectorstore.seal import seal
from vectorstore.shelf import Shelf

A, B = plan("a"), plan("b", "检定")


def version(folder: Path) -> Path:
    written(folder, Holdings((A, B)))
    Manifest(FORMAT, "hash:16", "c", 1, "", files=seal(folder)).write(folder)
    return folder


def test_it_is_a_sequence_of_plans(tmp_path: Path) -> None:
    shelf = whole(version(tmp_path / "v")).shelf
    assert shelf == (A, B)
    assert shelf == Shelf.of([A, B])
    assert shelf != (B, A)
    assert (shelf[0], shelf[-1], shelf[:1], len(shelf)) == (A, B, (A,), 2)
    assert (shelf.plan("b"), shelf.plan("c")) == (B, None)


def test_others_are_made_of_it(tmp_path: Path) -> None:
    shelf = whole(version(tmp_path / "v")).shelf
    assert shelf.without(["a"]).ids == ("b",)
    assert shelf.with_plan(plan("c")).ids == ("a", "b", "c")
    other = plan("a", "校准")
    assert shelf.with_plan(other)[0] == other
    assert shelf[0] == A


def test_what_nobody_looks_at_is_not_read(tmp_path: Path) -> None:
    folder = version(tmp_path / "v")
    file = folder / "plans" / "b.json"
    file.write_bytes(file.read_bytes()[::-1])
    shelf = whole(folder).shelf
    assert shelf[0] == A
    with pytest.raises(IndexDamaged, match=r"'plans/b\.json' does not hold what was written"):
        shelf.plan("b")


def test_documents_are_looked_through_by_who_means_to_read_them(tmp_path: Path) -> None:
    curator = curator_in(tmp_path)
    curator.add([offer_of(tmp_path)], "me")
    live = curator.store.live
    assert live is not None
    file = live / "documents" / "three" / "three.txt"
    file.write_bytes(file.read_bytes()[::-1])
    assert "three" in whole(live).shelf.ids
    with pytest.raises(IndexDamaged, match="documents/three"):
        whole(live, documents=True)


@pytest.mark.parametrize("name", ["holdings.json", "plans/a.json"])
def test_what_is_shorter_is_seen_at_once(tmp_path: Path, name: str) -> None:
    folder = version(tmp_path / "v")
    (folder / name).write_bytes(b"{}")
    with pytest.raises(IndexDamaged, match=name):
        whole(folder)


def test_plans_that_nobody_looked_at_are_linked_unread(tmp_path: Path) -> None:
    first = version(tmp_path / "v1")
    holdings = whole(first)
    (tmp_path / "v2").mkdir()
    known = write_holdings(tmp_path / "v2", Holdings(holdings.shelf.with_plan(plan("c"))), first)
    assert set(known) == {"plans/a.json", "plans/b.json"}
    assert (tmp_path / "v2" / "plans" / "a.json").samefile(first / "plans" / "a.json")
    assert seal(tmp_path / "v2", known) == seal(tmp_path / "v2"), "the seals are those of the bytes"
    assert holdings.shelf.lying("a") is not None
    assert holdings.shelf._read == {}


def test_an_addition_reads_no_other_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of adding grows with the document."""
    curator = curator_in(tmp_path)
    curator.build("test")
    offer, read = offer_of(tmp_path), list[Path]()
    monkeypatch.setattr("vectorstore.shelf.read_plan", lambda path, *_: read.append(path))
    curator.add([offer], "me")
    assert read == []
