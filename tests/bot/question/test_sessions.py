"""Sessions are forgotten after a while and when there are too many; threads may share them."""

from threading import Thread

import pytest

from bot.model import Question
from bot.question import followup
from bot.question.followup import Memory, Sessions
from bot.write.threads import Threads


def memory(text: str = "x") -> Memory:
    return Memory(Question(text, text, text), ())


class Clock:
    """Stands in for the time module of `bot.question.followup`."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(followup, "time", clock)
    return clock


def test_recalled_as_remembered() -> None:
    sessions = Sessions()
    sessions.remember("a", memory("one"))
    assert sessions.recall("a") == memory("one")
    sessions.remember("a", memory("two"))
    assert sessions.recall("a") == memory("two")
    assert sessions.recall("b") is None


def test_forgotten_when_told_to() -> None:
    sessions, threads = Sessions(), Threads()
    sessions.remember("a", memory())
    threads.remember("a", "问", "答")
    for kept in (sessions, threads):
        kept.forget("a")
        kept.forget("unknown")
    assert sessions.recall("a") is None
    assert threads.recall("a") == ()


@pytest.mark.parametrize("session_id", [None, ""])
def test_no_id_no_memory(session_id: str | None) -> None:
    sessions = Sessions()
    sessions.remember(session_id, memory())
    assert sessions.recall(session_id) is None


def test_nothing_to_remember_changes_nothing() -> None:
    sessions = Sessions()
    sessions.remember("a", memory())
    sessions.remember("a", None)
    assert sessions.recall("a") == memory()


def test_forgotten_after_the_time_to_live(clock: Clock) -> None:
    sessions = Sessions(ttl=60)
    sessions.remember("a", memory())
    clock.now += 60
    assert sessions.recall("a") == memory()
    clock.now += 0.1
    assert sessions.recall("a") is None
    sessions.remember("a", memory("again"))
    assert sessions.recall("a") == memory("again")


def test_speaking_keeps_a_session_alive(clock: Clock) -> None:
    sessions = Sessions(ttl=60)
    for _ in range(3):
        sessions.remember("a", memory())
        clock.now += 50
        assert sessions.recall("a") == memory()


def test_the_longest_silent_session_goes_first() -> None:
    sessions = Sessions(size=2)
    for name in ("a", "b", "a", "c"):
        sessions.remember(name, memory(name))
    assert sessions.recall("b") is None
    assert sessions.recall("a") == memory("a")
    assert sessions.recall("c") == memory("c")


def test_threads_share_sessions_within_the_bound() -> None:
    sessions = Sessions(size=50)
    wrong: list[str] = []

    def speak(number: int) -> None:
        for turn in range(200):
            name = f"{number}-{turn % 5}"
            sessions.remember(name, memory(name))
            if (found := sessions.recall(name)) is not None and found.question.text != name:
                wrong.append(name)

    threads = [Thread(target=speak, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sum(sessions.recall(f"{number}-{turn}") is not None for number in range(8) for turn in range(5)) == 40
