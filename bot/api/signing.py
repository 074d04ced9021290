"""Signed requests: the secret is never sent, nothing can be changed on the way, and nothing sent twice.

X-Key-Id: 3f2a…        the key's id
X-Timestamp: 1767225600  seconds since 1970, no more than five minutes off
X-Nonce: 9b1c…           16 to 64 letters and digits, never used before
X-Signature: HMAC-SHA256 in hex, keyed with the secret, over five lines joined by \\n:
             method, path with query as sent, timestamp, nonce, SHA-256 of the body in hex
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import time

from starlette.datastructures import Headers

from bot.api import problems
from bot.api.callers import KEY_ID, Caller, Callers
from bot.api.problems import Problem
from bot.records.shared import SharedUnavailable

SKEW_SECONDS = 300
NONCE = re.compile(r"[0-9A-Za-z_-]{16,64}")
STAMP = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature is over."""

    method: str
    target: str
    timestamp: str
    nonce: str
    body: bytes

    def signature(self, secret: str) -> str:
        lines = (self.method, self.target, self.timestamp, self.nonce, hashlib.sha256(self.body).hexdigest())
        return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def is_signed(headers: Headers) -> bool:
    return "x-signature" in headers


def signer(callers: Callers, headers: Headers, request: Signed, clock: Callable[[], float] = time) -> Caller:
    """Who signed the request. May wait for what processes share. Raises Problem."""
    key = callers.keyring.find(headers.get(KEY_ID, ""))
    if key is None or not key.signed:
        raise Problem(problems.UNKNOWN_KEY)
    if not STAMP.fullmatch(request.timestamp) or abs(clock() - int(request.timestamp)) > SKEW_SECONDS:
        raise Problem(problems.BAD_SIGNATURE, "X-Timestamp 须为当前时刻（Unix 秒），相差不得超过 5 分钟。")
    if not NONCE.fullmatch(request.nonce):
        raise Problem(problems.BAD_SIGNATURE, "X-Nonce 须为 16 至 64 个字母或数字。")
    expected = request.signature(callers.secret.signing(key.id))
    if not hmac.compare_digest(expected.encode(), headers["x-signature"].lower().encode()):
        raise Problem(problems.BAD_SIGNATURE)
    try:  # what cannot be told from a repetition is refused
        fresh = callers.shared.put_new(f"nonce:{key.id}:{request.nonce}", b"", 2 * SKEW_SECONDS)
    except SharedUnavailable as error:
        raise Problem(problems.RECORDS_UNAVAILABLE, "暂时无法核对签名，请稍后再试。") from error
    if not fresh:
        raise Problem(problems.BAD_SIGNATURE, "X-Nonce 已经用过。")
    return callers.with_key(key)
