"""How much a caller has left: a rate per minute and a quota per day. Alone imports limits.

Counted in memory for one process; in Redis (`REDIS_URL`) for several, exactly. A window opens with its first request.
While Redis is away each process counts for itself, so that asking goes on within bounds.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic, time

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.errors import ConfigurationError, StorageError
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from bot.records.allowance import Allowance
from bot.records.shared import PREFIX, WAIT_SECONDS
from ingest.errors import BadSetting

MAX_WINDOWS = 100_000  # kept in memory; then those that end first go
RETRY_SECONDS = 1.0  # after a failure, before Redis is asked again


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the window with the fewest requests left: how many it has, how many are left, seconds until it ends."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    policy: str  # all windows, as the RateLimit-Policy header names them: 60;w=60, 1000;w=86400


class Quotas:
    """Safe to share between threads. `waits`: asking takes a journey, and is better not done in an event loop."""

    def __init__(self, redis_url: str = "", clock: Callable[[], float] = monotonic) -> None:
        """Opens nothing yet. Raises BadSetting."""
        self._clock, self._retry_at = clock, 0.0
        self._here = FixedWindowRateLimiter(Windows())
        self._there = FixedWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self.waits = bool(redis_url)

    def spend(self, who: str, allowance: Allowance) -> Standing | None:
        """One request of a caller; None for one without bounds. What a refusal costs is nothing but the minute's."""
        items = list(_windows(allowance))
        if not items:
            return None
        if self._there and self._clock() >= self._retry_at:
            try:
                return _spent(self._there, who, items)
            except StorageError:
                self._retry_at = self._clock() + RETRY_SECONDS
        return _spent(self._here, who, items)


def _windows(allowance: Allowance) -> Iterator[RateLimitItem]:
    if allowance.per_minute:
        yield RateLimitItemPerMinute(allowance.per_minute, namespace=PREFIX + "quota")
    if allowance.per_day:
        yield RateLimitItemPerDay(allowance.per_day, namespace=PREFIX + "quota")


def _spent(limiter: FixedWindowRateLimiter, who: str, items: list[RateLimitItem]) -> Standing:
    policy = ", ".join(f"{item.amount};w={item.get_expiry()}" for item in items)
    left: list[Standing] = []
    for item in items:
        allowed = limiter.hit(item, who)
        reset, remaining = limiter.get_window_stats(item, who)
        standing = Standing(allowed, item.amount, remaining, max(1, ceil(reset - time())), policy)
        if not allowed:
            return standing
        left.append(standing)
    return min(left, key=lambda each: each.remaining)


def _redis(url: str) -> RedisStorage:
    named = url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url
    try:
        return RedisStorage(
            named, wrap_exceptions=True, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS
        )
    except (ConfigurationError, ValueError) as error:
        shown = url.split("://", maxsplit=1)[0]
        raise BadSetting("REDIS_URL", f"{shown}://…", "redis://HOST:PORT/NUMBER") from error


class Windows(Storage):
    """The counts of one process. The library's own starts a thread every ten milliseconds that walks over all keys,
    and is not exact between threads."""

    STORAGE_SCHEME = None

    def __init__(self, size: int = MAX_WINDOWS, clock: Callable[[], float] = time) -> None:
        """`clock` tells seconds since 1970, as the library reckons."""
        super().__init__()
        self._size, self._time = size, clock
        self._counts: dict[str, tuple[float, int]] = {}
        self._ends: list[tuple[float, str]] = []
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._lock:
            now = self._time()
            end, count = self._counts.get(key, (0.0, 0))
            if end <= now:
                end, count = now + expiry, 0
                heapq.heappush(self._ends, (end, key))
            self._counts[key] = (end, count + amount)
            self._sweep(now)
            return count + amount

    def get(self, key: str) -> int:
        end, count = self._counts.get(key, (0.0, 0))
        return count if end > self._time() else 0

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (self._time(), 0))[0]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            count = len(self._counts)
            self._counts.clear()
            self._ends.clear()
            return count

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)

    def _sweep(self, now: float) -> None:
        while self._ends and (self._ends[0][0] <= now or len(self._counts) > self._size):
            end, key = heapq.heappop(self._ends)
            if self._counts.get(key, (0.0, 0))[0] == end:
                del self._counts[key]
