"""A page on a real port with the fake API behind it, and a browser that may not leave this machine."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from fastapi import FastAPI

from tests.ui.anew import begin_anew
from tests.ui.fake_api import FakeApi, fake_app
from tests.ui.sites import PAGE_TOKEN, Site, serving
from ui import wording

__all__ = ["PAGE_TOKEN", "Site", "serving"]  # for who looks for them here

PATIENCE = 120_000  # milliseconds: what a machine that does much else needs; nothing waits for it
CLIPBOARD = ["clipboard-read", "clipboard-write"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUESTION = "新购置的计量器具能一次性税前扣除吗？"
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--lang=zh-CN",
)  # fmt: skip


PLAN = "某市计量工作方案\n一、总体要求\n加强计量监督管理。\n二、主要任务\n（一）检定。对集贸市场的电子秤按期检定。\n"


@pytest.fixture(scope="module")
def indexed(shipped_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this file's own that holds a current index of the shipped plans."""
    return Path(shutil.copytree(shipped_data, tmp_path_factory.mktemp("data") / "data"))


@pytest.fixture
def small_plans(tmp_path: Path) -> Path:
    """A folder of one plan that is indexed in no time."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "some.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plans"


@pytest.fixture(scope="module")
def api() -> tuple[FakeApi, FastAPI]:
    """An API of this process, for pages that need no server."""
    fake = FakeApi()
    return fake, fake_app(fake)


@pytest.fixture
def fake(api: tuple[FakeApi, FastAPI]) -> FakeApi:
    api[0].reset()
    return api[0]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(fake_app) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of the system. Absent: skipped, but a failure where CI=true."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        _absent(f"none of {', '.join(BROWSERS)} is installed; try `apt-get install chromium`")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright is not installed; install the [dev] extra")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield running
        running.close()


@dataclass
class Visitor:
    """Opens pages and remembers every request and script error of theirs. `forgiven`: what an error may say."""

    browser: Any
    site: Site
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    forgiven: str = "nothing"
    talks: dict[str, Any] = field(default_factory=dict)  # chat pages that stand, by their contexts' options

    def open(
        self,
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 900,
        until: str = "load",
        routed: Mapping[str, Callable[[Any], object]] = MappingProxyType({}),
        **more: Any,
    ) -> Any:
        """`until`: what of the page is waited for. `routed`: what becomes of requests whose address fits."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **more)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self._told(str(error.error)))
        context.on("console", self._heard)
        context.set_default_timeout(PATIENCE)
        for pattern, handle in routed.items():
            context.route(pattern, handle)
        page = context.new_page()
        page.goto(self.site.url + path, wait_until=until)
        return page

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self._told(message.text)

    def _told(self, error: str) -> None:
        if not re.search(self.forgiven, error):
            self.errors.append(error)

    def talk(self, *, width: int = 1280, height: int = 900, color_scheme: str = "light", **more: Any) -> Any:
        """The chat page, ready to be asked: of an earlier test, begun anew, as to load it takes seconds.

        What the API is to do is told to it afterwards.
        """
        more["color_scheme"] = color_scheme
        kind = str(sorted(more.items()))
        page = self.talks.get(kind)
        if page is None or page.is_closed() or page.url != f"{self.site.url}/":
            page = self.talks[kind] = self.open(width=width, height=height, permissions=CLIPBOARD, **more)
            page.locator("#log .corpus li").first.wait_for()
            return page
        page.set_viewport_size({"width": width, "height": height})
        begin_anew(page)
        self.site.fake.reset()
        return page

    def leave(self, *, keeping: bool) -> None:
        """Closes what was opened, but for the chat pages when nothing failed in them."""
        if not keeping:
            self.talks.clear()
        kept = list(self.talks.values())
        for context in self.browser.contexts:
            if any(page in kept for page in context.pages):
                for page in context.pages:
                    _ = page in kept or page.close()
            else:
                context.close()
        self.requests, self.errors, self.forgiven = [], [], "nothing"

    @property
    def strangers(self) -> list[str]:
        """Requests that left this machine."""
        here = (self.site.url, self.site.elsewhere, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(here)]


@pytest.fixture(scope="module")
def guest(browser: Any, site: Site) -> Iterator[Visitor]:
    """One of this file: its chat pages are loaded once."""
    guest = Visitor(browser, site)
    yield guest
    guest.leave(keeping=False)  # a server waits for who is still connected


@pytest.fixture
def visitor(guest: Visitor, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Afterwards nothing may have gone astray: no foreign request, no look-up, no script error."""
    guest.site.fake.reset()
    failed = request.session.testsfailed
    yield guest
    requests, strangers, errors = guest.requests, guest.strangers, guest.errors
    guest.leave(keeping=request.session.testsfailed == failed and not errors)
    assert requests
    assert strangers == []
    assert errors == []
    assert set(guest.site.looked_up) <= {"127.0.0.1", "localhost"}


def ask(page: Any, question: str = QUESTION) -> Any:
    """Asks and waits for the answer; returns the newest turn."""
    before = page.locator(".turn").count()
    page.get_by_label(wording.QUESTION_LABEL).fill(question)
    page.get_by_role("button", name=wording.SEND).click()
    return answered(page, before)


def answered(page: Any, before: int = 0) -> Any:
    turn = page.locator(".turn").nth(before)
    turn.locator(".reply, .failure").wait_for()
    return turn


def _absent(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"Browser tests cannot run: {reason}.")
    pytest.skip(reason)
