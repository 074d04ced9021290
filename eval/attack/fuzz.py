"""All hostile requests: of heads, paths, JSON, texts in every field, and seeded damage to good requests."""

import json
import random
from collections.abc import Iterator
from urllib.parse import quote

from eval.attack.attempt import CANARY, PHONE, Attempt, attempt, post
from eval.attack.payloads import INJECTIONS, texts

ASK, FEEDBACK, ANSWERS = "/v1/ask", "/v1/feedback", "/v1/answers/"
GOOD = json.dumps({"question": "厦门新买的计量器具能一次性税前扣除吗"}).encode()
BIG = 40 * 1024


def attempts(seed: int, damaged: int) -> Iterator[Attempt]:
    """The same for the same seed. `damaged`: how many good requests are damaged at random."""
    yield from _heads()
    yield from _wire()
    yield from _paths()
    yield from _json()
    yield from _texts()
    yield from _damaged(random.Random(seed), damaged)


def _heads() -> Iterator[Attempt]:
    """Heads that are HTTP, of a sort."""
    odd = {
        "id with a script": ("X-Request-Id", "<script>alert(1)</script>"),
        "long id": ("X-Request-Id", "a" * 5_000),
        "forwarded": ("X-Forwarded-For", "127.0.0.1, ' OR 1=1 --"),
        "forwarded host": ("X-Forwarded-Host", "evil.example"),
        "rewritten path": ("X-Original-URL", "/metrics"),
        "origin": ("Origin", "https://evil.example"),
        "accepts": ("Accept", "*/*;q=" + "9" * 3_000),
        "language": ("Accept-Language", "zh-" * 2_000),
        "cookie": ("Cookie", "a=" + "b" * 5_000),
        "range": ("Range", "bytes=0-1,0-1,0-1" * 100),
        "key idempotent": ("Idempotency-Key", "../" * 500),
        "credentials": ("Authorization", "Basic " + "A" * 5_000),
        "encoding of body": ("Content-Encoding", "gzip"),
        "bytes beyond ASCII": ("X-Name", "诚信计量" * 100),
    }
    for name, header in odd.items():
        yield attempt(f"head: {name}", "POST", ASK, GOOD, [header])
    yield attempt("head: a hundred of them", "POST", ASK, GOOD, [(f"X-{n}", "v") for n in range(100)])
    for kind in (
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ):
        made = attempt(f"head: body as {kind}", "POST", ASK, GOOD)
        yield Attempt(made.name, made.request.replace(b"application/json", kind.encode(), 1))


def _wire() -> Iterator[Attempt]:
    """What is not HTTP, or more of it than anyone needs."""
    length = b"Content-Length: 5\r\n"
    heads = {
        "one header of 40 KB": b"X-A: " + b"a" * BIG + b"\r\n",
        "4,000 headers": b"".join(b"X-%d: a\r\n" % number for number in range(4_000)),
        "two lengths": length + b"Content-Length: 6\r\n",
        "length and chunks": length + b"Transfer-Encoding: chunked\r\n",
        "negative length": b"Content-Length: -1\r\n",
        "length no number": b"Content-Length: 5x\r\n",
        "length beyond numbers": b"Content-Length: " + b"9" * 400 + b"\r\n",
        "a NUL": b"X-A: a\x00b\r\n",
        "a bare return": b"X-A: a\rX-Injected: 1\r\n",
        "a folded line": b"X-A: a\r\n b\r\n",
        "no name": b": a\r\n",
        "a blank before the colon": b"X-A : a\r\n",
        "unknown coding": b"Transfer-Encoding: sdch\r\n",
    }
    for name, lines in heads.items():
        yield Attempt(f"wire: {name}", b"POST /v1/ask HTTP/1.1\r\nHost: bot\r\n" + lines + b"\r\nhello", wire=True)
    whole = {
        "no version": b"GET /healthz\r\n\r\n",
        "another version": b"GET /healthz HTTP/9.9\r\nHost: bot\r\n\r\n",
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100 + b"\r\n\r\n",
        "unknown method": b"BREW /v1/ask HTTP/1.1\r\nHost: bot\r\n\r\n",
        "a proxy's": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "blank target": b"GET  HTTP/1.1\r\nHost: bot\r\n\r\n",
        "40 KB of target": b"GET /" + b"a" * BIG + b" HTTP/1.1\r\nHost: bot\r\n\r\n",
        "bad chunk": b"POST /v1/ask HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "lines without returns": b"\n" * 500 + b"\r\n\r\n",
    }
    for name, request in whole.items():
        yield Attempt(f"wire: {name}", request, wire=True)


def _paths() -> Iterator[Attempt]:
    raw = ["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "//evil.example/", "/v1//ask", "/v1/ask/", "/V1/ASK"]
    raw += [
        "/%ff%fe",
        "/v1/answers/%ff",
        "/v1/answers/%2e%2e",
        "/;/healthz",
        "/v1/ask?question=x",
        "/?" + "a=b&" * 1_500,
    ]
    raw += [
        "/" + "a/" * 3_000,
        ANSWERS + "%E5%8E%A6" * 400,
        f"/nope/{PHONE}",
        f"/nope?key={CANARY}",
        "/.env",
        "/.git/config",
    ]
    for path in raw:
        yield attempt(f"path: GET {path[:40]}", "GET", path)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        yield attempt(f"path: {method} {ASK}", method, ASK)
    for name, text in INJECTIONS.items():
        yield Attempt(f"path: {name}", attempt("", "GET", ANSWERS + quote(text, safe="")).request, payload=text)


def _json() -> Iterator[Attempt]:
    bodies = {
        "nothing": b"",
        "half": GOOD[: len(GOOD) // 2],
        "two": GOOD + GOOD,
        "deep lists": b"[" * 30_000,
        "deep objects": b'{"question":' * 5_000,
        "closed deep lists": b"[" * 30_000 + b"]" * 30_000,
        "a number without end": b'{"question": "x", "timeout_ms": ' + b"9" * 6_000 + b"}",
        "an infinite number": b'{"question": "x", "timeout_ms": 1e999}',
        "no number": b'{"question": "x", "timeout_ms": NaN}',
        "a name twice": b'{"question": "a", "question": "b"}',
        "a mark of order": b"\xef\xbb\xbf" + GOOD,
        "UTF-16": '{"question": "厦门"}'.encode("utf-16"),
        "no UTF-8": b'{"question": "\xff\xfe\xc0\x80"}',
        "surrogates as bytes": b'{"question": "\xed\xa0\x80"}',
        "a null byte": b'{"question": "a\x00b"}',
        "many names": json.dumps({str(number): number for number in range(3_000)}).encode(),
        "a prototype": b'{"question": "x", "__proto__": {"admin": true}}',
        "too long": json.dumps({"question": "计" * 20_000}, ensure_ascii=False).encode(),
    }
    bodies |= {f"a bare {value}": value.encode() for value in ("null", "true", "1", '"x"', "[]", "{}")}
    for name, body in bodies.items():
        for path in (ASK, FEEDBACK):
            yield attempt(f"JSON: {name} to {path}", "POST", path, body)
    wrong: tuple[object, ...] = (None, True, 0, -1, 1.5, [], {}, [[]], PHONE)
    for field in ("question", "session_id", "plans", "mode", "timeout_ms"):
        for value in wrong:
            yield post(f"JSON: {field} as {value!r}", ASK, {"question": "厦门", field: value})
    for field in ("answer_id", "useful", "comment"):
        for value in wrong:
            yield post(f"JSON: {field} as {value!r}", FEEDBACK, {"answer_id": "x", "useful": True, field: value})


def _texts() -> Iterator[Attempt]:
    """Each in every place that takes a text. Where it is not the question, a short one goes with it."""
    for name, text in texts().items():
        told = text + (PHONE if len(text) < 1_000 else "")
        yield post(f"text: {name} as question", ASK, {"question": told}, text)
        yield post(f"text: {name} as session", ASK, {"question": "你好", "session_id": text[:128]}, text)
        yield post(f"text: {name} as plan", ASK, {"question": "你好", "plans": [text[:200]]}, text)
        yield post(f"text: {name} as comment", FEEDBACK, {"answer_id": "x", "useful": True, "comment": told}, text)
        yield post(f"text: {name} as id", FEEDBACK, {"answer_id": text[:64], "useful": True}, text)


def _damaged(lots: random.Random, count: int) -> Iterator[Attempt]:
    """Bytes of a good request changed, taken out or doubled; its head stays, so that it is one request."""
    for number in range(count):
        body = bytearray(GOOD)
        for _ in range(lots.randint(1, 8)):
            at = lots.randrange(len(body) or 1)
            match lots.randrange(3):
                case 0:
                    body[at : at + 1] = bytes([lots.randrange(256)])
                case 1:
                    del body[at : at + lots.randint(1, 12)]
                case _:
                    body[at:at] = body[at : at + 12] * lots.randint(1, 40)
        yield attempt(f"damage {number}", "POST", ASK, bytes(body))
