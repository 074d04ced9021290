"""A hostile request and what must hold of the reply to it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from eval.load.connection import Reply, written

SECONDS = 5.0  # the most a reply may take, whatever was sent
CANARY = "sk-canary-7f3a9c1e5b"  # a key that rides along with every request
PHONE = "13912345678"  # stands in texts that are sent
SECRETS = (CANARY, PHONE)
INJECTED = "x-injected"  # a header some requests try to have sent back


@dataclass(frozen=True, slots=True)
class Attempt:
    """`wire`: no HTTP, so that the server may close instead of answering, and answer as its parser does."""

    name: str
    request: bytes
    wire: bool = False
    payload: str = ""  # must not come back as a page


def attempt(
    name: str, method: str, target: str, body: bytes | None = None, headers: Iterable[tuple[str, str]] = ()
) -> Attempt:
    carried = [("Authorization", f"Bearer {CANARY}"), ("X-Api-Key", CANARY), *headers]
    return Attempt(name, written(method, target, body, carried))


def post(name: str, path: str, content: object, payload: str = "") -> Attempt:
    """JSON in ASCII, so that halves of surrogate pairs travel as escapes."""
    made = attempt(name, "POST", path, json.dumps(content).encode())
    return Attempt(made.name, made.request, payload=payload)


def faults(tried: Attempt, reply: Reply, seconds: float, logged: str) -> list[str]:
    """What did not hold; none when all did. `logged`: what the server wrote meanwhile."""
    found = []
    if seconds > SECONDS and (reply.status or not tried.wire):  # who said nothing whole may be waited for
        found.append(f"took {seconds:.1f} s")
    if not reply.status and not tried.wire:
        found.append("no reply")
    if reply.status >= 500:
        found.append(f"status {reply.status}")
    if reply.status >= 400 and not tried.wire:
        found += problem_faults(reply)
    found += [f"'{secret}' in the body of an error" for secret in SECRETS if reply.status >= 400 and _in(secret, reply)]
    found += [f"'{secret}' in the log" for secret in SECRETS if secret in logged]
    if INJECTED in reply.headers:
        found.append("a header of the request's making")
    if tried.payload and "html" in reply.headers.get("content-type", "") and _in(tried.payload, reply):
        found.append("the payload in a page")
    return found


def problem_faults(reply: Reply) -> list[str]:
    """Why an error is no problem document (RFC 9457)."""
    kind = reply.headers.get("content-type", "")
    if not kind.startswith("application/problem+json"):
        return [f"status {reply.status} as '{kind}'"]
    document = reply.json()
    if not isinstance(document, dict):
        return [f"status {reply.status} with a body that is no document"]
    lacking = [name for name in ("type", "title", "status", "detail") if name not in document]
    wrong = [f"says status {document.get('status')}"] if document.get("status") != reply.status else []
    return [f"status {reply.status} without {name}" for name in lacking] + wrong


def _in(text: str, reply: Reply) -> bool:
    return text.encode("utf-8", "surrogatepass") in reply.body
