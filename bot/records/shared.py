"""What processes share for a short while: values by key that end by themselves. Alone imports redis.

In memory for one process; in Redis (`REDIS_URL`) for several. What must outlast a restart belongs in the database.
"""

import heapq
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Protocol

import redis
from redis.exceptions import RedisError

from ingest.errors import BadSetting, StoreError

PREFIX = "metrology:"
MAX_VALUES = 100_000  # kept in memory; then the ones that end first go
WAIT_SECONDS = 0.5  # for Redis to connect or to answer


class SharedUnavailable(StoreError):
    """What is shared cannot be reached now."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"Shared values at '{where}' are unavailable: {reason}. Check Redis and REDIS_URL.")


class Shared(Protocol):
    """Values of bytes by key. Every method raises SharedUnavailable when it cannot do its part."""

    def get(self, key: str) -> bytes | None:
        """The value, or None when there is none or its time is up."""

    def put(self, key: str, value: bytes, seconds: float) -> None:
        """Keep a value for so long, whatever was there."""

    def put_new(self, key: str, value: bytes, seconds: float) -> bool:
        """Keep a value where there is none, else change nothing and say False. Of several at once, one succeeds."""

    def delete(self, key: str) -> None:
        """Forget a value; an unknown key is no error."""

    def ping(self) -> None:
        """Nothing, when values can be kept."""


class InMemory:
    """Implements `Shared` in one process. Safe to share between threads."""

    def __init__(self, size: int = MAX_VALUES, clock: Callable[[], float] = monotonic) -> None:
        self._size, self._clock = size, clock
        self._values: dict[str, tuple[float, bytes]] = {}
        self._ends: list[tuple[float, str]] = []
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            return self._current(key)

    def put(self, key: str, value: bytes, seconds: float) -> None:
        with self._lock:
            self._keep(key, value, seconds)

    def put_new(self, key: str, value: bytes, seconds: float) -> bool:
        with self._lock:
            if self._current(key) is not None:
                return False
            self._keep(key, value, seconds)
            return True

    def delete(self, key: str) -> None:
        with self._lock:
            self._values.pop(key, None)

    def ping(self) -> None:
        return None

    def _current(self, key: str) -> bytes | None:
        end, value = self._values.get(key, (0.0, None))
        return value if value is not None and end > self._clock() else None

    def _keep(self, key: str, value: bytes, seconds: float) -> None:
        end = self._clock() + seconds
        self._values[key] = (end, value)
        heapq.heappush(self._ends, (end, key))
        while self._ends and (self._ends[0][0] <= self._clock() or len(self._values) > self._size):
            end, ended = heapq.heappop(self._ends)
            if ended in self._values and self._values[ended][0] == end:  # not kept anew since
                del self._values[ended]


class InRedis:
    """Implements `Shared` for all processes of one Redis. Safe to share between threads; connects anew by itself."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet. Raises BadSetting; a password in the URL is not repeated."""
        try:
            self._client = redis.Redis.from_url(url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS)
        except ValueError as error:
            shown = url.split("://", maxsplit=1)[0]
            raise BadSetting("REDIS_URL", f"{shown}://…", "redis://HOST:PORT/NUMBER") from error

    def get(self, key: str) -> bytes | None:
        value = self._asked(lambda: self._client.get(PREFIX + key))
        return value if isinstance(value, bytes) else None

    def put(self, key: str, value: bytes, seconds: float) -> None:
        self._asked(lambda: self._client.set(PREFIX + key, value, px=_milliseconds(seconds)))

    def put_new(self, key: str, value: bytes, seconds: float) -> bool:
        return bool(self._asked(lambda: self._client.set(PREFIX + key, value, px=_milliseconds(seconds), nx=True)))

    def delete(self, key: str) -> None:
        self._asked(lambda: self._client.delete(PREFIX + key))

    def ping(self) -> None:
        self._asked(self._client.ping)

    def _asked(self, call: Callable[[], object]) -> object:
        try:
            return call()
        except RedisError as error:
            pool = self._client.connection_pool.connection_kwargs
            where = f"{pool.get('host', pool.get('path', ''))}:{pool.get('port', '')}"
            raise SharedUnavailable(where, type(error).__name__) from error


def open_shared(url: str) -> Shared:
    """In Redis when a URL is given, else in memory. Raises BadSetting."""
    return InRedis(url) if url else InMemory()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
