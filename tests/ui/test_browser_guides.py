"""Guides, labels in English and the widget in a real browser: ticks, hostile hosts, phones with large type."""

from typing import Any

import pytest

from tests.ui.axe import grave_faults
from tests.ui.conftest import Visitor, answered, ask
from tests.ui.host import Host
from tests.ui.phone import CUT, FLOW, LARGER, OVERLAP
from ui import wording, wording_en
from ui.guides import wording as said

pytestmark = pytest.mark.browser
CHECKLIST = "/guides/self-commitment?region=厦门"


def test_ticks_stay_and_can_be_cleared(visitor: Visitor) -> None:
    page = visitor.open(CHECKLIST)
    boxes = page.get_by_role("checkbox")
    count = boxes.count()
    assert count > 3
    boxes.nth(0).check()
    boxes.nth(2).check()
    assert said.TICKED.format(done=2, all=count) in page.locator(".ticked").inner_text()
    page.reload()
    page.get_by_text(said.TICKED.format(done=2, all=count)).wait_for()
    assert [boxes.nth(at).is_checked() for at in range(3)] == [True, False, True]
    page.get_by_role("link", name="泉州", exact=True).click()
    page.locator("[aria-current]", has_text="泉州").wait_for()
    assert not [box for box in page.get_by_role("checkbox").all() if box.is_checked()], "another place's"
    page.go_back()
    page.locator("[aria-current]", has_text="厦门").wait_for()
    page.get_by_role("button", name=said.CLEAR).click()
    page.reload()
    page.get_by_text(said.TICKED.format(done=0, all=count)).wait_for()


def test_a_line_opens_its_words_in_the_reader(visitor: Visitor) -> None:
    page = visitor.open("/guides/tax?region=厦门")
    quote = page.locator(".quote").first.inner_text()
    page.locator(".address").first.click()
    page.locator("article mark").first.wait_for()
    assert "".join(page.locator("article mark").all_inner_texts()) == quote


def test_on_paper_there_are_lines_and_boxes_and_no_buttons(visitor: Visitor) -> None:
    page = visitor.open(CHECKLIST)
    page.emulate_media(media="print")
    for gone in (".bar", ".regions", ".tools", ".open"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in ("h1", ".quote", ".tick input", ".address", ".foot"):
        assert page.locator(kept).first.is_visible(), kept


def test_without_scripts_nothing_is_missing_but_the_buttons(visitor: Visitor) -> None:
    page = visitor.open(CHECKLIST, java_script_enabled=False)
    assert page.locator(".quote").count() >= 2
    page.get_by_role("checkbox").first.check()
    assert not page.get_by_role("button").count()


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("/guides/tax", "light"),
        (CHECKLIST, "dark"),
        ("/guides/tax?region=青岛&lang=en", "dark"),
        ("/widget-demo", "light"),
    ],
)
def test_rules_of_accessibility_are_kept(visitor: Visitor, path: str, scheme: str) -> None:
    page = visitor.open(path, color_scheme=scheme)
    assert grave_faults(page) == []


@pytest.mark.parametrize(
    ("path", "width"), [("/", 320), ("/", 414), (CHECKLIST, 320), ("/guides/tax?region=厦门&lang=en", 360)]
)
def test_larger_type_on_a_phone_cuts_nothing(visitor: Visitor, path: str, width: int) -> None:
    phone: dict[str, Any] = {"width": width, "height": 740, "is_mobile": True, "has_touch": True}
    page = visitor.talk(**phone) if path == "/" else visitor.open(path, **phone)
    if path == "/":
        ask(page, "三城")
    page.evaluate(LARGER, 1.3)
    assert page.evaluate(FLOW)
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAP) == []
    page.close()  # its type stays large


def test_all_places_are_in_sight_on_a_phone(visitor: Visitor) -> None:
    page = visitor.talk(width=390, height=844, is_mobile=True)
    for place in (wording.ALL_PLANS, "全国", "厦门", "泉州", "青岛", "金华"):
        box = page.locator(".scope label", has_text=place).bounding_box()
        assert box["x"] >= 0, place
        assert box["x"] + box["width"] <= 390, place
        assert box["y"] + box["height"] <= 844, place


def switched(page: Any, word: str) -> Any:
    """Where the link to the other language leads, beside the page, whose stream is not broken off."""
    other = page.context.new_page()
    other.goto(page.url.split("?")[0] + page.get_by_role("link", name=word).get_attribute("href"))
    return other


def test_the_page_s_labels_turn_english_and_stay_so(visitor: Visitor) -> None:
    chinese = visitor.talk()
    english = switched(chinese, wording.SWITCH)
    english.locator('#log .talk[data-language="en"] .corpus li').first.wait_for()
    english.close()  # each page keeps connections, of which a browser has six
    page = chinese.context.new_page()
    page.goto(visitor.site.url + "/")  # remembered
    page.locator('#log .talk[data-language="en"] .corpus li').first.wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.title() == wording_en.TITLE
    page.get_by_label(wording_en.QUESTION_LABEL).fill("新购置的计量器具能一次性税前扣除吗？")
    page.get_by_role("button", name=wording_en.SEND, exact=True).click()
    turn = answered(page)
    assert wording_en.OPEN_CLAUSE in turn.inner_text()
    assert turn.locator(".quote").first.evaluate("e => e.closest('[lang]').lang") == "zh-CN"
    assert turn.locator(".source-open").first.evaluate("e => e.closest('[lang]').lang") == "en"
    page.get_by_role("button", name=wording_en.NEW_TALK).click()
    page.get_by_role("heading", name=wording_en.WELCOME).wait_for()
    assert grave_faults(page) == []
    again = switched(page, wording_en.SWITCH)
    again.locator('#log .talk[data-language="zh-CN"] .corpus li').first.wait_for()
    again.get_by_role("button", name=wording.SEND, exact=True).wait_for()


@pytest.fixture
def host(visitor: Visitor) -> Host:
    return Host(visitor)


def test_the_widget_works_on_a_strict_and_hostile_page(host: Host) -> None:
    page = host.open('data-city="厦门" data-color="#ffd54a" data-position="left"')
    button = page.get_by_role("button", name=wording.WIDGET["open"])
    button.wait_for()
    box, style = button.bounding_box(), button.evaluate("e => ({ ...getComputedStyle(e) })")
    assert box["x"] == 20
    assert box["height"] >= 44
    assert (style["fontSize"], style["backgroundColor"], style["color"]) == (
        "16px",
        "rgb(255, 213, 74)",
        "rgb(0, 0, 0)",
    )
    assert page.locator("iframe").count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Space")
    frame = page.frame_locator("iframe")
    frame.locator("#log .corpus li").first.wait_for()
    assert frame.get_by_role("radio", name="厦门").is_checked()
    ask(frame, "税")
    dialog = page.get_by_role("dialog", name=wording.WIDGET["frame"])
    assert dialog.is_visible()
    page.keyboard.press("Escape")  # within the frame, which tells the page around it
    dialog.wait_for(state="hidden")
    assert button.evaluate("e => e.getRootNode().activeElement === e")


def test_the_widget_s_talk_outlives_the_host_s_page(host: Host) -> None:
    """On a site of the same domain: a browser may forbid frames of other sites to keep anything."""
    page = host.open("", at=host.bot)
    button, frame = page.get_by_role("button", name=wording.WIDGET["open"]), page.frame_locator("iframe")
    button.press("Enter")
    frame.locator("#log .corpus li").first.wait_for()
    ask(frame, "税")
    page.reload()  # another page of the site
    button.press("Enter")
    frame.locator(".turn .reply").wait_for()


def test_focus_goes_round_within_the_open_widget(host: Host) -> None:
    page = host.open("")
    page.get_by_role("button", name=wording.WIDGET["open"]).click()
    page.frame_locator("iframe").locator("#log .corpus li").first.wait_for()
    frame = page.frames[1]
    in_bar = "((document.activeElement || {}).shadowRoot || {}).activeElement"
    came_round = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(f"({in_bar} || {{}}).tagName + ''")
        assert at in ("A", "BUTTON", "IFRAME") or frame.evaluate("document.hasFocus()"), "not in the host page"
        came_round += at == "A"
    assert came_round


def test_two_widgets_stand_beside_each_other_and_keep_their_own_talks(host: Host) -> None:
    page = host.open('data-city="厦门" data-label="厦门问答"', 'data-city="泉州" data-label="泉州问答" data-lang="en"')
    first = page.get_by_role("button", name=wording.WIDGET["open"])
    second = page.get_by_role("button", name=wording_en.WIDGET["open"])
    below, above = first.bounding_box(), second.bounding_box()
    assert above["y"] + above["height"] <= below["y"]
    first.click()
    ask(page.frame_locator("iframe").first, "税")
    second.press("Enter")  # the first one's window lies over it
    assert page.get_by_role("dialog").count() == 1
    other = page.frame_locator("iframe").last
    other.locator('#log .talk[data-language="en"] .corpus li').first.wait_for()
    assert other.locator(".turn").count() == 0
    assert other.get_by_role("radio", name="泉州").is_checked()


def test_a_widget_whose_service_is_down_is_gone_and_comes_back(host: Host) -> None:
    host.visitor.forgiven = "503"
    host.visitor.site.fake.away = True
    page = host.open("")
    button = page.locator(".open")
    page.wait_for_timeout(500)
    assert not button.is_visible()
    host.visitor.site.fake.away = False
    page.evaluate("dispatchEvent(new Event('online'))")
    button.wait_for()
    host.visitor.site.fake.away = True
    button.click()
    page.get_by_text(wording.WIDGET["away"]).wait_for()
    assert not button.is_visible()
    assert page.locator("iframe").count() == 0


def test_attributes_that_are_none_fall_back_and_say_so(host: Host) -> None:
    warned: list[str] = []
    page = host.open("")
    page.on("console", lambda message: warned.append(message.text))
    page.evaluate(
        """bot => { const line = document.createElement('script'); line.src = bot + '/widget.js';
        Object.assign(line.dataset, { color: 'red; } * { display: none', position: 'top', city: '<b>', plan: '../x' });
        document.head.append(line); }""",
        host.bot,
    )
    page.locator(".open").nth(1).wait_for()
    assert len([text for text in warned if "data-" in text]) == 4
    assert page.locator(".open").nth(1).evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(15, 91, 120)"
