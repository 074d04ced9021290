"""One plain spelling for everything that is typed."""

import pytest

from bot.question.fold import compact, fold

FOLDED = [
    ("　厦门（四）２４：", "厦门(四)24:", "full width becomes half width, outer blanks go"),
    ("誠信計量", "诚信计量", "Traditional becomes Simplified"),
    ("裡面的計量器具", "里面的计量器具", "characters with several forms too"),
    ("诚\u200b信计\ufeff量", "诚信计量", "zero-width characters go"),
    ("诚\u2060信\u00ad计量", "诚信计量", "word joiner and soft hyphen go"),
    ("a\u0000b\u0007", "ab", "control characters go"),
    ("诚信\U0001f600计量\U0001f44d\U0001f3fd", "诚信计量", "emoji and their skin tones go"),
    ("⚠\ufe0f计量", "计量", "a symbol with its variation selector goes"),
    ("诚 信\t计\n量", "诚信计量", "blanks between ideographs part nothing"),
    ("e-CQS   UTC", "e-CQS UTC", "blanks between Latin words become one"),
    ("厦门 UTC", "厦门 UTC", "a blank beside Latin stays"),
    ("什么？？？！！", "什么?!", "repeated marks become one"),
    ("①②㎏", "12kg", "NFKC takes compatibility forms apart"),
    ("６０％", "60%", "percent signs too"),
    ("5<6 a+b=c~d", "5<6 a+b=c~d", "symbols that carry meaning stay"),
    ("国发〔2021〕37号", "国发〔2021〕37号", "a document number survives"),
    ("“诚信”", "“诚信”", "quotation marks survive"),
    ("\ud800诚信", "诚信", "a lone surrogate is no character"),
    ("", "", "nothing stays nothing"),
    (" \u200b\U0001f600 ", "", "only noise is nothing"),
]


@pytest.mark.parametrize(("typed", "expected", "why"), FOLDED)
def test_fold(typed: str, expected: str, why: str) -> None:
    assert fold(typed) == expected, why


@pytest.mark.parametrize(("typed", "expected", "why"), FOLDED)
def test_folding_again_changes_nothing(typed: str, expected: str, why: str) -> None:
    assert fold(fold(typed)) == fold(typed)


def test_of_a_heap_of_marks_the_first_are_read() -> None:
    """NFKC sorts the marks on a letter, in time that grows with their square."""
    assert fold("e\u0301\u0323" + "\u0323\u0301" * 10_000 + "厦e\u0301") == "ẹ厦é"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("誠信，計量。", "诚信计量"),
        ("e-CQS UTC", "ecqsutc"),
        ("達到 ９２ ％", "达到92%"),
        ("国发〔2021〕37号", "国发202137号"),
        ("「」，。", ""),
    ],
)
def test_compact_keeps_letters_digits_and_percent(text: str, expected: str) -> None:
    assert compact(text) == expected
