"""A circuit breaker: an endpoint that keeps failing is left alone for a while, then tried with one call."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from bot.write.chat import ChatModel, Message, Pieces
from ingest.errors import ModelError, ModelTimeout, ModelUnavailable

FAILURES = 3  # in a row, until it opens
COOLDOWN = 30.0  # seconds it stays open
IN_FLIGHT = 16  # calls at once; more would take the threads that answer without a model
FAIR_TIME = 2.0  # seconds: running out of less says nothing of the endpoint


class State(StrEnum):
    CLOSED = "closed"  # calls pass
    OPEN = "open"  # none passes
    HALF_OPEN = "half_open"  # one call passes, and what becomes of it decides


class Breaker:
    """Counts failures in a row. Safe to share between threads; `clock` counts seconds and never goes back."""

    def __init__(
        self, failures: int = FAILURES, cooldown: float = COOLDOWN, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit, self._cooldown, self._clock = failures, cooldown, clock
        self._failed, self._opened_at = 0, 0.0
        self._open = self._trying = False
        self._lock = threading.Lock()

    @property
    def state(self) -> State:
        with self._lock:
            if not self._open:
                return State.CLOSED
            return State.HALF_OPEN if self._cooled() else State.OPEN

    def allow(self) -> bool:
        """Whether a call may be made now. Each call allowed must end in one of the three below."""
        with self._lock:
            if not self._open:
                return True
            if self._trying or not self._cooled():
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed, self._open, self._trying = 0, False, False

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._trying or (not self._open and self._failed >= self._limit):
                self._open, self._trying, self._opened_at = True, False, self._clock()

    def abandoned(self) -> None:
        """The call ended before it could tell anything."""
        with self._lock:
            self._trying = False

    def _cooled(self) -> bool:
        return self._clock() - self._opened_at >= self._cooldown


class GuardedModel:
    """A chat model behind a breaker and a bound on calls at once. Implements `ChatModel`."""

    def __init__(self, model: ChatModel, url: str, breaker: Breaker | None = None, in_flight: int = IN_FLIGHT) -> None:
        self.breaker = breaker or Breaker()
        self._model, self._url = model, url
        self._places = threading.BoundedSemaphore(in_flight)

    def ready(self) -> bool:
        return self.breaker.state is not State.OPEN and self._model.ready()

    def stream(self, messages: Sequence[Message], timeout: float) -> Pieces:
        """Raises ModelUnavailable at once when the breaker is open or too many calls are under way."""
        if not self._places.acquire(blocking=False):
            raise ModelUnavailable(self._url, "too many calls at once")
        if not self.breaker.allow():
            self._places.release()
            raise ModelUnavailable(self._url, "it failed repeatedly and is not asked for a while")
        return _Guarded(self._model, messages, timeout, self.breaker, self._places.release)


class _Guarded:
    """Reports once what became of a call: text that began to come is a success, whatever follows."""

    def __init__(
        self,
        model: ChatModel,
        messages: Sequence[Message],
        timeout: float,
        breaker: Breaker,
        leave: Callable[[], None],
    ) -> None:
        self._breaker, self._leave, self._timeout = breaker, leave, timeout
        self._judged = self._left = False
        self._lock = threading.Lock()
        try:
            self._pieces = model.stream(messages, timeout)
        except BaseException:
            self._judge(breaker.failed)
            leave()
            raise

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            piece = next(self._pieces)
        except StopIteration:
            self._end(self._breaker.abandoned)
            raise
        except ModelError as error:
            self._end(self._breaker.failed if self._tells(error) else self._breaker.abandoned)
            raise
        self._judge(self._breaker.succeeded)
        return piece

    def close(self) -> None:
        self._pieces.close()
        self._end(self._breaker.abandoned)

    def _tells(self, error: ModelError) -> bool:
        """Whether the error is the endpoint's and not the reply's or the caller's haste."""
        if isinstance(error, ModelTimeout):
            return min(error.seconds, self._timeout) >= FAIR_TIME
        return isinstance(error, ModelUnavailable)

    def _judge(self, verdict: Callable[[], None]) -> None:
        with self._lock:
            if self._judged:
                return
            self._judged = True
        verdict()

    def _end(self, verdict: Callable[[], None]) -> None:
        self._judge(verdict)
        with self._lock:
            if self._left:
                return
            self._left = True
        self._leave()
