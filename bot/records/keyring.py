"""The keys as a process knows them: read again every other second, so that a request costs no database."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from bot.records.keys import ApiKey
from bot.records.receipts import RecordsUnavailable

RETRY_SECONDS = 1.0  # for which a database that is away is not asked again: waiting for it, all would wait in a row
REFRESH_SECONDS = 2.0  # how long another process may still take a revoked key


class Keyring:
    """Safe to share between threads. While the database is away, the keys last read stand."""

    def __init__(self, load: Callable[[], tuple[ApiKey, ...]], clock: Callable[[], float] = monotonic) -> None:
        self._load, self._clock = load, clock
        self._keys: Mapping[str, ApiKey] | None = None
        self._due = 0.0
        self._failed: RecordsUnavailable | None = None  # while none were ever read
        self._turn = Lock()

    @property
    def is_due(self) -> bool:
        """Whether `refresh` would read."""
        return self._keys is None or self._clock() >= self._due

    def refresh(self) -> None:
        """Read the keys when they are due, one thread for all. Raises RecordsUnavailable while none were ever read."""
        with self._turn:
            if not self.is_due:
                return
            if self._failed and self._clock() < self._due:
                raise RecordsUnavailable(self._failed.where, self._failed.reason)
            try:
                self._keys, self._failed = {key.id: key for key in self._load()}, None
            except RecordsUnavailable as error:
                if self._keys is None:
                    self._failed, self._due = error, self._clock() + RETRY_SECONDS
                    raise
            self._due = self._clock() + REFRESH_SECONDS

    @property
    def is_empty(self) -> bool:
        """Whether no key was ever made; one that has ended counts."""
        return not self._keys

    def find(self, key_id: str, at: datetime | None = None) -> ApiKey | None:
        """The key, if it stands."""
        key = (self._keys or {}).get(key_id)
        return key if key and key.stands(at or datetime.now(UTC)) else None
