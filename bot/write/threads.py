"""What was said in each session, for the model to follow. A session sees its own exchanges and no other's."""

import json

from pydantic import TypeAdapter

from bot.question.sessions import TTL_SECONDS, Notebook, as_json
from bot.write.prompt import SAID_MAX, Exchange

KEPT = 3  # exchanges of a session
_WRITTEN = TypeAdapter(tuple[Exchange, ...])


class Threads:
    """Exchanges by session id; idle ones are forgotten. Safe to share between threads and processes.

    What was said on another corpus is as if it had never been said: it may quote what is no more.
    """

    def __init__(self, notebook: Notebook, ttl: float = TTL_SECONDS, corpus_version: str = "") -> None:
        self._notebook, self._ttl, self._version = notebook, ttl, corpus_version

    def recall(self, session_id: str | None) -> tuple[Exchange, ...]:
        """The session's last exchanges, oldest first; none without a session, or where another version wrote."""
        found = self._notebook.get(self._key(session_id)) if session_id else None
        try:
            return _WRITTEN.validate_python(json.loads(found)) if found else ()
        except ValueError:
            return ()

    def remember(self, session_id: str | None, question: str, answer: str) -> None:
        if not session_id:
            return
        said = (*self.recall(session_id), Exchange(question[:SAID_MAX], answer[:SAID_MAX]))[-KEPT:]
        self._notebook.put(self._key(session_id), as_json(_WRITTEN.dump_python(said, mode="json")), self._ttl)

    def forget(self, session_id: str) -> None:
        self._notebook.delete(self._key(session_id))

    def _key(self, session_id: str) -> str:
        return f"thread:{self._version}:{session_id}" if self._version else f"thread:{session_id}"
