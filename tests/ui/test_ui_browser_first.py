"""Before the scripts and without them, while the server is away and when it is back, in a real browser."""

from typing import Any

import pytest

from tests.ui.axe import grave_faults
from tests.ui.conftest import QUESTION, Visitor, answered, ask
from ui import wording

pytestmark = pytest.mark.browser


def test_without_scripts_a_question_is_answered(visitor: Visitor) -> None:
    page = visitor.open(java_script_enabled=False, width=390, height=844)
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=wording.SEND).click()
    page.locator(".card").nth(1).wait_for()
    assert page.get_by_role("link", name=wording.OPEN_CLAUSE).count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label(wording.QUESTION_LABEL).fill("承诺")
    page.get_by_role("button", name=wording.SEND).click()
    page.locator(".reply-partial").wait_for()
    first, second = (one.session_id for one in visitor.site.fake.asked)
    assert first == second


def test_the_first_picture_is_drawn_before_the_framework_comes(visitor: Visitor) -> None:
    visitor.forgiven = "net::ERR"
    page = visitor.open(routed={"**/assets/**": lambda route: route.abort()})
    assert page.get_by_text(wording.WELCOME).is_visible()
    assert page.get_by_role("button", name=wording.AUDIENCES[0].questions[0]).is_visible()
    assert grave_faults(page) == []
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)  # asked as it would be without scripts
    page.get_by_role("button", name=wording.SEND).click()
    page.locator(".plain .card").nth(1).wait_for()
    assert [one.question for one in visitor.site.fake.asked] == [QUESTION]


def test_what_is_asked_early_is_held_and_handed_over(visitor: Visitor) -> None:
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page = visitor.open(until="commit", routed={"**/assets/Blocks-*.js": hold}, width=390, height=844)
    box = page.get_by_label(wording.QUESTION_LABEL)
    box.fill("  ")
    page.get_by_role("button", name=wording.SEND).click()
    page.get_by_placeholder(wording.EMPTY_QUESTION).wait_for()
    box.fill(QUESTION)
    box.press("Enter")
    waiting = page.locator("#first .turn")
    assert waiting.locator(".asked").inner_text().endswith(QUESTION)
    assert waiting.get_by_role("status").inner_text().endswith(wording.WAITING)
    assert grave_faults(page) == []
    box.press_sequentially("泉州呢？也问")
    box.press("ArrowLeft")
    assert visitor.site.fake.asked == []
    for route in held:
        route.continue_()
    turn = answered(page)
    page.locator("#first").wait_for(state="detached")
    assert turn.locator(".card").count() == 2
    assert page.locator(".turn").count() == 1
    assert [one.question for one in visitor.site.fake.asked] == [QUESTION]
    assert box.input_value() == "泉州呢？也问"
    assert page.evaluate(
        "[document.activeElement.closest('#question') !== null, document.activeElement.selectionStart]"
    ) == [True, 5]


def test_what_is_typed_early_is_handed_over(visitor: Visitor) -> None:
    page = visitor.open()
    page.locator("#first-question, #question textarea").first.fill("早早写下")
    page.locator("#log .corpus li").first.wait_for()
    assert page.locator("#first").count() == 0
    assert page.get_by_label(wording.QUESTION_LABEL).input_value() == "早早写下"
    ahead = set(page.evaluate("[...document.querySelectorAll('link[href*=\"/assets/\"]')].map(link => link.href)"))
    assert {url for url in visitor.requests if "/assets/" in url} <= ahead, "asked for at once, not one after another"
    assert len(ahead) > 20


def test_a_server_that_is_away_is_told_in_chinese_and_the_question_stays(visitor: Visitor) -> None:
    visitor.forgiven = "net::ERR"
    page = visitor.talk(width=390, height=844)
    ask(page)
    page.context.set_offline(True)
    page.get_by_label(wording.QUESTION_LABEL).fill("还在吗")
    page.get_by_role("button", name=wording.SEND).click()
    banner = page.get_by_role("alert").filter(has_text=wording.AWAY)
    banner.wait_for()
    assert wording.AWAY_MORE in banner.inner_text()
    assert not page.get_by_text("Connection", exact=False).is_visible()
    page.context.set_offline(False)
    page.reload()
    page.locator("#turn-1 .card").first.wait_for()
    assert page.get_by_label(wording.QUESTION_LABEL).input_value() == "还在吗"
    assert not banner.is_visible()


def test_a_long_paste_stays_within_the_box(visitor: Visitor) -> None:
    page = visitor.talk(width=320, height=700)
    page.get_by_label(wording.QUESTION_LABEL).fill("量" * 10_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#question").bounding_box()["height"] < 240
