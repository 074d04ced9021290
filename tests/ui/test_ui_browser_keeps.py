"""A conversation in a real browser outlives a reload and the way back; it is listed, opened again, cleared."""

import pytest

from tests.ui.conftest import QUESTION, Visitor, answered, ask
from ui import wording

pytestmark = pytest.mark.browser


def test_a_reload_loses_nothing(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page)
    before = page.locator("#turn-1 .cards").inner_text()
    page.get_by_label(wording.QUESTION_LABEL).fill("还没写完")
    page.reload()
    page.locator("#turn-1").wait_for()
    assert page.locator("#turn-1 .cards").inner_text() == before
    assert page.get_by_label(wording.QUESTION_LABEL).input_value() == "还没写完"
    ask(page, "泉州呢？")
    first, second = (one.session_id for one in visitor.site.fake.asked)
    assert first == second  # the bot still knows what was talked about


def test_the_way_back_leads_to_the_conversation(visitor: Visitor) -> None:
    visitor.forgiven = "aborted without reason|errored out"  # what gradio waits for when its page is left
    page = visitor.talk()
    ask(page)
    page.goto(visitor.site.url + "/plans/xiamen")
    page.go_back()
    page.locator("#turn-1 .card").first.wait_for()
    assert len(visitor.site.fake.asked) == 1


def test_a_link_asks_once(visitor: Visitor) -> None:
    page = visitor.open("/?plan=xiamen&q=新购器具能税前扣除吗")
    turn = answered(page)
    assert turn.locator(".asked").inner_text().endswith("新购器具能税前扣除吗")
    assert visitor.site.fake.asked[0].plans == ["xiamen"]
    page.wait_for_function("!location.search.includes('q=')")
    assert page.get_by_label(wording.QUESTION_LABEL).input_value() == ""
    page.reload()
    page.locator("#turn-1 .card").first.wait_for()
    assert len(visitor.site.fake.asked) == 1


def test_earlier_conversations_are_listed_opened_and_cleared(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page)
    page.get_by_role("button", name=wording.NEW_TALK).click()
    page.locator("#recent button").wait_for()
    ask(page, "<b>承诺</b>是什么")
    page.get_by_role("button", name=wording.HISTORY).click()
    dialog = page.get_by_role("dialog", name=wording.HISTORY_TITLE)
    listed = dialog.locator(".history-question")
    assert listed.all_inner_texts() == ["<b>承诺</b>是什么", QUESTION]
    listed.nth(1).click()
    page.locator("#turn-1 .asked", has_text=QUESTION).wait_for()
    assert page.locator(".turn").count() == 1
    page.get_by_role("button", name=wording.HISTORY).click()
    dialog.get_by_role("button", name=wording.HISTORY_CLEAR).click()
    assert dialog.get_by_role("status").inner_text() == wording.HISTORY_CLEARED
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('metrology.talk')).length") == 0
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_the_last_question_is_edited_and_asked_again(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page)
    page.get_by_role("button", name=wording.EDIT).click()
    page.get_by_text(wording.EDITING).wait_for()
    box = page.get_by_label(wording.QUESTION_LABEL)
    page.wait_for_function(f"document.querySelector('#question textarea').value === {QUESTION!r}")
    page.keyboard.press("Escape")
    page.get_by_text(wording.EDITING).wait_for(state="hidden")
    page.get_by_role("button", name=wording.EDIT).click()
    page.get_by_text(wording.EDITING).wait_for()
    box.fill("承诺是什么")
    box.press("Enter")
    page.locator("#turn-1[data-state=partial]").wait_for()
    assert page.locator(".turn").count() == 1
    page.get_by_role("button", name=wording.AGAIN).click()
    page.wait_for_function("document.querySelector('#turn-1')?.dataset.state === 'partial'")
    assert page.locator(".turn").count() == 1


def test_storage_that_is_refused_stops_nothing(visitor: Visitor) -> None:
    page = visitor.talk()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    assert ask(page).locator(".card").count() == 2
    page.close()  # nothing begins anew in it
