"""Bad input ends in a named error or a right result, one bad file never stops the others, and the report says why."""

import os
import socket
from pathlib import Path

import pytest

from ingest.catalogue import entry_for
from ingest.errors import IngestError, NoOutline, UnreadableDocument
from ingest.load import SHIPPED, load, load_file
from ingest.read import read

TEXT = "诚信计量实施方案\n一、总体要求\n（一）目标。建立和完善诚信计量体系，开展国家计量工作。\n二、保障措施\n"
TRADITIONAL = "誠信計量實施方案\n一、總體要求\n（一）目標。建立和完善誠信計量體系，開展國家計量的工作。\n"

# why each: what the bytes are and what the message must name
UNREADABLE = [
    (b"", "empty", "nothing in it"),
    (b" \n\t \xe3\x80\x80\n", "empty", "white space only"),
    (b"\xef\xbb\xbf", "empty", "a byte order mark only"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 1 0 obj", "damaged PDF", "a broken PDF under the name of a text"),
    (b"PK\x03\x04\x14\x00word/document.xml", "zip is damaged", "the head of a .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "LibreOffice", "a .doc"),
    (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture", "a broken scan"),
    (b"\x7fELF" + bytes(64), "program", "a program"),
    (bytes(range(256)) * 40, "encoding|binary", "bytes of everything"),
    (bytes(4096), "binary", "zeros are valid UTF-8"),
    (TEXT.encode()[:40] + b"\xff\xfe\xfa" * 40, "encoding|binary", "more broken than whole"),
    ("Größe über alles ".encode("latin-1") * 50, "encoding", "no Chinese encoding"),
]


@pytest.mark.parametrize(("raw", "names", "why"), UNREADABLE)
def test_unreadable(tmp_path: Path, raw: bytes, names: str, why: str) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes(raw)
    with pytest.raises(UnreadableDocument, match=names) as caught:
        load_file(path)
    assert str(path) in str(caught.value), why
    assert str(caught.value).endswith("."), "a message ends with the next step"


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path).text == TEXT


def test_utf_16_big_endian_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert read(path).text == TEXT


def test_big5(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes((TRADITIONAL * 4).encode("big5"))
    assert read(path).text == TRADITIONAL * 4
    assert "诚信计量实施方案" in load_file(path).clauses[0].text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("plan_id", ["xiamen", "state-council"])
def test_a_whole_plan_in_another_encoding(tmp_path: Path, plan_id: str, encoding: str) -> None:
    """The same clauses, Simplified or Traditional with pinyin."""
    source = (SHIPPED / f"{plan_id}.txt").read_text(encoding="utf-8")
    path = tmp_path / f"{plan_id}.txt"
    path.write_bytes(source.encode(encoding))
    ours, shipped = load_file(path), load_file(SHIPPED / f"{plan_id}.txt")
    assert [one.text for one in ours.clauses] == [one.text for one in shipped.clauses]


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\v", "\u2028", "\x85"])
def test_line_ends(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode())
    assert read(path).text == TEXT


def test_no_outline(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("某市计量工作方案\n某政发〔2024〕1号\n", encoding="utf-8")
    with pytest.raises(NoOutline, match=r"letter\.txt.*一、"):
        load_file(path)


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as open_socket:
        open_socket.bind("socket.txt")
    for path, names in [
        (tmp_path, "directory"),
        (tmp_path / "absent.txt", "No such file"),
        (tmp_path / "pipe.txt", "pipe"),
        (tmp_path / "socket.txt", "pipe"),
        (tmp_path / ("长" * 200 + ".txt"), "too long"),
    ]:
        with pytest.raises(UnreadableDocument, match=names):
            load_file(path)


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)  # sparse: no 50 MB are written
    with pytest.raises(UnreadableDocument, match=r"52,428,800 bytes.*Split"):
        load_file(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableDocument, match="permissions"):
        load_file(path)


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a-good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b-empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "c-binary.txt").write_bytes(bytes(500))
    (tmp_path / "d-letter.md").write_text("某市计量规划\n", encoding="utf-8")
    (tmp_path / "e-table.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "f-gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "g-folder.txt").mkdir()
    (tmp_path / "h-more").mkdir()
    (tmp_path / "z-good.txt").write_text(TEXT, encoding="gb18030")
    report = load([tmp_path, tmp_path / "missing.txt"])
    assert [plan.id for plan in report.plans] == ["a-good", "z-good"]
    reasons = {skipped.path.name: skipped.reason for skipped in report.skipped}
    expected = {
        "b-empty.txt": "empty",
        "c-binary.txt": "binary",
        "d-letter.md": "nothing to cite",
        "e-table.csv": "suffix",
        "f-gone.txt": "No such file",
        "g-folder.txt": "directory",
        "h-more": "folder",
        "missing.txt": "No such file",
    }
    assert set(reasons) == set(expected)
    for name, words in expected.items():
        assert words in reasons[name]
        assert name in reasons[name], "a reason names its file"


def test_two_files_of_one_id(tmp_path: Path) -> None:
    for name in ("my plan.txt", "my-plan.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    report = load([tmp_path])
    assert [plan.file for plan in report.plans] == ["my plan.txt"]
    assert "'my-plan' is taken by 'my plan.txt'. Rename" in report.skipped[0].reason


def test_the_same_file_twice(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = load([path, path])
    assert (len(report.plans), len(report.skipped)) == (1, 1)


def test_progress_counts_every_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    load([tmp_path], lambda done, total, path: seen.append((done, total, path.name)))
    assert seen == [(1, 2, "a.txt"), (2, 2, "b.txt")]


def test_nothing_gives_an_empty_report(tmp_path: Path) -> None:
    report = load([tmp_path])
    assert (report.plans, report.skipped) == ((), ())


# why each: ids must be legal and differ for files that differ only in Chinese
IDS = [
    ("Xiamen Plan.txt", "xiamen-plan", "blanks"),
    ("厦门2023.txt", "2023-", "Latin and Chinese: the Chinese counts too"),
    ("计量法.txt", "doc-", "Chinese only"),
    ("___.txt", "doc", "neither"),
    ("a" * 200 + ".txt", "a" * 40, "a long name is cut"),
]


@pytest.mark.parametrize(("name", "starts", "why"), IDS)
def test_ids_of_uncatalogued_files(name: str, starts: str, why: str) -> None:
    found = entry_for(Path(name))
    assert found.id.startswith(starts), why
    assert len(found.id) <= 63
    assert found.name == Path(name).stem


def test_ids_tell_chinese_names_apart() -> None:
    assert entry_for(Path("厦门2023.txt")).id != entry_for(Path("泉州2023.txt")).id


def test_ingest_errors_are_of_one_family() -> None:
    assert issubclass(UnreadableDocument, IngestError)
    assert issubclass(NoOutline, IngestError)
