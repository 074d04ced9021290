"""Plans side by side in a real browser: at a desk, on a phone, in the dark, on paper, as a picture, without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.api import create_app
from tests.bot.topics import TopicBot
from tests.ui.axe import grave_faults
from tests.ui.conftest import Site, Visitor, serving
from ui import wording as everywhere
from ui.compare import wording

pytestmark = pytest.mark.browser

PLEDGES = "诚信计量自我承诺单位"
PNG = b"\x89PNG\r\n\x1a\n"
INK = """async bytes => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: "image/png"}));
  const canvas = new OffscreenCanvas(picture.width, picture.height), brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0);
  const dots = brush.getImageData(0, 0, picture.width, picture.height).data, found = new Set();
  for (let at = 0; at < dots.length; at += 4) found.add((dots[at] << 16) | (dots[at + 1] << 8) | dots[at + 2]);
  return [picture.width, picture.height, [...found]];
}"""
FILLS = "[...document.querySelectorAll('.chart .bar')].map(e => getComputedStyle(e).fill)"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(lambda _: create_app(TopicBot())) as site:
        yield site


def address(topic: str, *plans: str) -> str:
    return "/compare?" + urlencode([("topic", topic), *(("plans", plan) for plan in plans)])


def boxes(page: Any, selector: str) -> list[dict[str, float]]:
    return [one.bounding_box() for one in page.locator(selector).all()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_at_a_desk_clauses_stand_side_by_side(visitor: Visitor, scheme: str) -> None:
    page = visitor.open(address(PLEDGES, "xiamen", "quanzhou", "jinhua"), color_scheme=scheme)
    cards = boxes(page, "div.beside:first-of-type > .card")
    assert len(cards) == 3
    assert len({box["y"] for box in cards}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert len(set(page.evaluate(FILLS))) == 2  # base and target
    assert grave_faults(page) == []


@pytest.mark.parametrize("width", [320])
def test_on_a_phone_they_are_stacked(visitor: Visitor, width: int) -> None:
    plans = ("xiamen", "quanzhou", "qingdao", "jinhua", "state-council")
    page = visitor.open(address("诚信", *plans), width=width, height=844, is_mobile=True, has_touch=True)
    tops = [box["y"] for box in boxes(page, "div.beside:first-of-type > .card")]
    assert len(tops) == 5
    assert tops == sorted(set(tops))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    touched = page.locator("main button, .more a, .offers summary, fieldset label").locator("visible=true")
    assert min(one.bounding_box()["height"] for one in touched.all()) >= 44
    assert grave_faults(page) == []


def test_a_form_leads_to_an_address_that_can_be_passed_on(visitor: Visitor) -> None:
    page = visitor.open("/compare")
    page.get_by_label(wording.TOPIC).fill("一次性扣除")
    for plan in ("全国", "青岛", "金华"):
        page.get_by_label(plan).uncheck()
    page.get_by_role("button", name=wording.SUBMIT, exact=True).click()
    page.locator("mark").first.wait_for()
    assert "plans=xiamen&plans=quanzhou" in page.url
    page.get_by_role("link", name=wording.MAKE_BASE).last.click()
    page.wait_for_url("**plans=quanzhou&plans=xiamen**")
    assert page.locator(".card").first.inner_text().startswith("泉州")


def test_a_bar_leads_to_its_cell_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open(address(PLEDGES, "xiamen", "quanzhou"))
    bar = page.get_by_role("link", name="厦门，2025年，850家，查看条款")
    bar.focus()
    page.keyboard.press("Enter")
    page.locator(".cited").wait_for()
    assert page.locator("article mark").inner_text() == "850"


@pytest.mark.parametrize(("scheme", "paper"), [("dark", 0x18212B)])
def test_the_chart_is_taken_away_as_a_picture(visitor: Visitor, scheme: str, paper: int) -> None:
    page = visitor.open(address(PLEDGES, "xiamen", "quanzhou"), color_scheme=scheme)
    with page.expect_download() as waited:
        page.get_by_role("button", name=wording.PNG).click()
    assert waited.value.suggested_filename == "引导培育诚信计量自我承诺单位（家）.png"
    data = Path(waited.value.path()).read_bytes()
    assert data.startswith(PNG)
    width, height, colours = page.evaluate(INK, list(data))
    assert width == 800
    assert height > 300
    fills = {int("".join(f"{int(part):02x}" for part in fill[4:-1].split(",")), 16) for fill in page.evaluate(FILLS)}
    assert len(fills) == 2
    assert fills | {paper} <= set(colours)


def test_without_scripts_all_is_there_but_the_picture(visitor: Visitor) -> None:
    page = visitor.open(address(PLEDGES, "xiamen", "quanzhou"), java_script_enabled=False)
    assert page.locator(".chart .bar").count() == 4
    assert page.get_by_role("link", name=wording.CSV).is_visible()
    assert not page.get_by_role("button", name=wording.PNG).is_visible()


def test_on_paper_there_is_no_form_and_no_darkness(visitor: Visitor) -> None:
    page = visitor.open(address(PLEDGES, "xiamen", "quanzhou"), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".wish").is_visible()
    assert page.locator(".chart").is_visible()
    ink = page.evaluate("getComputedStyle(document.querySelector('.chart .value')).fill")
    assert ink == "rgb(0, 0, 0)"


def test_the_front_page_leads_here(visitor: Visitor) -> None:
    page = visitor.talk()
    for link in (
        page.locator("#masthead").get_by_role("link", name=everywhere.COMPARE_SHORT),
        page.locator(".guides a").last,
    ):
        with page.context.expect_page() as opened:  # the talk stays where it is
            link.click()
        opened.value.get_by_role("heading", name=wording.TITLE, exact=True).wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator("#composer").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert page.locator(".guides a").last.is_visible()
    page.get_by_role("link", name=everywhere.COMPARE).last.click()
    page.get_by_role("heading", name=wording.TITLE, exact=True).wait_for()
