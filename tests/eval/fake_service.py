"""A tiny service that keeps every promise, or breaks the one that FLAW names. Served by uvicorn in its own process."""

import json
import os
import socket
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FLAW = os.environ.get("FLAW", "")
RECORDS = Path(os.environ.get("METROLOGY_DATA_DIR", ".")) / "records.sqlite3"
NEEDED = os.environ.get("REDIS_URL", "")
unwritten: list[tuple[str, str]] = []
latched = False


class Refused(Exception):
    def __init__(self, status: int) -> None:
        self.status = status


def database() -> sqlite3.Connection:
    made = sqlite3.connect(RECORDS, isolation_level=None)
    made.execute("CREATE TABLE IF NOT EXISTS receipts (answer_id TEXT)")
    made.execute("CREATE TABLE IF NOT EXISTS feedback (answer_id TEXT)")
    return made


def keep(table: str, answer_id: str) -> None:
    if FLAW == "writes later":
        unwritten.append((table, answer_id))
        return
    with database() as kept:
        kept.execute(f"INSERT INTO {table} VALUES (?)", (answer_id,))


def known(answer_id: str) -> bool:
    if ("receipts", answer_id) in unwritten:
        return True
    with database() as kept:
        return kept.execute("SELECT 1 FROM receipts WHERE answer_id = ?", (answer_id,)).fetchone() is not None


def require_needed() -> None:
    global latched  # noqa: PLW0603
    if not NEEDED:
        return
    url = urlsplit(NEEDED)
    try:
        socket.create_connection((url.hostname or "", url.port or 0), timeout=0.5).close()
    except OSError as error:
        latched = FLAW == "never recovers"
        raise Refused(500 if FLAW == "breaks" else 503) from error
    if latched:
        raise Refused(503)


def ask(content: dict[str, Any]) -> tuple[int, object]:
    question = content.get("question")
    if not isinstance(question, str) or not question.strip() or set(content) - {"question", "session_id", "plans"}:
        raise Refused(422)
    if FLAW == "stops on growing text" and "\ufdfa" in question:
        time.sleep(60)
    if FLAW == "breaks" and "<script>" in question:
        raise Refused(500)
    if FLAW == "is slow for one":
        time.sleep(0.02)
    answer_id = os.urandom(8).hex()
    keep("receipts", answer_id)
    return 200, {"answer_id": answer_id, "status": "answered"}


def rate(content: dict[str, Any]) -> tuple[int, object]:
    said = content.get("answer_id")
    if not isinstance(said, str) or not isinstance(content.get("useful"), bool):
        raise Refused(422)
    if not known(said.encode(errors="replace").decode()):
        raise Refused(404)
    require_needed()
    keep("feedback", said)
    return 201, {"answer_id": said}


def answered(method: str, path: str, body: bytes) -> tuple[int, object]:
    if path in ("/healthz", "/readyz"):
        return 200, {}
    if path in ("/v1/ask", "/v1/feedback"):
        if method != "POST":
            raise Refused(405)
        try:
            content = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused(400) from error
        if not isinstance(content, dict):
            raise Refused(422)
        return ask(content) if path == "/v1/ask" else rate(content)
    if path.startswith("/v1/answers/") and known(unquote(path[12:], errors="replace")):
        return 200, {}
    raise Refused(404)


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    if FLAW == "logs what it is sent":
        print(body, dict(scope["headers"]), file=sys.stderr, flush=True)  # noqa: T201
    kind = b"application/json"
    try:
        status, content = answered(scope["method"], scope["path"], body)
    except Refused as refused:
        kind, status = b"application/problem+json", refused.status
        content = {"type": "/docs#x", "title": "x", "status": status, "detail": "不行"}
    if FLAW == "repeats" and status >= 400:
        kind, content = b"text/html", body.decode(errors="replace")
    sent = json.dumps(content).encode()
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(sent))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sent})
