"""Where conversations are remembered among several processes. A lost Redis is a conversation without memory."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from bot.records.shared import Shared, SharedUnavailable

RETRY_SECONDS = 1.0  # after a failure, before it is asked again: a question waits once, not at every turn of a page
Given = TypeVar("Given")


class Forgiving:
    """Implements `bot.question.sessions.Notebook` over `Shared`. `lost` is told of each failure."""

    def __init__(
        self, shared: Shared, lost: Callable[[SharedUnavailable], None], clock: Callable[[], float] = monotonic
    ) -> None:
        self._shared, self._lost, self._clock = shared, lost, clock
        self._retry_at = 0.0

    def get(self, key: str) -> bytes | None:
        return self._asked(lambda: self._shared.get(key))

    def put(self, key: str, value: bytes, seconds: float) -> None:
        self._asked(lambda: self._shared.put(key, value, seconds))

    def delete(self, key: str) -> None:
        self._asked(lambda: self._shared.delete(key))

    def _asked(self, call: Callable[[], Given]) -> Given | None:
        if self._clock() < self._retry_at:
            return None
        try:
            return call()
        except SharedUnavailable as error:
            self._retry_at = self._clock() + RETRY_SECONDS
            self._lost(error)
            return None
