"""Taking answers away in a real browser: one tap to a choice of formats, one more to the file."""

from typing import Any

import pytest

from tests.ui.axe import grave_faults
from tests.ui.conftest import Visitor, ask
from ui import wording

pytestmark = pytest.mark.browser
SMALL = """least => [...document.querySelectorAll('dialog[open] button, dialog[open] a')]
  .map(e => e.getBoundingClientRect()).filter(box => box.width < least || box.height < least).length"""


def dialog(page: Any) -> Any:
    return page.get_by_role("dialog", name=wording.EXPORT_TITLE, exact=True)


def test_an_answer_and_the_whole_conversation_are_taken_away(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844, is_mobile=True, has_touch=True)
    ask(page)
    second = ask(page, "承诺是什么")
    second.get_by_role("button", name=wording.EXPORT).click()
    assert page.evaluate(SMALL, 44) == 0
    assert grave_faults(page) == []
    with page.expect_download() as one:
        dialog(page).get_by_role("link", name="Word").first.click()
    assert one.value.suggested_filename == "答"
    dialog(page).get_by_role("status").get_by_text(wording.EXPORT_BEGAN).wait_for()
    assert dialog(page).get_by_text(wording.EXPORT_TALK.format(count=2)).is_visible()
    with page.expect_download():
        dialog(page).get_by_role("link", name="PDF").nth(1).click()
    taken = [(wanted.answer_ids, wanted.format, site) for wanted, site in visitor.site.fake.exported]
    assert taken == [(["a-0002"], "docx", visitor.site.url), (["a-0001", "a-0002"], "pdf", visitor.site.url)]
    page.keyboard.press("Escape")
    assert not dialog(page).is_visible()
    assert page.evaluate("document.activeElement.dataset.take") == "a-0002", "back to where it was opened"


def test_an_earlier_conversation_is_taken_from_the_list_by_keyboard(visitor: Visitor) -> None:
    page = visitor.talk(color_scheme="dark")
    ask(page)
    page.get_by_role("button", name=wording.NEW_TALK).click()
    page.locator("#recent button").wait_for()
    page.get_by_role("button", name=wording.HISTORY).click()
    page.locator(".history-open").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert dialog(page).get_by_role("heading", level=3).all_inner_texts() == [wording.EXPORT_TALK.format(count=1)]
    assert page.evaluate("document.activeElement.textContent").startswith("Word")
    assert page.evaluate(SMALL, 44) == 0
    assert grave_faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_download():
        page.keyboard.press("Enter")
    assert visitor.site.fake.exported[0][0].model_dump() == {"answer_ids": ["a-0001"], "format": "md"}


def test_what_is_copied_has_links_that_lead_here(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page)
    turn.get_by_role("button", name=wording.COPY).click()
    turn.get_by_role("button", name=wording.COPIED).wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert f"\n{visitor.site.url}/plans/xiamen?clause=" in text
    assert "[1] 《厦门市" in text
    assert "\ue000" not in text


def test_when_there_is_no_file_a_page_says_why_and_leads_back_to_the_conversation(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page).get_by_role("button", name=wording.EXPORT).click()
    visitor.site.fake.export_status = 404
    visitor.forgiven = "404"
    dialog(page).get_by_role("link", name="PDF").click()
    page.get_by_text(wording.EXPORT_GONE).wait_for()
    page.get_by_role("link", name=wording.HOME).click()
    page.locator("#turn-1 .card").first.wait_for()
