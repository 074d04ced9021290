"""Questions people asked, as evaluation cases still to be judged: what is right, a person has to say."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from eval.answers.case import Split
from ingest.errors import EvalError


class NotWritten(EvalError):
    """A file of drafts that cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"Cannot write cases to '{path}': {reason}. Give a new file in a folder that exists.")


class Doubtful(Protocol):
    """A question that was not answered, or whose answer was disliked."""

    @property
    def question(self) -> str: ...

    @property
    def clause_id(self) -> str: ...

    @property
    def reason(self) -> str | None: ...


def draft(asked: Doubtful) -> dict[str, Any]:
    """A `Case` but for its `status`, which is empty and so refused until someone has decided.

    The clause nearest to it may be cited, so that it stands at hand; whether it must be is for a person too.
    """
    digest = hashlib.sha256(asked.question.encode()).hexdigest()[:8]
    return {
        "id": f"asked-{digest}",
        "turns": [asked.question],
        "intent": "asked",
        "plans": [],
        "status": [],
        "gold": [],
        "also": [asked.clause_id] if asked.clause_id else [],
        "facts": [],
        "forbidden": [],
        "split": Split.DEV.value,
        "user": "asked",
        "aspect": asked.reason or "",
    }


def write_drafts(path: Path, questions: Iterable[Doubtful]) -> int:
    """One a line; how many. An existing file, which a person may have worked on, is kept: raises NotWritten."""
    rows = [json.dumps(draft(one), ensure_ascii=False) + "\n" for one in questions]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(rows)
    except OSError as error:
        raise NotWritten(path, error.strerror or type(error).__name__) from error
    return len(rows)
