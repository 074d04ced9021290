"""A text longer than the encoder reads is parted so that nothing of it is left unread."""

import pytest

from vectorstore.encoder import CHARACTERS, LONGEST_PASSAGE, LONGEST_QUERY, PREFIX_ROOM, Encoder

SENTENCE = "强化市场经营主体责任，推行经营者诚信计量自我承诺。"


@pytest.mark.parametrize(
    "text",
    ["", "x", SENTENCE, SENTENCE * 40, "量" * 1_000, "1" * 900, "ab cd\n" * 300, "\ufdfa" * 200, "😀" * 900 + "厦门"],
    ids=lambda text: f"{text[:3]}×{len(text)}",
)
def test_the_parts_are_the_text(encoder: Encoder, text: str) -> None:
    parts = encoder.stretches(text)
    assert "".join(parts) == text
    assert all(parts) or parts == [""]
    assert all(len(part) <= CHARACTERS * LONGEST_PASSAGE for part in parts if "😀" not in part)


@pytest.mark.parametrize("longest", [LONGEST_QUERY, LONGEST_PASSAGE])
def test_each_part_can_be_read_whole(encoder: Encoder, longest: int) -> None:
    for part in encoder.stretches(SENTENCE * 40 + "量具" * 300, longest):
        assert encoder.count(part) + PREFIX_ROOM <= longest + 1, "a word at a seam may fall in two"


def test_parts_end_with_a_sentence_where_they_can(encoder: Encoder) -> None:
    *parts, _ = encoder.stretches(SENTENCE * 40)
    assert len(parts) > 5
    assert all(part.endswith("。") for part in parts)


def test_what_can_be_read_at_once_is_one_part(encoder: Encoder) -> None:
    assert encoder.stretches(SENTENCE) == [SENTENCE]


def test_tokens_are_counted(encoder: Encoder) -> None:
    assert encoder.count("厦门怎么推行？") == 5
    assert encoder.count(SENTENCE * 10) > encoder.count(SENTENCE) * 9
    assert encoder.count(SENTENCE) < len(SENTENCE)
