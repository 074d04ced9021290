"""Documents on the staff's page: handed in, looked at, accepted, rejected; the log."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.desk import Desk
from bot.records.store import SqlRecords
from tests.bot.held import ONE, REWORDED, desk_in
from tests.ui.staff_builders import DOCUMENT, app_of, decide, hand_in, token, visitor, words
from ui.staff import wording


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as desk:
        yield desk


@pytest.fixture
def staff(desk: Desk) -> Iterator[TestClient]:
    records = SqlRecords.at("sqlite://")
    yield visitor(app_of(records, desk))
    records.close()


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    """The page and its desk, for what is refused and leaves them as they are."""
    records = SqlRecords.at("sqlite://")
    with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        yield visitor(app_of(records, desk)), desk
    records.close()


def held(desk: Desk) -> list[str]:
    return sorted(plan.id for plan in desk.curator.held().plans)


def test_what_was_understood_is_shown_before_it_goes_live(staff: TestClient, desk: Desk) -> None:
    shown = hand_in(staff, id="bing", region="丙", level="municipal")
    assert re.fullmatch(r"/staff/drafts/\w+", shown.url.path)
    assert held(desk) == ["one", "two"], "nothing is live yet"
    told = words(shown)
    said = [
        "丙政发〔2024〕8号",  # metadata
        wording.SILENT,
        "文件未载明成文日期",  # a warning
        wording.IS_NEW,
        "抽查加油机100台。",  # a clause
        "市市场监管局",  # a unit, and where
        "建标数",  # indicators
        "20（2025年）",
        wording.OUTLINE_TITLE,
        wording.LEFT_OUT_TITLE,
        "市级",
    ]
    assert [one for one in said if one not in told] == []
    assert 'href="#%E4%BA%8C%28%E4%B8%80%29"' in shown.text, "the outline leads to the clauses"
    assert 'id="二(一)"' in shown.text
    assert "<script" not in shown.text
    assert "<script>alert" in told, "what a document says is only words"


def test_every_clause_indicator_and_unit_is_there(staff: TestClient, desk: Desk) -> None:
    shown = hand_in(staff, id="bing")
    _, review = desk.look(shown.url.path.rpartition("/")[2])
    assert review is not None
    anchors = re.findall(r'<div class="entry" id="([^"]+)">', shown.text)
    assert anchors == [clause.path for clause in review.plan.clauses]
    assert len(re.findall(r'<th scope="row">', shown.text)) >= len(review.plan.indicators) + len(review.left_out)
    assert len(review.plan.indicators) > 1


def test_it_is_accepted_after_a_second_look(staff: TestClient, desk: Desk) -> None:
    path = hand_in(staff, id="bing").url.path
    asked = staff.get(f"{path}/accept")
    assert wording.CONFIRM_ACCEPT in asked.text
    assert wording.WARNED_FIRST.partition("{")[0] in asked.text
    assert held(desk) == ["one", "two"], "a look changes nothing"
    done = decide(staff, path, "accept", note="核对过")
    assert (done.status_code, done.url.path) == (200, path)
    assert held(desk) == ["bing", "one", "two"]
    assert wording.STATUS["accepted"] in done.text
    assert 'href="/plans/bing"' in done.text
    again = staff.post(f"{path}/reject", data={"token": token(staff)})
    assert (again.status_code, "已经处理过" in again.text) == (409, True)
    told = words(staff.get("/staff/log"))
    for said in (wording.ACTIONS["added"], wording.ACTIONS["drafted"], "staff:local", "核对过", "bing"):
        assert said in told


def test_a_new_version_is_shown_beside_the_old_one(staff: TestClient, desk: Desk) -> None:
    shown = hand_in(staff, REWORDED.replace("（二）培训。培训计量人员。\n", ""), id="one")
    assert wording.NEW_VERSION.format(plan="one") in shown.text
    assert re.search(r"<del><span[^>]*>删去：</span>按期</del><ins><span[^>]*>新增：</span>每年</ins>检定", shown.text)
    gone = shown.text[shown.text.index(wording.REMOVED) :]
    assert "培训计量人员" in gone
    counts = {"same": 2, "reworded": 1, "added": 0, "removed": 1, "moved": 0}
    assert re.search(wording.CHANGES_COUNT.format(**{**counts, "same": r"\d+"}), shown.text)
    decide(staff, shown.url.path, "accept")
    assert desk.curator.held().plan("one") is not None
    assert "每年检定一次" in "".join(clause.text for clause in desk.curator.held().plan("one").clauses)  # type: ignore[union-attr]


def test_what_is_the_same_is_said_to_be(staff: TestClient) -> None:
    assert wording.CHANGES_NONE in words(hand_in(staff, ONE, id="one"))


def test_an_id_that_is_held_is_told_before_anybody_accepts(staff: TestClient) -> None:
    shown = hand_in(staff, file="one.txt")
    assert wording.HELD.format(plan="one") in shown.text
    refused = decide(staff, shown.url.path, "accept")
    assert (refused.status_code, "已有这一标识的文件" in refused.text) == (409, True)


def test_it_is_rejected_and_gone(staff: TestClient, desk: Desk) -> None:
    path = hand_in(staff, id="bing").url.path
    assert wording.REJECT_LEAD in staff.get(f"{path}/reject").text
    done = decide(staff, path, "reject", note="不是正式文本")
    assert wording.STATUS["rejected"] in done.text
    assert "不是正式文本" in done.text
    assert desk.drafts.draft(path.rpartition("/")[2]).document is None
    assert held(desk) == ["one", "two"]
    listed = words(staff.get("/staff/documents"))
    assert wording.WAITING_NONE in listed
    assert wording.STATUS["rejected"] in listed
    assert staff.get(f"{path}/accept").url.path == path, "there is nothing to confirm any more"


def test_drafts_wait_in_a_list(staff: TestClient) -> None:
    path = hand_in(staff, id="bing").url.path
    listed = staff.get("/staff/documents")
    assert f'href="{path}"' in listed.text
    assert "three.txt" in words(listed)


REFUSED = [
    ({"text": "某市计量方案"}, 422, "读不出条款"),
    ({"id": "No Id"}, 422, f"“{wording.PLAN_ID}”不符合要求：No Id。"),
    ({"level": "galaxy"}, 422, f"“{wording.LEVEL}”不符合要求：galaxy。"),
    ({"file": "../x.txt"}, 422, f"“{wording.FILE}”不符合要求"),
]


@pytest.mark.parametrize(("told", "status", "said"), REFUSED)
def test_what_cannot_be_taken_is_told(
    unchanged: tuple[TestClient, Desk], told: dict[str, str], status: int, said: str
) -> None:
    staff, desk = unchanged
    refused = hand_in(staff, **told)
    assert (refused.status_code, said in words(refused)) == (status, True), words(refused)
    assert "/tmp" + "/" not in refused.text
    assert desk.listed() == []


def test_a_form_without_a_file_or_with_too_much_is_refused(unchanged: tuple[TestClient, Desk]) -> None:
    staff, _ = unchanged
    fields = {"token": token(staff)}
    assert wording.NO_FILE in staff.post("/staff/documents", data=fields).text
    large = {"document": ("a.txt", b"x" * (24 * 1024 * 1024))}
    refused = staff.post("/staff/documents", data=fields, files=large)
    assert (refused.status_code, "至多 24 MB" in refused.text) == (413, True)
    garbled = staff.post("/staff/documents", content=b"x", headers={"Content-Type": "multipart/form-data; boundary=y"})
    assert garbled.status_code in (400, 403)


@pytest.mark.parametrize("path", ["/staff/drafts/none", "/staff/drafts/none/accept", "/staff/drafts/none/sell"])
def test_a_draft_nobody_made_is_not_found(unchanged: tuple[TestClient, Desk], path: str) -> None:
    staff, _ = unchanged
    assert staff.get(path).status_code == 404
    assert staff.post(path, data={"token": token(staff)}).status_code in (404, 405)


def test_a_long_document_is_taken(staff: TestClient) -> None:
    assert hand_in(staff, DOCUMENT + "计量" * 100_000, id="long").status_code == 200
