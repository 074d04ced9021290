"""Text cut to bytes: never through a character, a number, a citation's mark or a pair."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.api.cut import GAP, PAIRS, cut, pages, shortened, size
from bot.wording import CUT_SHORT

SAID = (
    "【原文摘录】\n厦门（四24）：「健全激励企业增加计量投入的普惠性政策体系，对企业新购置的计量器具，符合税收相关规定的，"
    "允许一次性计入当期成本费用。到2025年达850家、覆盖85.5%以上。」[1][12]\n出处：\n"
    "[1] 《厦门市贯彻落实国务院〈计量发展规划（2021-2035年）〉实施方案》四24 加大政策支持\n"
    "[12] 《某规划》（国发〔2021〕37号）二"
)
TAIL = "\n（续）"
ALPHABET = "计量甲，。；「」『』《》（）[]1234567890.% \n年万家aB-é\u0301👩\u200d🔧😀𠮷"
OPENERS, CLOSERS = "".join(PAIRS), "".join(PAIRS.values())
LIMITS = range(size(CUT_SHORT) + 60, size(SAID))


def closed(text: str) -> bool:
    """Every bracket that opens closes, in order; one that only closes does not count."""
    stack: list[str] = []
    for char in text:
        if char in PAIRS:
            stack.append(PAIRS[char])
        elif stack and char == stack[-1]:
            stack.pop()
    return not stack


def test_what_fits_is_left_as_it_is() -> None:
    assert shortened(SAID, size(SAID)) == SAID
    assert shortened("", 120) == ""
    assert pages(SAID, size(SAID), TAIL) == [SAID]


@pytest.mark.parametrize("limit", LIMITS)
def test_every_length_keeps_characters_numbers_marks_and_pairs(limit: int) -> None:
    text = shortened(SAID, limit)
    assert size(text) <= limit
    assert text.endswith(CUT_SHORT)
    said = text.removesuffix(CUT_SHORT)
    assert closed(said)
    assert "\ufffd" not in said
    kept = re.sub(f"{GAP}[」〉》（）〕】]*$", "", said)
    assert SAID.startswith(kept)
    for found in re.findall(r"\d+", kept):  # no beginning of a longer number
        assert re.search(rf"(?<!\d){found}(?!\d)", SAID)
    assert kept.count("[") == kept.count("]")
    assert not kept.endswith(("85.5", "850", "2025", "[1]", "（", "「"))


@pytest.mark.parametrize("limit", [150, 200, 333, 400])
def test_pages_say_all_of_it(limit: int) -> None:
    found = pages(SAID, limit, TAIL)
    assert len(found) > 1
    assert all(size(page) <= limit for page in found)
    assert all(page.endswith(TAIL) for page in found[:-1])
    assert all(closed(page) for page in found)
    told = "".join(page.removesuffix(TAIL) for page in found)
    plain = re.compile(rf"{GAP}|\s|[{OPENERS}{CLOSERS}]")
    assert plain.sub("", told) == plain.sub("", SAID)
    for before, after in pairwise(found):  # what is cut open is opened again
        is_open = re.search(rf"{GAP}[{CLOSERS}]+$", before.removesuffix(TAIL))
        assert bool(is_open) == bool(re.match(rf"[{OPENERS}]+{GAP}", after))


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("甲乙丙。丁戊己庚辛壬癸。", 24, "甲乙丙。"),  # after a sentence rather than within one
        ("甲乙丙。「丁戊己庚辛」", 24, "甲乙丙。"),  # before a quotation rather than within it
        ("「甲乙丙，丁戊己庚辛壬癸」", 27, "「甲乙丙，……」"),
        ("甲乙丙丁戊己目标12345家", 24, "甲乙丙丁戊己目标"),  # 123 would be another number
        ("甲乙丙丁戊己目标12345家", 25, "甲乙丙丁戊己目标"),
        ("甲乙丙丁戊己庚[12][13]辛", 26, "甲乙丙丁戊己"),  # a sentence does not lose its marks
        ("计量👩\u200d🔧计量计量", 14, "计量"),
        ("e\u0301e\u0301e\u0301e\u0301", 7, "e\u0301e\u0301"),
        ("甲乙丙丁戊己，庚", 20, "甲乙丙丁戊"),  # no line begins with a comma
    ],
)
def test_where_a_cut_is_made(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit)[0] == kept


@settings(max_examples=150, deadline=None)
@given(some.text(alphabet=ALPHABET, max_size=400), some.integers(120, 400))
def test_whatever_is_cut_stays_in_its_bytes(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert size(short) <= limit
    assert short == text or short.endswith(CUT_SHORT)
    whole = pages(text, limit, TAIL)
    assert all(size(page) <= limit for page in whole)


@pytest.mark.parametrize("text", ["（" * 20_000, "1" * 20_000, "。" * 20_000, "[1]" * 20_000, "\u0301" * 20_000])
def test_no_text_takes_long_or_forever(text: str) -> None:
    began = time.process_time()
    assert size(shortened(text, 2048)) <= 2048
    assert len(pages(text, 2048, TAIL)) < 60
    assert time.process_time() - began < 5
