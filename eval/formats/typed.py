"""Lines → a plain PDF, written by hand: a font that every reader of PDF knows and none must be embedded."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 595, 842, 72  # points, A4
SIZE, PITCH = 12, 20
PER_LINE = 36
PER_PAGE = 34

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
    b"/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] "
    b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >> >> ] >>"
)


def as_typed(paragraphs: Sequence[str], catalogue: bytes = b"") -> bytes:
    """Paragraphs with two blanks before them, broken at the margin. `catalogue` goes into the document's catalogue."""
    lines = [line for paragraph in paragraphs for line in _broken(f"\u3000\u3000{paragraph}")]
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)] or [[]]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        FONT,
    ]
    for number, page in enumerate(pages):
        box = b"/MediaBox [0 0 %d %d]" % (WIDTH, HEIGHT)
        fonts = b"/Resources << /Font << /F 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R %s %s /Contents %d 0 R >>" % (box, fonts, 5 + 2 * number))
        objects.append(_stream(page))
    return joined(objects)


def joined(objects: Sequence[bytes]) -> bytes:
    """Objects from number 1 on, the first of them the catalogue, as a file with its table of places."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return bytes(made) + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


def _broken(text: str) -> list[str]:
    return [text[start : start + PER_LINE] for start in range(0, len(text), PER_LINE)]


def _stream(lines: Sequence[str]) -> bytes:
    shown = [
        b"BT /F %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET"
        % (SIZE, MARGIN, HEIGHT - MARGIN - SIZE - PITCH * number, line.encode("utf-16-be").hex().encode())
        for number, line in enumerate(lines)
    ]
    body = b"\n".join(shown)
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)
