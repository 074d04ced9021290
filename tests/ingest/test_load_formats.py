"""A folder of documents of several formats becomes plans, each saying how it was read; content decides."""

from pathlib import Path

from eval.formats.typed import as_typed
from ingest.formats.reading import Format, Record
from ingest.load import load
from tests.ingest.formats.word import para, table, word
from ui.show import report_text

LINES = ["海州市诚信计量实施方案", "一、总体要求", "到2025年，建成计量中心10个。", "二、保障措施", "加强领导。"]


def test_a_folder_of_everything(tmp_path: Path) -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'
    rows = table(
        *(f"<w:tc>{para(a)}</w:tc><w:tc>{para(b)}</w:tc>" for a, b in [("指标", "2025年"), ("中心（个）", "10")])
    )
    body = "".join(map(para, LINES[:3])) + rows + "".join(map(para, LINES[3:])) + para(picture)
    (tmp_path / "a.docx").write_bytes(word(body))
    (tmp_path / "b.pdf").write_bytes(as_typed(LINES))
    (tmp_path / "c.html").write_text("<body>" + "".join(f"<p>{line}</p>" for line in LINES), encoding="gb18030")
    (tmp_path / "d.pdf").write_bytes(word("".join(map(para, LINES))))  # a Word file under the name of a PDF
    (tmp_path / "e.txt").write_bytes(("\n".join(LINES) * 3).encode() + b"\xff")
    (tmp_path / "f.PDF").write_bytes(b"%PDF-1.4 nothing")
    report = load([tmp_path])
    records = {plan.file: plan.record for plan in report.plans}
    assert records == {
        "a.docx": Record(Format.DOCX, pictures=1),
        "b.pdf": Record(Format.PDF, pages=1),
        "c.html": Record(Format.HTML),
        "d.pdf": Record(Format.DOCX),
        "e.txt": Record(Format.TEXT, repaired=1),
    }
    for plan in report.plans:
        assert any(clause.text.startswith("到2025年，建成计量中心10个") for clause in plan.clauses), plan.file
    assert [skipped.path.name for skipped in report.skipped] == ["f.PDF"]
    said = report_text(report)
    assert "read as docx, 1 picture inside, not read" in said
    assert "read as text, 1 byte were no text and became \ufffd" in said
    assert "SKIPPED Cannot read document" in said
    assert "f.PDF': it is a damaged PDF" in said


def test_the_record_in_one_line() -> None:
    record = Record(Format.PDF, 12, 0.984, ocr_pages=(2, 3, 4, 7), set_aside=("—#—",), notes=("a note",))
    assert record.told == "pdf, 12 pages, read by OCR with confidence 0.98 (pages 2–4, 7), set aside: —#—, a note"
    assert Record(Format.PDF, 2, unread_pages=(1,)).told == "pdf, 2 pages, PAGES NOT READ, pictures without OCR: 1"
