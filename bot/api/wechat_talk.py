"""What a follower of the official account is told: within WeChat's five seconds, in texts of WeChat's length.

WeChat sends a message again, up to three times in all, until it is answered: every time it gets the same reply. What
is not ready or does not fit waits under the follower's hashed id for a “1”, in what all processes share.
"""

import hashlib
import hmac
import json
import time
import unicodedata
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waited
from dataclasses import dataclass

from bot import wording
from bot.api import asking, problems
from bot.api.cut import pages, shortened
from bot.api.log import log
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import AskRequest
from bot.api.wechat_account import Account
from bot.api.wechat_xml import Message
from bot.records.shared import SharedUnavailable
from ingest.errors import MetrologyError

TEXT_BYTES = 2048  # of a text reply, at most
ANSWER_SECONDS = 4.0  # of WeChat's five; the rest is for the way
HELD_SECONDS = 6.0  # that a message counts as being answered; then its process is taken to have died
REPLY_SECONDS = 60.0  # that a reply is kept for WeChat's next tries
REST_SECONDS = 3600.0  # that the rest of an answer is kept
POLL_SECONDS = 0.1

MORE = "1"


@dataclass(frozen=True, slots=True)
class Rest:
    """What a follower may still see of the answer to question `of`; None while it is being looked for."""

    of: str
    pages: list[str] | None

    def packed(self) -> bytes:
        return json.dumps([self.of, self.pages]).encode()


class Talk:
    """Answers messages of one account. Safe to share between threads and, by what is shared, between processes."""

    def __init__(self, parts: Parts, account: Account, seconds: float = ANSWER_SECONDS) -> None:
        self._parts, self._account, self._seconds = parts, account, seconds

    def reply(self, message: Message) -> str | None:
        """What to say to `message`, the same whenever it comes again; None for nothing. Takes `seconds` at most."""
        until = time.monotonic() + self._seconds
        place = f"wechat:reply:{self._hash(message.sender, message.id, self._parts.bot.corpus_version)}"
        try:
            while not self._parts.shared.put_new(place, b"", HELD_SECONDS):
                if kept := self._parts.shared.get(place):
                    said: str | None = json.loads(kept)
                    return said
                if time.monotonic() >= until:
                    return wording.WECHAT_LOOKING
                time.sleep(POLL_SECONDS)
            said = self._said(message, until)
            self._parts.shared.put(place, json.dumps(said).encode(), REPLY_SECONDS)
        except SharedUnavailable as error:
            log.warning("wechat_without_shared", reason=str(error))
            return self._alone(message, until)
        return said

    def _said(self, message: Message, until: float) -> str | None:
        if message.kind == "event":
            return wording.GREETING if message.event == "subscribe" else None
        if message.kind not in ("text", "voice") or not message.text:
            return wording.WECHAT_TEXT_ONLY
        user = self._hash(message.sender)
        return self._next(user, until) if _wants_more(message.text) else self._asked(user, message, until)

    def _asked(self, user: str, message: Message, until: float) -> str:
        self._keep(user, Rest(message.id, None))
        future = self._parts.readers.submit(self._answer, user, message.text)
        try:
            text = future.result(timeout=max(0.0, until - time.monotonic()))
        except Waited:
            future.add_done_callback(lambda done: self._keep_late(user, message.id, done))
            return wording.WECHAT_LOOKING
        return self._turn(user, Rest(message.id, pages(text, TEXT_BYTES, wording.WECHAT_TAIL)))

    def _next(self, user: str, until: float) -> str:
        while True:
            kept = self._parts.shared.get(self._place(user))
            rest = Rest(*json.loads(kept)) if kept else None
            if rest is None:
                return wording.WECHAT_NOTHING_LEFT
            if rest.pages is not None:
                return self._turn(user, rest)
            if time.monotonic() >= until:
                return wording.WECHAT_STILL_LOOKING
            time.sleep(POLL_SECONDS)

    def _turn(self, user: str, rest: Rest) -> str:
        """The next page; those after it are kept."""
        page, *later = rest.pages or [wording.WECHAT_NOTHING_LEFT]
        if later:
            self._keep(user, Rest(rest.of, later))
        else:
            self._parts.shared.delete(self._place(user))
        return page

    def _keep(self, user: str, rest: Rest) -> None:
        self._parts.shared.put(self._place(user), rest.packed(), REST_SECONDS)

    def _keep_late(self, user: str, of: str, done: "Future[str]") -> None:
        """An answer that came after its time, unless the follower has asked something else since."""
        text = wording.WECHAT_FAILED if done.cancelled() or done.exception() else done.result()
        try:
            kept = self._parts.shared.get(self._place(user))
            if kept and Rest(*json.loads(kept)) == Rest(of, None):
                self._keep(user, Rest(of, pages(text, TEXT_BYTES, wording.WECHAT_TAIL)))
        except SharedUnavailable as error:
            log.warning("wechat_answer_lost", reason=str(error))

    def _alone(self, message: Message, until: float) -> str | None:
        """Nothing can be kept: one text must do."""
        if message.kind not in ("text", "voice") or not message.text or _wants_more(message.text):
            return wording.WECHAT_FAILED if message.kind != "event" else None
        future = self._parts.readers.submit(self._answer, self._hash(message.sender), message.text)
        try:
            return shortened(future.result(timeout=max(0.0, until - time.monotonic())), TEXT_BYTES)
        except Waited:
            return wording.WECHAT_FAILED

    def _answer(self, user: str, question: str) -> str:
        """The whole answer to a follower, whose conversation goes on; a refusal in its own words."""
        try:
            return asking.answer(self._parts, AskRequest(question=question, session_id=f"wechat-{user}")).plain_text
        except Problem as problem:
            return problem.detail
        except MetrologyError as error:
            log.error("wechat_failed", error=type(error).__name__, message=str(error))
            return problems.of_metrology(error).detail

    def _place(self, user: str) -> str:
        """Of another corpus nothing is found: it may quote what is no more."""
        return f"wechat:rest:{self._parts.bot.corpus_version}:{user}"

    def _hash(self, *parts: str) -> str:
        """Stands for a follower or a message; only who has the token could tell for which."""
        named = json.dumps([self._account.app_id, *parts]).encode()
        return hmac.new(self._account.token.encode(), named, hashlib.sha256).hexdigest()[:40]


def _wants_more(text: str) -> bool:
    """1 · １ · “1” · 1。 · 回复1"""
    said = "".join(char for char in unicodedata.normalize("NFKC", text[:20]) if char.isalnum())
    return said.removeprefix("回复") == MORE
