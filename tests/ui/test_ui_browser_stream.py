"""An answer that grows while it is read, in a real browser: labelled, cited, and no longer written for who leaves."""

from time import monotonic, sleep

import pytest

from tests.ui.conftest import QUESTION, Visitor, answered
from tests.ui.fake_api import GENERATED
from ui import wording

pytestmark = pytest.mark.browser


def test_an_answer_grows_sentence_by_sentence(visitor: Visitor) -> None:
    page, fake = visitor.talk(), visitor.site.fake
    fake.written = fake.held = True
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=wording.SEND).click()
    page.locator(".draft .said").first.wait_for()
    turn = page.locator(".turn")
    assert turn.locator(".said").count() == 1
    assert turn.locator(".generated").inner_text() == GENERATED
    assert turn.get_by_role("link", name=wording.OPEN_CLAUSE).count() == 1  # a draft can be checked already
    fake.held = False
    answered(page)
    assert turn.locator(".said").count() == 2
    assert turn.locator(".draft").count() == 0
    assert turn.locator(".generated").inner_text() == GENERATED


@pytest.mark.parametrize("leave", ["new talk", "close"])
def test_who_leaves_is_no_longer_written_for(visitor: Visitor, leave: str) -> None:
    page, fake = visitor.talk(), visitor.site.fake
    fake.written, fake.endless, fake.pause = True, True, 0.2
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=wording.SEND).click()
    page.locator(".draft").wait_for()
    talk = page.locator("#log .talk")
    before = talk.get_attribute("data-session")
    if leave == "new talk":
        page.get_by_role("button", name=wording.NEW_TALK).click()
        page.locator(".welcome").wait_for()
    else:
        page.close()
    until = monotonic() + 50
    while not fake.hung_up and monotonic() < until:
        sleep(0.05)
    assert fake.hung_up == 1
    if leave == "new talk":
        page.wait_for_timeout(1000)  # what was on its way must not come back
        assert page.locator(".turn").count() == 0
        assert page.evaluate("session => window.metrologyLeft(session)", before)
        assert talk.get_attribute("data-session") not in ("", None, before)
