"""Bytes → decoded text. Knows encodings and what is no text; a damaged place is replaced and counted, not refused."""

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ingest.errors import UnreadableDocument
from ingest.formats.reading import Format, Reading, Record

SAMPLE_BYTES = 64 * 1024
LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")  # a Word export writes soft breaks as \\v
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CHINESE_ENCODINGS = ["gb18030", "utf_16_le", "utf_16_be", "big5"]
REPLACEMENT = "\ufffd"
REPAIRED_SHARE = 0.005  # of the characters; more damage than that is another encoding, or no text
REPAIRED_MIN = 3  # in however short a text


@dataclass(frozen=True, slots=True)
class Decoded:
    """`repaired` counts the places whose bytes were no text and are now U+FFFD."""

    text: str
    repaired: int = 0


def read_text(raw: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for what is empty, binary or in an unknown encoding."""
    found = decode(raw, name)
    return Reading(found.text, Record(Format.TEXT, repaired=found.repaired))


def decode(raw: bytes, name: str) -> Decoded:
    """Line ends become "\\n"; `name` only names the document in errors."""
    found = _decode(raw)
    if found is None:
        raise UnreadableDocument(name, "its encoding is unknown. Save it as UTF-8.")
    if _looks_binary(found.text):
        raise UnreadableDocument(name, "it is binary, not text. Convert it to plain text first.")
    text = LINE_ENDS.sub("\n", found.text)
    if not text.strip():
        raise UnreadableDocument(name, "it is empty. Give a file with text in it.")
    return Decoded(text, found.repaired)


def decode_as(raw: bytes, declared: str) -> Decoded | None:
    """In the encoding a page declares; None when it is unknown or the bytes are not in it."""
    wide = "gb18030" if declared.lower().replace("-", "") in ("gb2312", "gbk", "xgbk") else declared
    try:
        return _repaired(raw, wide)
    except LookupError:
        return None


def _decode(raw: bytes) -> Decoded | None:
    encoding = next((name for bom, name in BOMS.items() if raw.startswith(bom)), "utf-8")
    try:
        return Decoded(raw.decode(encoding))
    except UnicodeDecodeError:
        damaged = _repaired(raw, encoding)
        if damaged and _reads_as_chinese(damaged.text):
            return damaged
    return _guess(raw)


def _guess(raw: bytes) -> Decoded | None:
    """Let charset-normalizer choose among the encodings Chinese documents come in, whole before damaged."""
    best = from_bytes(raw[:SAMPLE_BYTES], cp_isolation=CHINESE_ENCODINGS).best()
    candidates = ([best.encoding] if best else []) + CHINESE_ENCODINGS
    found = [decoded for name in candidates if (decoded := _repaired(raw, name)) and _reads_as_chinese(decoded.text)]
    return min(found, key=lambda decoded: decoded.repaired, default=None)


def _repaired(raw: bytes, encoding: str) -> Decoded | None:
    """None when more is damaged than a few places. A replacement character the source has itself is no damage."""
    text = raw.decode(encoding, errors="replace")
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        count = text.count(REPLACEMENT)
        return Decoded(text, count) if count <= max(REPAIRED_MIN, REPAIRED_SHARE * len(text)) else None
    return Decoded(text)


def _reads_as_chinese(text: str) -> bool:
    sample = text[:20_000]
    common = sum(sample.count(char) for char in "的和计量、，。,一二国人")
    return bool(sample) and common / len(sample) > 0.02 and not _looks_binary(text)


def _looks_binary(text: str) -> bool:
    sample = text[:SAMPLE_BYTES]
    controls = sum(1 for char in sample if char < " " and char not in "\n\r\t\f\v") + sample.count(REPLACEMENT)
    return controls > max(REPAIRED_MIN, len(sample) // 200)
