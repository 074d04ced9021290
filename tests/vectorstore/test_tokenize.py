"""What counts as a token, and how much each counts in a question."""

import pytest

from vectorstore.tokenize import STOP_CHARACTERS, STOP_WORDS, WEIGHTS, query_tokens, segment, tokens, words


@pytest.mark.parametrize(
    ("text", "token", "why"),
    [
        ("国发〔2021〕37号", "w〔2021〕37号", "a document number is one token"),
        ("根据国发〔2021〕37号文件", "w〔2021〕37号", "the same one in the middle of a sentence"),
        ("根据国发〔2021〕37号文件", "国发", "the office before it is searched as words are"),
        ("守时系统与UTC偏差", "wutc", "Latin words in lower case, parted from ideographs"),
        ("a UTC.", "wutc", "a full stop after a word is not of the word"),
        ("e-CQS平台", "we-cqs", "a hyphen within is"),
        ("C++与TCP/IP", "wc++", "as are other marks"),
        ("C++与TCP/IP", "wtcp/ip", "within or after"),
        ("达到2.5%", "w2.5", "a decimal is one number"),
        ("95％以上", "w95", "a number without its unit"),
        ("计量", "计量", "a bigram stands bare"),
        ("计量", "1计", "a single character is marked as one"),
        ("计量", "w计量", "and a word as a word"),
    ],
)
def test_token_is_found(text: str, token: str, why: str) -> None:
    assert token in tokens(text), why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("计量", ["1计", "1量", "计量", "w计量"], "singles, pairs, words"),
        ("计，量", ["1计", "1量"], "no pair across a mark"),
        ("计85量", ["w85", "1计", "1量"], "nor across a number"),
        ("量", ["1量"], "a word of one character is told by its single"),
        ("计量计量", ["1计", "1量", "1计", "1量", "计量", "量计", "计量", "w计量", "w计量"], "repeats count"),
        ("。！ \n😀", [], "marks are no tokens"),
        ("", [], "nothing has none"),
    ],
)
def test_all_tokens(text: str, expected: list[str], why: str) -> None:
    assert tokens(text) == expected, why


def test_the_three_kinds_never_meet() -> None:
    found = tokens("计量标准1计量w计量 UTC 2035")
    singles = {token for token in found if token.startswith("1")}
    solid = {token for token in found if token.startswith("w")}
    pairs = set(found) - singles - solid
    assert {len(token) for token in singles} == {len(token) for token in pairs} == {2}
    assert all("一" <= char <= "鿿" for pair in pairs for char in pair)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("检定", {"检定": 1.0, "w检定": 0.7, "1检": 0.7, "1定": 0.7}, "a pair counts more than what it is made of"),
        ("检定检定", {"检定": 2.0, "定检": 1.0, "w检定": 1.4, "1检": 1.4, "1定": 1.4}, "said twice counts twice"),
        ("UTC", {"wutc": 0.7}, "a solid token counts as a word"),
        ("什么是", {}, "question words alone ask for nothing"),
        ("请问有什么呢？", {}, "nor do particles"),
        ("", {}, "an empty question has no tokens"),
    ],
)
def test_query_weights(text: str, expected: dict[str, float], why: str) -> None:
    assert query_tokens(text) == pytest.approx(expected), why


def test_idle_words_leave_the_topic_alone() -> None:
    asked, topic = query_tokens("请问强制检定是什么？"), query_tokens("强制检定")
    assert {token: asked[token] for token in topic} == topic
    assert not {token[1:] for token in asked if token[0] == "1"} & STOP_CHARACTERS
    assert not {token[1:] for token in asked if token[0] == "w"} & STOP_WORDS


def test_weights_order() -> None:
    assert WEIGHTS[""] == max(WEIGHTS.values()), "two characters in a row say more than either"


@pytest.mark.parametrize("text", ["开展诚信计量自我承诺活动", "守时系统UTC(NIM)，2.5 纳秒。", "一\n二", ""])
@pytest.mark.parametrize("guess", [True, False])
def test_segments_tile_the_text(text: str, guess: bool) -> None:
    assert "".join(segment(text, guess)) == text


def test_words_are_ideographic() -> None:
    assert list(words("UTC 与 2035 年标准")) == ["与", "年", "标准"]
