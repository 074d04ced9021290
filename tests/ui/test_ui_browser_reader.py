"""The reader in a real browser, scripts switched off: reading, searching, jumping, printing, on a desk and a phone."""

from typing import Any

import pytest

from tests.ui.axe import grave_faults
from tests.ui.conftest import Visitor
from ui import reader_wording, wording

pytestmark = pytest.mark.browser

TOPIC = "/plans/xiamen?clause=三(四)21#三(四)21"
STATES = {
    "plain": "/plans/quanzhou",
    "cited": TOPIC,
    "found": "/plans/xiamen?q=诚信计量#hit-2",
    "nothing found": "/plans/xiamen?q=人工降雨",
    "a row": "/plans/quanzhou?clause=专栏1/10#专栏1/10",
    "no such clause": "/plans/xiamen?clause=九99",
    "no such plan": "/plans/atlantis",
}
# of a whole plan it takes seconds: each part of the page in one state, the phone's in the dark
LOOKED_THROUGH = {"desk": ("cited", "a row", "nothing found", "no such plan"), "phone": ("found",)}
SIZES = {"desk": (1280, 900), "phone": (390, 844), "small phone": (320, 640)}


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    visitor.forgiven = "404"  # the page of what is not there is one
    return visitor


def in_view(page: Any, selector: str) -> bool:
    found: bool = page.locator(selector).first.evaluate(
        "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_state_fits_and_is_accessible(reader: Visitor, size: str) -> None:
    """Axe itself is a script, so here they are on; the pages bring none."""
    width, height = SIZES[size]
    page = reader.open("/plans/jinhua", width=width, height=height, color_scheme="dark" if size == "phone" else "light")
    for state, address in STATES.items():
        page.goto(reader.site.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        assert page.locator("script").count() == 0
        assert page.get_by_role("heading", level=1).count() == 1, state
        if state in LOOKED_THROUGH.get(size, ()):
            assert grave_faults(page) == [], state


def test_searching_and_jumping_without_scripts(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen", java_script_enabled=False)
    box = page.get_by_role("searchbox", name=reader_wording.FIND_LABEL)
    box.fill("自我承诺")
    box.press("Enter")
    page.wait_for_url("**/plans/xiamen?q=*#hit-1")
    total = page.locator("mark.hit").count()
    assert reader_wording.FOUND.format(words="自我承诺", total=total) in page.get_by_role("status").inner_text()
    assert in_view(page, "#hit-1")
    step = page.locator("#hit-1 + .step")
    assert step.is_visible()
    assert not page.locator("#hit-2 + .step").is_visible()
    step.get_by_role("link", name=reader_wording.NEXT_HIT).click()
    page.wait_for_url("**#hit-2")
    assert in_view(page, "#hit-2")
    page.get_by_role("link", name=reader_wording.CLEAR_FIND).click()
    page.wait_for_url("**/plans/xiamen?")
    assert page.locator("mark").count() == 0


def test_the_keyboard_jumps_from_hit_to_hit(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen?q=自我承诺")
    page.get_by_role("link", name=reader_wording.FIRST_HIT).press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#hit-2"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#hit-1"


def test_the_outline_folds_and_tells_where_one_is(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen")
    outline = page.locator(".toc.wide")
    inner = outline.get_by_role("link", name="建立诚信计量长效机制")
    chapter = outline.locator("summary").filter(has_text="重点任务")
    assert inner.is_visible()
    chapter.press("Enter")
    assert not inner.is_visible()
    chapter.press("Enter")
    inner.click()
    page.wait_for_function("document.querySelector(':target').id === '三(四)21'")
    assert in_view(page, "[id='三(四)21'] > .lead")
    assert outline.bounding_box()["y"] >= 0  # still there
    ground = "one => getComputedStyle(one).backgroundColor"
    assert inner.evaluate(ground) != outline.get_by_role("link", name="保障措施").evaluate(ground)
    page.goto(reader.site.url + TOPIC)
    assert outline.locator("[aria-current]").inner_text().endswith("建立诚信计量长效机制")


def test_on_a_phone_the_outline_waits_behind_its_name(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen", width=390, height=844, is_mobile=True, has_touch=True)
    outline = page.locator(".toc.narrow")
    chapter = outline.get_by_role("link", name="重点任务")
    assert not chapter.is_visible()
    outline.get_by_text(wording.OUTLINE, exact=True).tap()
    assert chapter.is_visible()
    assert not outline.get_by_role("link", name="建立诚信计量长效机制").is_visible()
    box = outline.locator("summary").nth(1).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    chapter.tap()
    page.wait_for_function("document.querySelector(':target').id === '三'")


def test_a_link_of_a_paragraph_shows_and_leads_there(reader: Visitor) -> None:
    page = reader.open("/plans/quanzhou")
    link = page.locator("p > a.permalink").first
    hidden = "one => getComputedStyle(one).clipPath !== 'none'"
    assert link.evaluate(hidden)
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert not link.evaluate(hidden)
    page.keyboard.press("Enter")
    page.wait_for_url("**¶1" if "¶" in page.url else "**%C2%B61")
    ground = "one => getComputedStyle(one).backgroundColor"
    assert page.locator("p:target").evaluate(ground) != page.locator("main").evaluate(ground)


def test_the_same_topic_is_one_link_away(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen")
    page.locator("[id='三(四)21'] > .lead > .tie").click()
    ties = page.locator(".ties")
    assert in_view(page, ".ties")
    ties.get_by_role("link", name="泉州").click()
    page.wait_for_url("**/plans/quanzhou?clause=*")
    assert page.locator(".cited").get_attribute("id") == "三(四)16"


def test_on_paper_stand_text_and_addresses_alone(reader: Visitor) -> None:
    page = reader.open(TOPIC, color_scheme="dark")
    page.emulate_media(media="print")
    for gone in (".bar", ".banner", ".toc.wide", ".toc.narrow", ".ties", ".downloads", ".tie"):
        assert not page.locator(gone).first.is_visible(), gone
    address = page.locator("[id='三(四)21'] > .lead > .permalink")
    assert address.inner_text() == "三(四)21"
    assert address.evaluate("one => getComputedStyle(one).clipPath") == "none"
    assert page.locator(".printed").is_visible()
    assert page.locator("body").evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"


def test_a_plan_is_taken_away(reader: Visitor) -> None:
    page = reader.open("/plans/xiamen")
    offered = {reader_wording.AS_DOCX: "docx", reader_wording.AS_PDF: "pdf", reader_wording.AS_TEXT: "txt"}
    for name, ending in offered.items():
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        assert taken.value.suggested_filename.startswith("厦门市")
        assert taken.value.suggested_filename.endswith(ending)
