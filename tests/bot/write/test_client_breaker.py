"""The breaker opens on failures in a row, tries once after a while, and never mistakes a caller's haste for a fault."""

import threading
from collections.abc import Generator, Sequence

import pytest

from bot.write.breaker import Breaker, GuardedModel, State
from bot.write.chat import BadOutput, Message, Pieces
from ingest.errors import ModelTimeout, ModelUnavailable

URL = "http://model.example/v1"
DOWN, SLOW, EMPTY = ModelUnavailable(URL), ModelTimeout(URL, 8.0), BadOutput(URL, "an empty reply")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeModel:
    """Implements `ChatModel`: says `said`, then raises the next of `errors`, if any."""

    def __init__(self, *errors: Exception | None, said: Sequence[str] = ()) -> None:
        self.errors, self.said, self.calls = list(errors), said, 0

    def stream(self, messages: Sequence[Message], timeout: float) -> Pieces:  # noqa: ARG002
        self.calls += 1
        return self._pieces()

    def ready(self) -> bool:
        return True

    def _pieces(self) -> Generator[str, None, None]:
        yield from self.said
        if self.errors and (error := self.errors.pop(0)):
            raise error


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, cooldown=30, clock=clock)


def call(guarded: GuardedModel, timeout: float = 8.0) -> str:
    """What is said, or the name of the error."""
    try:
        return "".join(guarded.stream([], timeout))
    except (ModelUnavailable, ModelTimeout, BadOutput) as error:
        return type(error).__name__


def test_it_opens_on_failures_in_a_row_and_then_asks_nobody(breaker: Breaker) -> None:
    model = FakeModel(*[DOWN] * 9)
    guarded = GuardedModel(model, URL, breaker)
    assert [call(guarded) for _ in range(5)] == ["ModelUnavailable"] * 5
    assert model.calls == 3
    assert breaker.state is State.OPEN


def test_a_success_between_starts_the_count_anew(breaker: Breaker) -> None:
    model = FakeModel(DOWN, DOWN, None, DOWN, DOWN, said=())
    guarded = GuardedModel(model, URL, breaker)
    for _ in range(2):
        call(guarded)
    model.said = ["好"]
    assert call(guarded) == "好"
    model.said = []
    for _ in range(2):
        call(guarded)
    assert breaker.state is State.CLOSED


def test_half_open_lets_one_call_through(breaker: Breaker, clock: Clock) -> None:
    model = FakeModel(*[DOWN] * 4)
    guarded = GuardedModel(model, URL, breaker)
    for _ in range(3):
        call(guarded)
    clock.now += 30
    assert breaker.state == "half_open"
    trial = guarded.stream([], 8)
    with pytest.raises(ModelUnavailable, match="not asked for a while"):
        guarded.stream([], 8)
    with pytest.raises(ModelUnavailable):
        next(trial)
    assert breaker.state == "open", "the trial failed"
    clock.now += 29
    assert not breaker.allow()
    clock.now += 1
    model.said = ["好"]
    assert call(guarded) == "好"
    assert breaker.state is State.CLOSED


def test_a_trial_that_tells_nothing_leaves_room_for_another(breaker: Breaker, clock: Clock) -> None:
    guarded = GuardedModel(FakeModel(*[DOWN] * 3, said=[]), URL, breaker)
    for _ in range(3):
        call(guarded)
    clock.now += 30
    guarded.stream([], 8).close()
    assert breaker.state is State.HALF_OPEN
    assert breaker.allow()


@pytest.mark.parametrize(
    ("error", "timeout", "said", "opens"),
    [
        (DOWN, 8.0, [], True),
        (SLOW, 8.0, [], True),
        (SLOW, 0.5, [], False),  # the caller gave it no time
        (EMPTY, 8.0, [], False),  # it is there, and writes nothing of use
        (DOWN, 8.0, ["厦门"], False),  # it was there
    ],
)
def test_what_counts_as_a_failure(
    breaker: Breaker, error: Exception, timeout: float, said: list[str], opens: bool
) -> None:
    guarded = GuardedModel(FakeModel(*[error] * 3, said=said), URL, breaker)
    for _ in range(3):
        call(guarded, timeout)
    assert (breaker.state is State.OPEN) is opens


def test_calls_at_once_are_bounded_and_places_are_given_back(breaker: Breaker) -> None:
    guarded = GuardedModel(FakeModel(said=["a"]), URL, breaker, in_flight=2)
    one, two = guarded.stream([], 8), guarded.stream([], 8)
    with pytest.raises(ModelUnavailable, match="too many"):
        guarded.stream([], 8)
    assert breaker.state is State.CLOSED
    one.close()
    one.close()
    assert list(two) == ["a"]
    assert [call(guarded) for _ in range(5)] == ["a"] * 5


def test_a_call_that_cannot_begin_is_a_failure_and_holds_no_place(breaker: Breaker) -> None:
    class Broken:
        def stream(self, messages: Sequence[Message], timeout: float) -> Pieces:  # noqa: ARG002
            raise DOWN

        def ready(self) -> bool:
            return True

    guarded = GuardedModel(Broken(), URL, breaker, in_flight=1)
    assert [call(guarded) for _ in range(4)] == ["ModelUnavailable"] * 4
    assert breaker.state is State.OPEN


def test_threads_share_one_trial(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        breaker.failed()
    clock.now += 30
    allowed: list[bool] = []
    threads = [threading.Thread(target=lambda: allowed.append(breaker.allow())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 7 + [True]
