"""Files made to harm cost a process and end in a typed error that names file, fault and next step."""

import json
import os
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from eval.formats.typed import as_typed, joined
from ingest.errors import ReaderFailed, ReaderMissing, TooLarge, UnreadableDocument
from ingest.formats import apart, package, pdf
from ingest.formats.apart import MIB, Bounds, read_apart
from ingest.formats.child import error_of
from ingest.formats.reading import Format
from ingest.read import printable, read_bytes
from tests.ingest.formats.word import SPACES, para, word

LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (b)] " % (b"o" * 32, b"u" * 32)
SCRIPT = b"/OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> /Names << /JavaScript << /Names [] >> >>"


def bomb(unpacked: int) -> bytes:
    """Some thousand times smaller than what it holds."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("word/document.xml", b" " * unpacked)
    return made.getvalue()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    kind = f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]>'
    return f'<?xml version="1.0"?>{kind}<w:document {SPACES}>&l11;</w:document>'.encode()


def with_main(xml: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", xml)
    return made.getvalue()


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return joined([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count])


FETCHED = b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d>&x;</d>'
# why each: what the file does, which error, what it names
HOSTILE = [
    ("bomb.docx", bomb(package.PART_MAX + 1), TooLarge, "unpacked", "a zip bomb"),
    ("laughs.docx", with_main(laughs()), UnreadableDocument, "document type", "entities that multiply"),
    ("fetch.docx", with_main(FETCHED), UnreadableDocument, "document type", "an entity that fetches"),
    ("many.pdf", pages(10_000), TooLarge, "10,000 pages, more than the 2,000 allowed. Split", "10,000 pages"),
    (
        "locked.pdf",
        as_typed(["一、总则"]).replace(b"trailer << ", b"trailer << " + LOCK),
        UnreadableDocument,
        "encrypted",
        "a password",
    ),
    ("blank.pdf", pages(2), UnreadableDocument, "without any text", "nothing on its pages"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), UnreadableDocument, "LibreOffice", "needs a program"),
    ("../../etc/passwd\u202e.txt", b"MZ", UnreadableDocument, "etc/passwd\ufffd.txt", "a name that turns around"),
]


@pytest.mark.parametrize(("name", "raw", "kind", "names", "why"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_hostile_files(name: str, raw: bytes, kind: type[UnreadableDocument], names: str, why: str) -> None:
    with pytest.raises(kind) as caught:
        read_bytes(raw, name)
    message = str(caught.value)
    assert names in message, why
    assert printable(name) in message
    assert message.endswith("."), "a message ends with the next step"


def test_a_script_in_a_pdf_is_not_run() -> None:
    assert read_bytes(as_typed(["一、总则。"], SCRIPT), "a.pdf").text == "一、总则。\n"


def test_a_wrong_suffix_misleads_nobody() -> None:
    assert read_bytes(word(para("一、总则")), "a.pdf").record.format is Format.DOCX
    assert read_bytes(as_typed(["一、总则"]), "a.docx").record.format is Format.PDF


def test_a_page_whose_font_does_not_say_what_its_characters_are_is_left_to_ocr() -> None:
    unknown = (
        as_typed(["一二三四五六七八九十"]).replace(b"/UniGB-UCS2-H", b"/Identity-H").replace(b"(GB1)", b"(Identity)")
    )
    found = pdf.read(unknown, "a.pdf")
    assert (found.text.strip(), found.record.unread_pages) == ("", (1,))


def test_time_and_memory_and_words_are_bounded() -> None:
    raw = word(para("一、总则。" * 20_000))
    with pytest.raises(TooLarge, match="text is larger than 1,000 bytes"):
        read_apart(raw, "a.docx", Format.DOCX, Bounds(said=1000))
    with pytest.raises(ReaderFailed, match=r"longer than 0\.001 s"):
        read_apart(raw, "a.docx", Format.DOCX, Bounds(seconds=0.001))
    with pytest.raises(ReaderFailed, match=r"memory|nobody foresaw"):
        read_apart(bomb(60 * MIB), "a.docx", Format.DOCX, Bounds(memory=120 * MIB))


def test_a_hanging_reader_is_ended_with_its_process(tmp_path: Path) -> None:
    """Nested blocks take the engine of pages ever longer."""
    started = time.monotonic()
    with pytest.raises(ReaderFailed, match="save it anew"):
        read_apart(b"<html><body>" + b"<div>" * 300_000, "a.html", Format.HTML, Bounds(seconds=1.5))
    assert time.monotonic() - started < 15
    children = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    assert "ingest.formats.child" not in children.stdout


def test_a_dead_reader_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever answers in its place: nothing, or something that is no reading."""
    for body in ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "print('?')"):
        fake = tmp_path / "python"
        fake.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
        fake.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(fake))
        with pytest.raises(ReaderFailed, match=r"SIGSEGV|nobody foresaw"):
            read_apart(b"x", "a.pdf", Format.PDF, Bounds())
        monkeypatch.undo()


def test_the_reader_sees_no_key_and_writes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "secret")
    environment = apart._environment()
    assert "secret" not in environment.values()
    order = {"format": "docx", "name": "a", "ocr": False, "memory": 1024 * MIB, "seconds": 9}
    program = (
        "from ingest.formats import child; child.bind(child.Order(**__import__('json').loads(input())));"
        "open(__import__('tempfile').gettempdir() + '/bound', 'w').write('x' * 10)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(order),
        text=True,
        capture_output=True,
        env=environment,
        check=False,
    )
    assert ran.returncode != 0


@pytest.mark.parametrize("kind", [UnreadableDocument, TooLarge, ReaderMissing, ReaderFailed])
def test_errors_come_back_as_they_were(kind: type[UnreadableDocument]) -> None:
    made = error_of(kind.__name__, "a.pdf", "so. Do this.")
    assert (type(made), made.reason) == (kind, "so. Do this.")
