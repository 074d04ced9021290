"""👍 and 👎 in a real browser: taken back before anyone has it, or sent with a reason."""

from typing import Any

import pytest

from tests.ui.conftest import Visitor, ask
from ui import wording

pytestmark = pytest.mark.browser


def buttons(turn: Any) -> Any:
    return turn.get_by_role("group", name=wording.RATING_LABEL)


def test_a_vote_is_taken_back_then_given_with_a_reason(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page)
    buttons(turn).get_by_role("button", name=wording.USEFUL).click()
    turn.get_by_role("button", name=wording.UNDO).click()
    buttons(turn).get_by_role("button", name=wording.USELESS).click()
    page.keyboard.press("Escape")
    assert not turn.locator(".reasons").is_visible()
    buttons(turn).get_by_role("button", name=wording.USELESS).click()
    turn.get_by_role("button", name=wording.REASONS[1]).click()
    turn.get_by_text(wording.VOTED_USELESS).wait_for()
    turn.get_by_text(wording.RATED).wait_for()
    given = [one.model_dump() for one in visitor.site.fake.rated]
    assert given == [{"answer_id": "a-0001", "useful": False, "comment": wording.REASONS[1]}]
    turn.get_by_role("button", name=wording.REVOTE).click()
    assert buttons(turn).is_visible()


def test_a_reason_in_own_words_waits_for_the_answer_that_grows(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page)
    buttons(turn).get_by_role("button", name=wording.USELESS).click()
    turn.get_by_placeholder(wording.REASON_OWN).fill("金额呢")
    page.keyboard.press("Enter")
    ask(page, "泉州呢？")
    page.locator("#turn-1").get_by_text(wording.RATED).wait_for()
    assert visitor.site.fake.rated[0].comment == "金额呢"
    assert page.locator(".turn").count() == 2
