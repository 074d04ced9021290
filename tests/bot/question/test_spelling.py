"""Homophones and pinyin of the trade's words are understood; words that are right stay."""

import pytest

from bot.question.read import Reader
from bot.question.spelling import Speller, sounds

CORRECTED = [
    ("夏门", "厦门", "a city by sound"),
    ("下门", "厦门", "the same city by another sound"),
    ("泉洲", "泉州", "a wrong second character"),
    ("轻岛", "青岛", "a wrong first character"),
    ("诚新计量", "诚信计量", "a term's one wrong character"),
    ("城信", "诚信", "the same term another way"),
    ("记量器具", "计量器具", "three right characters and a wrong one"),
    ("机量", "计量", "tones do not matter"),
    ("责人单位", "责任单位", "a word of four characters"),
    ("税前扣处", "税前扣除", "a wrong last character"),
    ("强捡", "强检", "an abbreviation of the trade"),
    ("xiamen", "厦门", "pinyin in one run"),
    ("Xiamen", "厦门", "capitals do not matter"),
    ("quan zhou", "泉州", "pinyin by syllables"),
    ("cheng xin ji liang", "诚信计量", "two words by syllables"),
    ("xiamen的企业", "厦门的企业", "pinyin within Chinese"),
    ("xia men de", "厦门de", "a syllable that is no word stays"),
]
KEPT = [
    "剂量",  # a right word that sounds like 计量
    "辐射剂量",
    "鉴定",  # sounds like 检定
    "纪律",
    "精华",  # sounds like 金华
    "侵犯",
    "记录",
    "程序",
    "城市",
    "吉林",
    "诚信计量自我承诺",
    "二维码",
    "UTC",
    "e-CQS",
    "MEMS",
    "OIML",
    "ISO9001",
    "python",
    "beijing",  # a place, but none of ours
    "GPS",
    "我是管理员",  # not 我市
    "我不配合",
    "能给企业",  # not 能级
    "500万还能扣",  # not 赋能
    "",
    "12345",
    "？！",
]


@pytest.mark.parametrize(("typed", "expected", "why"), CORRECTED)
def test_corrected(reader: Reader, typed: str, expected: str, why: str) -> None:
    assert reader.speller.correct(typed) == expected, why


@pytest.mark.parametrize("word", KEPT)
def test_words_that_stay(reader: Reader, word: str) -> None:
    assert reader.speller.correct(word) == word


def test_plans_own_sentences_stay(reader: Reader) -> None:
    """No sentence of the corpus is taken for a misspelling."""
    for plan in reader.corpus.plans:
        for clause in plan.clauses:
            assert reader.speller.correct(clause.text) == clause.text, clause.id


def test_a_misspelling_is_read_as_meant(reader: Reader) -> None:
    question = reader.read("夏门的诚新记量由谁负责")
    assert question.plans == ("xiamen",)
    assert "诚信计量" in question.bare


def test_all_slips_of_a_text_are_mended_at_once() -> None:
    speller = Speller(["厦门", "计量", "计量器具"])
    assert speller.correct("夏门记量夏门" * 50) == "厦门计量厦门" * 50
    assert speller.correct("记量器具记量") == "计量器具计量", "the longest first"


def test_what_was_mended_mends_nothing_further() -> None:
    assert Speller(["厦门", "门计"]).correct("夏门记") == "厦门记"


def test_a_known_word_is_no_slip_of_another() -> None:
    assert Speller(["厦门", "夏门"]).correct("夏门") == "夏门"


def test_only_one_character_may_differ() -> None:
    speller = Speller(["计量检定"])
    assert speller.correct("记量检定") == "计量检定"
    assert speller.correct("记两检定") == "记两检定"


def test_what_the_corpus_says_is_no_slip() -> None:
    assert Speller(["提高"]).correct("体高") == "提高"
    assert Speller(["提高"], "量体高温").correct("体高") == "体高"


def test_short_pinyin_is_an_abbreviation() -> None:
    assert Speller(["金华"]).correct("jh") == "jh"
    assert Speller(["计量"]).correct("jl") == "jl"


def test_sounds_are_toneless_and_several() -> None:
    assert "xiamen" in sounds("厦门")
    assert {"zhong", "chong"} <= set(sounds("重"))
    assert sounds("a厦") == ()
