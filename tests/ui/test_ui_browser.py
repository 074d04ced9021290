"""The page in a real browser: asking, citing, failing, phone, keyboard, widget. Nothing may leave the machine."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.ui.conftest import QUESTION, Site, Visitor, answered, ask
from ui import wording, wording_en

pytestmark = pytest.mark.browser


def test_an_answer_leads_to_the_marked_quote(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page)
    assert page.get_by_label(wording.QUESTION_LABEL).input_value() == ""
    card = turn.locator(".card").first
    assert card.locator(".lead").inner_text().split() == ["厦门", f"厦门市计量发展规划实施方案{wording.SAYS}"]
    first = card.locator(".source")
    assert "四24 加大政策支持" in first.inner_text()
    cited = first.locator("blockquote").inner_text()
    with page.context.expect_page() as opened:
        first.get_by_role("link", name=wording.OPEN_CLAUSE).click()
    plan = opened.value
    plan.locator("article mark").first.wait_for()
    assert "".join(plan.locator("article mark").all_inner_texts()) == cited
    assert plan.locator(".cited").get_attribute("id") == "四24"
    assert plan.locator("article mark").first.evaluate(
        "mark => { const box = mark.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_a_reference_leads_to_its_source(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page, "比较两市")
    turn.get_by_role("link", name=f"{wording.REFERENCE} 2", exact=True).click()
    page.wait_for_function("document.activeElement.id === 'turn-1-source-2'")
    assert page.url == visitor.site.url + "/"  # the talk is still there


def test_a_session_lasts_and_a_new_talk_has_a_new_one(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page)
    ask(page, "泉州呢？")
    page.get_by_role("button", name=wording.NEW_TALK).click()
    page.locator(".welcome").wait_for()
    ask(page)
    first, second, third = (question.session_id for question in visitor.site.fake.asked)
    assert first == second
    assert first != third


def test_an_example_is_asked_with_one_click(visitor: Visitor) -> None:
    page = visitor.talk()
    example = wording.AUDIENCES[0].questions[0]
    page.get_by_role("button", name=example).click()
    assert answered(page).locator(".asked").inner_text().endswith(example)


def test_a_chosen_plan_is_asked_alone(visitor: Visitor) -> None:
    page = visitor.talk()
    page.get_by_role("radio", name="泉州").check(force=True)
    ask(page)
    page.get_by_role("radio", name=wording.ALL_PLANS).check(force=True)
    ask(page)
    assert [question.plans for question in visitor.site.fake.asked] == [["quanzhou"], None]


def test_declining_is_calm_and_offers_related_clauses(visitor: Visitor) -> None:
    turn = ask(visitor.talk(), "投诉电话是多少？")
    assert turn.locator(".status").inner_text() == wording.STATUS["not_found"]
    assert "三(四)22" in turn.get_by_role("region", name=wording.RELATED_TITLE).inner_text()


def test_a_problem_keeps_the_question(visitor: Visitor) -> None:
    page = visitor.talk()
    visitor.site.fake.problem = 429
    turn = ask(page)
    assert "提问过于频繁。请约 7 秒后再试。" in turn.locator(".failure").inner_text()
    page.wait_for_function(f"document.querySelector('#question textarea').value === {QUESTION!r}")
    visitor.site.fake.problem = None
    page.get_by_label(wording.QUESTION_LABEL).press("Enter")
    assert answered(page, 1).locator(".source").count() == 2


def test_a_blank_question_is_not_asked(visitor: Visitor) -> None:
    page = visitor.talk()
    page.get_by_label(wording.QUESTION_LABEL).fill("   ")
    page.get_by_role("button", name=wording.SEND).click()
    page.get_by_placeholder(wording.EMPTY_QUESTION).wait_for()
    assert visitor.site.fake.asked == []


def test_waiting_is_told(visitor: Visitor) -> None:
    page = visitor.talk()
    visitor.site.fake.delay = 1.0
    page.get_by_label(wording.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=wording.SEND).click()
    page.get_by_text(wording.WAITING).wait_for()
    assert page.locator(".turn").get_attribute("aria-busy") == "true"
    answered(page)
    assert page.locator(".turn").get_attribute("aria-busy") is None


def test_hostile_words_are_only_words(visitor: Visitor) -> None:
    page = visitor.talk()
    dialogs: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    turn = ask(page, "<img src=x onerror=alert(1)>")
    assert "<script>alert(1)</script> ${1+1} {{7*7}}" in turn.locator(".cards").inner_text()
    assert turn.locator("img, script").count() == 0
    assert dialogs == []


def test_the_answer_is_copied(visitor: Visitor) -> None:
    page = visitor.talk()
    turn = ask(page)
    turn.get_by_role("button", name=wording.COPY).click()
    turn.get_by_role("button", name=wording.COPIED).wait_for()
    assert "在计算应纳税所得额时扣除" in page.evaluate("navigator.clipboard.readText()")


def test_a_phone_shows_all_without_sideways_scrolling(visitor: Visitor) -> None:
    page = visitor.talk(width=360, height=740, is_mobile=True, has_touch=True)
    ask(page, "比较厦门和泉州")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.get_by_role("button", name=wording.SEND).bounding_box()
    assert box["y"] + box["height"] <= 740  # in reach however long the answer
    assert box["height"] >= 44
    plan = visitor.open("/plans/quanzhou", width=360, height=740, is_mobile=True)
    assert plan.evaluate("document.documentElement.scrollWidth") <= 360
    plan.get_by_text(wording.OUTLINE, exact=True).last.click()
    plan.locator(".toc.narrow").get_by_role("link", name="保障措施").click()
    plan.wait_for_function("document.querySelector(':target').id === '四'")


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    page = visitor.talk()
    focus = "document.activeElement"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focus}.name === 'scope'"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}.tagName") == "TEXTAREA"
    page.keyboard.type("税前扣除")
    page.keyboard.press("Enter")
    turn = answered(page)
    assert visitor.site.fake.asked[0].plans == ["xiamen"]
    turn.get_by_role("link", name=wording.OPEN_CLAUSE).first.focus()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert "/plans/xiamen?clause=" in opened.value.url


def test_every_control_has_a_name_and_answers_are_announced(visitor: Visitor) -> None:
    page = visitor.talk()
    ask(page)
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, a, input, textarea')].filter(e => e.checkVisibility()"
        " && !(e.innerText || e.ariaLabel || [...(e.labels || [])].map(l => l.textContent).join('')).trim())"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
    assert page.get_by_role("log", name=wording.LOG_LABEL).get_attribute("aria-live") == "polite"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.get_by_role("group", name=wording.FILTER_LABEL).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(visitor: Visitor, scheme: str) -> None:
    page = visitor.talk(color_scheme=scheme)
    turn = ask(page)
    for selector in (
        ".lead",
        ".quote p",
        ".source-place",
        ".source-open",
        ".asked",
        ".notes li",
        ".bibliography summary",
    ):
        assert turn.locator(selector).first.evaluate(CONTRAST) >= 4.5, selector
    assert page.locator("#send").evaluate(CONTRAST) >= 4.5


CONTRAST = """element => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  let under = element;
  while (under.parentElement && numbers(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
  const pair = [getComputedStyle(element).color, getComputedStyle(under).backgroundColor].map(numbers).map(light);
  return (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
}"""


def test_the_widget_answers_on_a_host_page(visitor: Visitor) -> None:
    page = visitor.open("/widget-demo")
    button = page.get_by_role("button", name=wording.WIDGET["open"])
    assert page.locator("iframe").count() == 0  # loaded on first use
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") != "rgb(204, 0, 0)"  # the host's rule
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Songti SC"')
    button.click()
    frame = page.frame_locator("iframe")
    frame.locator("#log .corpus li").first.wait_for()
    assert not frame.locator(".masthead h1").is_visible()
    turn = ask(frame)
    assert turn.locator(".source").count() == 2
    frame.get_by_label(wording.QUESTION_LABEL).press("Escape")
    button.wait_for()
    button.click()
    assert frame.locator(".turn").count() == 1  # closing is not forgetting
    page.get_by_role("button", name=wording.WIDGET["close"]).click()
    assert button.evaluate("e => e.getRootNode().activeElement === e")


def test_what_the_widget_opens_is_in_its_language(visitor: Visitor) -> None:
    page = visitor.open(f"/?lang=en&compact=1&q={QUESTION}")
    link = answered(page).get_by_role("link", name=wording_en.OPEN_CLAUSE).first
    page.context.clear_cookies()  # another site's page may keep none
    with page.context.expect_page() as opened:
        link.click()
    plan = opened.value
    plan.locator("article mark").first.wait_for()
    assert plan.evaluate("document.documentElement.lang") == wording_en.LANG


def test_a_crowd_of_plan_views_does_not_starve_the_api(site: Site) -> None:
    """More views at once than the server has threads: each waits for the API, which needs a thread to answer."""
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(90) as crowd:
        pages = list(crowd.map(lambda _: client.get(f"{site.url}/plans/jinhua"), range(90)))
    assert {page.status_code for page in pages} == {200}
