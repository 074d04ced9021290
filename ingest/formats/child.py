"""The process in which foreign bytes are parsed: it takes bounds upon itself, reads one document, tells, ends.

Standard input: a line of JSON (Order), then the document. Standard output: one JSON object, a reading or an error.
"""

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module

from ingest.errors import ReaderFailed, ReaderMissing, TooLarge, UnreadableDocument
from ingest.formats.reading import Format, Reading

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
FAILED = "reading it {}. It is damaged or made to harm; save it anew, as docx or text."
# imported when wanted: a docx needs no PDF engine. Each has `read(raw, name, ocr)`.
READERS = {
    Format.DOCX: "ingest.formats.docx",
    Format.HTML: "ingest.formats.html",
    Format.PDF: "ingest.formats.pdf",
    Format.PICTURE: "ingest.formats.picture",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What to read and within which bounds; `name` only names the document in errors."""

    format: Format
    name: str
    ocr: bool
    memory: int  # bytes of address space
    seconds: int  # of processor time


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    bounded = Order(**{**order, "format": Format(order["format"])})
    bind(bounded)
    json.dump(_told(bounded, sys.stdin.buffer.read()), sys.stdout, ensure_ascii=True)


def bind(order: Order) -> None:
    """No more memory, time or files than ordered, and nothing written to any disk."""
    resource.setrlimit(resource.RLIMIT_AS, (order.memory, order.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (order.seconds, order.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)  # nobody would hear the rest


def _told(order: Order, raw: bytes) -> dict[str, object]:
    read: Callable[[bytes, str, bool], Reading] = import_module(READERS[order.format]).read
    try:
        found = read(raw, order.name, order.ocr)
    except UnreadableDocument as error:
        return {"error": type(error).__name__, "reason": error.reason}
    except (MemoryError, RecursionError) as error:
        wanted = "took too much memory" if isinstance(error, MemoryError) else "went too deep"
        return {"error": ReaderFailed.__name__, "reason": FAILED.format(wanted)}
    return {"text": found.text, "record": asdict(found.record)}


def error_of(kind: str, name: str, reason: str) -> UnreadableDocument:
    """What the process told, as an error here: of its own class, with its reason word for word."""
    known = {one.__name__: one for one in (TooLarge, ReaderMissing, ReaderFailed)}
    return known.get(kind, UnreadableDocument)(name, reason)


if __name__ == "__main__":
    main()
