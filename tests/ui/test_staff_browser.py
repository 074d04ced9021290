"""The staff's page in a real browser, at a desk and on a phone: a document goes live, an answer becomes a case.

Nothing may be loaded from elsewhere, no console error, no serious fault for who cannot see.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.model import Status
from bot.records.exchanges import today
from bot.records.keys import Scope
from bot.records.receipts import Feedback
from tests.bot.api.gates import callers_with, key
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from tests.bot.held import REWORDED, desk_in
from tests.bot.records.insight_builders import DETAIL, FINES, NOT_FOUND, PLEDGE, Past, kept
from tests.ui.staff_builders import DOCUMENT, app_of
from ui.staff import wording

pytestmark = pytest.mark.browser
Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
SHOTS = os.environ.get("STAFF_SHOTS", "")  # a folder for pictures, for who wants to look
NOW = f"{today()}"
PASTS = (
    Past("厦门怎么推行自我承诺？", clauses=(PLEDGE,), at=NOW, ratings=(False,)),
    Past("罚款多少钱？", Status.PARTIAL, (FINES,), notes=DETAIL, at=NOW),
    Past("罚款多少钱？", Status.PARTIAL, (FINES,), notes=DETAIL, at=NOW),
    Past("投诉电话是多少？", Status.NOT_FOUND, told=NOT_FOUND, at=NOW),
)


@dataclass
class Desk:
    """A page of a browser over a running server, and what went wrong in it."""

    page: Any
    url: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.url + path)
        return self.page

    def looks_right(self, name: str) -> None:
        """No serious fault, no sideways scrolling; a picture of it where one is wanted."""
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
        found = Axe().run(self.page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], name
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    records = kept(PASTS, f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite3'}")
    disliked = next(one for one in records.exchanges("2000", "3000") if one.disliked)
    records.rate(Feedback(disliked.answer_id, False, "没有说从哪天开始", disliked.asked_at, caller="another"))
    with desk_in(tmp_path_factory.mktemp("desk")) as desk, served(app_of(records, desk)) as address:
        yield address
    records.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def desk(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Desk]:
    yield from opened(browser, address, request.param)


def opened(browser: Any, address: str, width: int, **more: Any) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN", **more)
    desk = Desk(context.new_page(), address)
    desk.page.on("console", lambda said: desk.wrong.append(said.text) if said.type == "error" else None)
    desk.page.on("pageerror", lambda error: desk.wrong.append(str(error)))
    desk.page.on("request", lambda one: None if one.url.startswith(address) else desk.wrong.append(one.url))
    yield desk
    context.close()
    assert desk.wrong == []


def hand_in(page: Any, folder: Path, text: str, plan_id: str) -> None:
    (folder / "文件.txt").write_text(text, encoding="utf-8")
    page.get_by_label(wording.FILE, exact=True).set_input_files(folder / "文件.txt")
    page.get_by_label(wording.PLAN_ID).fill(plan_id)
    page.get_by_role("button", name=wording.SEND).click()
    page.get_by_role("heading", name=wording.CLAUSES_TITLE).wait_for()


def test_a_document_is_handed_in_looked_at_and_accepted(desk: Desk, tmp_path: Path) -> None:
    width = desk.page.viewport_size["width"]
    page = desk.open("/staff")
    desk.looks_right(f"documents-{width}")
    hand_in(page, tmp_path, DOCUMENT, f"bing-{width}")
    desk.looks_right(f"draft-{width}")
    page.get_by_role("link", name=wording.ACCEPT, exact=True).click()
    page.get_by_label(wording.NOTE).fill("核对过")
    desk.looks_right(f"confirm-{width}")
    page.get_by_role("button", name=wording.ACCEPT).click()
    page.get_by_role("link", name=wording.READ_LIVE).wait_for()
    desk.looks_right(f"accepted-{width}")
    page.get_by_role("link", name=wording.LOG).click()
    assert "核对过" in page.get_by_role("table").inner_text()
    desk.looks_right(f"log-{width}")


def test_a_new_version_shows_its_difference_and_is_rejected(desk: Desk, tmp_path: Path) -> None:
    width = desk.page.viewport_size["width"]
    page = desk.open("/staff/documents")
    hand_in(page, tmp_path, REWORDED, "one")
    changed = page.locator(".diff").get_by_text(re.compile("删去：|新增："))
    assert changed.count() == 3
    assert "删去：按期新增：每年检定新增：一次" in page.locator(".diff").inner_text().replace("\n", "")
    desk.looks_right(f"difference-{width}")
    page.get_by_role("link", name=wording.REJECT).click()
    page.get_by_role("button", name=wording.REJECT).click()
    page.locator(".tag.rejected").wait_for()


def test_what_was_asked_is_told_and_an_answer_becomes_a_case(desk: Desk) -> None:
    page = desk.open("/staff/insights")
    desk.looks_right(f"insights-{page.viewport_size['width']}")
    assert "没有说从哪天开始" in page.get_by_role("region", name=wording.DISLIKED_TITLE).inner_text()
    assert page.locator("svg rect").count() == 3
    with page.expect_download() as given:
        page.get_by_role("link", name="罚款多少钱？").filter(has_text=wording.CASE).first.click()
    (row,) = [json.loads(line) for line in Path(given.value.path()).read_text(encoding="utf-8").splitlines()]
    assert row["turns"] == ["罚款多少钱？"]
    page.get_by_role("link", name="投诉电话是多少？", exact=True).first.click()
    desk.looks_right(f"answer-{page.viewport_size['width']}")


def test_by_night_and_with_a_key(browser: Any, tmp_path: Path) -> None:
    made, told = key(Scope.ADMIN)
    records = kept(PASTS, f"sqlite:///{tmp_path / 'records.sqlite3'}")
    with desk_in(tmp_path) as held, served(app_of(records, held, callers_with(made), FakeBot())) as address:
        for desk in opened(browser, address, 390, color_scheme="dark"):
            page = desk.open("/staff")
            desk.looks_right("login-dark")
            page.get_by_label(wording.KEY_LABEL).fill(told)
            page.get_by_label(wording.KEY_LABEL).press("Enter")
            page.get_by_role("heading", name=wording.UPLOAD_TITLE).wait_for()
            desk.looks_right("documents-dark")
            desk.open("/staff/insights")
            desk.looks_right("insights-dark")
            page.get_by_role("button", name=wording.LOGOUT).click()
            page.get_by_label(wording.KEY_LABEL).wait_for()
    records.close()
