"""Documents of a version: written and read the same, linked where they are the same, damaged ones told."""

from pathlib import Path

import pytest

from ingest.catalogue import Entry
from ingest.load import understand
from ingest.model import Plan
from vectorstore.holdings import JOURNAL, Added, Change, Holdings, fingerprint, journal, read_holdings, write_holdings
from vectorstore.lease import hold, unread
from vectorstore.manifest import FILE


def plan(name: str = "p", word: str = "监督") -> Plan:
    text = f"甲市计量工作方案\n一、总体要求\n加强计量{word}。\n"
    return understand(text, Entry(name, f"{name}.txt", "甲", "甲", "municipal", ("甲市",)), f"{name}.txt")


def written(folder: Path, holdings: Holdings, before: Path | None = None) -> Path:
    folder.mkdir()
    write_holdings(folder, holdings, before)
    return folder


def test_shipped_plans_are_read_as_they_were_written(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Every clause, origin, indicator, fact and discard."""
    holdings = Holdings(tuple(plans.values()), "f" * 16, ("a.doc: why",), removed=("gone",))
    assert read_holdings(written(tmp_path / "v1", holdings)) == holdings


def test_what_is_the_same_is_linked_and_what_is_not_is_written(tmp_path: Path) -> None:
    first = written(tmp_path / "v1", Holdings((plan("a"), plan("b"))))
    second = written(tmp_path / "v2", Holdings((plan("a"), plan("b", "检定"))), first)
    same = [(first / "plans" / name).samefile(second / "plans" / name) for name in ("a.json", "b.json")]
    assert same == [True, False]


def test_an_added_document_is_copied_for_its_owner_may_write_to_it(tmp_path: Path) -> None:
    document = tmp_path / "甲.txt"
    document.write_text("一、甲", encoding="utf-8")
    entry = Entry("a", "甲.txt", "甲", "", "other")
    first = written(tmp_path / "v1", Holdings((plan("a"),), added=(Added(entry, document),)))
    document.write_text("二、乙", encoding="utf-8")
    (kept,) = read_holdings(first).added
    assert (kept.entry, kept.file.read_text(encoding="utf-8")) == (entry, "一、甲")
    second = written(tmp_path / "v2", Holdings((plan("a"),), added=(kept,)), first)
    assert (second / "documents" / "a" / "甲.txt").samefile(kept.file), "between versions it is linked"


def test_the_journal_keeps_the_last_steps(tmp_path: Path) -> None:
    holdings = Holdings((plan(),))
    for number in range(JOURNAL + 5):
        holdings = holdings.noted(Change(str(number), "", "me", "built"))
    folder = written(tmp_path / "v1", holdings)
    assert [one.id for one in journal(folder)] == [str(number) for number in range(5, JOURNAL + 5)]
    (folder / "holdings.json").write_text("{")
    assert journal(folder) == ()


def test_a_plan_of_another_program_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "v1", Holdings((plan(),)))
    (folder / "plans" / "p.json").write_text('{"id": "p"}')
    with pytest.raises(ValueError, match=r"plans/p\.json.*another version"):
        read_holdings(folder)


def test_a_folder_is_told_by_names_and_bytes_not_by_times(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一、甲")
    before = fingerprint([tmp_path])
    file.touch()
    assert fingerprint([tmp_path]) == before
    file.write_text("一、乙")
    assert fingerprint([tmp_path]) != before


def test_what_is_held_is_not_free_until_all_have_let_go(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}")
    one, two = hold(tmp_path), hold(tmp_path)
    assert one is not None
    assert two is not None
    for lease in (one, two):
        with unread(tmp_path) as free:
            assert not free
        lease.release()
        lease.release()
    with unread(tmp_path) as free:
        assert free
        assert hold(tmp_path) is None, "who deletes it is not read behind his back"


def test_what_is_gone_cannot_be_held(tmp_path: Path) -> None:
    assert hold(tmp_path / "away") is None
    with unread(tmp_path / "away") as free:
        assert free
