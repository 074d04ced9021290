"""`Idempotency-Key`: a request that is sent again gets the answer of the first, whichever process it reaches.

Kept under a hash of route, key, credentials and corpus, so that no caller gets another's answer, nor one that quotes
what is no more. A refusal or a failure is not kept: the same key may try again.
"""

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Header, Request
from fastapi.openapi.models import Example
from pydantic import BaseModel

from bot.api import problems
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.records.shared import SharedUnavailable

KEPT_SECONDS = 24 * 3600.0
WORKING_SECONDS = 180.0  # longer than any answer takes; then the work is taken to have died with its process
ERRORS = (problems.KEY_REUSED, problems.KEY_IN_USE, problems.KEYS_UNAVAILABLE)
CREDENTIALS = ("authorization", "x-api-key")  # where callers may name themselves

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="重试时原样再送，24 小时内得到同一个回答；1 至 255 个可见 ASCII 字符，如 UUID。",
        openapi_examples={"uuid": Example(value="0b9f5d9e-8a51-4f0e-9a55-6f1f1b1c7d3a")},
    ),
]
Given = TypeVar("Given", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Once:
    """A request that shall be carried out once; `place` is where its answer is kept, `body` what it asks."""

    parts: Parts
    place: str
    body: str

    def carry_out(self, kind: type[Given], work: Callable[[], Given]) -> Given:
        """What `work` gives, now or when it was first carried out. Raises Problem while it is, or for another body."""
        try:
            mine = self.parts.shared.put_new(self.place, _packed(self.body), WORKING_SECONDS)
            kept = None if mine else self.parts.shared.get(self.place)
        except SharedUnavailable as error:
            log.warning("idempotency_unavailable", reason=str(error))
            raise Problem(problems.KEYS_UNAVAILABLE) from error
        if not mine:
            return self._again(kind, kept)
        try:
            given = work()
        except BaseException:
            self._quietly(lambda: self.parts.shared.delete(self.place))
            raise
        packed = _packed(self.body, given.model_dump_json())
        self._quietly(lambda: self.parts.shared.put(self.place, packed, KEPT_SECONDS))
        return given

    def _again(self, kind: type[Given], kept: bytes | None) -> Given:
        if kept is None:  # it ended between the two looks: the first was refused
            raise Problem(problems.KEY_IN_USE, retry_after=1)
        body, given = json.loads(zlib.decompress(kept))
        if body != self.body:
            raise Problem(problems.KEY_REUSED)
        if given is None:
            raise Problem(problems.KEY_IN_USE, retry_after=1)
        return kind.model_validate_json(given)

    def _quietly(self, store: Callable[[], None]) -> None:
        """The work is done; that its result could not be kept is for the log."""
        try:
            store()
        except SharedUnavailable as error:
            log.warning("idempotency_lost", reason=str(error))


def once(
    parts: Parts, http: Request, key: str | None, request: BaseModel, kind: type[Given], work: Callable[[], Given]
) -> Given:
    """What `work` gives; with a key, the same for the same request."""
    if key is None:
        return work()
    named = [http.url.path, key, *(http.headers.get(name, "") for name in CREDENTIALS), parts.bot.corpus_version]
    place = f"once:{_digest(named)}"
    return Once(parts, place, _digest([request.model_dump_json()])).carry_out(kind, work)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _packed(body: str, given: str | None = None) -> bytes:
    return zlib.compress(json.dumps([body, given]).encode(), 1)
