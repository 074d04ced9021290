"""Text that came from anywhere can stand in any file once it is in a document."""

from dataclasses import asdict

import pytest

from bot.export.document import Document, Facts, Heading, Paragraph, Points, Quote, Table, fit, lines_of
from tests.bot.export.export_builders import HOSTILE, everything


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("厦门\n四24", "厦门\n四24"),
        ("一\r\n二\r三\u2028四\x85五", "一\n二\n三\n四\n五"),
        ("a\x00b\x0bc\x1bd\x7fe\x9ff\tg", "abcdef\tg"),
        ("半\ud83d字\udc4d", "半字"),
        ("反\u202e写\u2066的\u200f字\u061c\ufeff", "反写的字"),
        ("👨‍👩‍👧 ☺️ 𠮷", "👨‍👩‍👧 ☺️ 𠮷"),
        ("非\ufffe字\uffff", "非字"),
    ],
    ids=["plain", "breaks", "controls", "surrogates", "direction", "emoji stay", "non-characters"],
)
def test_what_no_file_can_hold_is_left_out(text: str, expected: str) -> None:
    assert fit(text) == expected


def test_every_text_of_a_document_is_made_fit() -> None:
    told = str(asdict(everything(HOSTILE)))
    assert "alert(1)" in told
    assert not [char for char in ("\x00", "\x1b", "\u202e", "\ud800", "\ufffe") if char in told]
    assert "\\x00" not in told


def test_blocks_keep_their_kinds_and_numbers() -> None:
    blocks = (Heading("题", 3), Facts((("名", "值"),)), Points(("一",)), Quote("文", "址"), Table(("列",), (("格",),)))
    assert Document("题", blocks, "注").blocks == blocks


def test_lines_are_those_with_something_on_them() -> None:
    assert lines_of(Paragraph(" 一 \n\n　\n二").text) == ["一", "二"]
