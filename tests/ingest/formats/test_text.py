"""A damaged place is replaced and counted; what is no text is refused."""

import pytest

from ingest.errors import UnreadableDocument
from ingest.formats.text import decode, read_text

TEXT = "诚信计量实施方案\n一、总体要求\n（一）目标。建立和完善诚信计量体系，开展国家计量工作。\n二、保障措施\n" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("at", [0, 41, 600])
def test_one_bad_byte_is_replaced_and_told(encoding: str, at: int) -> None:
    raw = bytearray(TEXT.encode(encoding))
    raw[at] = 0xFF
    found = read_text(bytes(raw), "a.txt")
    assert found.record.repaired >= 1
    assert found.text.count("\ufffd") == found.record.repaired
    assert "实施方案\n一、总体要求\n（一）目标。建立和完善诚信计量体系" in found.text


def test_whole_text_is_not_repaired_and_its_own_replacement_character_is_no_damage() -> None:
    assert decode(TEXT.encode(), "a").repaired == 0
    assert decode(f"{TEXT}\ufffd".encode(), "a").repaired == 0


def test_much_damage_is_refused() -> None:
    raw = bytearray(TEXT.encode())
    raw[::7] = b"\xff" * len(raw[::7])
    with pytest.raises(UnreadableDocument, match=r"(encoding|binary).*\.$"):
        decode(bytes(raw), "a.txt")
