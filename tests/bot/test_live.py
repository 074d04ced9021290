"""One version a request, whatever goes live meanwhile; the older one is let go of after its last request."""

import time
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Thread
from typing import cast

import pytest

from bot.curator import SWITCH_SECONDS
from bot.live import LOOK_SECONDS, Edition, LiveBot, one_version
from bot.local import LocalBot
from ingest.errors import IndexDamaged
from tests.bot.fakes import FakeBot


@dataclass
class Shelf:
    """Implements `bot.live.Editions`."""

    live: str = "v1"
    broken: bool = False
    closed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def latest(self) -> str:
        return self.live

    def edition(self) -> Edition:
        name = self.live
        return Edition(name, cast(LocalBot, FakeBot(corpus_version=name)), lambda: self.closed.append(name))

    def open(self, before: LocalBot) -> Edition:  # noqa: ARG002  it has no models to share
        self.opened.append(self.live)
        if self.broken:
            raise IndexDamaged("index", "'x' is missing")
        return self.edition()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def live(shelf: Shelf) -> LiveBot:
    return LiveBot(shelf, shelf.edition())


def test_it_answers_from_what_is_live(live: LiveBot, shelf: Shelf) -> None:
    heard: list[str] = []
    live.listen(heard.append)
    assert not live.look()
    shelf.live = "v2"
    assert live.corpus_version == "v1", "until somebody looks"
    assert live.look()
    assert live.corpus_version == "v2"
    assert (shelf.closed, heard) == (["v1"], ["v2"])
    live.close()
    assert shelf.closed == ["v1", "v2"]


def test_a_request_ends_on_the_version_it_began_on(live: LiveBot, shelf: Shelf) -> None:
    with live.one_version():
        assert live.corpus_version == "v1"
        shelf.live = "v2"
        live.look()
        assert live.corpus_version == "v1"
        with one_version(live):
            assert live.corpus_version == "v1", "one within another is the same request"
        assert shelf.closed == [], "somebody answers from it"
    assert shelf.closed == ["v1"]
    assert live.corpus_version == "v2"


def test_a_request_that_has_not_asked_yet_holds_nothing(live: LiveBot, shelf: Shelf) -> None:
    """So that who removes a plan over HTTP does not wait for himself."""
    with live.one_version():
        shelf.live = "v2"
        live.look()
        assert shelf.closed == ["v1"]
        assert live.corpus_version == "v2"


def test_threads_of_a_request_see_its_version_and_later_the_latest(live: LiveBot, shelf: Shelf) -> None:
    seen: list[str] = []

    def look() -> None:
        seen.append(live.corpus_version)

    with live.one_version():
        assert live.corpus_version == "v1"
        context = copy_context()
        shelf.live = "v2"
        live.look()
        thread = Thread(target=context.run, args=(look,))
        thread.start()
        thread.join()
    context.run(look)
    assert seen == ["v1", "v2"]


def test_it_looks_by_itself(live: LiveBot, shelf: Shelf) -> None:
    with live.watching(lambda *_: None, seconds=0.01):
        shelf.live = "v2"
        until = time.monotonic() + 5
        while live.corpus_version != "v2" and time.monotonic() < until:
            time.sleep(0.01)
    assert live.corpus_version == "v2"


def test_a_version_that_cannot_be_opened_is_told_and_the_old_one_goes_on(live: LiveBot, shelf: Shelf) -> None:
    told: list[str] = []
    shelf.live, shelf.broken = "v2", True
    with live.watching(lambda name, _: told.append(name), seconds=0.01):
        until = time.monotonic() + 5
        while not told and time.monotonic() < until:
            time.sleep(0.01)
    assert told == ["v2"]
    assert (live.corpus_version, shelf.closed) == ("v1", [])


def test_what_is_live_may_not_be_told_for_a_moment(live: LiveBot, shelf: Shelf) -> None:
    shelf.live = ""
    assert not live.look()
    assert shelf.opened == []


def test_another_bot_needs_no_versions() -> None:
    with one_version(FakeBot()):
        pass


def test_it_looks_often_enough_for_what_is_promised() -> None:
    assert LOOK_SECONDS <= SWITCH_SECONDS / 4, "the rest is for opening"
