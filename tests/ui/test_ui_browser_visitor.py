"""For whom the page asks is told to the API, in a real browser: questions typed, examples clicked, ratings given."""

import pytest

from tests.ui.conftest import PAGE_TOKEN, Visitor, answered, ask
from ui import wording

pytestmark = pytest.mark.browser


def test_the_api_is_told_who_asks_and_who_rates(visitor: Visitor) -> None:
    page = visitor.talk()
    page.locator("[data-ask]").first.click()
    answered(page)
    turn = ask(page)
    turn.locator("[data-vote=useful]").click()
    page.get_by_text(wording.RATED).first.wait_for()
    assert visitor.site.fake.visitors == [(PAGE_TOKEN, "127.0.0.1")] * 3
