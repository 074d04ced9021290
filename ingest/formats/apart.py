"""Reads a document in a process of its own, bounded in time, memory and what it says; it sees no setting of this one.

A document that kills, hangs or bloats its reader costs that process and becomes a typed error.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from ingest.errors import ReaderFailed, TooLarge
from ingest.formats.child import FAILED, Order, error_of
from ingest.formats.reading import Format, Reading, Record

MIB = 1024 * 1024
HERE = Path(__file__).parents[2]  # where `ingest` is imported from
PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")  # the rest may hold keys
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one reading."""

    memory: int = 1024 * MIB
    seconds: float = 60.0  # by the wall clock
    said: int = 32 * MIB  # bytes of text and record


def read_apart(raw: bytes, name: str, format_: Format, bounds: Bounds, ocr: bool = False) -> Reading:
    """Raises UnreadableDocument, as the reader did, or ReaderFailed when it could not go on."""
    order = Order(format_, name, ocr, bounds.memory, int(bounds.seconds) + 1)
    with subprocess.Popen(
        [sys.executable, "-m", "ingest.formats.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=HERE,
        start_new_session=True,
    ) as process:
        feeding = Thread(target=_feed, args=(process, json.dumps(asdict(order)).encode() + b"\n" + raw), daemon=True)
        feeding.start()
        try:
            said = _listen(process, name, bounds)
        finally:
            _end(process)
            feeding.join()
    return _heard(said, process.returncode, name)


def _environment() -> dict[str, str]:
    passed = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    return {**passed, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}


def _feed(process: "subprocess.Popen[bytes]", order: bytes) -> None:
    if process.stdin is None:
        return
    try:
        with process.stdin as pipe:
            pipe.write(order)
    except OSError:  # it died before it had read everything; what it said tells why
        pass


def _listen(process: "subprocess.Popen[bytes]", name: str, bounds: Bounds) -> bytes:
    """All it says until it ends. Raises ReaderFailed at the time limit, TooLarge at that of what is said."""
    said, until = bytearray(), time.monotonic() + bounds.seconds
    if process.stdout is None:
        return b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise ReaderFailed(name, FAILED.format(f"took longer than {bounds.seconds:g} s"))
            chunk = os.read(process.stdout.fileno(), CHUNK)
            if not chunk:
                return bytes(said)
            said += chunk
            if len(said) > bounds.said:
                raise TooLarge(name, f"its text is larger than {bounds.said:,} bytes. Split it.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With everything it may have started."""
    if process.poll() is None:
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _heard(said: bytes, code: int, name: str) -> Reading:
    try:
        found: Mapping[str, Any] = json.loads(said)
    except ValueError:
        raise ReaderFailed(name, FAILED.format(_death(code))) from None
    if "error" in found:
        raise error_of(found["error"], name, found["reason"])
    return Reading(found["text"], record_of(found["record"]))


def record_of(said: Mapping[str, Any]) -> Record:
    lists = {key: tuple(value) for key, value in said.items() if isinstance(value, list)}
    return Record(**{**said, **lists, "format": Format(said["format"])})


def _death(code: int) -> str:
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        return "took too much time or memory"
    return f"ended with {signal.Signals(-code).name}" if code < 0 else "failed in a way nobody foresaw"
