"""What was said in each session, for the model to follow. A session sees its own exchanges and no other's."""

import time
from collections import OrderedDict
from threading import Lock

from bot.question.followup import MAX_SESSIONS, TTL_SECONDS
from bot.write.prompt import SAID_MAX, Exchange

KEPT = 3  # exchanges of a session


class Threads:
    """Exchanges by session id; old and idle ones are forgotten. Safe to share between threads."""

    def __init__(self, ttl: float = TTL_SECONDS, size: int = MAX_SESSIONS) -> None:
        self._ttl, self._size = ttl, size
        self._said: OrderedDict[str, tuple[float, tuple[Exchange, ...]]] = OrderedDict()
        self._lock = Lock()

    def recall(self, session_id: str | None) -> tuple[Exchange, ...]:
        """The session's last exchanges, oldest first; none without a session."""
        if not session_id:
            return ()
        with self._lock:
            at, said = self._said.get(session_id, (0.0, ()))
            return said if time.monotonic() - at <= self._ttl else ()

    def remember(self, session_id: str | None, question: str, answer: str) -> None:
        if not session_id:
            return
        said = (*self.recall(session_id), Exchange(question[:SAID_MAX], answer[:SAID_MAX]))[-KEPT:]
        with self._lock:
            self._said[session_id] = (time.monotonic(), said)
            self._said.move_to_end(session_id)
            while len(self._said) > self._size:
                self._said.popitem(last=False)

    def forget(self, session_id: str) -> None:
        with self._lock:
            self._said.pop(session_id, None)
