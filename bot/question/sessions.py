"""What conversations remember, kept as JSON where processes may share it."""

import json
from dataclasses import replace
from typing import Protocol

from pydantic import BaseModel

from bot.model import Question
from bot.question.followup import Memory
from ingest.corpus import Corpus

TTL_SECONDS = 3600.0
MAX_SESSIONS = 10_000  # kept in memory; then the longest silent ones go


class Notebook(Protocol):
    """Values by key that end by themselves; what cannot be reached is as if nothing had been written."""

    def get(self, key: str) -> bytes | None:
        """The value, or None."""

    def put(self, key: str, value: bytes, seconds: float) -> None:
        """Keep a value for so long."""

    def delete(self, key: str) -> None:
        """Forget a value."""


class _Written(BaseModel):
    """A memory as it is kept: clauses by their ids."""

    question: Question
    focus: tuple[str, ...]
    asked: tuple[str, ...]
    earlier_plans: tuple[str, ...]


class Sessions:
    """Memories by session id; idle ones are forgotten. Safe to share between threads and processes."""

    def __init__(self, notebook: Notebook, corpus: Corpus, ttl: float = TTL_SECONDS) -> None:
        self._notebook, self._corpus, self._ttl = notebook, corpus, ttl

    def recall(self, session_id: str | None) -> Memory | None:
        """What another version wrote and this one cannot read is forgotten, as are clauses and plans that are no more;
        a conversation about such plans alone begins anew."""
        found = self._notebook.get(_key(session_id)) if session_id else None
        if found is None:
            return None
        try:
            written = _Written.model_validate(json.loads(found))
        except ValueError:
            return None
        focus = tuple(self._corpus.clause(each) for each in written.focus if self._corpus.has_clause(each))
        question = written.question
        plans, inherited, outside, earlier = (
            self._corpus.order(each)
            for each in (question.plans, question.inherited, question.outside, written.earlier_plans)
        )
        if question.plans and not plans:
            return None
        question = replace(question, plans=plans, inherited=inherited, outside=outside)
        return Memory(question, focus, written.asked, earlier)

    def remember(self, session_id: str | None, memory: Memory | None) -> None:
        if not session_id or memory is None:
            return
        focus = tuple(clause.id for clause in memory.focus)
        written = _Written(
            question=memory.question, focus=focus, asked=memory.asked, earlier_plans=memory.earlier_plans
        )
        self._notebook.put(_key(session_id), as_json(written.model_dump(mode="json")), self._ttl)

    def forget(self, session_id: str) -> None:
        self._notebook.delete(_key(session_id))


def as_json(value: object) -> bytes:
    """In ASCII: half a character, which a client may have cut, is kept too."""
    return json.dumps(value).encode("ascii")


def _key(session_id: str) -> str:
    return f"session:{session_id}"
