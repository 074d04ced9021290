"""Answers in a real browser: on a phone, at a desk, in the dark, folded, declined; none has a serious fault."""

from typing import Any

import pytest

from tests.ui.axe import grave_faults
from tests.ui.conftest import QUESTION, Visitor, answered, ask
from ui import wording

pytestmark = pytest.mark.browser

SMALL = """least => [...document.querySelectorAll('button, a[href], summary, .scope label, #question textarea')]
  .filter(e => e.checkVisibility() && !e.closest('.colophon'))
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < least || box.height < least).map(([, html]) => html)"""
QUOTES = "[...document.querySelectorAll('.quote p')].map(e => e.textContent)"


def test_three_cities_fit_a_phone(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844, is_mobile=True, has_touch=True)
    turn = ask(page, "三城怎样建设诚信计量体系")
    assert turn.locator(".card").count() == 3
    quotes = page.evaluate(QUOTES)
    assert len(quotes) == len(set(quotes)) == 3
    assert grave_faults(page) == []
    for width, tallest in ((390, 1200), (320, 1500)):
        page.set_viewport_size({"width": width, "height": 844})
        assert turn.bounding_box()["height"] <= tallest
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL, 44) == []
        tops = [card.bounding_box()["y"] for card in turn.locator(".card").all()]
        assert tops == sorted(set(tops))  # one beneath the other


def test_three_cities_stand_side_by_side_at_a_desk(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page, "三城怎样建设诚信计量体系")
    assert len({card.bounding_box()["y"] for card in turn.locator(".card").all()}) == 1


def test_on_a_phone_the_choice_of_city_has_a_line_of_its_own(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844, is_mobile=True, has_touch=True)
    ask(page)
    chips, fresh = page.locator("#scope").bounding_box(), page.locator("#fresh").bounding_box()
    assert chips["width"] > 340
    assert fresh["y"] + fresh["height"] <= chips["y"]


def test_a_long_quote_unfolds(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844)
    turn = ask(page, "这一条的全文")
    text = turn.locator(".quote.long p").first
    folded = text.bounding_box()["height"]
    button = turn.get_by_role("button", name=wording.UNFOLD).first
    button.click()
    assert turn.get_by_role("button", name=wording.FOLD).get_attribute("aria-expanded") == "true"
    assert text.bounding_box()["height"] > folded


def test_rows_are_a_table_with_their_unit(visitor: Visitor) -> None:
    turn = ask(visitor.talk(width=390, height=844), "覆盖率是多少")
    cells = [row.locator("td").all_inner_texts() for row in turn.locator(".card tbody tr").all()]
    assert [row[-3:-1] for row in cells] == [["1254", "2020"], ["86%", "92%"]]
    assert "｜" not in turn.locator(".cards").inner_text()


def test_a_declined_answer_names_what_is_missing_and_whom_to_ask(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844)
    for question in ("投诉电话是多少？", "承诺要交多少钱？"):
        contacts = ask(page, question).get_by_role("region", name=wording.CONTACTS_TITLE)
        assert [one.get_attribute("href") for one in contacts.get_by_role("link").all()] == ["tel:12315", "tel:12345"]
    assert grave_faults(page) == []


def looks(turn: Any) -> str:
    return str(turn.locator(".reply").first.evaluate("e => getComputedStyle(e).borderStyle"))


def test_a_declined_answer_looks_different(visitor: Visitor) -> None:
    page = visitor.talk()
    assert looks(ask(page)) != looks(ask(page, "投诉电话是多少？"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_serious_fault(visitor: Visitor, scheme: str) -> None:
    page = visitor.talk(color_scheme=scheme)
    assert grave_faults(page) == []
    ask(page, "比较两市")
    page.locator("[data-vote=useless]").click()
    page.locator("[data-revise]").click()
    page.locator(".editing").wait_for()
    assert grave_faults(page) == []
    page.get_by_role("button", name=wording.HISTORY).click()
    page.locator("dialog[open] .history-open").wait_for()
    assert grave_faults(page) == []
    page.keyboard.press("Escape")
    visitor.site.fake.problem = 503
    page.keyboard.press("Escape")  # lets go of editing
    page.locator(".editing").wait_for(state="hidden")
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=wording.SEND).click()
    assert answered(page, 1).locator(".failure").count() == 1
    assert grave_faults(page) == []
