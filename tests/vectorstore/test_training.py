from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import UnreadableDocument
from ingest.model import Clause, Kind
from tests.vectorstore.training_texts import ARTICLES, write_texts
from vectorstore.embed_static import TokenIds
from vectorstore.training.batches import (
    Answers,
    Cloze,
    Headings,
    TokenText,
    draw_batch,
    sources,
    thinned,
    token_arrays,
)
from vectorstore.training.corpus import Corpus, Document, Pair, read_corpus, sentences
from vectorstore.training.recipe import Recipe
from vectorstore.training.tokenizer_file import tokenizer_json
from vectorstore.training.vocabulary import Counts


class TestTokenizer:
    """Tokens are compared by what they spell, in the order of the text."""

    CHARACTERS = "计量法人a2０".replace("０", "0")
    PAIRS = ("计量", "量法", "法计", "人人", "a2", "20")

    @pytest.mark.parametrize(
        ("text", "expected", "why"),
        [
            ("计量法", "计 计量 量 量法 法", "characters and pairs of neighbours"),
            ("计", "计", "a single character has no pair"),
            ("计，量", "计 量", "no pair across punctuation"),
            ("计\n量", "计 量", "nor across a line end"),
            ("人人", "人 人人 人", "a doubled character"),
            ("人人人", "人 人人 人 人人 人", "nor is a run of one character confused with the copies"),
            ("Ａ２０", "a a2 2 20 0", "full-width and upper-case are folded"),
            ("计謬量", "计 量", "an unknown character separates"),
            ("法人", "法 ? 人", "a pair without a vector of its own is unknown"),
            ("😀计量", "计 计量 量", "characters outside the basic plane"),
            ("", "", "nothing"),
        ],
    )
    def test_tokens(self, text: str, expected: str, why: str) -> None:
        tokens = [*self.CHARACTERS, *self.PAIRS]
        (ids,) = TokenIds(tokenizer_json(tokens))([text])
        assert " ".join(["?", *tokens][at] for at in ids) == expected, why

    def test_every_character_of_a_large_alphabet_is_found(self) -> None:
        # The character map is a hand-made double array: a clash of two places would lose or swap characters.
        alphabet = [chr(code) for code in range(0x4E00, 0x4E00 + 6000)] + list("0123456789abcdefghijklmnopqrstuvwxyz")
        ids = TokenIds(tokenizer_json(alphabet))(alphabet)
        assert ids == [[at] for at in range(1, len(alphabet) + 1)]

    def test_characters_beside_the_alphabet_are_not(self) -> None:
        tokens = TokenIds(tokenizer_json(["计", "量"]))
        others = [chr(code) for code in range(0x4E00, 0x9FFF, 7) if chr(code) not in "计量"]
        assert set(chain.from_iterable(tokens(others))) <= {0}


class TestVocabulary:
    def test_the_frequent_come_first_and_pairs_after_characters(self) -> None:
        counts = Counts()
        counts.add(["计量计量计量", "计法"])
        assert counts.vocabulary(3, 2) == ["计", "量", "法", "计量", "量计"]

    def test_a_pair_of_an_unchosen_character_is_not_chosen(self) -> None:
        counts = Counts()
        counts.add(["计计计量量法"])
        assert counts.vocabulary(2, 9) == ["计", "量", "计计", "计量", "量量"]

    def test_weight_makes_rare_texts_count(self) -> None:
        counts = Counts()
        counts.add(["法法法"])
        counts.add(["秤"], weight=10)
        assert counts.vocabulary(1, 0) == ["秤"]

    def test_no_pair_across_punctuation_or_texts(self) -> None:
        counts = Counts()
        counts.add(["计，量", "法"])
        assert counts.vocabulary(9, 9) == ["法", "计", "量"]  # equal counts: by code point


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方应当检定。乙方可以校准；丙方不必。", ["甲方应当检定。", "乙方可以校准；", "丙方不必。"]),
        ("应当依法检定。是。其余按规定办理。", ["应当依法检定。是。", "其余按规定办理。"]),
        ("第一项内容\n第二项内容", ["第一项内容\n", "第二项内容"]),
        ("没有句号的一句话", ["没有句号的一句话"]),
        ("", []),
    ],
)
def test_sentences_are_cut_and_lose_nothing(text: str, expected: list[str]) -> None:
    found = sentences(text)
    assert "".join(found) == text
    if all(len(sentence) >= 6 for sentence in expected):
        assert list(found) == expected


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "data")


def clause(kind: Kind, heading: str, text: str) -> Clause:
    return Clause("city", "三1", kind, heading, (), text, tuple(range(len(text))))


class TestCorpus:
    def test_articles_once_each_under_law_and_section(self, data: Path) -> None:
        corpus = read_corpus(data, [])
        assert [document.heading for document in corpus.statutes] == ["计量法", "计量法 计量器具管理"]
        assert corpus.statutes[1].text == ARTICLES[1]["text"]

    def test_stories_once_each_without_date_and_reporter(self, data: Path) -> None:
        (story,) = read_corpus(data, []).news
        assert story.text.startswith("今天天气很好")

    def test_pairs_by_file_and_only_whole_ones(self, data: Path) -> None:
        assert read_corpus(data, []).pairs == {
            "lay": (Pair("秤不准怎么办？", Document("计量法第二十条", ("可以向市场监督管理部门投诉。",))),)
        }

    def test_clauses_without_bare_headings_and_responsible_units(self, data: Path) -> None:
        clauses = [
            clause(Kind.HEADING, "重点任务", "重点任务"),
            clause(Kind.ITEM, "加强监管", "加强监管。推行自我承诺。（责任单位：市市场监管局）"),
        ]
        assert read_corpus(data, clauses).plans == (Document("加强监管", sentences("加强监管。推行自我承诺。")),)

    @pytest.mark.parametrize("part", ["statutes.jsonl.gz", "news/one.gz", "pairs/lay.jsonl.gz"])
    def test_a_missing_part_is_named(self, data: Path, part: str) -> None:
        (data / part).unlink()
        with pytest.raises(UnreadableDocument, match=part.partition("/")[0]):
            read_corpus(data, [])

    def test_a_file_that_is_not_gzip_is_named(self, data: Path) -> None:
        (data / "statutes.jsonl.gz").write_text("plain")
        with pytest.raises(UnreadableDocument, match=r"statutes\.jsonl\.gz"):
            read_corpus(data, [])


def ids(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(values, dtype=np.int32)


class TestBatches:
    TEXTS = (
        TokenText(ids(90, 91, 92), (ids(1, 2, 3, 4), ids(5, 6, 7, 8), ids(9, 10, 11, 12)), group=7),
        TokenText(ids(93, 94, 95), (ids(21, 22, 23, 24, 25, 26, 27, 28, 29),), group=8),
    )

    def test_cloze_asks_with_a_sentence_for_the_rest_and_sometimes_the_whole(self) -> None:
        rng = np.random.default_rng(0)
        drawn = [Cloze(self.TEXTS[:1]).draw(rng) for _ in range(200)]
        assert all(list(example.query) in ([1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]) for example in drawn)
        kept = [set(example.query) <= set(example.text) for example in drawn]
        assert 0.2 < np.mean(kept) < 0.5
        assert {len(example.text) for example in drawn} == {8, 12}

    def test_cloze_halves_an_only_sentence(self) -> None:
        example = Cloze(self.TEXTS[1:]).draw(np.random.default_rng(0))
        assert sorted([*example.query, *example.text]) == list(range(21, 30))

    def test_headings_ask_for_their_text(self) -> None:
        example = Headings(self.TEXTS[:1]).draw(np.random.default_rng(0))
        assert (list(example.query), list(example.text), example.group) == ([90, 91, 92], list(range(1, 13)), 7)

    def test_answers_come_with_and_without_their_title(self) -> None:
        rng = np.random.default_rng(0)
        source = Answers([ids(50, 51, 52)], self.TEXTS[:1], [3])
        assert {len(source.draw(rng).text) for _ in range(50)} == {12, 15}

    def test_a_long_text_is_cut_to_a_window(self) -> None:
        long = TokenText(ids(), (np.arange(1, 5001, dtype=np.int32), ids(1, 2, 3)), group=0)
        drawn = [Cloze([long]).draw(np.random.default_rng(seed)) for seed in range(20)]
        assert max(len(example.text) for example in drawn) == 300
        assert max(len(example.query) for example in drawn) == 80

    def test_thinning_leaves_out_about_its_share_and_spares_short_texts(self) -> None:
        rng = np.random.default_rng(0)
        long = np.arange(1, 10_001, dtype=np.int32)
        assert len(thinned(long, 0.25, rng)) == pytest.approx(7500, rel=0.05)
        assert list(thinned(ids(1, 2, 3), 0.9, rng)) == [1, 2, 3]

    def test_batches_are_full_usable_and_repeatable(self) -> None:
        first, second = (draw_batch(Cloze(self.TEXTS), 64, np.random.default_rng(5)) for _ in range(2))
        assert len(first) == 64
        assert all(example.usable for example in first)
        assert [list(example.query) for example in first] == [list(example.query) for example in second]

    def test_a_source_of_scraps_is_told_and_does_not_hang(self) -> None:
        with pytest.raises(ValueError, match="0 of 4 examples"):
            draw_batch(Cloze([TokenText(ids(), (ids(1, 2),), 0)]), 4, np.random.default_rng(0))

    def test_unknown_tokens_are_left_out(self) -> None:
        tokens = TokenIds(tokenizer_json(["计", "量"]))
        assert [list(array) for array in token_arrays(["计量", "法"], tokens)] == [[1, 2], []]

    def test_every_share_of_the_recipe_has_a_source(self) -> None:
        document = Document("计量 器具", ("制造计量器具的企业应当经考核合格。", "未经考核不得制造。"))
        names = [name for name in Recipe().shares if name.startswith(("lay-", "consultation-"))]
        corpus = Corpus((document,), (document,), (document,), {name: (Pair("问", document),) for name in names})
        assert set(Recipe().shares) <= set(sources(corpus, TokenIds(tokenizer_json(list("计量器具制造")))))
