"""A stream cut anywhere gives the same sentences."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.check.draft import Sentence
from bot.write.split import LONGEST, SentenceSplitter

PARTS = st.sampled_from(
    [
        "厦门到2025年为850家",
        "国发〔2021〕37号",
        "“推行。强化”",
        "《规划（2021—2035年）》",
        "6.2万余项",
        "[1]",
        "[2][3]",
        "【4】",
        "〔5〕",
        "[1、2]",
        "[1-3]",
        "。",
        "！",
        "？",
        ".",
        "；",
        "\n",
        "\n\n",
        " ",
        "1. ",
        "- ",
        "**",
        '"',
        "“",
        "（",
        "）",
        "[",
        "[20",
        "e-CQS",
        "ok",
        "条款",
        "（来源：",
        "见",
        "可以，",
    ]
)


def split(pieces: list[str]) -> list[Sentence]:
    splitter = SentenceSplitter()
    found = [sentence for piece in pieces for sentence in splitter.feed(piece)]
    return found + splitter.finish()


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(PARTS, max_size=30).map("".join), st.lists(st.integers(1, 9), min_size=1))
@example("厦门[1]。" * 3, [1])
def test_the_cut_of_the_stream_does_not_matter(text: str, sizes: list[int]) -> None:
    pieces, at, turn = [], 0, 0
    while at < len(text):
        size = sizes[turn % len(sizes)]
        pieces.append(text[at : at + size])
        at, turn = at + size, turn + 1
    assert split(pieces) == split([text])


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(PARTS, max_size=200).map("".join))
def test_no_sentence_is_longer_than_the_bound(text: str) -> None:
    assert all(len(sentence.text) <= LONGEST for sentence in split([text]))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("厦门850家[1]。泉州2020家。[2][3]", [("厦门850家。", (1,)), ("泉州2020家。", (2, 3))]),
        ("文号是国发〔2021〕37号。[1]", [("文号是国发〔2021〕37号。", (1,))]),
        ("约6.2万项。[1] 增幅68.0%.[2]", [("约6.2万项。", (1,)), ("增幅68.0%.", (2,))]),
        ("原文是“推行。强化”。[1]", [("原文是“推行。强化”。", (1,))]),
        ("1. 厦门[1]\n2. 泉州[2]", [("厦门", (1,)), ("泉州", (2,))]),
        ("**结论**：推行[1, 2]。", [("结论：推行。", (1, 2))]),
        ("推行【1】〔2〕［３］。", [("推行。", (1, 2, 3))]),
        ("范围[1-3]。", [("范围。", (1, 2, 3))]),
        ("……\n\n[1]", []),
        ("厦门推行承诺。条款[1]\n泉州也推行。（来源：[2]）", [("厦门推行承诺。", (1,)), ("泉州也推行。", (2,))]),
        ("厦门推行承诺（见[1]）。泉州也推行（条款2）。", [("厦门推行承诺。", (1,)), ("泉州也推行。", (2,))]),
        ("根据[1]，厦门推行承诺。", [("厦门推行承诺。", (1,))]),
        ("厦门在[1]中提出推行承诺。", [("厦门提出推行承诺。", (1,))]),
        ("厦门推行承诺¹。", [("厦门推行承诺。", (1,))]),
        ("厦门推行承诺。[[1]](#1)", [("厦门推行承诺。", (1,))]),
        ("厦门推行[条款1][来源：2]。", [("厦门推行。", (1, 2))]),
        ("① 厦门推行。[1]\n（二）泉州推行。[2]", [("厦门推行。", (1,)), ("泉州推行。", (2,))]),
        ("三、金华推行。[3]", [("金华推行。", (3,))]),
        ("可以，厦门允许扣除。[1]", [("厦门允许扣除。", (1,))]),
        ("可以。[1]不会的。[1]没有。[1]", []),
        ("## 厦门的做法\n厦门的做法如下：[1]\n厦门推行。[1]", [("厦门推行。", (1,))]),
        ("|城市|做法|\n|---|---|\n|厦门|推行|[1]", []),
        ("厦门推行。[1]\n\n[1] 建立诚信计量长效机制", [("厦门推行。", (1,))]),
        ("厦门\u202e推行\u200b。[1]", [("厦门推行。", (1,))]),
        ("", []),
    ],
)
def test_sentences_and_their_handles(text: str, sentences: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(one.text, one.handles) for one in split([text])] == sentences


def test_a_sentence_leaves_with_the_next_character() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("厦门850家。[1]") == []
    assert splitter.feed("泉") == [Sentence("厦门850家。", (1,))]


def test_a_stream_without_an_end_is_cut() -> None:
    assert len(split(["计量" * LONGEST])) == 2


def test_a_quotation_that_never_closes_does_not_swallow_the_rest() -> None:
    text = "原文“推行" + "计量" * 90 + "。下一句。[1]"
    assert len(split([text])) == 2
