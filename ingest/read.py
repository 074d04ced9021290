"""File → decoded text. Knows encodings and what is not a document; knows nothing of plans."""

import re
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.errors import UnreadableDocument

MAX_BYTES = 8 * 1024 * 1024  # a plan has some 50 kB; a character costs some 100 bytes while it is understood
SAMPLE_BYTES = 64 * 1024
BINARY_MAGIC = {
    b"%PDF": "a PDF; convert it to text first, e.g. `pdftotext -layout FILE`",
    b"PK\x03\x04": "a zip or Word file; save it as plain text first",
    b"\xd0\xcf\x11\xe0": "an old Word file; save it as plain text first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x7fELF": "a program",
}
LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")  # a Word export writes soft breaks as \\v
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CHINESE_ENCODINGS = ["gb18030", "utf_16_le", "utf_16_be", "big5"]


def read_document(path: Path) -> str:
    """Decode the file at `path`; line ends become "\\n".

    Raises UnreadableDocument for a directory, an empty or binary file, one over 8 MiB, or an unknown encoding.
    """
    return decode_document(_read_bytes(path), path)


def decode_document(raw: bytes, path: Path | str) -> str:
    """Decode the bytes of a document; `path` only names it in errors."""
    _refuse_binary(raw, path)
    text = LINE_ENDS.sub("\n", _decode(raw, path))
    if not text.strip():
        raise UnreadableDocument(path, "it is empty. Give a file with text in it.")
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(path, "it is a directory. Name a file, or ingest the directory as a whole.")
        if path.exists() and not path.is_file():
            raise UnreadableDocument(path, "it is a device or a pipe. Name a file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableDocument(path, f"it has {size:,} bytes, more than the {MAX_BYTES:,} allowed. Split it.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(path, f"{error.strerror or error}. Check the path and its permissions.") from error


def _refuse_binary(raw: bytes, path: Path | str) -> None:
    for magic, what in BINARY_MAGIC.items():
        if raw.startswith(magic):
            raise UnreadableDocument(path, f"it is {what}.")


def _decode(raw: bytes, path: Path | str) -> str:
    encoding = next((name for bom, name in BOMS.items() if raw.startswith(bom)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = _guess(raw, path)
    if _looks_binary(text):
        raise UnreadableDocument(path, "it is binary, not text. Convert it to plain text first.")
    return text


def _guess(raw: bytes, path: Path | str) -> str:
    """Let charset-normalizer choose among the encodings Chinese documents come in."""
    best = from_bytes(raw[:SAMPLE_BYTES], cp_isolation=CHINESE_ENCODINGS).best()
    candidates = ([best.encoding] if best else []) + CHINESE_ENCODINGS
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_chinese(text):
            return text
    raise UnreadableDocument(path, "its encoding is unknown. Save it as UTF-8.")


def _reads_as_chinese(text: str) -> bool:
    sample = text[:20_000]
    common = sum(sample.count(char) for char in "的和计量、，。,一二国人")
    return bool(sample) and common / len(sample) > 0.02 and not _looks_binary(text)


def _looks_binary(text: str) -> bool:
    sample = text[:SAMPLE_BYTES]
    controls = sum(1 for char in sample if char < " " and char not in "\n\r\t\f\v") + sample.count("\ufffd")
    return controls > max(2, len(sample) // 200)
