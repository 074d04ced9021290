"""Documents handed in: looked at, accepted, rejected; every step written down by whom and when."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.curator import DraftDecided, PlanHeld
from bot.desk import Desk, TooManyDrafts, file_name
from bot.offers import Described
from bot.records import drafts as kept
from bot.records.changes import SqlChanges
from ingest.errors import BadSetting, IngestError, UnknownEntry
from tests.bot.held import REWORDED, THREE, desk_in
from vectorstore.holdings import Change

NEW, AGAIN = THREE.encode(), REWORDED.encode()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as opened:
        yield opened


def ids(desk: Desk) -> list[str]:
    return [plan.id for plan in desk.curator.held().plans]


def test_a_new_document_waits_until_it_is_accepted(desk: Desk) -> None:
    draft, seen = desk.hand_in(NEW, "three.txt", Described(name="丙方案", region="丙"), "key-1")
    assert (draft.status, draft.plan_id, draft.replaces) == ("pending", "three", "")
    assert (seen.plan.name, seen.changes, seen.replaces) == ("丙方案", None, None)
    assert "二(一)" in [line.path for line in seen.outline]
    assert {warned.what for warned in seen.warnings if warned.code == "not_said"} >= {"number", "issued_on"}
    assert ids(desk) == ["one", "two"]
    outcome = desk.accept(draft.id, "key-2", "核对过")
    assert ids(desk) == ["one", "two", "three"]
    assert desk.curator.held().plans[2].region == "丙"
    assert (outcome.change.draft_id, outcome.change.note) == (draft.id, "核对过")
    decided = desk.drafts.draft(draft.id)
    assert (decided.status, decided.decided_by, decided.document) == ("accepted", "key-2", None)
    assert desk.look(draft.id)[1] is None


def test_a_new_version_is_shown_against_what_is_live(desk: Desk) -> None:
    draft, seen = desk.hand_in(AGAIN, "甲方案新.txt", Described(id="one"), "key-1")
    assert (draft.replaces, draft.plan_id) == ("one", "one")
    assert seen.changes is not None
    assert [one.clause_id for one in seen.changes.reworded] == ["one:二(一)"]
    desk.accept(draft.id, "key-1")
    assert ids(desk) == ["one", "two"]
    assert "每年检定一次" in desk.curator.held().plans[0].source


def test_what_is_the_same_is_said_to_be(desk: Desk) -> None:
    same = desk.curator.held().plans[0].source.encode()
    _, seen = desk.hand_in(same, "one.txt", Described(id="one"), "")
    assert "unchanged" in [warned.code for warned in seen.warnings]


def test_a_rejected_draft_is_gone_and_cannot_be_accepted(desk: Desk) -> None:
    draft, _ = desk.hand_in(NEW, "three.txt", Described(), "key-1")
    rejected = desk.reject(draft.id, "key-2", "不是正式文本")
    assert (rejected.status, rejected.note, rejected.document) == ("rejected", "不是正式文本", None)
    for decide in (desk.accept, desk.reject):
        with pytest.raises(DraftDecided, match="rejected already"):
            decide(draft.id, "key-2")
    assert ids(desk) == ["one", "two"]
    assert desk.listed("pending") == []


def test_the_log_tells_every_step(desk: Desk) -> None:
    first, _ = desk.hand_in(NEW, "three.txt", Described(), "key-1")
    second, _ = desk.hand_in(AGAIN, "one.txt", Described(id="one"), "key-1")
    desk.accept(first.id, "key-2")
    desk.reject(second.id, "key-2", "旧了")
    desk.curator.remove(["three"], "key-3")
    told = [(one.action, one.who, one.plan_id, one.draft_id) for one in reversed(desk.log())]
    assert told == [
        ("built", "start", "", ""),
        ("drafted", "key-1", "three", first.id),
        ("drafted", "key-1", "one", second.id),
        ("added", "key-2", "three", first.id),
        ("rejected", "key-2", "one", second.id),
        ("removed", "key-3", "three", ""),
    ]
    assert all(one.at for one in desk.log())
    assert {one.plan_id for one in desk.log(plan_id="three")} == {"three"}


def test_a_process_killed_between_switch_and_record_leaves_the_draft_accepted(desk: Desk) -> None:
    draft, _ = desk.hand_in(NEW, "three.txt", Described(), "key-1")

    class Killed(SqlChanges):
        def settle(self, changes: Iterable[Change]) -> None:
            assert list(changes)
            raise KeyboardInterrupt

    dying = Desk(replace(desk.curator, ledger=Killed(desk.drafts.database)), desk.drafts)
    with pytest.raises(KeyboardInterrupt):
        dying.accept(draft.id, "key-2")
    assert ids(desk) == ["one", "two", "three"]
    with pytest.raises(DraftDecided):
        desk.accept(draft.id, "key-2")
    assert [one.status for one in desk.listed()] == ["accepted"]


def test_of_a_removed_plan_no_draft_keeps_the_text(desk: Desk) -> None:
    draft, _ = desk.hand_in(AGAIN, "one.txt", Described(id="one"), "key-1")
    desk.curator.remove(["one"], "key-2")
    left = desk.drafts.draft(draft.id)
    assert (left.status, left.document) == ("rejected", None)


def test_what_cannot_be_handed_in_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IngestError):
        desk.hand_in("某市计量方案".encode(), "prose.txt", Described(), "")
    with pytest.raises(UnknownEntry, match="draft 'nine'"):
        desk.look("nine")
    draft, _ = desk.hand_in(NEW, "one.txt", Described(), "")
    with pytest.raises(PlanHeld):
        desk.accept(draft.id, "")
    monkeypatch.setattr("bot.desk.WAITING_MAX", 1)
    with pytest.raises(TooManyDrafts, match="Accept or reject"):
        desk.hand_in(NEW, "three.txt", Described(), "")
    assert kept.WAITING_MAX > 1


@pytest.mark.parametrize(
    "name", ["", "  ", "../one.txt", "a/b.txt", "a\\b.txt", "c:x.txt", ".hidden", "a\x00.txt", "长" * 200]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(BadSetting):
        file_name(name)


def test_a_file_s_name_is_kept() -> None:
    assert file_name(" 关于印发《意见》的通知（2024）.docx ") == "关于印发《意见》的通知（2024）.docx"
